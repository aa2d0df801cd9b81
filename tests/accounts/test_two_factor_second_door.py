"""There is no way past the second factor: older sessions, other pages, the admin's own door."""

import pytest
from allauth.mfa.models import Authenticator
from cast import make_user
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver
from second_factor import (
    CODE,
    LOGIN,
    PASSWORD,
    SETUP,
    browser,
    code_of,
    confirm,
    give_app,
    recovery_codes,
    sign_in,
    sign_in_fully,
    staff_pages,
)

from articles.models import Section

pytestmark = pytest.mark.django_db


class TestNoSecondDoor:
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
        give_app(user)
        assert client.post("/admin/articles/section/add/", {"name": "Kultur", "slug": "kultur"}).status_code == 403
        assert "account_reauthentication_state" not in client.session

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
