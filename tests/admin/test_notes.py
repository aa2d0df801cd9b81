"""The notes' panel and page: who may, what is refused, and that no note ever shows where readers look."""

import json
from urllib.parse import urlsplit

import pytest
from cast import make_live, make_section, make_story, make_user, rewrite
from desk_forms import change_url, fields, messages_of, page_url, submit
from django.test import Client
from site_addresses import public_addresses

from articles import desk, press
from articles.admin.fields import VersionField
from articles.admin.notes import screens
from articles.desk.noting import resolve, write_note
from articles.desk.sharing import address_of, share
from articles.models import Edition, Note, Story

SECRET = "NURFUERUNS"
JSON = {"Accept": "application/json"}


def notes_url(story, note=None, act=""):
    """The address of a story's notes, or of an act on one."""
    return f"/admin/articles/story/{story.pk}/notes/" + (f"{note.pk}/{act}/" if note else "")


def marked(story, note):
    """The story with the note's mark in its stored text."""
    body = f'<p>Der Kai ist <mark data-note="{note.key}">voll</mark>.</p>'
    desk.save(story, by=None, values={"body": body})
    return story


def test_the_form_shows_threads_with_who_when_passage_and_answers(sign_in):
    chief, story = sign_in("chief"), make_story()
    chief.user.first_name, chief.user.last_name = "Clara", "<b>Chef</b>"
    chief.user.save()
    note = write_note(story, by=chief.user, text="Stimmt <i>das</i>?", passage="der <volle> Kai")
    write_note(story, by=chief.user, text=f"Ja, @{chief.user.username}.", answers=note)
    Note.objects.create(story=story, outsider="Kanzlei Meier", text="Von draußen")
    resolve(write_note(story, by=chief.user, text="Erledigt"), by=chief.user)
    html = chief.get(change_url(story)).content.decode()
    for said in (
        "Clara &lt;b&gt;Chef&lt;/b&gt;",
        "Stimmt &lt;i&gt;das&lt;/i&gt;?",
        "der &lt;volle&gt; Kai",
        f'<strong class="note-mention">@{chief.user.username}</strong>',
        'Kanzlei Meier</strong> <span class="badge">from outside</span>',
        "<summary>1 resolved</summary>",
        "2 open</span>",
    ):
        assert said in html
    assert html.index("Von draußen") < html.index("Stimmt") < html.index("Erledigt")


def test_a_note_is_written_and_answered_and_resolved_without_javascript(sign_in):
    chief, story = sign_in("chief"), make_story()
    page = submit(chief, notes_url(story), note_text="Frage\x00", note_passage="voll")
    note = Note.objects.get()
    assert (page.status_code, page.url) == (302, f"{notes_url(story)}#note-{note.pk}")
    assert (note.text, note.passage, note.by) == ("Frage", "voll", chief.user)
    assert messages_of(chief.get(notes_url(story))) == ["The note was written."]
    chief.post(notes_url(story, note, "answer"), {f"note_text_{note.pk}": "Antwort"})
    assert note.replies.get().text == "Antwort"
    page = chief.post(notes_url(story, note, "resolve"))
    assert page.url == f"{notes_url(story)}?resolved=1#note-{note.pk}"
    assert "Antwort" in chief.get(page.url).content.decode()
    assert "Antwort" not in chief.get(notes_url(story)).content.decode()
    chief.post(notes_url(story, note, "reopen"))
    note.refresh_from_db()
    assert note.resolved_at is None


def test_the_panels_buttons_in_the_storys_form_write_notes_and_leave_the_story_alone(sign_in):
    chief, story = sign_in("chief"), make_story("Alt")
    form = fields(chief.get(change_url(story)), "story_form")
    assert (form["note_text"], form["note_passage"]) == ([""], [""])
    chief.post(notes_url(story), form | {"headline": ["Getippt"], "note_text": ["Frage"]})
    assert (Note.objects.get().text, Story.objects.get().headline, Story.objects.get().version) == ("Frage", "Alt", 1)
    chief.post(change_url(story), form | {"headline": ["Getippt"], "note_text": ["Nicht gesendet"]})
    assert (Note.objects.count(), Story.objects.get().headline) == (1, "Getippt")


