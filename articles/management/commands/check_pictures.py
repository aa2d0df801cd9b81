"""`manage.py check_pictures`: says which pictures have lost their file, and which files no picture stands for."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.media import clear_leftovers, leftovers


class Command(BaseCommand):
    """Reads every row and every file name; files younger than an hour may belong to an upload and are left out."""

    help = "Check that every picture has its original and every file its picture; status 1 where not."

    def add_arguments(self, parser):
        """[--clear]."""
        parser.add_argument("--clear", action="store_true", help="remove the files no picture stands for")

    def handle(self, *args, **options):
        """One line for each thing that is wrong. Raises CommandError where anything stays wrong."""
        if options["clear"]:
            self.stdout.write(f"{clear_leftovers()} removed.")
        found = 0
        for found, leftover in enumerate(leftovers(), start=1):  # noqa: B007 (counted while they are written)
            path = leftover.path.relative_to(settings.MEDIA_ROOT)
            if leftover.picture:
                self.stdout.write(f"no file: picture {leftover.picture.pk} ({leftover.picture.title}), {path}")
            else:
                self.stdout.write(f"no picture: {path}")
        if found:
            raise CommandError(f"{found} wrong. Bring lost originals back from a backup; --clear removes stray files.")
        self.stdout.write("Every picture has its original, every file its picture.")
