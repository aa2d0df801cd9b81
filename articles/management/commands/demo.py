"""`manage.py demo`: migrates and loads the demo newsroom, or takes its accounts away."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.checks import DEMO_ACCOUNTS, DEMO_PASSWORD
from articles.demo.accounts import remove_accounts
from articles.demo.loading import load


class Command(BaseCommand):
    """Loads what is missing; a second run changes nothing."""

    help = "Bring the database up to date and load the demo newsroom (again: nothing changes), or remove its accounts."
    requires_system_checks = []  # it must run where the check for demo accounts fails, to remove them

    def add_arguments(self, parser):
        """--remove-accounts."""
        parser.add_argument("--remove-accounts", action="store_true", help="switch the demo accounts off")

    def handle(self, *args, **options):
        """Load, and say what there is to see."""
        if options["remove_accounts"]:
            names = remove_accounts()
            self.stdout.write(f"Switched off: {', '.join(names) or 'none'}.")
            return
        if settings.PRODUCTION:
            raise CommandError("The demo has accounts with a public password; it is not loaded in production mode.")
        call_command("migrate", verbosity=0)
        new = load(report=self.stdout.write)
        if new:
            call_command("learn_topics", stdout=self.stdout)
        self.stdout.write(f"Demo newsroom: {new} stories loaded." if new else "Demo newsroom: already loaded.")
        self.stdout.write(f"\n  Site    {settings.SITE_URL}/\n  Admin   {settings.SITE_URL}/admin/")
        self.stdout.write(f"  Accounts {', '.join(DEMO_ACCOUNTS)} (password: {DEMO_PASSWORD})\n")
