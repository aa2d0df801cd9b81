"""Where a picture is used: in working copies, in what readers have, had or will have, on fronts, as a stand-in."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import EditionPicture, FrontEdition, SectionPicture, Story, StoryPicture
from ..rules.fronts import may_see_fronts
from ..rules.policy import scoped

MOST_NAMED = 5  # in a sentence
MOST_SHOWN = 20  # stories on a page
COUNTED = 1_000  # further than that nobody wants to know how many
FRONTS = 500  # launched fronts that are looked at


@dataclass
class StoryUse:
    """A story that uses a picture, and how."""

    story: Story
    lead: bool = False
    text: bool = False
    live: bool = False
    scheduled: bool = False
    past: bool = False


@dataclass(frozen=True)
class FrontUse:
    """A launched front on which a story with the picture as its lead was placed, and in which crop (empty: usual)."""

    edition: FrontEdition
    story: Story
    crop: str
    live: bool


@dataclass
class Uses:
    """Where a picture is used: `stories` (StoryUse), `fronts` (FrontUse), `sections` (SectionPicture), all lists.

    `hidden` counts the stories somebody may not read, `more` those that were not looked up; neither is named.
    """

    stories: list = field(default_factory=list)
    fronts: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    hidden: int = 0
    more: int = 0

    def __bool__(self):
        return bool(self.stories or self.sections or self.hidden)


def uses(picture, *, by, most=MOST_SHOWN):
    """Where a picture is used, as `by` (a user; None: who may read all) may know it: at most `most` stories named."""
    now = timezone.now()
    keys = _stories_with(picture)
    readable = Story.objects.all() if by is None else scoped(by, "read")
    mine = list(readable.filter(pk__in=keys).order_by("-saved_at").values_list("pk", flat=True))
    found = Uses(hidden=len(keys) - len(mine), more=max(0, len(mine) - most))
    found.stories = list(_how(picture, readable.filter(pk__in=mine[:most]).order_by("-saved_at"), now))
    if by is None or may_see_fronts(by):
        found.fronts = list(_on_fronts(picture, readable, now))[:most]
    found.sections = list(
        SectionPicture.objects.filter(picture=picture).select_related("section").order_by("-pk")[:most]
    )
    return found


def _stories_with(picture):
    """The keys (list) of at most COUNTED stories; asked three times, because by OR every story would be looked at."""
    printed = EditionPicture.objects.filter(picture=picture).order_by("-pk").values_list("edition__story", flat=True)
    in_text = StoryPicture.objects.filter(picture=picture).order_by("-pk").values_list("story", flat=True)
    lead = Story.objects.filter(lead_picture=picture).order_by("-pk").values_list("pk", flat=True)
    keys = dict.fromkeys(key for rows in (lead, in_text, printed) for key in rows[:COUNTED])
    return list(keys)[:COUNTED]


def _how(picture, stories, now):
    """StoryUses in the order of `stories`, in one query."""
    shown = EditionPicture.objects.filter(picture=picture, edition__story=OuterRef("pk"))
    in_text = StoryPicture.objects.filter(picture=picture, story=OuterRef("pk"))
    rows = stories.annotate(
        uses_in_text=Exists(in_text),
        uses_live=Exists(shown.live(now)),
        uses_scheduled=Exists(shown.filter(live_from__gt=now)),
        uses_printed=Exists(shown),
    )
    for story in rows:
        use = StoryUse(story, lead=story.lead_picture_id == picture.pk, text=story.uses_in_text)
        use.live, use.scheduled = story.uses_live, story.uses_scheduled
        use.past = story.uses_printed and not (use.live or use.scheduled)
        yield use


def _on_fronts(picture, readable, now):
    """FrontUses on the fronts readers have or will have, for stories among `readable`; what only a rule puts is none.

    In three queries at most, whatever the number of fronts and stories.
    """
    leads = EditionPicture.objects.filter(picture=picture, position=0)
    leads = (leads.live(now) | leads.filter(live_from__gt=now)).order_by("-pk").values_list("public_id", flat=True)
    ids = set(leads[:COUNTED])
    if not ids:
        return
    launched = FrontEdition.objects.live(now) | FrontEdition.objects.filter(live_from__gt=now)
    launched = launched.select_related("front__section").order_by("live_from", "pk")[:FRONTS]
    placed = [(each, slot) for each in launched for slot in _slots(each) if slot.get("story") in ids]
    stories = readable.filter(public_id__in={slot["story"] for _edition, slot in placed})
    stories = {story.public_id: story for story in stories} if placed else {}
    for edition, slot in placed:
        if story := stories.get(slot["story"]):
            yield FrontUse(edition, story, slot.get("ratio", ""), live=edition.live_from <= now)


def _slots(edition):
    return (slot for container in edition.containers for slot in container["slots"])


def drop_refusals(picture, *, by):
    """Why a picture cannot be deleted (iterable of text): every kind of place that uses it, the first few by name."""
    found = uses(picture, by=by, most=MOST_NAMED)
    if found.stories:
        names = ", ".join(f"“{use.story}”" for use in found.stories)
        if found.more:
            names = _("%(names)s and %(count)d more") % {"names": names, "count": found.more}
        yield _("It is used in the stories %(names)s.") % {"names": names}
    if found.hidden:
        yield ngettext(
            "It is used in %(count)d story you may not read.",
            "It is used in %(count)d stories you may not read.",
            found.hidden,
        ) % {"count": found.hidden}
    if found.sections:
        names = ", ".join(dict.fromkeys(f"“{each.section}”" for each in found.sections))
        yield _("It stands, or stood, in for missing pictures in %(names)s.") % {"names": names}
