"""What every test of a second factor starts from: somebody who can publish, their app and the clock of its codes."""

import time

import pytest
from cast import make_user
from second_factor import give_app


@pytest.fixture
def required(settings):
    settings.NEWSROOM_TWO_FACTOR = "required"


@pytest.fixture
def at(monkeypatch):
    """Stands the clock of the codes still; the codes of a period are those of `at(number)`."""
    start = int(time.time()) // 30 * 30

    def at(period):
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: start + 30 * period)
        return start // 30 + period

    at(0)
    return at


@pytest.fixture
def user():
    return make_user("chief", name="chefin")


@pytest.fixture
def secret(user):
    """The secret of the app that the user has (text)."""
    return give_app(user)
