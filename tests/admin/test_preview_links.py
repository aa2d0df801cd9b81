"""Preview links from both sides: the desk makes, lists and revokes them; somebody outside opens one and answers."""

import re

import pytest
from cast import DAY, HOUR, NOON, make_cleared, make_live, make_section, make_story, make_user, rewrite
from desk_forms import change_url, fields, messages_of, page_url, submit
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_script_prefix
from django.urls import reverse
from painted import painted_picture
from preview_paths import path_of_link

from articles import desk, press
from articles.admin.sharing.screens import panels
from articles.desk.sharing import address_of, share
from articles.models import Note, PreviewLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def outside():
    """Somebody with a browser and nothing else."""
    return Client(headers={"User-Agent": FIREFOX}, enforce_csrf_checks=True)


def open_preview(client, link, **given):
    return client.post(path_of_link(link), {"do": "open", **given})


def text(response):
    return response.content.decode()


# The desk's side


def test_an_editor_makes_a_link_and_finds_its_address_on_the_page(sign_in):
    editor, story = sign_in("editor", "politik"), make_story("Das Gutachten")
    response = submit(editor, page_url(story, "sharing"), name="Dr. Weber", hours="5", asks_answer="on")
    assert (response.status_code, response.url) == (302, page_url(story, "sharing"))
    link = PreviewLink.objects.get()
    assert (link.story, link.made_by, link.revision) == (story, editor.user, 1)
    assert (link.ends_at, link.asks_answer, link.passphrase) == (NOON + 5 * HOUR, True, "")
    page = editor.get(page_url(story, "sharing"))
    assert messages_of(page) == ["The link for Dr. Weber is made. Copy it below."]
    assert f'readonly value="{address_of(link)}"' in text(page)


def test_a_link_can_be_made_for_what_readers_have_and_for_what_is_scheduled(sign_in):
    chief, story = sign_in("chief"), make_live()
    press.schedule(rewrite(story, "Neu."), by=None, at=NOON + DAY, change="update")
    live, coming = story.editions.order_by("number")
    submit(chief, page_url(story, "sharing"), name="A", text="live")
    submit(chief, page_url(story, "sharing"), name="B", text="coming")
    made = {link.name: (link.edition, link.revision) for link in PreviewLink.objects.all()}
    assert made == {"A": (live, None), "B": (coming, None)}


def test_texts_that_are_not_there_cannot_be_chosen(sign_in):
    response = submit(sign_in("chief"), page_url(make_story(), "sharing"), name="A", text="live")
    assert (response.status_code, PreviewLink.objects.count()) == (200, 0)
    assert response.context["form"].errors.keys() == {"text"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "\x00"),
        ("hours", "0"),
        ("hours", "721"),
        ("hours", "9" * 40),
        ("hours", "viel"),
        ("hours", "1.5"),
        ("passphrase", "kurz"),
        ("passphrase", "x" * 101),
        ("text", "\x00"),
        ("version_token", "gefälscht"),
    ],
)
def test_bad_wishes_are_answered_with_a_sentence_at_the_field(sign_in, field, value):
    story = make_story()
    response = submit(sign_in("chief"), page_url(story, "sharing"), **{"name": "X", field: value})
    assert (response.status_code, PreviewLink.objects.count()) == (200, 0)
    assert list(response.context["form"].errors) == [field]


def test_a_link_to_a_text_that_changed_meanwhile_is_refused_and_says_so(sign_in):
    chief, story = sign_in("chief"), make_story()
    page = fields(chief.get(page_url(story, "sharing")))
    rewrite(story, "Von jemand anderem.")
    response = chief.post(page_url(story, "sharing"), page | {"name": ["X"]})
    assert (response.status_code, PreviewLink.objects.count()) == (409, 0)
    assert "saved this story" in text(response)


def test_a_form_of_another_story_is_refused(sign_in):
    chief = sign_in("chief")
    page = fields(chief.get(page_url(make_story(), "sharing")))
    assert chief.post(page_url(make_story(), "sharing"), page | {"name": ["X"]}).status_code == 403
    assert PreviewLink.objects.count() == 0


