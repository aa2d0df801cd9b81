"""A form as it was typed, compared with the stored story: whether there is anything to lose."""

from django.utils import timezone

from ...text.html import clean_body
from ...text.walltime import WallTimeError, parse

TEXTS = (
    *("headline", "kicker", "dek", "body", "slugline", "dateline", "source", "picture_caption", "picture_credit"),
    *("seo_title", "seo_description"),
)
_CHOICES = ("kind", "language", "urgency", "section", "lead_picture", "assignee", "slug")
_TIMES = ("due_at", "embargo_until")
_SETS = ("topics", "further_sections")


def differs(typed, stored):
    """Whether a typed form (dict: name to list of texts) says anything that `stored` (a snapshot) does not."""
    return any(_all(typed, stored)) or bool("".join(typed.get("new_topics", [])).strip())


def _all(typed, stored):
    for name in (*TEXTS, *_CHOICES):
        if name in typed:
            text = clean_body(typed[name][0]) if name == "body" else " ".join(typed[name][0].split())
            yield text != str("" if stored[name] is None else stored[name])
    for name in _TIMES:
        if name in typed:
            yield _moment(typed[name][0]) != (stored[name] or "")
    for name in _SETS:
        if name in typed or "headline" in typed:
            yield sorted(typed.get(name, [])) != sorted(map(str, stored[name]))
    if "headline" in typed:  # a form sends no word of a box that is not ticked
        yield ("noindex" in typed) != bool(stored.get("noindex"))
    if "kind" in typed:
        yield ("live_over" in typed) != bool(stored.get("live_over"))
    if "bylines-TOTAL_FORMS" in typed:
        yield _rows(typed, "bylines", "contributor", "credit") != [
            [str(key), credit] for key, credit in stored["bylines"]
        ]
        yield _rows(typed, "related_rows", "other") != [[str(key)] for key in stored["related"]]


def _moment(text):
    if not text:
        return ""
    try:
        return parse(text, timezone.get_current_timezone()).isoformat()
    except WallTimeError:
        return text


def _rows(typed, prefix, *names):
    """The filled rows of a formset in their typed order (list of lists of texts)."""
    total = "".join(typed[f"{prefix}-TOTAL_FORMS"])
    rows = []
    for place in range(int(total) if total.isdecimal() and len(total) < 4 else 0):
        cells = [typed.get(f"{prefix}-{place}-{name}", [""])[0] for name in names]
        if cells[0] and f"{prefix}-{place}-DELETE" not in typed:
            number = typed.get(f"{prefix}-{place}-place", [""])[0]
            rows.append((int(number) if number.isdecimal() and len(number) < 4 else 100, cells))
    return [cells for _place, cells in sorted(rows, key=lambda row: row[0])]
