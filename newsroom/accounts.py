"""Who may have an account: people an administrator has made one for."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

BY_PASSWORD, BY_KEY = "reauthenticate", "mfa_reauthenticate:webauthn"


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up: an account is made in the admin."""

    def is_open_for_signup(self, request):
        """Always False."""
        return False

    def get_reauthentication_methods(self, user):
        """How one confirms who one is: whoever has a second factor by that, never by the password alone.

        Else a session and the password would do to take the second factor away.
        """
        methods = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != BY_PASSWORD]
        if stronger and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            stronger.sort(key=lambda method: method["id"] != BY_KEY)
        return stronger or methods
