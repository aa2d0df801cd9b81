"""The nouns: one concept a file, its QuerySet above it, its constraints in Meta.

Two of them carry the house: `story.Story` (the working copy, staff only) and
`edition.Edition` (what readers get). `timeline.LiveQuerySet.live()` is the one
place that knows what readers may see; `promises.py` is what the database itself
refuses. Verbs live higher up: `press` for editions, `desk` for working copies.
"""

from .byline import Byline
from .contributor import Contributor
from .correction import Correction
from .edition import Edition, EditionContributor, EditionSection, EditionTopic
from .event import StoryEvent
from .imported import ImportedItem
from .page import Page
from .picture import Picture
from .section import Section, SectionAssignment
from .story import RelatedStory, Story
from .topic import StoryTopic, Topic, TopicAlias
from .withdrawal import Withdrawal

__all__ = [
    "Byline",
    "Contributor",
    "Correction",
    "Edition",
    "EditionContributor",
    "EditionSection",
    "EditionTopic",
    "ImportedItem",
    "Page",
    "Picture",
    "RelatedStory",
    "Section",
    "SectionAssignment",
    "Story",
    "StoryEvent",
    "StoryTopic",
    "Topic",
    "TopicAlias",
    "Withdrawal",
]
