"""`manage.py seed`: adds a large synthetic archive, for measuring."""

import time

from django.core.management.base import BaseCommand, CommandError

from articles.demo.archive.building import build, finish, prepare
from articles.demo.archive.furniture import furnish
from articles.demo.archive.pictures import build_pictures

MOST_YEARS = 100


class Command(BaseCommand):
    """Adds what is missing: a second run with the same seed and numbers changes nothing."""

    help = "Add a synthetic archive of live stories, or of library pictures without files, for measuring."

    def add_arguments(self, parser):
        """--stories, --pictures, --seed, --years."""
        parser.add_argument("--stories", type=int, help="how many stories the seed stands for")
        parser.add_argument("--pictures", type=int, help="how many pictures of the library it stands for")
        parser.add_argument("--seed", default="1", help="same seed, same stories and pictures")
        parser.add_argument("--years", type=float, default=10, help="how many years back they reach")

    def handle(self, *, seed, years, stories=None, pictures=None, **options):
        """Build, and say how fast."""
        wanted = [number for number in (stories, pictures) if number is not None]
        if not wanted:
            raise CommandError("Say how many of what: --stories, --pictures or both.")
        if min(wanted) < 1 or not 0 < years <= MOST_YEARS:
            raise CommandError(f"--stories, --pictures and --years must be above zero, --years at most {MOST_YEARS}.")
        prepare()
        furniture, added = furnish(), 0
        if stories:
            made = build(furniture, stories=stories, seed=seed, years=years)
            added += self._run(made, "stories", stories, seed)
        if pictures:
            made = build_pictures(furniture.sections, pictures=pictures, seed=seed, years=years)
            added += self._run(made, "pictures", pictures, seed)
        if added:
            self.stdout.write("Counting topics, analysing …")
            finish()

    def _run(self, made, what, total, seed):
        """Has them `made` (iterable of pairs of numbers: done, added); how many were new."""
        began, added, self.told = time.monotonic(), 0, 0
        for done, new in made:
            added += new
            self._tell(done * 100 // total, added / (time.monotonic() - began), what)
        seconds = time.monotonic() - began
        rate = f"{added:,} {what} added in {seconds:.1f} s ({added / seconds:,.0f} a second)."
        self.stdout.write(f"\n{rate}" if added else f"\n{total:,} {what} of seed {seed}: already seeded.")
        return added

    def _tell(self, percent, rate, what):
        """One line that moves on a terminal; elsewhere a line every tenth."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{percent:3} %  {rate:,.0f} {what} a second ", ending="")
            self.stdout.flush()
        elif percent // 10 > self.told // 10:
            self.told = percent
            self.stdout.write(f"{percent:3} %  {rate:,.0f} {what} a second")
