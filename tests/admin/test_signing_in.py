"""The one door, and how often one may knock."""

import pytest
from cast import SECOND, make_user
from django.test import Client

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def user():
    return make_user("editor", name="erika")


def attempt(password, name="erika", address="198.51.100.7"):
    client = Client(REMOTE_ADDR=address, headers={"Accept-Language": "en"})
    return client.post(f"{LOGIN}?next=/admin/", {"login": name, "password": password})


def test_the_admin_has_no_second_door(user):
    response = Client().get("/admin/", follow=True)
    assert [url for url, _status in response.redirect_chain][-1].startswith(LOGIN)
    assert Client().post("/admin/login/", {"username": "erika", "password": "correct-horse-battery"}).status_code == 302
    assert attempt("correct-horse-battery").url == "/admin/"


def test_after_five_wrong_passwords_the_right_one_does_not_help_for_a_while(user):
    for _number in range(5):
        assert attempt("falsch").status_code == 200
    for password in ("falsch", "correct-horse-battery"):
        response = attempt(password)
        assert (response.status_code, "Too many failed login attempts" in response.content.decode()) == (200, True)
    assert attempt("correct-horse-battery", address="203.0.113.9").status_code == 200


def test_control_four_wrong_passwords_are_forgiven(user):
    for _number in range(4):
        attempt("falsch")
    assert attempt("correct-horse-battery").status_code == 302


def test_nobody_signs_up_or_is_sent_elsewhere(user):
    assert Client().get("/accounts/signup/").status_code == 404
    assert Client().get("/accounts/password/reset/").status_code == 404
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        client = Client()
        response = client.post(LOGIN, {"login": "erika", "password": "correct-horse-battery", "next": target})
        assert response.url == "/admin/"


def test_somebody_without_a_desk_is_turned_away(django_user_model):
    django_user_model.objects.create_user("leser", password="correct-horse-battery")
    client = Client()
    client.post(LOGIN, {"login": "leser", "password": "correct-horse-battery"})
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_desk_speaks_german_and_english(user):
    for language, word in (("de", "Anmelden"), ("en", "Sign in")):
        html = Client(headers={"Accept-Language": language}).get(LOGIN).content.decode()
        assert f'lang="{language}"' in html
        assert word in html


@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/password_change/", "/admin/articles/section/", "/admin/articles/topic/"]
)
@pytest.mark.parametrize("role", ["chief"])
def test_ordinary_pages_of_the_desk_open(page, role):
    client = Client()
    client.force_login(make_user(role))
    response = client.get(page, follow=True)
    shown = {"/admin/password_change/": "/accounts/password/change/"}.get(page, page)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, shown)


def test_fifty_wrong_passwords_from_one_address_close_it_whatever_the_names(user, clock):
    for number in range(50):
        clock.shift(2 * SECOND)  # slowly, so that no limit on requests answers
        attempt("falsch", name=f"niemand-{number}")
    clock.shift(120 * SECOND)
    answers = [attempt("correct-horse-battery", address=each).status_code for each in ("198.51.100.7", "203.0.113.9")]
    assert answers == [200, 302]
