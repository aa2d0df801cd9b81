"""What the desk is warned of before a front is launched. Nothing here keeps anybody from launching it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Edition, Withdrawal
from ...rules.readiness import desk_time
from ...vocabulary import ContainerKind, Ratio, SlotSize

WIDE_ENOUGH, WIDE_ENOUGH_SMALL = 1200, 640  # pixels of the lead's picture and of any other, as printed
WITHOUT_PICTURES = (ContainerKind.RIVER, ContainerKind.MOST_READ)


def remarks(front, rows, stories, at):
    """Sentences (list of text) about the board's `rows` as readers would see them `at` a moment (aware datetime).

    `stories` are the chosen ones by public id (dict).
    """
    found = [*_stale_lead(front, rows, at), *_twice(rows), *_same_picture(rows), *_one_topic(rows)]
    found += [*_pictures(rows), *_chosen(rows, stories, at)]
    return list(dict.fromkeys(found))


def _shown(rows):
    return [place.shown for row in rows for place in row.places if place.shown]


def _stale_lead(front, rows, at):
    leads = (place.shown for row in rows if row.container.kind == ContainerKind.LEAD for place in row.places)
    lead = next((each for each in leads if each), None)
    if lead and front.lead_hours and lead.updated_at <= at - timedelta(hours=front.lead_hours):
        yield _("The lead “%(story)s” is older than %(hours)d hours.") % {
            "story": lead.headline,
            "hours": front.lead_hours,
        }


def _twice(rows):
    seen = set()
    for story in (place.slot.story for row in rows for place in row.places if place.slot.story):
        if story in seen:
            headline = next((p.headline for row in rows for p in row.places if p.slot.story == story), story)
            yield _("“%(story)s” is placed twice; readers see it once.") % {"story": headline}
        seen.add(story)


def _same_picture(rows):
    seen = {}
    for edition in _shown(rows):
        picture = edition.shown_picture and edition.shown_picture["id"]
        if picture and picture in seen:
            yield _("“%(one)s” and “%(other)s” show the same picture.") % {
                "one": seen[picture],
                "other": edition.headline,
            }
        seen.setdefault(picture, edition.headline)


def _one_topic(rows):
    shown = _shown(rows)
    for trio in zip(shown, shown[1:], shown[2:], strict=False):
        topics = set.intersection(*({topic["name"] for topic in each.topics} for each in trio))
        if topics:
            yield _("Three stories in a row are about “%(topic)s”, from “%(story)s” on.") % {
                "topic": min(topics),
                "story": trio[0].headline,
            }
            return


def _pictures(rows):
    for row in rows:
        if row.container.kind in WITHOUT_PICTURES:
            continue
        shown = (place.shown for place in row.places if place.shown and place.shown.front_size != SlotSize.TEXT)
        judge = _lead_picture if row.container.kind == ContainerKind.LEAD else _small_picture
        for edition in shown:
            yield from judge(edition, edition.shown_picture)


def _lead_picture(edition, picture):
    said = _crop(edition, picture, usual=Ratio.WIDE, least=WIDE_ENOUGH)
    if not picture:
        yield _("The lead “%(story)s” has no picture.") % said
    elif said["width"] < said["least"]:
        yield _("The lead picture of “%(story)s” is %(width)d pixels wide as %(ratio)s; %(least)d are needed.") % said


def _small_picture(edition, picture):
    said = _crop(edition, picture, usual=Ratio.CLASSIC, least=WIDE_ENOUGH_SMALL)
    if picture and said["width"] < said["least"]:
        yield _("The picture of “%(story)s” is %(width)d pixels wide as %(ratio)s; %(least)d are needed.") % said


def _crop(edition, picture, *, usual, least):
    """What is to be said of the crop in which a place shows a picture (dict); the `usual` one where it chooses none."""
    ratio = edition.front_ratio or usual
    width = picture["crops"].get(ratio, [0])[0] if picture else 0
    return {"story": edition.headline, "ratio": Ratio(ratio).label, "width": width, "least": least}


def _chosen(rows, stories, at):
    """About chosen stories that readers would not have then."""
    ids = {place.slot.story for row in rows for place in row.places if place.slot.story}
    withdrawn = set(Withdrawal.objects.in_force(at).filter(public_id__in=ids).values_list("public_id", flat=True))
    live = set(Edition.objects.live(at).filter(public_id__in=ids).values_list("public_id", flat=True))
    coming = dict(
        Edition.objects.starting(timezone.now())
        .filter(public_id__in=ids)
        .order_by("-live_from")
        .values_list("public_id", "live_from")
    )
    for row in rows:
        for place in (each for each in row.places if each.slot.story and each.slot.story not in live):
            story = stories.get(place.slot.story)
            said = {"story": story.headline if story else _("A story you may not read")}
            yield _fate(place, story, said, withdrawn, coming, at)


def _fate(place, story, said, withdrawn, coming, at):
    """Why a chosen story is not there, and what readers see instead (text)."""
    starts = coming.get(place.slot.story)
    if place.slot.story in withdrawn:
        return _("“%(story)s” is withdrawn; the rule fills its place.") % said
    if starts and starts > at:
        said |= {"time": desk_time(starts)}
        if place.slot.ends and starts >= place.slot.ends:
            return _("“%(story)s” is scheduled for %(time)s, after its place ends: readers never see it there.") % said
        return _("“%(story)s” is scheduled for %(time)s; until then the rule fills its place.") % said
    if story and story.embargo_until and story.embargo_until > at:
        said |= {"time": desk_time(story.embargo_until)}
        return _("“%(story)s” is under embargo until %(time)s; the rule fills its place.") % said
    return _("“%(story)s” is not published; until it is, the rule fills its place.") % said
