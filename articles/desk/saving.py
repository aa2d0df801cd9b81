"""Start a story and save its working copy; every face and every importer writes through these two."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Byline, Edition, RelatedStory, Story, StoryEvent
from ..rules.readiness import desk_time, name_of
from ..rules.refusal import Refused, act, refuse_if
from ..text.html import clean_body, printable
from ..text.slugs import slugify
from ..vocabulary import Act, Stage
from .tagging import set_topics

TEXT = (
    "headline",
    "kicker",
    "dek",
    "slugline",
    "slug",
    "body",
    "kind",
    "language",
    "dateline",
    "source",
    "urgency",
)
FIELDS = (
    *TEXT,
    *("section", "lead_picture", "picture_caption", "picture_credit", "translation_key", "seo_title"),
    *("seo_description", "due_at", "embargo_until"),
)
ROWS = ("bylines", "further_sections", "topics", "related")


@act
def start(*, by, values, stage=Stage.DRAFT):
    """A new story with `values` (as for `save`, at least headline and section). Returns the Story. Raises Refused."""
    fields = _tidy({name: values[name] for name in FIELDS if name in values})
    _refuse_without_headline(fields.get("headline", ""))
    fields["slug"] = fields.get("slug") or slug_for(fields["headline"])
    story = Story.objects.make(**fields, stage=stage, created_by=by, saved_by=by)
    for name in ROWS:
        if name in values:
            _SETTERS[name](story, values[name])
    StoryEvent.record(story, Act.CREATED, by=by)
    return story


@act
def save(story, *, by, values, version=None):
    """Save `values` into the working copy; says which fields changed (list of text), empty where none did.

    `values` may hold any of FIELDS, and of ROWS in their order: `bylines` as (contributor, credit) pairs,
    `topics` as Topics or names, `related` as Stories, `further_sections` as Sections. The body is sanitised
    here. `version` is the working copy the values were written on; where somebody saved since, nothing is
    overwritten and Refused is raised. What a changed field said before is kept in the log.
    """
    given, story = story, Story.objects.lock(story)
    if version is not None and version != story.version:
        raise Refused(somebody_saved(story))
    fields = _tidy({name: values[name] for name in FIELDS if name in values})
    if "headline" in fields:
        _refuse_without_headline(fields["headline"])
    if _slug_follows(story, fields):
        fields["slug"] = ""
    if "slug" in fields:
        fields["slug"] = fields["slug"] or slug_for(fields.get("headline", story.headline))
    refuse_if(_embargo_refusals(story, fields))
    before = {name: getattr(story, name) for name in fields if getattr(story, name) != fields[name]}
    for name in before:
        setattr(story, name, fields[name])
    rows_before = {name: _rows(story, name) for name in ROWS if name in values}
    for name in rows_before:
        _SETTERS[name](story, values[name])
    before |= {name: old for name, old in rows_before.items() if _rows(story, name) != old}
    if before:
        story.version = F("version") + 1
        story.saved_at, story.saved_by = timezone.now(), by
        story.save()
        given.refresh_from_db()
        StoryEvent.record(story, Act.SAVED, by=by, before={name: _plain(old) for name, old in before.items()})
    return list(before)


def somebody_saved(story):
    """The sentence for whoever wrote on an older working copy than the stored one."""
    return _("%(who)s saved this story at %(time)s, while you were writing.") % {
        "who": name_of(story.saved_by),
        "time": desk_time(story.saved_at),
    }


def _tidy(fields):
    """One-line texts without stray white space and NUL; the body as readers may get it."""
    for name, value in fields.items():
        if name == "body":
            fields[name] = clean_body(value)
        elif isinstance(value, str):
            fields[name] = " ".join(printable(value).split())
    return fields


def _refuse_without_headline(headline):
    if not headline:
        raise Refused(_("A story needs a headline, if only a working one."))


def _slug_follows(story, fields):
    """Whether the slug is the old headline's own, nobody chose another, and no reader knows it yet."""
    untouched = fields.get("slug", story.slug) == story.slug == slug_for(story.headline)
    return "headline" in fields and untouched and not Edition.objects.filter(story=story).exists()


def slug_for(headline):
    """The slug a story gets from its headline (text, never empty)."""
    return slugify(headline) or "story"


def _embargo_refusals(story, fields):
    embargo = fields.get("embargo_until")
    if not embargo or embargo == story.embargo_until:
        return
    early = Edition.objects.filter(story=story, live_from__gt=timezone.now(), live_from__lt=embargo, embargo_broken="")
    for edition in early:
        yield _("An edition is scheduled for %(time)s, before this embargo ends. Cancel it first.") % {
            "time": desk_time(edition.live_from)
        }


def _rows(story, name):
    """The rows of one kind as they stand, in a form that can be compared and logged."""
    if name == "bylines":
        return list(story.bylines.order_by("position").values_list("contributor__name", "credit"))
    if name == "related":
        return list(story.related_rows.order_by("position").values_list("other__public_id", flat=True))
    if name == "topics":
        return sorted(story.topics.values_list("name", flat=True))
    return sorted(story.further_sections.values_list("path", flat=True))


def _plain(value):
    return value if isinstance(value, str | int | list | None) else str(value)


def _set_bylines(story, pairs):
    pairs = dict.fromkeys((person, str(credit)) for person, credit in pairs)
    story.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(story=story, contributor=person, credit=credit, position=position)
        for position, (person, credit) in enumerate(pairs, start=1)
    )


def _set_related(story, others):
    others = [other for other in dict.fromkeys(others) if other.pk != story.pk]
    story.related_rows.all().delete()
    RelatedStory.objects.bulk_create(
        RelatedStory(story=story, other=other, position=position) for position, other in enumerate(others, start=1)
    )


def _set_further_sections(story, sections):
    story.further_sections.set(section for section in sections if section.pk != story.section_id)


_SETTERS = {
    "bylines": _set_bylines,
    "topics": set_topics,
    "related": _set_related,
    "further_sections": _set_further_sections,
}