def test_an_embargoed_text_is_shared_only_by_those_who_may_publish_it(sign_in):
    story = make_story(embargo_until=NOON + DAY)
    chief, sharer = sign_in("chief"), sign_in("contributor")
    for name in ("share_story", "all_sections", "read_all_stories"):
        sharer.user.user_permissions.add(Permission.objects.get(codename=name))
    refused = submit(sharer, page_url(story, "sharing"), name="X")
    assert (refused.status_code, PreviewLink.objects.count()) == (409, 0)
    assert "only those who may publish it can share it" in text(refused)
    assert submit(chief, page_url(story, "sharing"), name="X").status_code == 302
    page = open_preview(Client(), PreviewLink.objects.get())
    bar = text(page).partition('class="preview-embargo"')[2].partition("</span>")[0]
    assert "24.11.2026, 13:00 Uhr" in bar


@pytest.mark.parametrize("role", ["contributor", "picture editor", "topic librarian", "administrator"])
def test_who_may_not_share_neither_makes_nor_sees_nor_revokes_links(sign_in, role):
    client = sign_in(role)
    story = make_story(by=client.user)
    link = share(story, by=make_user("chief"), name="Geheim")
    assert client.get(page_url(story, "sharing")).status_code == 403
    assert client.post(page_url(story, "sharing"), {"name": "X"}).status_code == 403
    assert client.post(reverse("admin:articles_story_unshare", args=[story.pk, link.pk])).status_code == 403
    assert "Preview links" not in text(client.get(change_url(story)))
    link.refresh_from_db()
    assert (link.revoked_at, PreviewLink.objects.count()) == (None, 1)


def test_links_in_sections_of_others_are_out_of_reach(sign_in):
    editor = sign_in("editor", "politik")
    away, home = make_story(section=make_section("wirtschaft")), make_story()
    link = share(away, by=make_user("chief"), name="Geheim")
    assert editor.get(page_url(away, "sharing")).status_code == 403
    for story in (away, home):
        assert editor.post(reverse("admin:articles_story_unshare", args=[story.pk, link.pk])).status_code == 403
    link.refresh_from_db()
    assert link.revoked_at is None


def test_whoever_made_a_link_sees_and_revokes_it_after_losing_the_right_to_share(sign_in):
    editor = sign_in("editor", "politik")
    story = make_story(by=editor.user)
    own, other = share(story, by=editor.user, name="Meiner"), share(story, by=make_user("chief"), name="Fremder")
    editor.user.section_assignments.all().delete()
    page = text(editor.get(page_url(story, "sharing")))
    assert ("Meiner" in page, "Fremder" in page, "readonly value" in page, "New link" in page) == (
        True,
        False,
        False,
        False,
    )
    assert editor.post(page_url(story, "sharing"), {"name": "X"}).status_code == 403
    assert editor.post(reverse("admin:articles_story_unshare", args=[story.pk, other.pk])).status_code == 403
    assert editor.post(reverse("admin:articles_story_unshare", args=[story.pk, own.pk])).status_code == 302
    own.refresh_from_db()
    assert own.revoked_by == editor.user


def test_a_link_is_revoked_by_a_post_only_and_then_gone_for_the_reader(sign_in, outside):
    chief, story = sign_in("chief"), make_story("Das Gutachten")
    link = share(story, by=chief.user, name="Dr. Weber")
    url = reverse("admin:articles_story_unshare", args=[story.pk, link.pk])
    assert chief.get(url).status_code == 405
    assert open_preview(outside, link).status_code == 200
    page = chief.post(url, follow=True)
    assert messages_of(page) == ["The link for Dr. Weber is revoked."]
    assert ("readonly value" in text(page), "Revoked 23.11.2026" in text(page)) == (False, True)
    assert (outside.get(path_of_link(link)).status_code, open_preview(outside, link).status_code) == (404, 404)
    assert messages_of(chief.post(url, follow=True)) == ["The link was revoked already."]


def test_the_form_shows_which_links_are_open_and_how_often_they_were_opened(sign_in, outside):
    chief, story = sign_in("chief"), make_story()
    assert "Nobody outside can read this story." in text(chief.get(change_url(story)))
    link = share(story, by=chief.user, name="Dr. Weber")
    for _time in range(2):
        open_preview(outside, link)
    page = text(chief.get(change_url(story)))
    assert ("Dr. Weber" in page, "opened 2 times" in page, page_url(story, "sharing") in page) == (True, True, True)
    listed = text(chief.get(page_url(story, "sharing")))
    assert ("Opened 2 times" in listed, "Firefox, Linux" in listed) == (True, True)


