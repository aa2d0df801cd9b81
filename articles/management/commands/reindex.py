"""`manage.py reindex`: puts printed editions into the search index, for a database that was filled without one."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.models import Edition
from articles.search import the_index

BATCH = 2_000


class Command(BaseCommand):
    """Each batch is one transaction: an interrupted run is taken up where it stopped, a second one adds nothing."""

    help = "Index the printed editions that the search does not have yet; with --all, every one anew."

    def add_arguments(self, parser):
        """--all, --batch."""
        parser.add_argument("--all", action="store_true", help="empty the index first; until the end it is incomplete")
        parser.add_argument("--batch", type=int, default=BATCH, help="editions a transaction")

    def handle(self, *, batch, **options):
        """Index, and say how fast."""
        if batch < 1:
            raise CommandError("--batch must be above zero.")
        index, began, added, last = the_index(), time.monotonic(), 0, 0
        if options["all"]:
            index.clear()
        while keys := index.missing(last, most=batch):
            with transaction.atomic():
                index.add(list(Edition.objects.filter(pk__in=keys).order_by("pk")))
            last, added = keys[-1], added + len(keys)
            self._tell(added, began)
        index.tidy()
        self._tell(added, began)

    def _tell(self, added, began):
        seconds = max(time.monotonic() - began, 0.001)
        self.stdout.write(f"{added:,} editions indexed in {seconds:.1f} s ({added / seconds:,.0f} a second).")
