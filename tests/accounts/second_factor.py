"""Signing in with a second factor as a browser does it: the password, then the code."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import get_resolver, reverse

PASSWORD = "correct-horse-battery"
SETUP, CODE, LOGIN = "/accounts/2fa/", "/accounts/2fa/authenticate/", "/accounts/login/"


def give_app(user):
    """An authenticator app for this person: its secret (text)."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret, counter):
    return format_hotp_value(hotp_value(secret, counter))


def recovery_codes(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def browser(**headers):
    return Client(headers={"Accept-Language": "en", "Accept": "text/html"} | headers)


def sign_in(user, client=None, **extra):
    """By password, as far as that goes: the client and the last address."""
    client = client or browser()
    response = client.post(LOGIN, {"login": user.get_username(), "password": PASSWORD, **extra})
    return client, response.headers.get("Location")


def sign_in_fully(user, secret, counter):
    client, where = sign_in(user)
    assert where == CODE
    assert client.post(CODE, {"code": code_of(secret, counter)}).url == "/admin/"
    return client


def confirm(client):
    """Confirms by password what is asked for again; only where there is no second factor yet."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def staff_pages():
    """One address for every staff URL pattern that takes no more than a number."""
    found = []
    for name in get_resolver("newsroom.account_urls").reverse_dict:
        if isinstance(name, str):
            try:
                found.append(reverse(name))
            except Exception:
                found.append(reverse(name, args=[1]))
    return sorted(found)