@pytest.mark.parametrize("links", [1, 3])
def test_the_page_of_links_asks_the_same_for_one_and_for_three(sign_in, links, outside):
    chief, story = sign_in("chief"), make_story()
    for number in range(links):
        link = share(story, by=chief.user, name=f"Leser {number}", asks_answer=True)
        open_preview(outside, link)
        outside.post(path_of_link(link), {"do": "answer", "says": "comment", "text": "Ja."})
    chief.get(page_url(story, "sharing"))
    with CaptureQueriesContext(connection) as asked:
        page = chief.get(page_url(story, "sharing"))
    assert text(page).count("<blockquote") == links
    assert len(asked) == 15, [query["sql"][:150] for query in asked]


def test_looking_at_links_loads_no_text(sign_in, rf):
    chief, story = sign_in("chief"), make_live()
    for edition in (None, story.editions.get()):
        share(story, by=chief.user, name="Dr. Weber", edition=edition)
    asked = rf.get("/")
    asked.user = chief.user
    with CaptureQueriesContext(connection) as beside_the_form:
        (panel,) = panels(asked, story, None)
    with CaptureQueriesContext(connection) as on_the_page:
        page = chief.get(page_url(story, "sharing"))
    assert (panel.context["count"], page.content.count(b"sharing-link is-open")) == (2, 2)
    of_links = [
        each["sql"] for each in (*beside_the_form, *on_the_page) if 'FROM "articles_previewlink"' in each["sql"]
    ]
    assert len(of_links) >= 2
    assert [sql for sql in of_links if '"body"' in sql] == []


# The reader's side


def test_below_another_address_the_picture_and_the_way_home_stay_below_it(outside):
    link = share(make_story(lead_picture=painted_picture("harbour")), by=make_user("chief"), name="Dr. Weber")
    path = path_of_link(link)
    with override_script_prefix("/zeitung/"):
        door, shown = text(outside.get(path)), text(outside.post(path, {"do": "open"}))
    found = re.findall(r'<img class="picture[^"]*" src="(/.*?/)[^/]+/[^/]+/original-640\.jpg"', shown)
    assert found == ["/zeitung/preview/"]
    assert '<a href="/zeitung/">Zur Startseite</a>' in door


def test_looking_at_a_link_shows_a_button_and_counts_nothing(outside):
    story = make_story("Das Gutachten", dek="Streng vertraulich.")
    link = share(story, by=make_user("chief"), name="Dr. Weber")
    for method in (outside.get, outside.head):
        response = method(path_of_link(link))
        assert (response.status_code, "Gutachten" in text(response), "vertraulich" in text(response)) == (
            200,
            False,
            False,
        )
    assert "Dr. Weber" in text(outside.get(path_of_link(link)))
    link.refresh_from_db()
    assert (link.opened, link.visits.count()) == (0, 0)


def test_the_button_shows_the_text_as_readers_would_get_it(outside):
    story = make_live("Das Gutachten", dek="Streng vertraulich.")
    public = text(outside.get(story.editions.get().get_absolute_url()))
    link = share(story, by=make_user("chief"), name="Dr. Weber")
    page = open_preview(outside, link)
    article = public[public.index('<article class="story') : public.index("</article>")]
    assert (page.status_code, article in text(page)) == (200, True)
    assert "Vorschau" not in public
    link.refresh_from_db()
    assert (link.opened, link.visits.get().browser, link.visits.get().at) == (1, "Firefox, Linux", NOON)


def test_a_later_save_changes_nothing_in_what_is_shown(outside):
    story = make_story("Erste Fassung")
    link = share(story, by=make_user("chief"), name="X")
    before = open_preview(outside, link)
    rewrite(story, "Anders.", headline="Zweite Fassung")
    assert "Erste Fassung" in text(before)
    assert _without_tickets(open_preview(outside, link)) == _without_tickets(before)


def _without_tickets(response):
    return [line for line in text(response).splitlines() if "ticket" not in line]


def test_a_passphrase_opens_the_text_and_a_wrong_one_does_not(outside, clock):
    link = share(make_story("Das Gutachten"), by=make_user("chief"), name="X", passphrase="Kai und Kran")
    for given in ({}, {"passphrase": "Kran und Kai"}, {"passphrase": "\x00" * 5000}):
        refused = open_preview(outside, link, **given)
        assert (refused.status_code, "Gutachten" in text(refused)) == (403, False)
    opened = open_preview(outside, link, passphrase="Kai und Kran")
    assert (opened.status_code, "Gutachten" in text(opened), "Kai und Kran" in text(opened)) == (200, True, False)
    for _try in range(2):
        open_preview(outside, link, passphrase="falsch")
    closed = open_preview(outside, link, passphrase="Kai und Kran")
    assert (closed.status_code, "Gutachten" in text(closed)) == (429, False)
    link.refresh_from_db()
    assert link.opened == 1


