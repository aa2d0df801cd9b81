"""`manage.py ingest`: brings files of a wire or an archive to the desk, each whole or not at all."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.ingest import (
    AUTO,
    FORMATS,
    ParseError,
    Result,
    default_section,
    named_section,
    read,
    read_file,
    rehearse,
    store,
)
from articles.rules.readiness import desk_time
from articles.rules.refusal import Refused


class Command(BaseCommand):
    """One line for every file; a file that cannot be imported does not hold up the others."""

    help = "Import stories from files. The same file again changes nothing."

    def add_arguments(self, parser):
        """FILE... [--format] [--section] [--publish] [--dry-run]."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", choices=[AUTO, *FORMATS], default=AUTO, help="default: by their look")
        parser.add_argument("--section", default="", help="where they run; default: by their language")
        parser.add_argument("--publish", action="store_true", help="publish them, dated as the file says")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")

    def handle(self, *args, **options):
        """Import file by file; ends with exit status 1 where one of them was not imported."""
        name = options["section"] or settings.INGEST_SECTION
        try:
            section = named_section(name) if name else None
        except Refused as error:
            raise CommandError(str(error)) from error
        done = [self._take_in(path, section, options) for path in options["files"]]
        if not all(done):
            sys.exit(1)

    def _take_in(self, path, section, options):
        shown = os.fsencode(path).decode("utf-8", "replace")
        bring_in = rehearse if options["dry_run"] else store
        try:
            draft = read(read_file(path, limit=settings.INGEST_MAX_BYTES), name=options["format"])
            where = section or default_section(draft.language)
            outcome = bring_in(draft, section=where, publish=options["publish"])
        except ParseError as error:
            self.stderr.write(error.at(shown))
            return False
        except Refused as error:
            self.stderr.write(f"{shown}: {error}")
            return False
        self.stdout.write(f"{shown}: {_sentence(draft, outcome, rehearsed=options['dry_run'])}")
        return True


def _sentence(draft, outcome, *, rehearsed):
    """What happened to the file, or would (text)."""
    facts = {
        "headline": draft.headline,
        "state": _state(outcome),
        "section": outcome.story.section.path,
        "time": desk_time(draft.published_at),
        "imported": desk_time(outcome.item.imported_at),
    }
    sentence = _wording(outcome.result, rehearsed) % facts
    if draft.left_out and outcome.result in (Result.IMPORTED, Result.UPDATED):
        sentence += " " + _("Not part of the story: “%(text)s”.") % {"text": draft.left_out}
    return sentence


def _state(outcome):
    if outcome.edition:
        return _("published") if outcome.edition.live_from <= timezone.now() else _("scheduled")
    return _("draft") if outcome.result == Result.IMPORTED else _("not published")


def _wording(result, rehearsed):
    if result == Result.UNCHANGED:
        return _("unchanged, already imported on %(imported)s.")
    if result == Result.EDITED_HERE:
        return _("changed at the source, but edited here; not touched.")
    if result == Result.UPDATED:
        done = _("updated “%(headline)s” to the source's new text (%(state)s).")
        planned = _("would update “%(headline)s” to the source's new text (%(state)s).")
    else:
        done = _("imported as “%(headline)s” (%(state)s) in %(section)s, dated %(time)s.")
        planned = _("would import “%(headline)s” (%(state)s) in %(section)s, dated %(time)s.")
    return planned if rehearsed else done
