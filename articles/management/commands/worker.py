"""`manage.py worker`: does what follows from the desk's and the press's acts, such as mails."""

import signal

from django.core.management.base import BaseCommand, CommandError

from articles.outbox.working import POLL, Loop


class Command(BaseCommand):
    """Any number may run at once. SIGTERM and Ctrl-C end it after the effect in hand, with status 0."""

    help = "Do what follows from acts (mails and the like), now and as it comes. Several workers share the work."

    def add_arguments(self, parser):
        """[--once] [--poll SECONDS]."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--poll", type=float, default=POLL, metavar="SECONDS", help="pause between two looks")

    def handle(self, *args, **options):
        """Work until stopped, or until nothing is due."""
        if not 0.05 <= options["poll"] <= 3600:
            raise CommandError("--poll takes 0.05 to 3600 seconds.")
        loop = Loop(poll=options["poll"])
        if options["once"]:
            self.stdout.write(f"{loop.once()} done or tried.")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: loop.stop.set())
        loop.run()
