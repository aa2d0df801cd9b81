"""The second factor: who needs one, that nothing opens without it, and that there is no second door."""

import json
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cast import make_user
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from test_installation import PRODUCTION, manage

from articles.models import Section
from newsroom.middleware import TwoFactorMiddleware
from newsroom.two_factor import PUBLISHING_RIGHTS

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"
SETUP, CODE, LOGIN = "/accounts/2fa/", "/accounts/2fa/authenticate/", "/accounts/login/"


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


class TestWhoNeedsOne:
    @pytest.mark.parametrize("right", PUBLISHING_RIGHTS)
    def test_whoever_can_publish_or_give_the_right_to(self, required, right):
        user = make_user("picture editor")
        client = browser()
        client.force_login(user)
        assert client.get("/admin/").status_code == 200
        label, _dot, codename = right.partition(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
        assert client.get("/admin/").url == SETUP

    @pytest.mark.parametrize(
        ("role", "led"),
        [
            ("chief", True),
            ("editor", True),
            ("administrator", True),
            ("contributor", False),
            ("picture editor", False),
            ("topic librarian", False),
        ],
    )
    def test_by_role(self, required, role, led):
        client, _where = sign_in(make_user(role))
        response = client.get("/admin/")
        assert (response.status_code, response.headers.get("Location")) == ((302, SETUP) if led else (200, None))

    def test_a_superuser_too(self, required):
        client = browser()
        client.force_login(get_user_model().objects.create_superuser("root", password=PASSWORD))
        assert client.get("/admin/auth/user/").url == SETUP

    @pytest.mark.parametrize(
        ("set_to", "expected"),
        [({}, "optional"), (PRODUCTION, "required"), (PRODUCTION | {"NEWSROOM_TWO_FACTOR": "optional"}, "optional")],
    )
    def test_production_requires_it_unless_told_otherwise(self, set_to, expected, tmp_path):
        asked = "from django.conf import settings; print('->', settings.NEWSROOM_TWO_FACTOR)"
        done = manage("shell", "-c", asked, **set_to | {"NEWSROOM_VAR": str(tmp_path)})
        assert done.stdout.split()[-2:] == ["->", expected], done.stderr

    def test_control_in_the_demo_nobody_has_to(self, settings):
        assert settings.NEWSROOM_TWO_FACTOR == "optional"
        client, where = sign_in(make_user("chief"))
        assert (where, client.get("/admin/").status_code) == ("/admin/", 200)


class TestUntilItIsSetUp:
    @pytest.fixture
    def client(self, required):
        return sign_in(make_user("chief"))[0]

    def test_every_page_of_the_admin_leads_to_the_set_up(self, client):
        pages = ["/admin/", "/admin/articles/story/", "/admin/articles/story/add/", "/admin/auth/user/", "/admin/xyz/"]
        for page in [*pages, "/admin/autocomplete/", "/admin/jsi18n/", "/admin/password_change/"]:
            assert (page, client.get(page).headers.get("Location")) == (page, SETUP)
            assert (page, client.post(page, {"headline": "x"}).headers.get("Location")) == (page, SETUP)

    def test_nothing_is_written(self, client):
        client.post("/admin/articles/section/add/", {"name": "Kultur", "slug": "kultur", "language": "de"})
        assert not Section.objects.filter(slug="kultur").exists()

    def test_the_page_says_why(self, client):
        html = client.get("/admin/", follow=True).content.decode()
        assert "Your role can publish, or decide who can, so signing in here takes a second factor." in html

    @pytest.mark.parametrize(
        "asked_by",
        [
            {"headers": {"Sec-Fetch-Mode": "cors", "Accept": "*/*"}},
            {"headers": {"Accept": "application/json"}},
            {"headers": {"X-Requested-With": "XMLHttpRequest"}},
            {"content_type": "application/json"},
        ],
    )
    def test_a_script_is_told_in_one_sentence(self, client, asked_by):
        response = client.post("/admin/articles/story/", data="{}", **{"content_type": "text/plain"} | asked_by)
        assert response.status_code == 403
        assert response.json()["error"].startswith("Your role can publish, or decide who can")

    def test_of_the_account_pages_only_the_way_to_it_is_open(self, client):
        still_open = [page for page in staff_pages() if client.get(page).headers.get("Location") != SETUP]
        assert still_open == [
            "/accounts/2fa/",
            "/accounts/2fa/app/add/",
            "/accounts/2fa/keys/add/",
            "/accounts/2fa/keys/reauthenticate/",
            "/accounts/2fa/reauthenticate/",
            "/accounts/logout/",
            "/accounts/password/change/",
            "/accounts/reauthenticate/",
        ]

    def test_signing_out_and_another_password_are_possible(self, client):
        new = "another-good-password-1"
        response = client.post(
            "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        assert response.status_code == 302
        assert client.get("/admin/").url == SETUP
        client.post("/admin/logout/")
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"

    @pytest.mark.django_db(transaction=True)
    def test_the_app_is_set_up_with_a_code_and_the_desk_opens(self, client, at):
        page = "/accounts/2fa/app/add/"
        assert client.get(page).url == f"/accounts/reauthenticate/?next={page.replace('/', '%2F')}"
        confirm(client)
        shown = client.get(page)
        secret = shown.context["form"].secret
        assert shown.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert "data:image/svg+xml;base64," in shown.content.decode()
        assert client.post(page, {"code": "000000"}).context["form"].errors == {"code": ["Incorrect code."]}
        done = client.post(page, {"code": code_of(secret, at(0))})
        assert done.url == "/accounts/2fa/recovery-codes/"
        assert client.get("/admin/").status_code == 200
        user = get_user_model().objects.get()
        codes = client.get(done.url).content.decode()
        assert [code in codes for code in recovery_codes(user)] == [True] * 10

    def test_readers_pages_see_nobody(self, required, rf):
        user = make_user("chief")

        def seen(path):
            request = rf.get(path)
            request.session, request.user = {}, user
            TwoFactorMiddleware(lambda request: request)(request)
            return request.user.is_authenticated

        assert [seen("/"), seen("/preview/x/"), seen("/admin/")] == [False, False, True]


class TestSigningIn:
    @pytest.fixture
    def user(self):
        return make_user("chief")

    @pytest.fixture
    def secret(self, user):
        return give_app(user)

    @pytest.mark.parametrize("mode", ["required", "optional"])
    def test_the_password_alone_signs_nobody_in_who_has_a_factor(self, user, secret, settings, mode):
        settings.NEWSROOM_TWO_FACTOR = mode
        client, where = sign_in(user)
        assert where == CODE
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"
        assert "_auth_user_id" not in client.session

    def test_password_and_code_do(self, user, secret, at, required):
        client = sign_in_fully(user, secret, at(0))
        assert client.get("/admin/").status_code == 200

    def test_from_the_admin_one_gets_where_one_wanted(self, user, secret, at):
        client = browser()
        door = client.get("/admin/auth/user/", follow=True).redirect_chain[-1][0]
        assert door == f"{LOGIN}?next=/admin/auth/user/" or door == f"{LOGIN}?next=%2Fadmin%2Fauth%2Fuser%2F"
        client.post(door, {"login": user.username, "password": PASSWORD, "next": "/admin/auth/user/"})
        assert client.post(CODE, {"code": code_of(secret, at(0))}).url == "/admin/auth/user/"

    def test_a_code_is_good_once_even_while_the_clock_would_take_it_again(self, user, secret, at):
        used = code_of(secret, at(0))
        sign_in_fully(user, secret, at(0))
        for period in (0, 1):
            at(period)
            cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={used}")  # allauth's own mark lapses
            client, _where = sign_in(user)
            assert client.post(CODE, {"code": used}).context["form"].errors == {"code": ["Incorrect code."]}
        assert client.post(CODE, {"code": code_of(secret, at(1))}).url == "/admin/"

    def test_a_code_of_the_minute_before_last_is_too_old(self, user, secret, at):
        old = code_of(secret, at(0))
        at(2)
        client, _where = sign_in(user)
        assert client.post(CODE, {"code": old}).context["form"].errors == {"code": ["Incorrect code."]}

    def test_after_five_wrong_codes_the_right_one_does_not_help_for_a_while(self, user, secret, at):
        client, _where = sign_in(user)
        for _number in range(5):
            client.post(CODE, {"code": "000000"})
        other, _where = sign_in(user, browser(**{"X-Forwarded-For": "203.0.113.9"}))
        for page in (client, other):
            errors = page.post(CODE, {"code": code_of(secret, at(0))}).context["form"].errors["code"]
            assert errors == ["Too many failed login attempts. Try again later."]

    def test_many_other_names_do_not_wash_the_count_away(self, user, secret, at):
        client, _where = sign_in(user)
        for _number in range(5):
            client.post(CODE, {"code": "000000"})
        for number in range(700):
            cache.set(f"allauth:rl:z{number}", [time.time()], 900)
        errors = client.post(CODE, {"code": code_of(secret, at(0))}).context["form"].errors["code"]
        assert errors == ["Too many failed login attempts. Try again later."]

    def test_control_four_wrong_codes_are_forgiven(self, user, secret, at):
        client, _where = sign_in(user)
        for _number in range(4):
            client.post(CODE, {"code": "000000"})
        assert client.post(CODE, {"code": code_of(secret, at(0))}).url == "/admin/"

    def test_a_recovery_code_is_good_once(self, user, secret, required):
        code = recovery_codes(user)[0]
        client, _where = sign_in(user)
        assert client.post(CODE, {"code": code}).url == "/admin/"
        assert client.get("/admin/").status_code == 200
        again, _where = sign_in(user)
        assert again.post(CODE, {"code": code}).context["form"].errors == {"code": ["Incorrect code."]}
        assert len(recovery_codes(user)) == 9

    @pytest.mark.parametrize(
        "code", ["", " ", "\x00", "１２３４５６", "٣٤٥٦٧٨", "x" * 100_000, "🗞️", "-" * 6, "1e9", "000000\n"]
    )
    def test_bad_codes_are_refused_in_a_sentence(self, user, secret, code):
        client, _where = sign_in(user)
        response = client.post(CODE, {"code": code})
        assert (response.status_code, len(response.context["form"].errors["code"])) == (200, 1)


class TestNoSecondDoor:
    @pytest.fixture
    def user(self):
        return make_user("chief", name="chefin")

    @pytest.fixture
    def secret(self, user):
        return give_app(user)

    def old_session(self, user):
        """Signed in by password, before the factor was set up elsewhere."""
        client, where = sign_in(user)
        assert where == "/admin/"
        return client

    @pytest.mark.parametrize("mode", ["required", "optional"])
    def test_a_session_from_before_has_to_show_the_factor(self, user, settings, at, mode):
        client = self.old_session(user)
        settings.NEWSROOM_TWO_FACTOR = mode
        secret = give_app(user)
        assert client.get("/admin/").url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
        client.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": code_of(secret, at(0))})
        assert client.get("/admin/").status_code == 200

    def test_it_cannot_take_the_factor_away_by_password(self, user):
        client = self.old_session(user)
        give_app(user)
        open_still = {"/accounts/2fa/reauthenticate/", "/accounts/2fa/keys/reauthenticate/", "/accounts/logout/"}
        for page in set(staff_pages()) - open_still:
            where = client.post(page, {"password": PASSWORD, "code": "1"}).headers["Location"]
            assert (page, where.startswith("/accounts/2fa/reauthenticate/?next=")) == (page, True)
        assert Authenticator.objects.filter(user=user).count() == 2
        assert user.check_password(PASSWORD)

    def test_confirming_by_password_is_closed_to_who_has_a_factor(self, user, secret, at):
        client = sign_in_fully(user, secret, at(0))
        response = confirm(client)
        assert response.url == "/accounts/2fa/reauthenticate/"
        assert client.get("/accounts/2fa/app/remove/").url.startswith("/accounts/2fa/reauthenticate/")

    def test_a_script_of_the_old_session_is_told(self, user):
        client = self.old_session(user)
        give_app(user)
        response = client.get("/admin/", headers={"Sec-Fetch-Mode": "cors"})
        assert (response.status_code, "second factor" in response.json()["error"]) == (403, True)

    def test_what_was_sent_meanwhile_is_done_after_the_code(self, user, at):
        client = self.old_session(user)
        secret = give_app(user)
        page = "/admin/articles/section/add/"
        values = {"name": "Kultur", "slug": "kultur", "language": "de", "position": 1}
        sent = client.post(page, values)
        assert sent.url == f"/accounts/2fa/reauthenticate/?next={page.replace('/', '%2F')}"
        assert not Section.objects.filter(slug="kultur").exists()
        client.post(sent.url, {"code": code_of(secret, at(0)), "next": page})
        assert Section.objects.filter(slug="kultur").count() == 1

    def test_it_is_done_only_with_the_token_of_our_own_form(self, user, at):
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        secret = give_app(user)
        assert client.post("/admin/articles/section/add/", {"name": "Kultur", "slug": "kultur"}).status_code == 403
        assert "account_reauthentication_state" not in client.session
        assert secret

    def test_whoever_is_signed_in_signs_in_as_nobody_else_at_the_admins_own_door(self, user):
        reporter = make_user("contributor")
        client, _where = sign_in(reporter)
        response = client.post(
            "/admin/login/", {"username": user.username, "password": PASSWORD, "next": "/admin/auth/user/"}
        )
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(reporter.pk)

    def test_the_admins_own_password_page_is_ours(self, user):
        client, _where = sign_in(user)
        response = client.post("/admin/password_change/", {"old_password": PASSWORD})
        assert response.url == "/accounts/password/change/"

    def test_wrong_old_passwords_are_counted_for_longer_than_a_minute(self, user, at):
        client, _where = sign_in(user)
        page, new = "/accounts/password/change/", "another-good-password-1"
        for _number in range(5):
            client.post(page, {"oldpassword": "falsch", "password1": new, "password2": new})
        at(4)
        response = client.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert response.status_code == 429

    def test_another_password_does_not_stand_for_the_factor(self, user, secret, at):
        client = sign_in_fully(user, secret, at(0))
        new = "another-good-password-1"
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert client.get("/admin/").status_code == 200
        fresh = browser()
        assert fresh.post(LOGIN, {"login": user.username, "password": new}).url == CODE

    def test_a_removed_factor_ends_what_it_had_opened(self, user, secret, at):
        client = sign_in_fully(user, secret, at(0))
        Authenticator.objects.filter(user=user).delete()
        give_app(user)
        assert client.get("/admin/").url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"

    def test_removing_the_last_one_asks_again_and_leads_back_to_the_set_up(self, required, user, secret, at):
        client = sign_in_fully(user, secret, at(0))
        page = "/accounts/2fa/app/remove/"
        client.post(page)
        assert Authenticator.objects.filter(user=user, type="totp").count() == 1
        client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret, at(1))})
        assert client.post(page).url == SETUP
        assert Authenticator.objects.filter(user=user).count() == 0
        assert client.get("/admin/").url == SETUP

    @pytest.mark.django_db(transaction=True)
    def test_new_recovery_codes_kill_the_old_ones_and_keep_the_session(self, user, secret):
        code = recovery_codes(user)[0]
        client, _where = sign_in(user)
        client.post(CODE, {"code": code})
        client.post("/accounts/2fa/reauthenticate/", {"code": recovery_codes(user)[0]})
        old = recovery_codes(user)
        client.post("/accounts/2fa/recovery-codes/new/")
        assert not set(old) & set(recovery_codes(user))
        assert client.get("/admin/").status_code == 200

    def test_there_is_no_door_that_is_not_listed_here(self):
        names = {name for name in get_resolver("newsroom.account_urls").reverse_dict if isinstance(name, str)}
        no_door = {"account_calendar"}  # read by its secret address, without a session
        assert {name for name in names - no_door if not name.startswith("mfa_")} == {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "account_change_password",
        }
        for closed in ("signup/", "2fa/webauthn/signup/", "2fa/trust/", "email/", "password/reset/", "login/code/"):
            assert Client().get(f"/accounts/{closed}").status_code == 404

    def test_nobody_looks_at_a_factor_in_the_admin(self, secret):
        client = browser()
        client.force_login(get_user_model().objects.create_superuser("root", password=PASSWORD))
        assert client.get("/admin/mfa/authenticator/").status_code == 404


