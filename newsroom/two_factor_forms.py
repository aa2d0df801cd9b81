"""allauth's forms for the second factor, with what they lack: codes good for one use, and no failure on bad bytes."""

import re
from contextlib import contextmanager

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,16000}={0,2}")


class _OneUse:
    """A code is good once (RFC 6238, section 5.2), for as long as the clock's tolerance would take it again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 40, "autofocus": True}

    def clean_code(self):
        """The code, never used before."""
        code = super().clean_code()
        digits = re.sub(r"\D", "", code)
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"newsroom.code-used.{self.user.pk}.{digits}", True, timeout=seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_OneUse, codes.AuthenticateForm):
    """A code while signing in."""


class ReauthenticateForm(_OneUse, codes.ReauthenticateForm):
    """A code before something weighty."""


class ActivateTOTPForm(_OneUse, totp.ActivateTOTPForm):
    """The first code of a new app."""


class CredentialField(forms.JSONField):
    """What the browser's passkey dialog answered: one JSON object."""

    def to_python(self, value):
        """The object (dict)."""
        try:
            found = super().to_python(value)
        except RecursionError:
            found = None
        if not isinstance(found, dict):
            raise ValidationError(_("That is no answer of a passkey. Try again."))
        return found

    def bound_data(self, data, initial):
        """Nothing: an answer is good for one challenge, and is not shown again."""
        return initial


@contextmanager
def _parsed_by_others():
    """Whatever a parser of foreign bytes stumbles over is a wrong key, not a failure of ours."""
    try:
        yield
    except (ValidationError, DatabaseError):
        raise
    except Exception as error:
        raise get_adapter().validation_error("incorrect_code") from error


class _Key:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self):
        """The authenticator that answered."""
        with _parsed_by_others():
            return super().clean_credential()


class AuthenticateWebAuthnForm(_Key, keys.AuthenticateWebAuthnForm):
    """A key while signing in."""


class LoginWebAuthnForm(_Key, keys.LoginWebAuthnForm):
    """A passkey alone."""


class ReauthenticateWebAuthnForm(_Key, keys.ReauthenticateWebAuthnForm):
    """A key before something weighty."""


class _Named:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of the key"), required=False, max_length=60, initial=self.fields["name"].initial
        )


class EditWebAuthnForm(_Named, keys.EditWebAuthnForm):
    """Another name for a key."""

    def clean_name(self):
        """The name; the old one where none is given."""
        return self.cleaned_data["name"] or self.initial["name"]


class AddWebAuthnForm(_Named, keys.AddWebAuthnForm):
    """A new key, which also signs in alone unless one does not want it to."""

    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone, without the password"), label_suffix="", required=False, initial=True
    )
    field_order = ("name", "passwordless", "credential")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean(self):
        """The values; of the credential only the parts that are read again, for it is kept."""
        with _parsed_by_others():
            cleaned = super().clean()
            if credential := cleaned.get("credential"):
                cleaned["credential"] = _kept(credential)
            return cleaned


def _kept(credential):
    """The parts of a registration (WebAuthn Level 3, RegistrationResponseJSON) that signing in needs (dict)."""
    answer, extensions = credential["response"], credential.get("clientExtensionResults") or {}
    kept = {name: _base64url(credential[name]) for name in ("id", "rawId")}
    kept["response"] = {name: _base64url(answer[name]) for name in ("clientDataJSON", "attestationObject")}
    resident = (extensions.get("credProps") or {}).get("rk")
    properties = {"credProps": {"rk": resident is True}} if resident is not None else {}
    return kept | {"type": "public-key", "clientExtensionResults": properties}


def _base64url(text):
    if not BASE64URL.fullmatch(text):
        raise ValueError(text)
    return text
