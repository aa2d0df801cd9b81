"""A right that is taken away is gone with the next request; answers to staff are framed, kept and forged by nobody."""

import pytest
from cast import make_cleared, make_section, make_user
from desk_forms import page_url
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.desk.noting import write_note
from articles.desk.sharing import address_of, share
from articles.models import Note, Preferences, Story
from articles.text.ids import new_file_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def story():
    story = make_cleared("Kai")
    write_note(story, by=make_user("chief"), text="Notiz")
    return story


@pytest.fixture
def editor(sign_in):
    return sign_in("editor", "politik")


def pages_of(story):
    """Every kind of page about one story that GET shows to its editor."""
    ends = ["change", "history", "preview", "revisions", "compare", "notes", "notes/people", "sharing", "plan"]
    ends += ["act/publish", "act/send_back", "check/ask_copy"]
    return [page_url(story, end) for end in ends]


def posts_of(story):
    """Every kind of address that takes a POST about one story from its editor, with enough for it to do something."""
    token = {
        "version_token": fields_token(story),
        "note": "Grund",
        "note_text": "Neu",
        "name": "Weber",
        "text": "working",
    }
    token |= {"hours": "1", "day": "2026-11-25", "headline": "Gekapert", "body": "x"}
    note = Note.objects.filter(story=story, answers=None).first().pk
    ends = ["autosave", "autosave/drop", "presence", "take-over", "preflight", "notes", "sharing", "plan", "retime"]
    ends += [f"notes/{note}/answer", f"notes/{note}/resolve", "revisions/1/restore", "act/publish", "act/spike"]
    return [(page_url(story, end), token) for end in [*ends, "check/ask_copy"]]


def fields_token(story):
    """The token of a form that was opened while it was still allowed."""
    from articles.admin.fields import VersionField

    return VersionField.token(Story.objects.get(pk=story.pk))


def lists():
    """Pages of the desk that are about no one story."""
    names = ("index", "articles_story_changelist", "articles_story_calendar", "articles_story_outgoing")
    return [reverse(f"admin:{name}") for name in names]


def statuses(client, story):
    """What every address answers now: pages, POSTs, lists (three sets of statuses)."""
    gets = {client.get(url).status_code for url in pages_of(story)}
    posts = {client.post(url, data).status_code for url, data in posts_of(story)}
    return gets, posts, {client.get(url).status_code for url in lists()}


def lose_section(user):
    user.section_assignments.all().delete()


def lose_role(user):
    user.groups.clear()


def become_reporter(user):
    user.groups.set([Group.objects.get(name="contributor")])


def lose_permission(user):
    Group.objects.get(name="editor").permissions.clear()


