"""Password and code: each is good once, and how often one may guess."""

import time
from functools import partial

import pytest
from cast import make_user
from django.core.cache import cache
from second_factor import CODE, LOGIN, PASSWORD, browser, code_of, give_app, recovery_codes, sign_in, sign_in_fully
from threads import at_once

pytestmark = pytest.mark.django_db


class TestSigningIn:
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
        assert door == f"{LOGIN}?next=%2Fadmin%2Fauth%2Fuser%2F"
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


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Ten browsers send the same code at once: one is signed in. The control sends ten different codes."""

    @staticmethod
    def signed_in(user, codes):
        clients = [sign_in(user)[0] for _code in codes]

        def send(client, code):
            return client.post(CODE, {"code": code}).status_code == 302

        answers = at_once(*(partial(send, client, code) for client, code in zip(clients, codes, strict=True)))
        assert {type(answer) for answer in answers} == {bool}
        return sum(answers)

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
