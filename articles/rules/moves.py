"""Which stage may follow which, what the move is called and whose right it is."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..vocabulary import Stage


@dataclass(frozen=True)
class Move:
    """One move of the desk: `verb` is the right it needs (rules/policy.py)."""

    name: str
    label: str
    start: frozenset
    end: str
    verb: str


def _move(name, label, start, end, verb):
    return Move(name, label, frozenset(start), end, verb)


MOVES = {
    move.name: move
    for move in (
        _move("take_up", _("Take up"), {Stage.PITCH}, Stage.DRAFT, "submit"),
        _move("submit", _("Submit"), {Stage.DRAFT}, Stage.SUBMITTED, "submit"),
        _move("clear", _("Clear for publication"), {Stage.DRAFT, Stage.SUBMITTED}, Stage.CLEARED, "clear"),
        _move("send_back", _("Send back"), {Stage.SUBMITTED, Stage.CLEARED}, Stage.DRAFT, "clear"),
        _move(
            "spike",
            _("Spike"),
            {Stage.PITCH, Stage.DRAFT, Stage.SUBMITTED, Stage.CLEARED},
            Stage.SPIKED,
            "spike",
        ),
        _move("revive", _("Revive"), {Stage.SPIKED}, Stage.DRAFT, "spike"),
    )
}
