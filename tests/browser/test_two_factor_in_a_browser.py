"""Two-factor sign-in as a browser does it: a real passkey ceremony, a code from an app, under our own policy."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from browsing import axe, follow
from cast import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct-horse-battery"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(new_page, settings):
    """A page in a newsroom that requires two factors."""
    settings.NEWSROOM_TWO_FACTOR = "required"
    return new_page(viewport={"width": 360, "height": 800})


@pytest.fixture
def key(page):
    """A key in the browser, which its owner confirms with a finger: `key(**other)` plugs in one that differs."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")

    def plug_in(**other):
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | other})

    return plug_in


def type_password(page, user):
    page.goto("/admin/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    follow(page, "#login-form button[type=submit]")


def confirm_password(page):
    page.fill("[name=password]", PASSWORD)
    follow(page, "#login-form button[type=submit]")


def sign_out(page):
    page.goto("/accounts/logout/")
    follow(page, "#login-form button[type=submit]")


def add_passkey(page):
    follow(page, "text=Add a passkey")
    confirm_password(page)
    page.fill("[name=name]", "Laptop")
    page.click("[data-passkey=add]")
    page.wait_for_url("**/recovery-codes/")


def set_up_app(page):
    """The app's secret (text)."""
    follow(page, "text=Set up an app")
    confirm_password(page)
    secret = page.inner_text("code.secret")
    page.fill("[name=code]", code_of(secret))
    follow(page, "#login-form button[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    return secret


def code_of(secret, *, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def test_a_passkey_is_set_up_and_signs_in_alone(page, key):
    user = make_user("chief")
    key()
    type_password(page, user)
    page.wait_for_url("**/accounts/2fa/")
    add_passkey(page)
    assert len(page.query_selector_all(".codes code")) == 10
    page.goto("/admin/")
    assert page.url.endswith("/admin/")
    sign_out(page)
    page.goto("/admin/articles/section/")
    page.click("[data-passkey=login]")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert page.url.endswith("/admin/articles/section/")
    page.goto("/accounts/2fa/keys/")
    follow(page, "[aria-label='Remove Laptop']")
    page.click("[data-passkey=use]")
    page.wait_for_url("**/remove/")
    follow(page, "text=Remove the key >> nth=-1")
    page.wait_for_url("**/accounts/2fa/")
    assert Authenticator.objects.filter(user=user).count() == 0


def test_a_key_is_the_second_factor_after_the_password(page, key):
    user = make_user("chief")
    key(protocol="ctap2", transport="usb")
    type_password(page, user)
    follow(page, "text=Add a passkey")
    confirm_password(page)
    page.uncheck("[name=passwordless]")
    page.click("[data-passkey=add]")
    page.wait_for_url("**/recovery-codes/")
    assert not Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    sign_out(page)
    type_password(page, user)
    page.click("[data-passkey=use]")
    page.wait_for_url("**/admin/")


def test_a_key_that_is_only_touched_is_not_taken(page, key):
    key(hasUserVerification=False, isUserVerified=False)
    type_password(page, make_user("chief"))
    follow(page, "text=Add a passkey")
    confirm_password(page)
    page.click("[data-passkey=add]")
    page.wait_for_selector("#passkey-error:not([hidden])")
    assert page.inner_text("#passkey-error").startswith("The browser got no answer from a key.")
    assert Authenticator.objects.count() == 0


def test_an_app_is_set_up_and_its_codes_sign_in(page):
    user = make_user("chief")
    type_password(page, user)
    page.wait_for_url("**/accounts/2fa/")
    secret = set_up_app(page)
    recovery = page.inner_text(".codes code >> nth=0")
    sign_out(page)
    type_password(page, user)
    page.fill("[name=code]", code_of(secret, later=1))
    follow(page, "#login-form button[type=submit]")
    page.wait_for_url("**/admin/")
    sign_out(page)
    type_password(page, user)
    page.fill("[name=code]", recovery)
    follow(page, "#login-form button[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_pass_axe_and_fit_a_phone(page, key, scheme):
    def looked_at(where):
        assert (where, axe(page)) == (where, [])
        assert (where, page.evaluate("document.documentElement.scrollWidth")) == (where, 360)

    key()
    user = make_user("chief")
    page.emulate_media(color_scheme=scheme)
    page.goto("/accounts/login/")
    looked_at("login")
    type_password(page, user)
    page.wait_for_url("**/accounts/2fa/")
    looked_at("set-up")
    add_passkey(page)
    looked_at("recovery codes")
    for where in ("", "keys/", "keys/add/", "recovery-codes/new/", "app/add/"):
        page.goto(f"/accounts/2fa/{where}")
        if "reauthenticate" in page.url:
            looked_at("confirm by key")
            page.click("[data-passkey=use]")
            page.wait_for_url(f"**/accounts/2fa/{where}")
        looked_at(where)
    secret = page.inner_text("code.secret")
    page.fill("[name=code]", code_of(secret))
    follow(page, "#login-form button[type=submit]")
    page.wait_for_url("**/accounts/2fa/")
    page.goto("/accounts/2fa/app/remove/")
    looked_at("remove the app")
    sign_out(page)
    type_password(page, user)
    page.wait_for_url("**/authenticate/")
    looked_at("second factor")
    page.fill("[name=code]", "000000")
    follow(page, "#login-form button[type=submit]")
    looked_at("wrong code")
