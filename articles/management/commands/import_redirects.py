"""`manage.py import_redirects`: brings redirects in from a CSV file, whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.desk.redirecting import MOST_BYTES, import_redirects
from articles.rules.refusal import Refused


class Command(BaseCommand):
    """One line for the file, or one for each line of it that is wrong."""

    help = (
        "Import redirects from a CSV file: old address, target or the word gone, note. The same again changes nothing."
    )

    def add_arguments(self, parser):
        """FILE [--dry-run]."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")

    def handle(self, *args, **options):
        """Read and write. Raises CommandError with every line that is wrong."""
        try:
            with options["file"].open("rb") as file:
                done = import_redirects(file.read(MOST_BYTES + 1), by=None, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except Refused as error:
            raise CommandError("\n".join(error.reasons)) from error
        said = "would be imported" if options["dry_run"] else "imported"
        self.stdout.write(f"{done.new + done.replaced} redirects {said}, {done.new} of them new.")
