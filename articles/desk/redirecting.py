"""Redirects from and to a table: read a CSV file, write it whole or not at all, write all of them out."""

import csv
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Redirect
from ..models.redirect import Circle
from ..rules.refusal import Refused, act, refuse_if
from ..vocabulary import RedirectAnswer

MOST_LINES = 10_000
MOST_BYTES = 2_000_000
MOST_NAMED = 50  # bad lines that are named one by one
HEADER = ("from", "to", "note")
GONE = "gone"


@dataclass(frozen=True)
class Imported:
    """How many redirects a file brought (`new`), and how many it set anew that were there (`replaced`)."""

    new: int
    replaced: int


class _Rehearsed(Exception):
    """Takes everything back."""


def import_redirects(data, *, by, dry_run=False):
    """Write the redirects of a CSV file (bytes): old address, target or the word “gone”, and if you like a note.

    Whole or not at all; with `dry_run` it is only tried. Returns Imported. Raises Refused with a sentence for each
    line that is wrong, which it names by its number.
    """
    try:
        with transaction.atomic():
            done = _write(data, by=by)
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return done


@act
def _write(data, *, by):
    redirects = _read(data)
    for each in redirects.values():
        each.made_by, each.made_at = by, timezone.now()
    lines = {each.old_path: number for number, each in redirects.items()}
    there = _how_many_there(list(lines))
    try:
        Redirect.objects.write(redirects.values())
    except Circle as error:
        raise Refused(_line(lines.get(error.old_path, "?"), error.messages[0])) from error
    return Imported(new=len(redirects) - there, replaced=there)


def _how_many_there(paths):
    batches = (paths[start : start + 500] for start in range(0, len(paths), 500))
    return sum(Redirect.objects.filter(old_path__in=some).count() for some in batches)


def _read(data):
    """Redirect by the number of its line (dict), cleaned. Raises Refused."""
    wrong, found, seen = [], {}, {}
    for number, cells in _rows(data):
        try:
            redirect = _redirect(cells)
        except ValidationError as error:
            wrong.append(_line(number, " ".join(error.messages)))
            continue
        if redirect.old_path in seen:
            said = _("“%(path)s” stands in line %(first)s already.")
            wrong.append(_line(number, said % {"path": redirect.old_path, "first": seen[redirect.old_path]}))
        seen.setdefault(redirect.old_path, number)
        found[number] = redirect
    if len(wrong) > MOST_NAMED:
        more = _("%(count)s further lines are wrong.") % {"count": len(wrong) - MOST_NAMED}
        wrong = [*wrong[:MOST_NAMED], more]
    refuse_if(wrong)
    if not found:
        raise Refused(_("The file holds no redirects."))
    return found


def _rows(data):
    """(number of the line, cells) of each line that says anything, without the heading. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is larger than %(most)s MB. Split it.") % {"most": MOST_BYTES // 1_000_000})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not in UTF-8. Save it as “CSV UTF-8” and send it again.")) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    rows = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells) and not (not rows and cells[0].lower() == HEADER[0]):
                rows.append((reader.line_num, cells))
            if len(rows) > MOST_LINES:
                raise Refused(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
    except csv.Error as error:
        raise Refused(_line(reader.line_num, _("A quotation mark is missing or too much."))) from error
    return rows


def _redirect(cells):
    """The redirect of a line. Raises ValidationError."""
    old, target, note, *rest = [*cells, "", "", ""]
    if any(rest):
        raise ValidationError(_("A line has an old address, where it leads, and a note; this one has more."))
    if not target:
        raise ValidationError(_("Say where “%(path)s” leads, or write “gone”.") % {"path": old[:80]})
    gone = target.lower() == GONE
    answer = RedirectAnswer.GONE if gone else RedirectAnswer.MOVED
    redirect = Redirect(old_path=old, answer=answer, target="" if gone else target, note=note.removeprefix("'"))
    redirect.clean_fields(exclude=["made_by"])
    return redirect


def _line(number, said):
    return _("Line %(number)s: %(said)s") % {"number": number, "said": said}


def export_redirects():
    """All redirects as the lines (iterator of text) of a CSV file that `import_redirects` takes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in Redirect.objects.order_by("old_path").iterator(chunk_size=2_000):
        writer.writerow([row.old_path, row.target or GONE, _no_formula(row.note)])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _no_formula(text):
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
