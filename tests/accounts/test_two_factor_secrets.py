"""The secrets of second factors lie encrypted, and what happens when the key to them changes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cast import make_user
from django.db import connection
from second_factor import CODE, SETUP, code_of, confirm, give_app, recovery_codes, sign_in, sign_in_fully

pytestmark = pytest.mark.django_db


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
