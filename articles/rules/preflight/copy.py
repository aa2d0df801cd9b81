"""What is judged: the text of a story as it stands in the database or in somebody's form."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from ...text.passages import passages
from ...vocabulary import Credit, Kind

LONGEST, MOST = 1_000_000, 20_000  # characters and passages of a body that are judged; those behind them are not


@dataclass(frozen=True)
class Copy:
    """A story as the rules see it. Nothing here knows a model, and any text may stand in any field.

    `body` is cleaned HTML. `starts` is when it goes out (aware datetime; None: nobody knows yet), `written` when
    it was written, `zone` the newsroom's clock. `bylines` are pairs of name and credit, `topics` names.
    `slug_taken` is the headline of another live story of this section with this slug, or empty. `known_names`
    are names as they are spelled right.
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
    has_picture: bool = False
    picture_alt: str = ""
    picture_caption: str = ""
    picture_credit: str = ""
    slug_taken: str = ""
    known_names: tuple = ()
    starts: datetime | None = None
    written: datetime | None = None
    zone: tzinfo | None = field(default=None, repr=False)

    @cached_property
    def passages(self):
        """The body's passages (list of Passage) as far as it is judged."""
        return passages(self.body[:LONGEST])[:MOST]

    @cached_property
    def lines(self):
        """All that readers get to read: pairs of field and text, the body passage by passage (list)."""
        names = ("headline", "kicker", "dek")
        picture = ("picture_caption", "picture_credit", "picture_alt") if self.has_picture else ()
        after = (*picture, "dateline", "source", "seo_title", "seo_description")
        first = [(name, getattr(self, name)) for name in names if getattr(self, name)]
        body = [("body", each.text) for each in self.passages if each.text]
        return [*first, *body, *((name, getattr(self, name)) for name in after if getattr(self, name))]

    @property
    def has_author(self):
        """Whether somebody is named for the text."""
        return any(credit == Credit.TEXT for _name, credit in self.bylines)

    def day_of(self, moment):
        """The date of an aware datetime by the newsroom's clock."""
        return moment.astimezone(self.zone).date()
