"""The second factor of signing in: who needs one, whether a session has shown it, how its secrets are kept.

django-allauth does the ceremonies (TOTP after RFC 6238, passkeys after WebAuthn Level 2, recovery codes).
Here is what it leaves open: that a factor is required, that a session which never showed it is worth nothing,
and that no secret lies readable in the database. `newsroom.middleware.TwoFactorMiddleware` asks these questions.
"""

from base64 import urlsafe_b64encode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

# Whoever can publish, take down, or give somebody the right to.
PUBLISHING_RIGHTS = (
    "articles.publish_story",
    "articles.withdraw_story",
    "articles.break_embargo",
    "articles.clear_story",
    "articles.bypass_checks",
    "articles.override_preflight",
    "auth.add_user",
    "auth.change_user",
    "auth.change_group",
)

# What a session can lack, and the addresses (URL names) that are open to it nevertheless.
SET_UP, CONFIRM = "set-up", "confirm"
_TO_CONFIRM = {"account_logout", "admin:logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
_TO_SET_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_change_password"}
STILL_OPEN = {CONFIRM: _TO_CONFIRM, SET_UP: _TO_CONFIRM | _TO_SET_UP}
WHY = {
    SET_UP: _(
        "Your role can publish, or decide who can, so signing in here takes a second factor. Set one up, then the "
        "desk opens."
    ),
    CONFIRM: _("This account is protected by a second factor, which this sign-in has not shown. Confirm it first."),
}


def needs_second_factor(user):
    """Whether the newsroom demands a second factor of this person (NEWSROOM_TWO_FACTOR and their rights)."""
    if settings.NEWSROOM_TWO_FACTOR != "required" or not (user.is_active and user.is_staff):
        return False
    return any(user.has_perm(right) for right in PUBLISHING_RIGHTS)


def what_is_missing(request, user):
    """What the session of this request lacks: SET_UP, CONFIRM, or None where nothing does.

    An account with a factor is worth nothing to a session that did not show one of those the account has now:
    a session from before it was set up elsewhere, or one that showed a key which has been removed since.
    """
    if not user.is_authenticated:
        return None
    factors = dict(Authenticator.objects.filter(user_id=user.pk).values_list("pk", "type"))
    if set(factors.values()) <= {Authenticator.Type.RECOVERY_CODES}:
        return SET_UP if needs_second_factor(user) else None
    records = get_authentication_records(request, user)
    shown = {record.get("id") for record in records if record.get("method") == "mfa"}
    return None if shown & factors.keys() else CONFIRM


@receiver([signals.authenticator_added, signals.authenticator_reset])
def has_shown(request, user, authenticator, **_kwargs):
    """Whoever has just set a factor up, or made new recovery codes, has shown it: their session goes on."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


class SecretUnreadable(ValidationError):
    """The secret of a factor was encrypted with a key that the newsroom no longer has."""

    silent_variable_failure = True  # a template shows nothing in its place

    def __init__(self):
        super().__init__(
            _(
                "The second factor of this account cannot be read any more, because the newsroom's secret key was "
                "changed. Use a passkey, or ask an administrator to reset your two-factor sign-in."
            )
        )


def _fernet(key):
    """The cipher for a secret key (text): AES-128-CBC with HMAC-SHA256, its own key derived by HKDF (RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"newsroom.two_factor.v1").derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


class TwoFactorAdapter(DefaultMFAAdapter):
    """Secrets encrypted; the newspaper's name in the app and on the key."""

    def encrypt(self, text):
        """The token (text) that is stored."""
        return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret (text), also where it was kept with an older key. Raises SecretUnreadable."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        try:
            return MultiFernet([_fernet(key) for key in keys]).decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise SecretUnreadable from error

    def get_totp_issuer(self):
        """The newspaper's name."""
        return settings.SITE_NAME

    def get_totp_label(self, user):
        """The name one signs in with."""
        return user.get_username()

    def generate_authenticator_name(self, user, type):
        """What a key is called unless its owner calls it something."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Key %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        """For whom a passkey is: the host one is on (Django lets no foreign one through), by the newspaper's name."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user):
        """Whose passkey it is, by the name one signs in with."""
        return super().get_public_key_credential_user_entity(user) | {"name": user.get_username()}


@receiver(signals.authenticator_used)
def keep_readable(user, **_kwargs):
    """While an older secret key is still known, whoever signs in has their secrets encrypted with the new one."""
    if not settings.SECRET_KEY_FALLBACKS:
        return
    adapter = TwoFactorAdapter()
    with transaction.atomic():  # locked, or a recovery code used at this moment would count as unused again
        for kept in Authenticator.objects.select_for_update().filter(user_id=user.pk):
            for name in {"secret", "seed"} & kept.data.keys():
                kept.data[name] = adapter.encrypt(adapter.decrypt(kept.data[name]))
                kept.save(update_fields=["data"])
