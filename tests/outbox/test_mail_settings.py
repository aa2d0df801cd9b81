"""Where mails go, as the environment says it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.settings import _email


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp+tls://desk:p%40ss@mail.example", ("mail.example", 587, "desk", "p@ss", True, False)),
        ("smtps://desk:pw@mail.example:4650", ("mail.example", 4650, "desk", "pw", False, True)),
    ],
)
def test_an_address_names_server_account_and_how_it_is_kept_secret(address, server):
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    settings = _email(address)
    assert tuple(settings[f"EMAIL_{name}"] for name in names) == server
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(("address", "backend"), [("console", "console"), ("none", "dummy")])
def test_mails_may_go_to_the_console_or_nowhere(address, backend):
    assert _email(address) == {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://", "smtps:mail.example"])
def test_anything_else_is_refused_in_a_sentence(address):
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_EMAIL_URL must be console, none, or start with"):
        _email(address)
