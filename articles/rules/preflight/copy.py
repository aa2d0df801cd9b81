"""What is judged: the text of a story as it stands in the database or in somebody's form."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from ...text.figures import without_captions
from ...text.passages import passages
from ...vocabulary import Credit, Kind

LONGEST, MOST = 1_000_000, 20_000  # characters and passages of a body that are judged; those behind them are not


@dataclass(frozen=True)
class Pictured:
    """A picture as readers are told about it; `number` is 0 for the lead picture, else its number in the text."""

    number: int = 0
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def field(self):
        """Where the form has it."""
        return "body" if self.number else "lead_picture"

    @property
    def lines(self):
        """What readers get to read of it: pairs of field and text (list)."""
        caption = "body" if self.number else "picture_caption"
        credit = "body" if self.number else "picture_credit"
        return [
            (caption, self.caption),
            (credit, self.credit),
            (self.field if self.number else "picture_alt", self.alt),
        ]


@dataclass(frozen=True)
class Copy:
    """A story as the rules see it. Nothing here knows a model, and any text may stand in any field.

    `body` is cleaned HTML. `starts` is when it goes out (aware datetime; None: nobody knows yet), `written` when
    it was written, `zone` the newsroom's clock. `bylines` are pairs of name and credit, `topics` names.
    `pictures` are Pictured, the lead first. `slug_taken` is the headline of another live story of this section with
    this slug, or empty. `known_names` are names as they are spelled right.
    """

    headline: str = ""
    kicker: str = ""
    dek: str = ""
    body: str = ""
    kind: str = Kind.NEWS
    language: str = "de"
    section_path: str = ""
    topics: tuple = ()
    bylines: tuple = ()
    source: str = ""
    slug: str = ""
    dateline: str = ""
    seo_title: str = ""
    seo_description: str = ""
    pictures: tuple = ()
    slug_taken: str = ""
    known_names: tuple = ()
    starts: datetime | None = None
    written: datetime | None = None
    zone: tzinfo | None = field(default=None, repr=False)

    @cached_property
    def passages(self):
        """The body's passages (list of Passage) as far as it is judged, without what is said of its pictures."""
        return passages(without_captions(self.body[:LONGEST]))[:MOST]

    @cached_property
    def lines(self):
        """All that readers get to read: pairs of field and text, the body passage by passage (list)."""
        names = ("headline", "kicker", "dek")
        after = ("dateline", "source", "seo_title", "seo_description")
        first = [(name, getattr(self, name)) for name in names if getattr(self, name)]
        body = [("body", each.text) for each in self.passages if each.text]
        pictures = [line for each in self.pictures for line in each.lines if line[1]]
        return [*first, *body, *pictures, *((name, getattr(self, name)) for name in after if getattr(self, name))]

    @property
    def has_author(self):
        """Whether somebody is named for the text."""
        return any(credit == Credit.TEXT for _name, credit in self.bylines)

    def day_of(self, moment):
        """The date of an aware datetime by the newsroom's clock."""
        return moment.astimezone(self.zone).date()
