"""The administrator sees who has two factors, and resets those of somebody who lost them."""

import pytest
from allauth.mfa.models import Authenticator
from cast import make_user
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from second_factor import PASSWORD, SETUP, confirm, give_app, sign_in, sign_in_fully

pytestmark = pytest.mark.django_db


class TestAdministrator:
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
