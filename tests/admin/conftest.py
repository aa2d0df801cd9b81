"""Staff signed in, each in their role."""

import pytest
from cast import make_user
from django.test import Client


@pytest.fixture
def sign_in(db):
    """Signs somebody of that role in; the client knows them as `user`."""

    def sign_in(role, *sections):
        client = Client(headers={"Accept-Language": "en"})
        client.user = make_user(role, *sections)
        client.force_login(client.user)
        return client

    return sign_in
