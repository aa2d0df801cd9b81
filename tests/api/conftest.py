"""What the tests of the interface share: a reader that asks it, at noon."""

import pytest
from django.test import Client


@pytest.fixture
def ask(db, clock):
    """Asks `/api/v1/<path>` and gives the answer's JSON; `status` says what is expected."""

    def ask(path="", *, status=200, **headers):
        response = Client().get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        return response.json()

    return ask