def test_a_script_gets_the_panel_and_the_key_of_the_mark(sign_in):
    chief, story = sign_in("chief"), make_story()
    page = chief.post(notes_url(story), {"note_text": "Frage", "note_passage": "voll"}, headers=JSON)
    note, answer = Note.objects.get(), json.loads(page.content)
    assert sorted(answer) == ["key", "panel", "said", "thread"]
    assert (answer["key"], answer["thread"], answer["said"]) == (note.key, note.pk, ["The note was written."])
    assert f'id="note-{note.pk}" data-key="{note.key}"' in answer["panel"]
    refused = chief.post(notes_url(story), {"note_text": " "}, headers=JSON)
    assert (refused.status_code, json.loads(refused.content)) == (
        409,
        {"said": ["Write something: the note is empty."]},
    )


def test_after_resolving_the_open_form_stands_on_the_text_without_the_mark(sign_in):
    chief, story = sign_in("chief"), make_story()
    note = write_note(story, by=chief.user, text="Frage", passage="voll")
    marked(story, note)
    typed_on = VersionField.token(story)
    rewritten = make_story()
    answer = json.loads(
        chief.post(notes_url(story, note, "resolve"), {"version_token": typed_on}, headers=JSON).content
    )
    story.refresh_from_db()
    assert VersionField().clean(answer["version_token"]) == (story.pk, 3)
    assert (answer["resolved"], story.body) == (note.key, "<p>Der Kai ist voll.</p>")
    for token in (typed_on, VersionField.token(rewritten), "nonsense", ""):  # older, another's, none
        again = write_note(story, by=chief.user, text="Noch eine", passage="voll")
        marked(story, again)
        page = chief.post(notes_url(story, again, "resolve"), {"version_token": token}, headers=JSON)
        assert "version_token" not in json.loads(page.content)


@pytest.mark.parametrize("text", ["", "x" * 4001, "\x00"])
def test_what_cannot_be_a_note_is_refused_in_a_sentence_on_the_page(sign_in, text):
    chief, story = sign_in("chief"), make_story()
    page = chief.post(notes_url(story), {"note_text": text}, follow=True)
    assert (page.status_code, Note.objects.count()) == (200, 0)
    assert messages_of(page) in (
        ["Write something: the note is empty."],
        ["The note has 4001 characters; at most 4000 fit."],
    )