def test_an_answer_from_outside_stands_as_a_note_on_the_story(outside, sign_in):
    chief, story = sign_in("chief"), make_story()
    link = share(story, by=chief.user, name="Dr. Weber", asks_answer=True)
    sent = fields(open_preview(outside, link)) | {"do": ["answer"], "says": ["comment"], "text": ["Zwei <b>Fehler</b>"]}
    response = outside.post(path_of_link(link), sent)
    note = Note.objects.get()
    assert (response.status_code, note.story, note.outsider, note.by) == (200, story, "Dr. Weber", None)
    assert note.text.endswith("\nZwei <b>Fehler</b>")
    assert "Zwei &lt;b&gt;Fehler&lt;/b&gt;" in text(chief.get(page_url(story, "sharing")))


def test_a_refused_answer_keeps_what_was_typed(outside):
    link = share(make_story(), by=make_user("chief"), name="X", asks_answer=True)
    response = outside.post(path_of_link(link), {"do": "answer", "says": "comment", "text": "x" * 4001})
    assert (response.status_code, "x" * 4001 in text(response), Note.objects.count()) == (400, True, 0)


def test_an_answer_needs_the_passphrase_or_a_page_that_had_it_and_loses_no_text(outside, clock):
    link = share(
        make_story("Das Gutachten"), by=make_user("chief"), name="X", passphrase="Kai und Kran", asks_answer=True
    )
    other = share(make_story(), by=make_user("chief"), name="Y", passphrase="Kai und Kran", asks_answer=True)
    foreign = fields(open_preview(outside, other, passphrase="Kai und Kran"))["ticket"]
    own = fields(open_preview(outside, link, passphrase="Kai und Kran"))["ticket"]
    answer = {"do": "answer", "says": "comment", "text": "Mein langer Text."}
    for ticket in ("", "x" * 50, foreign):
        refused = outside.post(path_of_link(link), answer | {"ticket": ticket})
        assert (refused.status_code, "Gutachten" in text(refused), Note.objects.count()) == (403, False, 0)
        assert "Mein langer Text." in text(refused)
    clock.shift(13 * HOUR)
    late = outside.post(path_of_link(link), answer | {"ticket": own})
    assert (late.status_code, Note.objects.count()) == (403, 0)
    again = outside.post(path_of_link(link), fields(late) | {"do": ["open"], "passphrase": ["Kai und Kran"]})
    sent = fields(again)
    assert (sent["text"], sent["says"]) == (["Mein langer Text."], ["comment"])
    assert outside.post(path_of_link(link), sent | {"do": ["answer"]}).status_code == 200
    assert Note.objects.get().text.endswith("\nMein langer Text.")


def test_no_answer_is_taken_where_none_was_asked_for(outside):
    link = share(make_story(), by=make_user("chief"), name="X")
    assert 'name="says"' not in text(open_preview(outside, link))
    response = outside.post(path_of_link(link), {"do": "answer", "says": "approve"})
    assert (response.status_code, Note.objects.count()) == (400, 0)


def test_the_bar_says_what_kind_of_text_it_is(outside):
    story = make_cleared()
    maker = make_user("chief")
    edition = press.schedule(story, by=None, at=NOON + DAY)
    said = {
        "working": text(open_preview(outside, share(story, by=maker, name="X"))),
        "coming": text(open_preview(outside, share(story, by=maker, name="X", edition=edition))),
    }
    press.cancel(story, by=None)
    said["cancelled"] = text(open_preview(outside, PreviewLink.objects.get(edition=edition)))
    bars = {name: page[page.index('class="preview-bar"') : page.index("</aside>")] for name, page in said.items()}
    assert ["24.11.2026, 13:00 Uhr" in bars[name] for name in ("working", "coming", "cancelled")] == [
        False,
        True,
        False,
    ]


def test_moving_the_story_on_does_not_end_the_link(outside):
    story = make_story("Das Gutachten")
    link = share(story, by=make_user("chief"), name="X")
    desk.move(story, "submit", by=None)
    desk.move(story, "clear", by=None)
    press.publish(story, by=None)
    press.withdraw(story, by=None, reason="legal")
    assert "Das Gutachten" in text(open_preview(outside, link))  # the working copy is what the lawyer looks at
