"""Rules of the house that Django can check before it starts."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

DEMO_ACCOUNTS = ("chief", "editor", "reporter", "pictures", "topics", "admin")
DEMO_PASSWORD = "newsroom-demo"  # noqa: S105  (public on purpose; the check below keeps it out of real installations)


@register(Tags.security)
def no_demo_accounts(app_configs, **kwargs):
    """An error for every demo account whose known password works outside the demo (articles.E001)."""
    if not settings.PRODUCTION:
        return []
    try:
        users = list(get_user_model().objects.filter(username__in=DEMO_ACCOUNTS, is_active=True))
    except DatabaseError:  # no tables yet: nobody has an account
        return []
    return [
        Error(
            f"The demo account “{user.username}” can sign in with the demo's public password.",
            hint="Run `manage.py demo --remove-accounts`, or give the account another password.",
            id="articles.E001",
        )
        for user in users
        if check_password(DEMO_PASSWORD, user.password)
    ]