@pytest.mark.parametrize(
    "query", ["before=x", "before=99999999999999999999", "before=-1", "resolved=%00", "before=%00"]
)
def test_malformed_pages_show_the_first_notes(sign_in, query):
    chief, story = sign_in("chief"), make_story()
    write_note(story, by=chief.user, text="Frage")
    page = chief.get(f"{notes_url(story)}?{query}")
    assert (page.status_code, "Frage" in page.content.decode()) == (200, True)


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_who_may_not_read_the_story_gets_none_of_its_notes(sign_in, role):
    story = make_story(section=make_section("wirtschaft"))
    note = write_note(story, by=make_user("chief"), text=SECRET)
    client = sign_in(role, "politik")
    answers = [
        client.get(notes_url(story)),
        client.get(f"{notes_url(story)}people/?q="),
        client.post(notes_url(story), {"note_text": "x"}),
        *(
            client.post(notes_url(story, note, act), {f"note_text_{note.pk}": "x"})
            for act in ("answer", "resolve", "reopen")
        ),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert SECRET not in "".join(answer.content.decode() for answer in answers)
    assert Note.objects.count() == 1


def test_a_note_of_another_story_in_the_address_is_refused(sign_in):
    chief, one, two = sign_in("chief"), make_story(), make_story()
    note = write_note(two, by=chief.user, text=SECRET)
    codes = [
        chief.post(notes_url(one, note, act), {f"note_text_{note.pk}": "x"}).status_code
        for act in ("answer", "resolve", "reopen")
    ]
    huge = chief.post(f"/admin/articles/story/{one.pk}/notes/{10**30}/resolve/").status_code
    note.refresh_from_db()
    assert (codes, huge, note.resolved_at, Note.objects.count()) == ([403] * 3, 403, None, 1)


def test_who_only_reads_may_note_and_resolves_only_their_own(sign_in):
    story = make_story()
    theirs = write_note(story, by=make_user("chief"), text="Frage")
    librarian = sign_in("topic librarian")
    librarian.post(notes_url(story), {"note_text": "Meine"})
    mine = Note.objects.get(by=librarian.user)
    assert librarian.post(notes_url(story, theirs, "resolve")).status_code == 403
    assert librarian.post(notes_url(story, mine, "resolve")).status_code == 302
    html = librarian.get(change_url(story)).content.decode()
    assert (f"/notes/{theirs.pk}/resolve/" in html, f"/notes/{mine.pk}/reopen/" in html) == (False, True)


def test_only_posts_change_anything(sign_in):
    chief, story = sign_in("chief"), make_story()
    note = write_note(story, by=chief.user, text="Frage")
    codes = [chief.get(notes_url(story, note, act)).status_code for act in ("answer", "resolve", "reopen")]
    assert (codes, chief.post(f"{notes_url(story)}people/").status_code) == ([405] * 3, 405)
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(chief.user)
    assert guarded.post(notes_url(story), {"note_text": "x"}).status_code == 403
    assert (Note.objects.count(), Client().get(notes_url(story)).status_code) == (1, 302)


def test_names_are_completed_for_active_staff_only_and_ten_at_most(sign_in):
    chief, story = sign_in("chief"), make_story()
    people = [make_user("editor", name=f"zoe{number:02}") for number in range(12)]
    people[0].is_active, people[1].is_staff, people[2].first_name = False, False, "Anna"
    for person in people[:3]:
        person.save()

    def names(typed):
        return [each["username"] for each in chief.get(f"{notes_url(story)}people/", {"q": typed}).json()["people"]]

    assert names("ZOE") == [f"zoe{number:02}" for number in range(2, 12)]
    assert (names("ann"), names("zoe00"), names("zoe01")) == (["zoe02"], [], [])
    assert names("\x00zoe11'; --") == []
    answer = chief.get(f"{notes_url(story)}people/?q=ann").json()
    assert answer == {"people": [{"username": "zoe02", "name": "Anna"}]}


@pytest.mark.parametrize("number", [1, 3, 200])
def test_notes_cost_the_form_a_fixed_number_of_queries(sign_in, number, django_assert_num_queries):
    chief, story = sign_in("chief"), make_story()
    for each in range(number):
        first = Note.objects.create(story=story, by=chief.user, text=f"Notiz {each}")
        first.mentions.add(chief.user)
        Note.objects.bulk_create(Note(story=story, by=chief.user, text="Antwort", answers=first) for _ in range(2))
    from articles.admin.notes.screens import panels

    class Asked:
        user = chief.user

    chief.user.has_perm("articles.add_note")
    story = Story.objects.select_related("section").get(pk=story.pk)
    with django_assert_num_queries(6):
        (panel,) = panels(Asked, story, None)
    assert len(panel.context["open"]) == min(number, 20)
    assert panel.context["counts"] == {"open": number, "resolved": 0}


def test_two_hundred_notes_are_shown_in_pages(sign_in):
    chief, story = sign_in("chief"), make_story()
    Note.objects.bulk_create(Note(story=story, by=chief.user, text=f"Notiz {number:03}") for number in range(120))
    url, seen = notes_url(story), []
    while url:
        page = chief.get(url)
        seen += [thread.note.text for thread in page.context["threads"]]
        further = page.context["further"]
        url = f"{notes_url(story)}?before={further}" if further else None
    assert seen == [f"Notiz {number:03}" for number in reversed(range(120))]


def test_a_long_thread_shows_its_newest_answers_and_says_how_many_more(sign_in):
    chief, story = sign_in("chief"), make_story()
    first = write_note(story, by=chief.user, text="Frage")
    Note.objects.bulk_create(
        Note(story=story, by=chief.user, answers=first, text=f"Antwort {number:02}") for number in range(25)
    )
    html = chief.get(change_url(story)).content.decode()
    assert ("Antwort 04" in html, "Antwort 05" in html, "5 earlier answers" in html) == (False, True, True)
    assert html.index("Antwort 05") < html.index("Antwort 24")
    assert "Antwort 00" in chief.get(notes_url(story)).content.decode()


def test_a_new_story_has_no_notes_and_a_standing_page_keeps_no_mark(sign_in):
    chief = sign_in("chief")
    assert 'id="notes"' not in chief.get("/admin/articles/story/add/").content.decode()
    page = "/admin/articles/page/add/"
    body = f'<p>Ein <mark data-note="{"1" * 26}">Wort</mark>.</p>'
    submit(chief, page, "page_form", title="Seite", slug="seite", body=body)
    assert "<p>Ein Wort.</p>" in Client().get("/pages/seite/").content.decode()


def test_the_log_says_what_was_noted_and_opened_again(sign_in):
    chief, story = sign_in("chief"), make_story()
    note = write_note(story, by=chief.user, text="Stimmt das?")
    chief.post(notes_url(story, note, "resolve"))
    chief.post(notes_url(story, note, "reopen"))
    html = chief.get(page_url(story, "history")).content.decode()
    for said in ("Wrote a note · Stimmt das?", "Resolved a note · Stimmt das?", "Wrote a note · opened again · Stimmt"):
        assert said in html


@pytest.fixture
def noted(db):
    """Stories readers have, every one with notes that say SECRET and marks in its newer text; and their keys."""
    chief = make_user("chief")
    chief.first_name = SECRET
    chief.save()
    stories = [make_live(f"Meldung {number}", topics=["Hafen"]) for number in range(6)]
    for story in stories:
        note = write_note(story, by=chief, text=SECRET, passage="voll")
        write_note(story, by=chief, text=SECRET, answers=note)
        Note.objects.create(story=story, outsider=SECRET, text=SECRET)
        marked(story, note)
    return stories


def test_no_public_address_and_no_preview_shows_a_note_or_a_mark(noted, sign_in):
    traces = [SECRET, "data-note", "<mark data", *Note.objects.values_list("key", flat=True)]
    reader, chief = Client(), sign_in("chief")
    urls = [url for found in public_addresses().values() for url in found]
    urls += [story.get_absolute_url() for story in press_editions(noted)]
    links = [share(story, by=chief.user, name="Kanzlei Meier") for story in noted]
    pages = [reader.get(url) for url in urls]
    pages += [reader.post(urlsplit(address_of(link)).path, {"do": "open"}) for link in links]
    pages += [chief.get(page_url(story, "preview")) for story in noted]
    texts = [
        (b"".join(page.streaming_content) if page.streaming else page.content).decode("utf-8", "replace")
        + str(page.headers)
        for page in pages
    ]
    assert [
        page.request["PATH_INFO"] for page, text in zip(pages, texts, strict=True) if any(map(text.count, traces))
    ] == []
    assert all("Der Kai ist voll." in text for text in texts[-12:])
    form = chief.get(change_url(noted[0])).content.decode()
    assert [trace in form for trace in traces[:2]] == [True, True]  # the control: the desk does see them


def press_editions(stories):
    """What readers have of these stories."""
    return list(Edition.objects.live().filter(story__in=stories).select_related("section"))


def test_a_story_printed_after_its_notes_were_resolved_carries_none(noted):
    story = Story.objects.get(pk=noted[0].pk)
    for note in story.notes.filter(answers=None):
        resolve(note, by=None)
    story.refresh_from_db()
    press.publish(rewrite(story, "Neu gedruckt."), by=None, change="update")
    text = Client().get(press_editions([story])[0].get_absolute_url()).content.decode()
    assert ("Neu gedruckt." in text, SECRET in text, "data-note" in text) == (True, False, False)


@pytest.mark.parametrize("act", ["", "resolve"])
def test_a_note_that_waited_for_somebody_elses_save_does_not_move_the_form_onto_it(sign_in, monkeypatch, act):
    chief, story = sign_in("chief"), make_story()
    note = write_note(story, by=chief.user, text="Frage") if act else None
    verb, real = (f"{act}", resolve) if act else ("write_note", write_note)

    def waiting(*args, **said):
        rewrite(story, "Von jemand anderem.")
        return real(*args, **said)

    monkeypatch.setattr(screens, verb, waiting)
    said = {"note_text": "Hm", "version_token": VersionField.token(story)}
    page = chief.post(notes_url(story, note, act), said, headers=JSON)
    assert (page.status_code, "version_token" in page.json()) == (200, False)
