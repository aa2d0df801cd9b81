"""Which stage may follow which, what the move is called, whose right it is and in which section."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..models import MoveRight
from ..vocabulary import Stage
from .policy import can


@dataclass(frozen=True)
class Move:
    """One move of the desk: `verb` is the right it needs (rules/policy.py); `reason` whether it has to be given one."""

    name: str
    label: str
    start: frozenset
    end: str
    verb: str
    reason: bool


def _move(name, label, start, end, verb, *, reason=False):
    return Move(name, label, frozenset(start), end, verb, reason)


MOVES = {
    move.name: move
    for move in (
        _move("take_up", _("Take up"), {Stage.PITCH}, Stage.DRAFT, "submit"),
        _move("submit", _("Submit"), {Stage.DRAFT}, Stage.SUBMITTED, "submit"),
        _move("clear", _("Clear for publication"), {Stage.DRAFT, Stage.SUBMITTED}, Stage.CLEARED, "clear"),
        _move("send_back", _("Send back"), {Stage.SUBMITTED, Stage.CLEARED}, Stage.DRAFT, "clear", reason=True),
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


def may_move(user, name, story):
    """Whether `user` may make the move (a key of MOVES) with the story: by the policy, and by its section's rows.

    MoveRight rows narrow the policy to some roles, in a section and below it; of sections within each other the
    nearest that says anything of this move decides. A superuser stands above roles.
    """
    if not can(user, MOVES[name].verb, story):
        return False
    roles = _narrowed(user, story.section).get(name)
    return roles is None or user.is_superuser or not roles.isdisjoint(_roles(user))


def narrowed(section):
    """For each move that a section, or one above it, narrows: the keys of the roles that may (dict of sets)."""
    rows = MoveRight.objects.filter(section__path__in=section.lineage)
    nearest = {}
    for path, move, role in rows.values_list("section__path", "move", "role"):
        nearest.setdefault(move, {}).setdefault(len(path), set()).add(role)
    return {move: by_depth[max(by_depth)] for move, by_depth in nearest.items()}


def _narrowed(user, section):
    """`narrowed`, asked of the database once for each section and user object."""
    known = user.__dict__.setdefault("_narrowed_moves", {})
    if section.path not in known:
        known[section.path] = narrowed(section)
    return known[section.path]


def _roles(user):
    if not hasattr(user, "_role_keys"):
        user._role_keys = set(user.groups.values_list("pk", flat=True))
    return user._role_keys
