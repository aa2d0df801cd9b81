"""Who needs a second factor, and that nothing opens until it is set up."""

import pytest
from cast import make_user
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from second_factor import PASSWORD, SETUP, browser, code_of, confirm, recovery_codes, sign_in, staff_pages
from test_installation import PRODUCTION, manage

from articles.models import Section
from newsroom.middleware import TwoFactorMiddleware
from newsroom.two_factor import PUBLISHING_RIGHTS

pytestmark = pytest.mark.django_db


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

    def test_nothing_is_written(self, client, settings):
        values = {"name": "Kultur", "slug": "kultur", "language": "de", "position": 1}
        client.post("/admin/articles/section/add/", values)
        assert Section.objects.filter(slug="kultur").count() == 0
        settings.NEWSROOM_TWO_FACTOR = "optional"  # control: it was complete
        client.post("/admin/articles/section/add/", values)
        assert Section.objects.filter(slug="kultur").count() == 1

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


def test_the_rights_that_ask_for_a_second_factor_are_these():
    assert set(PUBLISHING_RIGHTS) == {
        *(f"articles.{right}_story" for right in ("publish", "withdraw", "clear")),
        *("articles.break_embargo", "articles.bypass_checks", "articles.override_preflight"),
        *("auth.add_user", "auth.change_user", "auth.change_group"),
    }
