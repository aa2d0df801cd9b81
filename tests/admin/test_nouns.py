"""Sections, topics, contributors, pages, people in the admin."""

import pytest
from cast import make_contributor, make_live, make_section, make_user
from desk_forms import fields, submit
from django.test import Client

from articles.models import Contributor, Page, Section, Topic

ROLES_AND_PAGES = [
    (role, page, allowed)
    for page, roles in {
        "section": {"chief", "administrator"},
        "topic": {"chief", "topic librarian", "editor"},
        "contributor": {"chief", "editor"},
        "picture": {"chief", "editor", "contributor", "picture editor"},
        "page": {"chief", "administrator"},
    }.items()
    for role in ("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator")
    for allowed in (role in roles,)
]


@pytest.mark.parametrize(("role", "page", "allowed"), ROLES_AND_PAGES)
def test_who_may_add_what(sign_in, role, page, allowed):
    assert sign_in(role).get(f"/admin/articles/{page}/add/").status_code == (200 if allowed else 403)


def test_a_section_is_made_and_keeps_its_place_once_readers_know_it(sign_in):
    chief = sign_in("chief")
    submit(chief, "/admin/articles/section/add/", "section_form", name="Wissen", slug="wissen")
    section = Section.objects.get(path="wissen")
    url = f"/admin/articles/section/{section.pk}/change/"
    submit(chief, url, "section_form", slug="forschung")
    assert Section.objects.get().path == "forschung"
    make_live(section=Section.objects.get())
    assert "parent" not in fields(chief.get(url), "section_form")
    submit(chief, url, "section_form", slug="wissenschaft")
    assert Client().get("/forschung/").headers["Location"] == "/wissenschaft/"
    response = submit(chief, "/admin/articles/section/add/", "section_form", name="Admin", slug="admin")
    assert "This address is used by the site itself" in response.content.decode()
    assert chief.get("/admin/articles/section/").status_code == 200


def test_a_topic_gets_its_slug_and_aliases_and_no_twin(sign_in):
    librarian = sign_in("topic librarian")
    submit(librarian, "/admin/articles/topic/add/", "topic_form", name="Öffentlicher Nahverkehr")
    topic = Topic.objects.get()
    assert topic.slug == "oeffentlicher-nahverkehr"
    url = f"/admin/articles/topic/{topic.pk}/change/"
    submit(librarian, url, "topic_form", **{"aliases-0-name": "ÖPNV"})
    assert Topic.objects.called("öpnv") == topic
    for name in ("öffentlicher nahverkehr", "Öffentlicher-Nahverkehr", "ÖPNV"):
        response = submit(librarian, "/admin/articles/topic/add/", "topic_form", name=name)
        assert response.status_code == 200, name
    assert Topic.objects.count() == 1


def test_only_who_manages_people_ties_an_account_to_a_byline(sign_in):
    editor = sign_in("editor", "politik")
    person = make_contributor("Ria")
    url = f"/admin/articles/contributor/{person.pk}/change/"
    data = fields(editor.get(url), "contributor_form")
    assert "user" not in data
    editor.post(url, data | {"user": [str(editor.user.pk)], "job": ["Reporterin"]})
    assert Contributor.objects.values_list("user", "job").get() == (None, "Reporterin")


def test_a_standing_page_is_sanitised_and_the_imprint_keeps_its_address(sign_in):
    chief = sign_in("chief")
    page = Page.objects.get(slug="imprint")
    url = f"/admin/articles/page/{page.pk}/change/"
    data = fields(chief.get(url), "page_form")
    assert "slug" not in data
    chief.post(url, data | {"body": ["<p>Verlag</p><script>x</script>"]})
    assert Page.objects.get(slug="imprint").body == "<p>Verlag</p>"


def test_an_administrator_gives_roles_and_sections(sign_in):
    admin, user, section = sign_in("administrator"), make_user("contributor"), make_section()
    url = f"/admin/auth/user/{user.pk}/change/"
    submit(admin, url, "user_form", **{"section_assignments-0-section": str(section.pk)})
    assert [each.section for each in user.section_assignments.all()] == [section]
    assert admin.get("/admin/auth/user/?password__startswith=md5").status_code == 400
    assert admin.get("/admin/auth/group/").status_code == 200
    assert admin.get("/admin/auth/group/add/").status_code == 403
    assert admin.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403


def test_other_apps_stock_screens_are_not_there(sign_in, django_user_model, client):
    client.force_login(django_user_model.objects.create_superuser("boss"))
    html = client.get("/admin/").content.decode()
    assert "/admin/taggit/" not in html
    assert client.get("/admin/taggit/tag/").status_code == 404
    assert client.get("/admin/account/emailaddress/").status_code == 404
    assert client.get("/admin/auth/user/add/").status_code == 200


def test_whoever_loses_a_race_for_an_address_is_told_and_keeps_what_was_typed(sign_in, monkeypatch):
    make_section("wissen")
    checks = []

    def overtaken(self):
        checks.append(self)
        if len(checks) == 1:  # as the form saw the world before the other section was there
            return self.place()
        return real(self)

    real = Section.clean
    monkeypatch.setattr(Section, "clean", overtaken)
    response = submit(sign_in("chief"), "/admin/articles/section/add/", "section_form", name="Neu", slug="wissen")
    html = response.content.decode()
    assert "Somebody else saved the same at the same moment." in html
    assert "There is a section with this address already." in html
    assert 'value="Neu"' in html
    assert Section.objects.count() == 1
