"""Pictures in print: how an edition names what it was printed with, and a picture's places on the timeline."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import media, outbox
from ..media.framing import names_ahead
from ..models import EditionPicture, Picture, RenditionSet
from ..outbox.handling import handles
from ..rules.refusal import Refused
from ..text.html import one_line
from ..vocabulary import PRINTABLE_RIGHTS

NOTICE = timedelta(days=7)  # how long before the rights to a picture end the desk is told


def shown(use):
    """A picture as an edition has it (JSON object): its set of renditions and what readers are told (`use`: Use)."""
    picture, files = use.picture, media.rendition_set(use.picture, credit=one_line(use.credit))
    return {
        "id": picture.pk,
        "key": files.key,
        "place": str(use.place),
        "number": use.number,
        "width": picture.width,
        "height": picture.height,
        "crops": {ratio: box[2:] for ratio, box in files.crops.items()},
        "alt": one_line(picture.alt),
        "caption": use.caption,
        "credit": use.credit,
        "symbol": picture.symbol_photo,
        "copyright": one_line(picture.copyright_notice),
        "colour": picture.colour,
    }


def printed_pictures(edition):
    """All pictures an edition was printed with (list of JSON objects as of `shown`), the lead first."""
    return [*([edition.picture] if edition.picture else []), *edition.pictures]


def lock_pictures(edition):
    """The pictures of an edition by key (dict), locked: who changes their rights at this moment comes before or after.

    Without it, a place that a change of rights makes anew would not hear of the edition's end.
    """
    keys = {each["id"] for each in printed_pictures(edition)}
    return Picture.objects.select_for_update().order_by("pk").in_bulk(keys) if keys else {}


def list_pictures(edition, times):
    """Put the pictures of a saved edition on the timeline with its `times` (dict), as far as their rights reach.

    Raises Refused where the files of one are not to be had any more.
    """
    printed, pictures = printed_pictures(edition), lock_pictures(edition)
    keys = {each["key"] for each in printed}
    if RenditionSet.objects.filter(key__in=keys).count() < len(keys):  # cleared away since it was composed
        raise Refused(_("A picture was being cleared up at this moment. Try again."))
    EditionPicture.objects.bulk_create(
        EditionPicture(
            edition=edition,
            picture=pictures[each["id"]],
            key=each["key"],
            place=each["place"],
            position=each["number"],
            **allowed(pictures[each["id"]], times["live_from"]),
            **times,
        )
        for each in printed
    )
    for picture in pictures.values():
        announce_end(picture, because=f"edition-{edition.pk}")
    for each in printed:
        outbox.add(
            "renditions",
            key=f"renditions:{each['key']}:{each['place']}",
            payload={"key": each["key"], "place": each["place"]},
        )


@handles("renditions", outside=True)
def make_renditions(effect):
    """Make what readers will ask for first; without it, the first of them waits a moment for each file."""
    files = RenditionSet.objects.filter(key=effect.payload["key"]).first()
    if files:
        media.make_ahead(files.key, names_ahead(files.crops, effect.payload["place"]))


def allowed(picture, starts):
    """From when until when (dict) a picture may be shown; without any rights, it was over before it began."""
    until = picture.allowed_until if picture.rights in PRINTABLE_RIGHTS else starts
    return {"allowed_from": picture.allowed_from, "allowed_until": until}


def announce_end(picture, *, because):
    """Let the desk be told where `picture` stands, a week before the rights to it end and when they do.

    `because` (text) names the occasion: one that comes later is announced again, lest nothing was in use before.
    """
    if not picture.allowed_until or picture.allowed_until <= timezone.now():
        return
    until = picture.allowed_until.astimezone(UTC).isoformat()
    for occasion, due_at in (("soon", picture.allowed_until - NOTICE), ("now", picture.allowed_until)):
        outbox.add(
            "rights",
            key=f"rights:{picture.pk}:{until}:{occasion}:{because}",
            payload={"picture": picture.pk, "until": until, "occasion": occasion},
            due_at=due_at,
        )


def announce_loss(picture, now):
    """Let the desk be told where `picture` stood until `now` (aware datetime), when its rights were taken away."""
    at = now.astimezone(UTC).isoformat()
    payload = {"picture": picture.pk, "until": at, "occasion": "lost"}
    outbox.add("rights", key=f"rights:{picture.pk}:{at}:lost", payload=payload)
