"""Pictures readers see whose rights end soon, or ended: where each stands, and the mails that tell so."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .. import outbox
from ..models import EditionPicture, Picture, SectionPicture, Story
from ..outbox import handles
from ..rules.policy import scoped
from ..rules.readiness import desk_time
from ..text.html import one_line
from ..vocabulary import PRINTABLE_RIGHTS, MailKind, Place
from .mailing import headers
from .telling import holders, wants

NEAR = timedelta(days=7)  # how long before, and after, an end is listed
MOST = 50  # pictures on one list
MOST_PLACES = 500  # places of all of them


@dataclass(frozen=True)
class Standing:
    """A place of a picture in an edition that readers have or will have; `stand_in`: another picture follows there."""

    story: Story
    place: str
    number: int
    scheduled: bool
    stand_in: bool


@dataclass
class Ending:
    """A picture with its places: those in stories somebody may read, and how many there are besides.

    `lost`: the rights were taken away, whatever their date says.
    """

    picture: Picture
    lost: bool = False
    standing: list = field(default_factory=list)
    hidden: int = 0
    sections: list = field(default_factory=list)


def ending_pictures(now):
    """Pictures (QuerySet) in use whose rights end within a week of `now` (aware datetime), or did; soonest first."""
    granted = Picture.objects.filter(rights__in=PRINTABLE_RIGHTS)
    near = granted.filter(allowed_until__gt=now - NEAR, allowed_until__lte=now + NEAR)
    printed = _not_over(EditionPicture.objects.filter(picture=OuterRef("pk"), live_from__isnull=False), now)
    stands_in = _not_over(SectionPicture.objects.filter(picture=OuterRef("pk")), now)
    return near.filter(Exists(printed) | Exists(stands_in)).order_by("allowed_until", "pk")


def lost_pictures(now):
    """Pictures (QuerySet) whose rights were taken away within the week before `now`, where they would still stand."""
    closed = EditionPicture.objects.filter(allowed_until__gt=now - NEAR, allowed_until__lte=now)
    stood = _not_over(closed.filter(live_from__isnull=False), now).values("picture")
    return Picture.objects.exclude(rights__in=PRINTABLE_RIGHTS).filter(pk__in=stood).order_by("pk")


def endings(pictures, *, by, now):
    """Where each of `pictures` (list) stands at `now` or will stand (list of Ending), as `by` (a user) may know it."""
    found = {picture.pk: Ending(picture, picture.rights not in PRINTABLE_RIGHTS) for picture in pictures}
    rows = _not_over(EditionPicture.objects.filter(picture__in=found, live_from__isnull=False), now)
    rows = list(rows.select_related("edition__section").defer("edition__body").order_by("-live_from")[:MOST_PLACES])
    stories = scoped(by, "read").select_related("section").in_bulk({row.edition.story_id for row in rows})
    stand_ins = _stand_ins(rows, pictures)
    seen = set()
    for row in rows:
        if (row.edition_id, row.position) in seen:
            continue  # the second row of one place, since its rights had ended before
        seen.add((row.edition_id, row.position))
        follows = row.place == Place.LEAD and not stand_ins.isdisjoint(row.edition.section.lineage)
        story = stories.get(row.edition.story_id)
        if story is None:
            found[row.picture_id].hidden += 1
            continue
        standing = Standing(story, row.place, row.position, row.live_from > now, follows)
        found[row.picture_id].standing.append(standing)
    for row in _not_over(SectionPicture.objects.filter(picture__in=found), now).select_related("section"):
        if row.section not in found[row.picture_id].sections:
            found[row.picture_id].sections.append(row.section)
    return list(found.values())


def _not_over(rows, now):
    return rows.exclude(live_until__lte=now)


def _stand_ins(rows, pictures):
    """The paths (set) of sections with a stand-in that is not one of the pictures whose rights end."""
    paths = {path for row in rows for path in row.edition.section.lineage}
    others = SectionPicture.objects.live().filter(section__path__in=paths).exclude(picture__in=pictures)
    return set(others.values_list("section__path", flat=True))


@handles("rights")
def tell_of_end(effect):
    """A week before the rights to a picture end, and when they do: mail whoever checks pictures, if it is in use."""
    said = effect.payload
    picture = _picture_of(said, timezone.now())
    for user in holders("articles.check_picture") if picture else ():
        outbox.add(
            "rights mail",
            key=f"rights mail:{picture.pk}:{user.pk}:{said['until']}:{said['occasion']}",
            payload=said | {"user": user.pk},
        )


def _picture_of(said, now):
    """The picture an effect is about, if what it tells is still so; else None."""
    if said["occasion"] == "lost":
        return lost_pictures(now).filter(pk=said["picture"]).first()
    until = parse_datetime(said["until"])
    return ending_pictures(now).filter(pk=said["picture"], allowed_until=until).first()


@handles("rights mail", outside=True)
def mail_end(effect):
    """Send one such mail, if its receiver wants it and the rights still end at that time."""
    said, now = effect.payload, timezone.now()
    user = get_user_model().objects.select_related("preferences").filter(pk=said["user"], is_active=True).first()
    picture = _picture_of(said, now)
    if not (user and user.email and picture and wants(user, MailKind.RIGHTS)):
        return
    [found] = endings([picture], by=user, now=now)
    with translation.override(settings.LANGUAGE_CODE):
        names = {"title": picture.title, "time": desk_time(parse_datetime(said["until"]))}
        subject = one_line(_words(found, now) % names)
        text = render_to_string("desk/mail/rights.txt", _context(found, subject))
        EmailMessage(subject, text, to=[user.email], headers=headers(effect)).send()


def _words(found, now):
    if found.lost:
        return _("The rights to the picture “%(title)s” were taken away at %(time)s")
    if found.picture.allowed_until <= now:
        return _("The rights to the picture “%(title)s” ended at %(time)s")
    return _("The rights to the picture “%(title)s” end at %(time)s")


def _context(found, subject):
    site = settings.SITE_URL
    return {
        "subject": subject,
        "found": found,
        "stories": [
            (standing, site + reverse("admin:articles_story_change", args=[standing.story.pk]))
            for standing in found.standing[:MOST]
        ],
        "more": len(found.standing) - MOST,
        "address": site + reverse("admin:articles_picture_change", args=[found.picture.pk]),
        "list": site + reverse("admin:articles_picture_ending"),
        "choose": site + reverse("admin:articles_preferences_changelist"),
        "newspaper": settings.SITE_NAME,
    }