def leave(user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def no_longer_staff(user):
    type(user).objects.filter(pk=user.pk).update(is_staff=False)


def test_control_while_the_right_is_there_every_page_opens(editor, story):
    assert {editor.get(url).status_code for url in [*pages_of(story), *lists()]} == {200}
    answers = {editor.post(url, data).status_code for url, data in posts_of(story)}
    assert answers & {403} == set()


@pytest.mark.parametrize("take_away", [lose_section, lose_role, become_reporter, lose_permission])
def test_a_right_that_is_taken_away_is_gone_with_the_next_request(editor, story, take_away):
    assert editor.get(pages_of(story)[0]).status_code == 200
    before = Story.objects.values().get(pk=story.pk)
    take_away(editor.user)
    gets, posts, _lists = statuses(editor, story)
    assert gets <= {302, 403}  # 302: the form of a story there is not (for them) leads to the first page
    assert posts == {403}
    assert all(b"Kai" not in editor.get(url, follow=True).content for url in [*pages_of(story)[1:], *lists()])
    assert Story.objects.values().get(pk=story.pk) == before
    assert (Note.objects.count(), story.preview_links.count()) == (1, 0)


@pytest.mark.parametrize("take_away", [leave, no_longer_staff])
def test_whoever_leaves_is_led_to_the_sign_in(editor, story, take_away):
    take_away(editor.user)
    assert statuses(editor, story) == ({302}, {302}, {302})
    assert "/login/" in editor.get(pages_of(story)[1]).url


def test_a_move_to_another_section_takes_the_story_away_at_once(editor, story):
    assert editor.get(pages_of(story)[1]).status_code == 200
    Story.objects.filter(pk=story.pk).update(section=make_section("wirtschaft"))
    assert editor.get(pages_of(story)[1]).status_code == 403


@pytest.mark.parametrize("take_away", [lose_role, leave, no_longer_staff])
def test_the_calendar_and_the_links_of_whoever_leaves_are_dead(editor, story, take_away):
    key = Preferences.objects.create(user=editor.user, calendar_key=new_file_key()).calendar_key
    feed, link = f"/accounts/calendar/{key}.ics", share(story, by=editor.user, name="Weber")
    preview = address_of(link).partition("8000")[2]
    assert [Client().get(url).status_code for url in (feed, preview)] == [200, 200]
    take_away(editor.user)
    assert Client().get(feed).status_code == 404
    assert Client().get(preview).status_code == (200 if take_away is lose_role else 404)


# Headers

STAFF_PAGES = ("articles_story_session", "articles_story_add", "articles_story_at", "articles_preferences_changelist")


def test_every_answer_to_staff_is_private_unframed_and_sniffed_by_nobody(editor, story):
    urls = [*pages_of(story), *lists(), *(reverse(f"admin:{name}") for name in STAFF_PAGES)]
    urls += ["/admin/at/20261101T000000Z/", "/admin/articles/story/0/history/", "/admin/nowhere/", "/admin/login/"]
    urls += ["/accounts/2fa/", "/accounts/password/change/", "/admin/autocomplete/"]
    answers = [editor.get(url) for url in urls] + [editor.post(url, data) for url, data in posts_of(story)]
    answers += [editor.get(posts_of(story)[0][0]), editor.head(urls[0])]
    seen = {}
    for response in answers:
        kept = set(response.get("Cache-Control", "").replace(" ", "").split(","))
        seen[response.wsgi_request.path] = (
            "frame-ancestors 'none'" in response["Content-Security-Policy"],
            response["X-Frame-Options"],
            response["X-Content-Type-Options"],
            response["Referrer-Policy"],
            {"private", "no-store"} <= kept,
        )
    right = (True, "DENY", "nosniff", "strict-origin-when-cross-origin", True)
    assert [f"{path}: {said}" for path, said in seen.items() if said != right] == []


# Forged forms

EXEMPT = {"/preview/x/"}  # no cookie is used there: see admin/shared_preview.py


def test_every_unsafe_address_refuses_a_form_without_its_token(editor, story):
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    strict.force_login(editor.user)
    chief = Client(enforce_csrf_checks=True)
    chief.force_login(make_user("chief"))
    urls = [url for url, _data in posts_of(story)] + pages_of(story) + lists()
    urls += [reverse(f"admin:{name}") for name in STAFF_PAGES]
    urls += [
        reverse(f"admin:{name}") for name in ("articles_effect_again", "articles_story_calendar_address", "logout")
    ]
    urls += ["/accounts/login/", "/accounts/logout/", "/accounts/2fa/app/add/", "/accounts/password/change/"]
    urls += ["/admin/articles/topic/add/", "/admin/articles/picture/add/", "/admin/articles/section/add/"]
    before = Story.objects.values().get(pk=story.pk)
    for client in (strict, chief):
        for method in ("post", "put", "patch", "delete"):
            answers = {url: getattr(client, method)(url).status_code for url in urls}
            assert {url: status for url, status in answers.items() if status != 403} == {}
    assert Story.objects.values().get(pk=story.pk) == before
    assert {url for url in EXEMPT if strict.post(url).status_code == 403} == set()
