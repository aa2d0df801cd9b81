"""Two texts of one story side by side: which fields differ, and how, in words the reader may see."""

from dataclasses import dataclass, field

from ...desk.columns import FIELDS, ROWS
from ...desk.revising import snapshot
from ...models import Contributor, Picture, Revision, Section, Topic
from ...rules.policy import scoped
from ...templatetags.desk import field_label
from ...text.comparing import compare_bodies, compare_rows, compare_words, fold
from ...text.figures import figures, name_figures
from ...text.notes import without_marks
from ...vocabulary import Credit
from .wording import HIDDEN, value_in_words


@dataclass(frozen=True)
class Compared:
    """One field that differs: `kind` is "words" (both runs), "body" or "rows" (list of text.comparing rows)."""

    label: str
    kind: str
    rows: list = field(default_factory=list)
    old: list = field(default_factory=list)
    new: list = field(default_factory=list)


def compare(old, new, user):
    """The differences of two snapshots in the order of the form (list of Compared)."""
    differing = [name for name in (*FIELDS, *ROWS) if old.get(name) != new.get(name) and name not in HIDDEN]
    return [_compared(name, old.get(name), new.get(name), user) for name in sorted(differing, key=_place)]


def _place(name):
    # Headline and text first, as readers meet them; the rest in the form's order.
    return (*("headline", "kicker", "dek", "body"), *FIELDS, *ROWS).index(name)


def _compared(name, old, new, user):
    label = str(field_label(name))
    if name == "body":
        return Compared(label, "body", rows=fold(compare_bodies(*_for_people(old or "", new or ""))))
    if name in ROWS:
        return Compared(label, "rows", rows=compare_rows(_lines(name, old or [], user), _lines(name, new or [], user)))
    runs = compare_words(value_in_words(name, old), value_in_words(name, new))
    return Compared(
        label,
        "words",
        old=[(op, text) for op, text in runs if op != "new"],
        new=[(op, text) for op, text in runs if op != "gone"],
    )


def _for_people(*bodies):
    """Bodies without marks of notes, and with the titles of their pictures."""
    keys = {figure.key for body in bodies for figure in figures(body)}
    titles = dict(Picture.objects.filter(key__in=keys).values_list("key", "title")) if keys else {}
    return [name_figures(without_marks(body), titles) for body in bodies]


def _lines(name, keys, user):
    return ROWS_IN_WORDS[name](keys, user)


def _bylines(pairs, user):
    people = Contributor.objects.in_bulk([key for key, _credit in pairs])
    return [f"{people[key]} ({Credit(credit).label})" for key, credit in pairs if key in people]


def _related(keys, user):
    seen = scoped(user, "read").in_bulk(keys)
    return [str(seen[key]) for key in keys if key in seen]


def _names(model):
    def names(keys, user):
        found = model.objects.in_bulk(keys)
        return sorted(str(found[key]) for key in keys if key in found)

    return names


ROWS_IN_WORDS = {
    "bylines": _bylines,
    "related": _related,
    "topics": _names(Topic),
    "further_sections": _names(Section),
}


def content_of(story, name):
    """The snapshot `name` means: a revision's number, "now" the working copy; None where it is not kept."""
    if name == "now":
        return snapshot(story)
    kept = Revision.objects.filter(story=story, number=int(name)).first()
    if kept:
        return kept.content
    return snapshot(story) if int(name) == story.version else None
