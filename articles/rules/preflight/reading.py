"""A Copy of a story in the database, of what somebody is typing into its form, or of what was printed."""

from django.utils import timezone

from ...models import Contributor, Edition, Revision, Story, Topic
from ...text.names import pairs
from ...text.passages import passages
from ..pictures import lead_use, uses_in
from .copy import Copy, Pictured

WORDS = (
    *("headline", "kicker", "dek", "body", "kind", "language", "source", "slug", "dateline"),
    *("seo_title", "seo_description"),
)
_SAME_SLUG = 200  # stories of one slug that are looked at, newest first


def copy_of(story, *, starts=None):
    """The working copy (Story) as it would go out at `starts` (aware datetime; None: nobody knows when)."""
    values = {name: getattr(story, name) for name in WORDS} | {
        "section": story.section,
        "topics": [topic.name for topic in story.topics.all()],
        "bylines": [(line.contributor.name, line.credit) for line in story.bylines.select_related("contributor")],
        "lead_picture": story.lead_picture,
        "picture_caption": story.picture_caption,
        "picture_credit": story.picture_credit,
    }
    return copy_from(values, pk=story.pk, starts=starts, written=story.saved_at)


def copy_from(values, *, pk=None, starts=None, written=None):
    """What somebody typed, as it would go out at `starts`.

    `values` has texts under the names of WORDS, `picture_caption` and `picture_credit`; `section` and
    `lead_picture` (a Section, a Picture, or None), `topics` (names) and `bylines` (pairs of name and credit).
    What is missing counts as empty. `pk` is the story's key (None: a new one), `written` when the text was
    written (aware datetime; None: now).
    """
    words = {name: values.get(name) or "" for name in WORDS}
    lead = values.get("lead_picture")
    first = [lead_use(lead, values.get("picture_caption"), values.get("picture_credit"))] if lead else []
    pictures = [
        Pictured(use.number, use.picture.title, use.picture.alt, use.caption, use.credit)
        for use in (*first, *uses_in(words["body"]))
    ]
    topics, bylines = values.get("topics", ()), values.get("bylines", ())
    facts = {"section": values.get("section"), "topics": topics, "bylines": bylines, "pictures": pictures}
    return _copy(words, **facts, pk=pk, starts=starts, written=written or timezone.now())


def copy_of_edition(edition, *, starts):
    """What was printed as it would go out at `starts` (aware datetime), written when its revision was saved."""
    revision = Revision.objects.filter(story=edition.story_id, number=edition.story_version)
    return _copy(
        {name: getattr(edition, name) for name in WORDS},
        section=edition.section,
        topics=[topic["name"] for topic in edition.topics],
        bylines=[(line["name"], line["credit"]) for line in edition.bylines],
        pictures=[
            Pictured(each["number"], "", each["alt"], each["caption"], each["credit"])
            for each in (edition.picture, *edition.pictures)
            if each
        ],
        pk=edition.story_id,
        starts=starts,
        written=revision.values_list("at", flat=True).first() or edition.printed_at,
    )


def _copy(words, *, section, topics, bylines, pictures, pk, starts, written):
    return Copy(
        **words,
        section_path=section.path if section else "",
        topics=tuple(topics),
        bylines=tuple(bylines),
        pictures=tuple(pictures),
        slug_taken=_slug_taken(words["slug"], section, pk),
        known_names=_known_names(words),
        starts=starts,
        written=written,
        zone=timezone.get_current_timezone(),
    )


def _slug_taken(slug, section, pk):
    """The headline of another story readers have in `section` under `slug`; empty where there is none.

    The working copies lead to it, by their index: whose slug was changed since is not found. Only what is
    public is told.
    """
    if not (slug and section):
        return ""
    same = Story.objects.filter(slug=slug).exclude(pk=pk).order_by("-pk").values_list("pk", flat=True)
    keys = list(same[:_SAME_SLUG])
    live = Edition.objects.live().filter(story__in=keys, section=section, slug=slug) if keys else Edition.objects.none()
    return live.values_list("headline", flat=True).first() or ""


def _known_names(words):
    """The names in the text that are a topic's or a contributor's, spelled exactly so (tuple)."""
    text = "\n".join([words["headline"], words["dek"], *(each.text for each in passages(words["body"][:100_000]))])
    names = set(pairs(text).values())
    if not names:
        return ()
    topics = Topic.objects.filter(name__in=names).values_list("name", flat=True)
    people = Contributor.objects.filter(name__in=names).values_list("name", flat=True)
    return tuple({*topics, *people})
