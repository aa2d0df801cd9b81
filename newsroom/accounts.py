"""Who may have an account: people an administrator has made one for."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up: an account is made in the admin."""

    def is_open_for_signup(self, request):
        """Always False."""
        return False
