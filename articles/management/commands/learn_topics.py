"""`manage.py learn_topics`: reads how stories were tagged, so that topics can be suggested for new ones."""

import time

from django.core.management.base import BaseCommand, CommandError

from articles.desk.suggesting import NEWEST, learn, learn_tonight


class Command(BaseCommand):
    """Replaces what was learned before, some topics at a time; from then on the worker does it every night."""

    help = "Learn from the newest stories which words go with which topics (the worker repeats it every night)."

    def add_arguments(self, parser):
        """[--newest N]."""
        parser.add_argument("--newest", type=int, default=NEWEST, metavar="N", help="how many stories are read")

    def handle(self, *, newest, **options):
        """Learn, and say what came of it."""
        if newest < 1:
            raise CommandError("--newest must be above zero.")
        began = time.monotonic()
        said = learn(newest=newest)
        learn_tonight()
        self.stdout.write(
            f"{said.stories:,} tagged stories read in {time.monotonic() - began:.1f} s: "
            f"{said.clues:,} clues to {said.topics:,} topics."
        )
