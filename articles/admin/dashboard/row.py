"""One line of a card, and what cards ask alike."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ...rules.policy import scoped
from ..story.list import short_time

TEXTS = ("body", "dek", "seo_description", "picture_caption")


@dataclass
class Row:
    """A line: `title` leads to `url` (empty: nowhere); below it `time`, `badges` (class, text) and `facts`."""

    title: str
    url: str = ""
    time: str = ""
    badges: list = field(default_factory=list)
    facts: list = field(default_factory=list)


def light(stories):
    """Stories (QuerySet) with what a line says of them, without their text, which is most of a row."""
    return stories.select_related("section").defer(*TEXTS)


def story_row(story, *facts, time=None, stage=False, page="change"):
    """The line of a story: its section and `facts` (text, empty ones left out); `time` is an aware datetime."""
    return Row(
        title=story.headline,
        url=reverse(f"admin:articles_story_{page}", args=[story.pk]),
        time=short_time(time) if time else "",
        badges=[stage_of(story)] if stage else [],
        facts=[story.section.name, *filter(None, facts)],
    )


def stage_of(story):
    """The stage as a badge (class, text)."""
    return f"stage-{story.stage}", story.get_stage_display()


def of_stories(user, verb, rows):
    """Those of `rows` (QuerySet with a `story`) whose story is in the scope of `verb`, with what a line says of it.

    Asked row by row: the other way round the database would first gather every story in scope.
    """
    inside = rows.filter(Exists(scoped(user, verb).filter(pk=OuterRef("story_id"))))
    return inside.select_related("story__section").defer(*(f"story__{name}" for name in TEXTS))


def story_list(**asked):
    """The address of the story list with these filters."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:articles_story_changelist')}?{query}"
