"""Passkeys answered by hand: what no browser would send is refused in a sentence."""

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from cast import make_user
from second_factor import CODE, LOGIN, browser, code_of, confirm, give_app, sign_in

pytestmark = pytest.mark.django_db


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
