"""`manage.py seed`: adds a large synthetic archive, for measuring."""

import time

from django.core.management.base import BaseCommand, CommandError

from articles.demo.archive.building import build, finish, prepare
from articles.demo.archive.furniture import furnish


class Command(BaseCommand):
    """Adds what is missing: a second run with the same seed and number changes nothing."""

    help = "Add a synthetic archive of live stories, for measuring."

    def add_arguments(self, parser):
        """--stories, --seed, --years."""
        parser.add_argument("--stories", type=int, required=True, help="how many stories the seed stands for")
        parser.add_argument("--seed", default="1", help="same seed, same stories")
        parser.add_argument("--years", type=float, default=10, help="how many years back they reach")

    def handle(self, *, stories, seed, years, **options):
        """Build, and say how fast."""
        if stories < 1 or years <= 0:
            raise CommandError("--stories and --years must be above zero.")
        prepare()
        began, added, self.told = time.monotonic(), 0, 0
        for done, new in build(furnish(), stories=stories, seed=seed, years=years):
            added += new
            self._tell(done * 100 // stories, added / (time.monotonic() - began))
        if not added:
            self.stdout.write(f"\n{stories:,} stories of seed {seed}: already seeded.")
            return
        self.stdout.write("\nCounting topics, analysing …")
        finish()
        seconds = time.monotonic() - began
        self.stdout.write(f"{added:,} stories added in {seconds:.1f} s ({added / seconds:,.0f} a second).")

    def _tell(self, percent, rate):
        """One line that moves on a terminal; elsewhere a line every tenth."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{percent:3} %  {rate:,.0f} stories a second ", ending="")
            self.stdout.flush()
        elif percent // 10 > self.told // 10:
            self.told = percent
            self.stdout.write(f"{percent:3} %  {rate:,.0f} stories a second")
