"""What printing means: a story's working copy as the edition readers would get."""

from django.utils import timezone, translation
from django.utils.translation import gettext

from ..models import Edition
from ..text.html import count_words, dress, lede, mark_sponsored
from ..vocabulary import Change, Kind


def compose(story, *, change=Change.FIRST, by=None):
    """The edition (unsaved) that printing `story` now would give. Reads, writes nothing.

    Its times are those of a story published at this moment; the press sets the real ones.
    """
    now = timezone.now()
    body = mark_sponsored(story.body) if story.kind == Kind.SPONSORED else story.body
    body = dress(body, table_label=_table_label(story.language) if "<table>" in body else "")
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
        bylines=[_byline(line) for line in story.bylines.select_related("contributor")],
        topics=[{"name": topic.name, "slug": topic.slug, "id": topic.pk} for topic in story.topics.all()],
        lead_picture=story.lead_picture,
        picture=_picture(story),
        related=list(story.related_rows.order_by("position").values_list("other__public_id", flat=True)),
        change=change,
        published_at=now,
        updated_at=now,
        live_from=now,
        printed_at=now,
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
    last = Edition.objects.filter(story=story, live_from__lte=edition.live_from).order_by("-live_from").first()
    if last:
        edition.published_at, edition.corrections = last.published_at, last.corrections
        edition.updated_at = last.updated_at if last.story_version == story.version else edition.updated_at
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
    *("seo_title", "seo_description", "embargo_until"),
)


def _byline(line):
    person = line.contributor
    return {
        "name": person.name,
        "credit": line.credit,
        "slug": person.slug if person.has_page else "",
        "job": person.job,
        "id": person.pk,
        "kind": person.kind,
    }


def _picture(story):
    picture = story.lead_picture
    if not picture:
        return None
    return {
        "key": picture.key,
        "width": picture.width,
        "height": picture.height,
        "widths": picture.widths,
        "alt": picture.alt,
        "caption": story.picture_caption or picture.caption,
        "credit": story.picture_credit or picture.credit,
    }
