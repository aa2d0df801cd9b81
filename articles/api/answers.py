"""What comes back: the shapes of all answers, for the OpenAPI description; a test holds every answer to them."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from ..vocabulary import ContributorKind, CorrectionKind, Credit, TopicKind, WithdrawalReason
from .asking import KindOfStory, Language

PublicId = Annotated[str, Field(description="Ten characters that name a story for ever.", examples=["3f7k2m9abc"])]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="ISO 8601, with its offset.")]


def _one_of(choices):
    return Annotated[str, Field(json_schema_extra={"enum": [str(each) for each in choices]})]


class Problem(Schema):
    """Why there is no answer."""

    error: Annotated[str, Field(description="One sentence that says what is wrong.")]


class Withdrawn(Problem):
    """A story that was taken down."""

    id: PublicId
    reason: Annotated[_one_of(WithdrawalReason), Field(description="Why, in one word.")]
    reason_text: Annotated[str, Field(description="Why, as readers are told, in the language of the story.")]
    notice: Annotated[str, Field(description="What else readers are told; may be empty.")]
    withdrawn_at: Moment


class Moved(Problem):
    """What bears another name now."""

    moved_to: Address


class SectionName(Schema):
    """A section, in brief."""

    path: str
    name: str
    url: Address
    api_url: Address


class SectionOfStory(SectionName):
    """Where a story runs."""

    lineage: Annotated[list[SectionName], Field(description="From the top-level section down to this one.")]


class Byline(Schema):
    """Somebody named in a story's byline."""

    name: str
    role: Annotated[_one_of(Credit), Field(description="What they did for the story.")]
    kind: _one_of(ContributorKind)
    job: str
    slug: Annotated[str | None, Field(description="Null for somebody without a page.")]
    url: Address | None
    api_url: Address | None


class TopicName(Schema):
    """A topic, in brief."""

    name: str
    slug: str
    url: Address
    api_url: Address


class Rendition(Schema):
    """One file of a picture; it is public as long as the story shows it."""

    crop: Annotated[str, Field(description="`original`, or the ratio of width to height.", examples=["16x9"])]
    url: Address
    width: int
    height: int
    type: Annotated[str, Field(examples=["image/avif"])]


class Picture(Schema):
    """A picture, as the story shows it."""

    alt: str
    caption: str
    credit: Annotated[str, Field(description="Has to stand with the picture wherever it is shown.")]
    symbol_photo: Annotated[bool, Field(description="It shows something like it, not the event itself.")]
    width: int
    height: int
    renditions: list[Rendition]


class CorrectionNote(Schema):
    """What a story got wrong, or owes its readers an explanation for."""

    id: Annotated[str | None, Field(description="Names the correction for ever.")]
    kind: _one_of(CorrectionKind)
    text: str
    at: Annotated[Moment, Field(description="When readers first got it.")]
    url: Annotated[Address, Field(description="Where it stands at the story.")]


class StoryName(Schema):
    """A story, in brief."""

    id: PublicId
    headline: str
    language: Language
    url: Address
    api_url: Address


class Story(Schema):
    """A story as readers have it. What was not asked for is absent; what it does not have is empty or null."""

    id: PublicId
    url: Address = None
    api_url: Address = None
    ninjs_url: Address = None
    language: Language = None
    kind: Annotated[KindOfStory, Field(description="`sponsored` is advertising; label it as such.")] = None
    headline: str = None
    kicker: str = None
    dek: Annotated[str, Field(description="The standfirst.")] = None
    lede: Annotated[str, Field(description="The first paragraph, shortened.")] = None
    bylines: list[Byline] = None
    dateline: str = None
    source: str = None
    published_at: Annotated[Moment, Field(description="When readers first got it; never changes.")] = None
    updated_at: Annotated[Moment, Field(description="The last change that matters to readers.")] = None
    section: SectionOfStory = None
    topics: list[TopicName] = None
    word_count: int = None
    reading_minutes: int = None
    picture: Picture | None = None
    pictures: Annotated[list[Picture], Field(description="Those in the text, in order.")] = None
    corrections: list[CorrectionNote] = None
    translations: Annotated[list[StoryName], Field(description="One story only.")] = None
    related: Annotated[list[StoryName], Field(description="Chosen by an editor. One story only.")] = None
    body_html: str = None
    body_text: str = None


_NEXT = Field(description="The address of the next page; null on the last one.")
Next = Annotated[Address | None, _NEXT]


class StoryList(Schema):
    """A page of stories. It may hold fewer than its limit and still have a next one."""

    stories: list[Story]
    next: Next


class NinjsItem(Schema):
    """An item of ninjs 3.1; its schema is the IPTC's: https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json."""

    model_config = ConfigDict(extra="allow")
    uri: Address


class NinjsList(Schema):
    """A page of ninjs items. It may hold fewer than its limit and still have a next one."""

    items: list[NinjsItem]
    next: Next


class Section(SectionName):
    """A section."""

    language: Language
    description: str
    parent: Annotated[str | None, Field(description="The path of the section above.")]
    feed_url: Address
    stories_url: Address


class SectionList(Schema):
    """All sections, in the order of the site."""

    sections: list[Section]


class WholeSection(Section):
    """A section with what is above and below it."""

    lineage: list[SectionName]
    children: list[SectionName]


class Topic(TopicName):
    """A topic some live story is about."""

    kind: _one_of(TopicKind)
    description: str
    pinned: Annotated[list[StoryName], Field(description="What an editor put first.")]
    feed_url: Address
    stories_url: Address


class Contributor(Schema):
    """Somebody named in a live story."""

    name: str
    slug: str
    kind: _one_of(ContributorKind)
    job: str
    bio: str
    url: Address
    api_url: Address
    feed_url: Address
    stories_url: Address


class Correction(CorrectionNote):
    """A correction and the story it is about."""

    story: StoryName


class CorrectionList(Schema):
    """A page of corrections, newest first."""

    corrections: list[Correction]
    next: Next


class Index(Schema):
    """What there is."""

    name: str
    version: str
    site: Address
    stories: Address
    ninjs: Address
    sections: Address
    corrections: Address
    description: Annotated[Address, Field(description="The OpenAPI description.")]
