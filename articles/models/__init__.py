"""The nouns: one concept a file, its QuerySet above it, its constraints in Meta.

Two of them carry the house: `story.Story` (the working copy, staff only) and
`edition.Edition` (what readers get). `timeline.LiveQuerySet.live()` is the one
place that knows what readers may see; `promises.py` is what the database itself
refuses. Verbs live higher up: `press` for editions, `desk` for working copies.
"""

from .autosave import Autosave
from .byline import Byline
from .check import MoveRight, StoryCheck
from .contributor import Contributor
from .correction import Correction
from .counts import MissingPage, StoryReads
from .daynote import DayNote
from .edition import Edition, EditionContributor, EditionSection, EditionTopic
from .effect import Effect, Worker
from .event import StoryEvent
from .former import FormerContributorSlug, FormerSectionPath
from .front import Front, FrontEdition, FrontRevision
from .imported import ImportedItem
from .live_entry import LiveEntry
from .note import Note
from .page import Page
from .picture import Picture, PictureCrop, PictureWord, RenditionSet
from .preferences import Preferences
from .preflight import PreflightLevel
from .presence import Presence
from .preview_link import PreviewLink, PreviewVisit
from .redirect import Redirect
from .reply import Reply
from .revision import Revision
from .search_document import SearchDocument
from .section import Section, SectionAssignment
from .shown_picture import EditionPicture, SectionPicture
from .story import RelatedStory, Story
from .story_picture import StoryPicture
from .topic import StoryTopic, Topic, TopicAlias
from .topic_work import TopicClue, TopicMerge, TopicPin
from .withdrawal import Withdrawal

__all__ = [
    "Autosave",
    "Byline",
    "Contributor",
    "Correction",
    "DayNote",
    "Edition",
    "EditionContributor",
    "EditionPicture",
    "EditionSection",
    "EditionTopic",
    "Effect",
    "FormerContributorSlug",
    "FormerSectionPath",
    "Front",
    "FrontEdition",
    "FrontRevision",
    "ImportedItem",
    "LiveEntry",
    "MissingPage",
    "MoveRight",
    "Note",
    "Page",
    "Picture",
    "PictureCrop",
    "PictureWord",
    "Preferences",
    "PreflightLevel",
    "Presence",
    "PreviewLink",
    "PreviewVisit",
    "Redirect",
    "RelatedStory",
    "RenditionSet",
    "Reply",
    "Revision",
    "SearchDocument",
    "Section",
    "SectionAssignment",
    "SectionPicture",
    "Story",
    "StoryCheck",
    "StoryEvent",
    "StoryPicture",
    "StoryReads",
    "StoryTopic",
    "Topic",
    "TopicAlias",
    "TopicClue",
    "TopicMerge",
    "TopicPin",
    "Withdrawal",
    "Worker",
]
