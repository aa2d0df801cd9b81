"""The cards, in the order of their weight, and who gets which."""

from dataclasses import dataclass, field

from ...rules.policy import can
from ...vocabulary import CheckKind
from . import house, stories, times

COUNTED = 50
SHOWN = 8


@dataclass
class Card:
    """One question and what it found: up to SHOWN `rows` (of Row), and `count` of all of them (text).

    `url` leads to the full list (empty: there is none) by the name of `more`; `empty` says in a sentence that
    nothing waits; `summary` is a list of (class of badge, text), `says` a sentence above the rows, or alone.
    """

    name: str
    title: str
    empty: str
    rows: list
    count: str = ""
    url: str = ""
    says: str = ""
    summary: list = field(default_factory=list)

    @property
    def clear(self):
        """Whether nothing waits."""
        return not (self.rows or self.says)


def cards(user, now):
    """What `user` sees at `now` (aware datetime): a list of Card, those with something to do first."""
    found = [_card(name, ask(user, now, COUNTED + 1)) for name, may, ask in CARDS if may(user)]
    return sorted(found, key=lambda card: card.clear)


def _card(name, said):
    rows = said.pop("rows")
    count = f"{COUNTED}+" if len(rows) > COUNTED else str(len(rows) or "")
    return Card(name=name, rows=rows[:SHOWN], count=count, **said)


def _may(verb):
    return lambda user: can(user, verb)


def _has(permission):
    return lambda user: user.has_perm(permission)


def _checks_something(user):
    return any(can(user, f"check_{kind}") for kind in CheckKind)


# Name, who gets it, and what it asks: (user, now, how many at most) -> the fields of a Card, `rows` uncut.
CARDS = (
    ("checks", _checks_something, stories.checks),
    ("submitted", _may("clear"), stories.submitted),
    ("mine", _may("write"), stories.mine),
    ("notes", _may("read"), stories.notes),
    ("scheduled", _may("read"), times.scheduled),
    ("overdue", _may("plan"), times.overdue),
    ("changed", _may("write"), stories.changed),
    ("ending", _may("read"), times.ending),
    ("corrections", _may("read"), times.corrections),
    ("untagged", _may("tag"), times.untagged),
    ("pictures", _has("articles.change_picture"), house.pictures),
    ("rights", _has("articles.change_picture"), house.rights),
    ("effects", _has("articles.change_effect"), house.effects),
    ("accounts", _has("auth.change_user"), house.accounts),
)
