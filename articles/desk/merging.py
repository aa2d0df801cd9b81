"""What happens to a save that was written on an older working copy than the stored one."""

from ..models import Revision
from ..rules.refusal import Refused
from ..text.merging import UNKNOWN, merge_list, merge_set, merge_value
from ..text.notes import merge_noted


class Conflict(Refused):
    """Both changed the same thing; nothing was saved.

    `story` is the stored one, `merged` the values that would have been saved with every conflict decided for
    the one who is saving (as in a snapshot), `conflicts` the list of text.merging.Conflict for each name in
    conflict, `taken` the names in which something of the stored text is in `merged`.
    """

    def __init__(self, reason, *, story, merged, conflicts, taken):
        super().__init__(reason)
        self.story, self.merged, self.conflicts, self.taken = story, merged, conflicts, taken


def merge_into(story, mine, theirs, *, version, reason):
    """`mine` (part of a snapshot), written on `version`, merged with the stored `theirs` (snapshot of `story`).

    Returns the values to save and the names in which somebody else's change was kept (dict, list).
    Raises Conflict, saying `reason`, where both changed the same.
    """
    kept = Revision.objects.filter(story=story, number=version).first()
    base = kept.content if kept else {}
    results = {name: _merge(name, base.get(name, UNKNOWN), value, theirs[name]) for name, value in mine.items()}
    merged = {name: result.merged for name, result in results.items()}
    taken = [name for name, result in results.items() if result.took_theirs]
    conflicts = {name: result.conflicts for name, result in results.items() if result.conflicts}
    if conflicts:
        raise Conflict(reason, story=story, merged=merged, conflicts=conflicts, taken=taken)
    return merged, taken


def _merge(name, base, mine, theirs):
    if name == "body":
        return merge_noted(base, mine, theirs)
    if name in ("topics", "further_sections"):
        return merge_set(base, mine, theirs)
    if name == "bylines":
        base = base if base is UNKNOWN else [tuple(row) for row in base]
        return merge_list(base, [tuple(row) for row in mine], [tuple(row) for row in theirs])
    return merge_list(base, mine, theirs) if name == "related" else merge_value(base, mine, theirs)
