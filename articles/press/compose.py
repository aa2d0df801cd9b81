"""What printing means: a story's working copy as the edition readers would get."""

from django.utils import timezone, translation
from django.utils.translation import gettext

from ..models import Edition, Story
from ..rules.pictures import uses_of
from ..text.figures import number_figures
from ..text.html import count_words, dress, lede, mark_sponsored
from ..text.notes import without_marks
from ..vocabulary import Change, Kind, Place
from .picturing import shown


def compose(story, *, change=Change.FIRST, by=None):
    """The edition (unsaved) that printing `story` now would give. Reads, writes nothing.

    Its times are those of a story published at this moment; the press sets the real ones.
    """
    rows = {
        "bylines": [(line.contributor, line.credit) for line in story.bylines.select_related("contributor")],
        "topics": story.topics.all(),
        "related": story.related_rows.order_by("position").values_list("other__public_id", flat=True),
    }
    return _composed(story, rows, at=timezone.now(), change=change, by=by)


def compose_earlier(story, values, *, number, at):
    """The edition (unsaved) that printing an earlier working copy would have given; writes nothing.

    `values` are all that a save can write, as for `desk.save`; `number` is the version they were, saved `at`
    (aware datetime). A story readers had by then keeps its date and the corrections they had seen.
    """
    fields = {field.name: values[field.name] for field in Story._meta.concrete_fields if field.name in values}
    then = Story(pk=story.pk, public_id=story.public_id, version=number, **fields)
    rows = {name: values[name] for name in ("bylines", "topics")}
    rows["related"] = [other.public_id for other in values["related"]]
    edition = _composed(then, rows, at=at, change=Change.FIRST, by=None)
    return _with_history(edition, at)


def _composed(story, rows, *, at, change, by):
    body = without_marks(story.body)  # whatever let one through: no reader learns of a note
    body = mark_sponsored(body) if story.kind == Kind.SPONSORED else body
    pictures = [shown(use) for use in uses_of(story)]
    body = dress(number_figures(body), table_label=_table_label(story.language) if "<table>" in body else "")
    return Edition(
        story_id=story.pk,
        story_version=story.version,
        number=0,
        public_id=story.public_id,
        **{name: getattr(story, name) for name in _AS_WRITTEN},
        body=body,
        lede=lede(body),
        word_count=count_words(body),
        section=story.section,
        bylines=[byline(person, credit) for person, credit in rows["bylines"]],
        topics=[
            {"name": topic.name, "slug": topic.slug, "id": topic.pk, "kind": topic.kind} for topic in rows["topics"]
        ],
        picture=next((each for each in pictures if each["place"] == Place.LEAD), None),
        pictures=[each for each in pictures if each["place"] != Place.LEAD],
        related=list(rows["related"]),
        change=change,
        published_at=at,
        updated_at=at,
        live_from=at,
        printed_at=at,
        printed_by=by,
    )


def _table_label(language):
    with translation.override(language):
        return gettext("Table")


def preview(story):
    """The edition (unsaved) readers would get if the working copy were published now; needs no clearing.

    A story they have had keeps its date and its corrections.
    """
    edition = compose(story)
    return _with_history(edition, edition.live_from)


def _with_history(edition, at):
    """With the date and the corrections of what readers had of the story `at` that time."""
    last = Edition.objects.filter(story=edition.story_id, live_from__lte=at).order_by("-live_from").first()
    if last:
        edition.published_at, edition.corrections = last.published_at, last.corrections
        same = last.story_version == edition.story_version
        edition.updated_at = last.updated_at if same else max(edition.updated_at, last.published_at)
    return edition


_AS_WRITTEN = (
    *(
        "headline",
        "kicker",
        "dek",
        "slug",
        "kind",
        "language",
        "dateline",
        "source",
        "urgency",
        "translation_key",
    ),
    *("seo_title", "seo_description", "noindex", "live_over", "embargo_until"),
)


def byline(person, credit):
    """Somebody in a byline as it is printed (JSON object): a contributor and what they did (Credit)."""
    return {
        "name": person.name,
        "credit": credit,
        "slug": person.slug if person.has_page else "",
        "job": person.job,
        "id": person.pk,
        "kind": person.kind,
    }
