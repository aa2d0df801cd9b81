"""The list of accounts and their roles, in words people know."""

from cast import make_user
from django.contrib.auth.models import Group
from django.utils import translation

from articles.vocabulary import role_label

USERS = "/admin/auth/user/"


def test_roles_are_called_by_their_names_in_the_language_of_the_desk(admin_client):
    make_user("picture editor")
    assert "Picture editor" in admin_client.get(USERS, headers={"Accept-Language": "en"}).content.decode()
    page = admin_client.get(f"{USERS}{make_user('chief').pk}/change/", headers={"Accept-Language": "de"})
    roles = [label for _key, label in page.context["adminform"].form.fields["groups"].choices]
    assert roles == [
        "Administration",
        "Chefredaktion",
        "Autorin oder Autor",
        "Redaktion",
        "Bildredaktion",
        "Dokumentation",
    ]


def test_a_role_of_the_houses_own_is_called_what_it_is_called(db):
    Group.objects.create(name="Lokales")
    with translation.override("de"):
        assert role_label("Lokales") == "Lokales"


def test_the_list_is_narrowed_to_a_role(admin_client):
    chief, _editor = make_user("chief"), make_user("editor")
    found = admin_client.get(f"{USERS}?role=chief").context["cl"].queryset
    assert list(found) == [chief]