class TestPasskeysAnsweredByHand:
    """A browser with a real key is in tests/browser; here is what no browser would send."""

    BAD = [
        "",
        "null",
        "[]",
        "1",
        '"x"',
        "{}",
        "{",
        "[" * 100_000,
        '{"response": []}',
        '{"response": {"userHandle": 5}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}',
        json.dumps(
            {
                "id": "AA",
                "rawId": "AA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": "bm90IGpzb24",
                    "authenticatorData": "AA",
                    "attestationObject": "oA",
                    "signature": "AA",
                    "userHandle": urlsafe_b64encode(b"9" * 40).decode(),
                },
            }
        ),
        json.dumps(
            {
                "id": "AA",
                "rawId": "AA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": b64encode(
                        b'{"type":"webauthn.get","challenge":"AA","origin":"http://x"}'
                    ).decode(),
                    "authenticatorData": b64encode(b"\0" * 37).decode(),
                    "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA",
                    "signature": "\u0000",
                    "userHandle": "MQ",
                },
            }
        ),
    ]

    @pytest.mark.parametrize("credential", BAD)
    @pytest.mark.parametrize("begun", [True, False])
    def test_signing_in_with_nonsense_leads_back_to_the_sign_in(self, credential, begun):
        client = browser()
        if begun:
            assert client.get("/accounts/2fa/keys/login/", headers={"Accept": "application/json"}).status_code == 200
        response = client.post("/accounts/2fa/keys/login/", {"credential": credential})
        assert (response.status_code, response.url) == (302, LOGIN)
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("credential", BAD)
    def test_a_second_factor_of_nonsense_is_refused(self, credential, at):
        user = make_user("chief")
        secret = give_app(user)
        client, _where = sign_in(user)
        client.get(CODE)
        response = client.post(CODE, {"credential": credential})
        assert (response.status_code, len(response.context["webauthn_form"].errors["credential"])) == (200, 1)
        assert client.post(CODE, {"code": code_of(secret, at(0))}).url == "/admin/"

    @pytest.mark.parametrize("credential", BAD)
    @pytest.mark.parametrize("begun", [True, False])
    def test_a_key_of_nonsense_is_not_set_up(self, credential, begun):
        client, _where = sign_in(make_user("chief"))
        confirm(client)
        page = "/accounts/2fa/keys/add/"
        if begun:
            client.get(page)
        response = client.post(page, {"name": "x", "credential": credential})
        assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
        assert Authenticator.objects.count() == 0

    @pytest.mark.parametrize("number", [0, 1, 10**18, 10**30])
    def test_keys_of_others_are_not_found(self, number):
        client, _where = sign_in(make_user("chief"))
        confirm(client)
        for what in ("edit", "remove"):
            assert client.get(f"/accounts/2fa/keys/{number}/{what}/").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Ten browsers send the same code at once: one is signed in. The control sends ten different codes."""

    @staticmethod
    def signed_in(user, codes):
        clients = [sign_in(user)[0] for _code in codes]
        ready = threading.Barrier(len(codes))

        def send(client, code):
            try:
                ready.wait()
                return client.post(CODE, {"code": code}).status_code == 302
            finally:
                connection.close()

        with ThreadPoolExecutor(len(codes)) as pool:
            return sum(pool.map(send, clients, codes))

    def test_a_recovery_code_signs_in_once(self, settings):
        settings.ACCOUNT_RATE_LIMITS = False
        user = make_user("chief")
        give_app(user)
        assert self.signed_in(user, recovery_codes(user)[:1] * 10) == 1

    def test_a_code_of_the_app_signs_in_once(self, settings, at):
        settings.ACCOUNT_RATE_LIMITS = False
        user = make_user("chief")
        assert self.signed_in(user, [code_of(give_app(user), at(0))] * 10) == 1

    def test_control_different_codes_all_sign_in(self, settings):
        settings.ACCOUNT_RATE_LIMITS = False
        user = make_user("chief")
        give_app(user)
        assert self.signed_in(user, recovery_codes(user)) == 10

    def test_guesses_at_once_are_counted_like_others(self):
        user = make_user("chief")
        give_app(user)
        assert self.signed_in(user, ["000000"] * 10) == 0
        client, _where = sign_in(user)
        errors = client.post(CODE, {"code": recovery_codes(user)[0]}).context["form"].errors["code"]
        assert errors == ["Too many failed login attempts. Try again later."]


class TestSecretsAtRest:
    def stored(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            return str(cursor.fetchall())

    def test_no_secret_lies_readable_in_the_database(self):
        user = make_user("chief")
        secret = give_app(user)
        codes = recovery_codes(user)
        assert secret not in self.stored()
        assert [code for code in codes if code in self.stored()] == []
        kept = Authenticator.objects.get(user=user, type="totp")
        assert kept.data["secret"].startswith("gAAAA")
        assert Authenticator.objects.get(user=user, type="recovery_codes").data["seed"].startswith("gAAAA")

    def test_with_another_secret_key_it_says_so_and_a_reset_helps(self, settings, at):
        user = make_user("chief")
        secret = give_app(user)
        settings.SECRET_KEY = "quite-another-key"
        client, _where = sign_in(user)
        response = client.post(CODE, {"code": code_of(secret, at(0))})
        assert response.status_code == 200
        assert "the newsroom's secret key was changed" in response.context["form"].errors["code"][0]

    def test_pages_about_it_say_so_too(self, settings):
        user = make_user("chief")
        client, _where = sign_in(user)
        confirm(client)
        RecoveryCodes.activate(user)
        settings.SECRET_KEY_FALLBACKS = []
        kept = Authenticator.objects.get(user=user)
        kept.data["seed"] = "gAAAAA-unreadable"
        kept.save()
        response = client.get("/accounts/2fa/recovery-codes/")
        assert (response.status_code, "secret key was changed" in response.content.decode()) == (403, True)
        assert client.get(SETUP).status_code == 200

    def test_while_the_old_key_is_known_signing_in_moves_to_the_new_one(self, settings, at):
        user = make_user("chief")
        secret = give_app(user)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a-new-key"
        sign_in_fully(user, secret, at(0))
        settings.SECRET_KEY_FALLBACKS = []
        sign_in_fully(user, secret, at(1))
        assert len(recovery_codes(user)) == 10


class TestAdministrator:
    @pytest.fixture
    def user(self):
        return make_user("chief", name="chefin")

    @pytest.fixture
    def client(self):
        return sign_in(make_user("administrator", name="admin"))[0]

    def test_sees_who_has_two_factors_in_a_bounded_number_of_queries(self, user, client, django_assert_num_queries):
        def listed():
            return client.get("/admin/auth/user/").context["cl"].result_list

        with CaptureQueriesContext(connection) as before:
            assert {each.username: each.two_factors for each in listed()} == {"admin": False, "chefin": False}
        give_app(user)
        for _number in range(5):
            give_app(make_user("editor"))
        with django_assert_num_queries(len(before)):
            assert sum(each.two_factors for each in listed()) == 6

    def test_resets_those_of_somebody_who_lost_them(self, user, client):
        give_app(user)
        page = f"/admin/auth/user/{user.pk}/reset-two-factor/"
        assert page in client.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
        assert client.get(page).url.startswith("/accounts/reauthenticate/?next=")
        confirm(client)
        assert "chefin" in client.get(page).content.decode()
        assert Authenticator.objects.filter(user=user).count() == 2
        assert client.post(page).url == f"/admin/auth/user/{user.pk}/change/"
        assert Authenticator.objects.filter(user=user).count() == 0
        entry = LogEntry.objects.get()
        assert (entry.user.username, entry.object_id, entry.get_change_message()) == (
            "admin",
            str(user.pk),
            "Reset the two-factor sign-in (1 factor).",
        )

    def test_control_an_editor_and_a_form_without_confirmation_do_not(self, user, client):
        give_app(user)
        page = f"/admin/auth/user/{user.pk}/reset-two-factor/"
        client.post(page)
        editor, _where = sign_in(make_user("editor"))
        confirm(editor)
        assert editor.post(page).status_code == 403
        assert Authenticator.objects.filter(user=user).count() == 2

    def test_does_not_touch_a_superuser_or_nobody(self, client):
        root = get_user_model().objects.create_superuser("root", password=PASSWORD)
        give_app(root)
        confirm(client)
        for pk in (root.pk, 0, 10**30, "x"):
            assert client.post(f"/admin/auth/user/{pk}/reset-two-factor/").status_code == 403
        assert Authenticator.objects.filter(user=root).count() == 2

    def test_after_it_the_password_leads_to_the_set_up(self, required, user, at):
        secret = give_app(user)
        client = sign_in_fully(user, secret, at(0))
        Authenticator.objects.filter(user=user).delete()
        for each in (client, sign_in(user)[0]):
            assert each.get("/admin/").url == SETUP
