"""Notes on stories and passages: written, answered, resolved; marks in the text come and go with them."""

from dataclasses import replace

import pytest
from cast import NOON, make_cleared, make_contributor, make_live, make_section, make_story, make_user, rewrite
from refusals import refusal

from articles import desk, press
from articles.desk.noting import MOST_MENTIONS, MOST_NOTES, MOST_TEXT, reopen, resolve, spoken, write_note
from articles.ingest import store
from articles.ingest.draft import ItemDraft
from articles.models import Edition, Effect, Note, Revision, Story
from articles.rules.readiness import blockers
from articles.text.ids import new_file_key

pytestmark = pytest.mark.django_db
BODY = '<p>Der Kai ist <mark data-note="{key}">voll</mark>.</p><p>Und leer.</p>'


def marked(note, body=BODY):
    """The body with the note's mark."""
    return body.format(key=note.key)


def noted(story, by=None, text="Stimmt das?", **more):
    """A note whose mark is in the stored text."""
    note = write_note(story, by=by or make_user("chief"), text=text, passage="voll", **more)
    desk.save(story, by=by, values={"body": marked(note)})
    return note


def mails():
    """Who is told what (set of kind, username's key, text)."""
    payloads = [effect.payload for effect in Effect.objects.filter(kind="mail")]
    return {(each["mail"], each["user"], each["text"]) for each in payloads}


def test_a_note_says_who_what_and_about_which_words():
    story, chief = make_story(), make_user("chief")
    note = write_note(story, by=chief, text=" Stimmt\r\n\r\n\r\n\r\ndas?\x00 ", passage="der\n Kai\x00", key="1" * 26)
    stored = Note.objects.get()
    assert (stored.by, stored.text, stored.passage, stored.key) == (chief, "Stimmt\n\ndas?", "der Kai", "1" * 26)
    assert (stored.resolved_at, stored.answers, note.pk) == (None, None, stored.pk)
    event = story.events.first()
    assert (event.act, event.by, event.note) == ("noted", chief, "Stimmt\n\ndas?")
    assert Story.objects.get().version == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\u202e"])
def test_an_empty_note_is_refused_in_words(text):
    assert refusal(write_note, make_story(), by=make_user("chief"), text=text) == [
        "Write something: the note is empty."
    ]
    assert Note.objects.count() == 0


def test_a_note_that_is_too_long_or_one_too_many_is_refused():
    story, chief = make_story(), make_user("chief")
    assert refusal(write_note, story, by=chief, text="x" * (MOST_TEXT + 1)) == [
        "The note has 4001 characters; at most 4000 fit."
    ]
    Note.objects.bulk_create(Note(story=story, by=chief, text="x") for _number in range(MOST_NOTES - 1))
    write_note(story, by=chief, text="x" * MOST_TEXT, passage="y" * 5000)
    assert Note.objects.latest("pk").passage == "y" * 1000
    assert refusal(write_note, story, by=chief, text="x") == ["This story has 1000 notes; more are not taken."]


def test_answers_belong_to_the_first_note_of_the_same_story():
    story, other, chief = make_story(), make_story(), make_user("chief")
    first = write_note(story, by=chief, text="Frage", passage="voll")
    answer = write_note(story, by=chief, text="Antwort", passage="nichts", answers=first)
    further = write_note(story, by=chief, text="Nochmal", answers=answer)
    assert (answer.answers, further.answers, answer.passage) == (first, first, "")
    assert refusal(write_note, other, by=chief, text="Fremd", answers=first) == [
        "The note you answer is on another story."
    ]
    resolve(answer, by=chief)
    assert refusal(write_note, story, by=chief, text="Spät", answers=first) == [
        "This note is resolved; open it again first."
    ]


@pytest.mark.parametrize("key", ["", "short", "U" * 26, "taken"])
def test_a_mark_that_is_no_key_or_anothers_is_refused(key):
    story, chief = make_story(), make_user("chief")
    taken = write_note(story, by=chief, text="Erste").key
    assert refusal(write_note, story, by=chief, text="Zweite", key=taken if key == "taken" else key) == [
        "This mark belongs to another note. Select the passage again."
    ]


def test_a_save_keeps_the_marks_of_the_storys_open_notes_and_no_others():
    story, other, chief = make_story(), make_story(), make_user("chief")
    own = write_note(story, by=chief, text="Meins")
    foreign = write_note(other, by=chief, text="Fremd")
    answer = write_note(story, by=chief, text="Antwort", answers=own)
    closed = resolve(write_note(story, by=chief, text="Erledigt"), by=chief)
    keys = {"own": own.key, "foreign": foreign.key, "answer": answer.key, "closed": closed.key, "none": new_file_key()}
    body = "".join(f'<p><mark data-note="{key}">{name}</mark></p>' for name, key in keys.items())
    desk.save(story, by=chief, values={"body": body})
    expected = f'<p><mark data-note="{own.key}">own</mark></p><p>foreign</p><p>answer</p><p>closed</p><p>none</p>'
    assert Story.objects.get(pk=story.pk).body == expected
    assert desk.save(story, by=chief, values={"body": body}) == []


def test_no_new_story_begins_with_a_mark():
    note = write_note(make_story(), by=make_user("chief"), text="Fremd")
    assert make_story(body=marked(note)).body == "<p>Der Kai ist voll.</p><p>Und leer.</p>"


def test_an_import_brings_no_mark_neither_new_nor_as_an_update():
    note = write_note(make_story(), by=make_user("chief"), text="Fremd")
    sent = ItemDraft("npa", "1", "a", "Titel", marked(note), "de", NOON)
    story = store(sent, section=make_section()).story
    assert story.body == "<p>Der Kai ist voll.</p><p>Und leer.</p>"
    outcome = store(replace(sent, digest="b", body=marked(note) + "<p>Neu.</p>"), section=make_section())
    assert outcome.story.body == "<p>Der Kai ist voll.</p><p>Und leer.</p><p>Neu.</p>"


def test_resolving_takes_the_mark_out_of_the_text_as_a_revision():
    story, chief = make_story(), make_user("chief")
    note, kept = noted(story), write_note(story, by=chief, text="Bleibt")
    both = f'<p>Der <mark data-note="{kept.key}">Kai ist <mark data-note="{note.key}">voll</mark></mark>.</p>'
    desk.save(story, by=chief, values={"body": both})
    resolve(note, by=chief)
    stored = Story.objects.get()
    assert stored.body == f'<p>Der <mark data-note="{kept.key}">Kai ist voll</mark>.</p>'
    assert (stored.version, stored.saved_by) == (4, chief)
    assert Revision.objects.filter(story=story).latest("number").number == 4
    event = story.events.first()
    assert (event.act, event.by, event.note) == ("note_resolved", chief, "Stimmt das?")
    note.refresh_from_db()
    assert note.resolved_by == chief
    assert refusal(resolve, note, by=chief) == ["This note is resolved already."]


def test_a_note_without_a_mark_is_resolved_without_a_new_version():
    story, chief = make_story(), make_user("chief")
    resolve(write_note(story, by=chief, text="Allgemein"), by=chief)
    assert (Story.objects.get().version, story.events.first().act) == (1, "note_resolved")


def test_a_thread_is_opened_again_without_its_mark():
    story, chief = make_story(), make_user("chief")
    note = noted(story)
    resolve(note, by=chief)
    again = reopen(note, by=chief)
    assert (again.resolved_at, again.resolved_by) == (None, None)
    assert "<mark" not in Story.objects.get().body
    assert story.events.first().details == {"reopened": True}
    assert refusal(reopen, note, by=chief) == ["This note is open."]


def test_resolving_while_somebody_writes_loses_nothing_of_theirs():
    story, chief = make_story(body="<p>Der Kai ist voll.</p><p>Und leer.</p>"), make_user("chief")
    note = noted(story)
    open_in_the_form = story.version
    resolve(note, by=chief)
    typed = marked(note).replace("Der Kai ist", "Der ganze Kai ist").replace("Und leer", "Und nicht leer")
    desk.save(story, by=chief, values={"body": typed}, version=open_in_the_form)
    assert Story.objects.get().body == "<p>Der ganze Kai ist voll.</p><p>Und nicht leer.</p>"


def test_noting_while_somebody_writes_is_merged():
    story, chief = make_story(body="<p>Der Kai ist voll.</p><p>Und leer.</p>"), make_user("chief")
    base = story.version
    note = noted(story)
    desk.save(story, by=chief, values={"body": "<p>Der Kai ist voll.</p><p>Und anders.</p>"}, version=base)
    assert Story.objects.get().body == marked(note).replace("leer", "anders")


def test_a_body_that_carries_notes_cannot_be_printed():
    story = make_cleared()
    assert blockers(story) == []
    note = noted(story)
    assert blockers(story) == ["The text still carries 1 note; resolve it first."]
    assert refusal(press.publish, story, by=None) == ["The text still carries 1 note; resolve it first."]
    second = write_note(story, by=make_user("chief"), text="Zwei")
    more = f'<p>Ein <mark data-note="{second.key}">Wort</mark>, ein <mark data-note="{second.key}">zweites</mark>.</p>'
    desk.save(story, by=None, values={"body": marked(note) + more})
    assert blockers(story) == ["The text still carries 2 notes; resolve them first."]
    for each in (note, second):
        resolve(each, by=None)
    story.refresh_from_db()
    assert blockers(story) == []
    press.publish(story, by=None)
    assert Edition.objects.get().body == "<p>Der Kai ist voll.</p><p>Und leer.</p><p>Ein Wort, ein zweites.</p>"


def test_an_open_note_without_a_mark_does_not_hold_up_the_press():
    story = make_cleared()
    write_note(story, by=make_user("chief"), text="Gut gemacht")
    press.publish(story, by=None)
    assert Edition.objects.count() == 1


def test_what_is_composed_has_no_marks_whatever_let_them_through():
    story = make_live()
    note = noted(story)
    sponsored = make_story(kind="sponsored")
    Story.objects.filter(pk=sponsored.pk).update(body=marked(note).replace("Kai", '<a href="https://x.de">Kai</a>'))
    sponsored.refresh_from_db()
    plain = "<p>Der Kai ist voll.</p><p>Und leer.</p>"
    for edition in (press.compose(story), press.preview(story)):
        assert (edition.body, edition.lede, edition.word_count) == (plain, "Der Kai ist voll.", 6)
    assert "mark" not in press.compose(sponsored).body


def test_authors_and_the_mentioned_are_told_and_nobody_twice():
    author, chief, editor = (
        make_user("contributor"),
        make_user("chief"),
        make_user("editor", "politik", name="e.d-it+or"),
    )
    story = make_story(by=author)
    write_note(story, by=chief, text="@e.d-it+or: stimmt das? @niemand, x@chief.de")
    first = Note.objects.get()
    assert list(first.mentions.all()) == [editor]
    assert mails() == {("mention", editor.pk, first.text), ("note", author.pk, first.text)}
    Effect.objects.all().delete()
    write_note(story, by=author, text=f"Ja. @{chief.username}.", answers=first)
    assert mails() == {("mention", chief.pk, f"Ja. @{chief.username}.")}
    Effect.objects.all().delete()
    write_note(story, by=editor, text="Gut.", answers=first)
    assert mails() == {("note", author.pk, "Gut."), ("note", chief.pk, "Gut.")}


def test_who_may_not_read_the_story_cannot_be_mentioned():
    story, chief = make_story(section=make_section("wirtschaft")), make_user("chief")
    outsider = make_user("editor", "kultur", name="klara")
    outsider.first_name, outsider.last_name = "Klara", "Kultur"
    outsider.save()
    assert refusal(write_note, story, by=chief, text="@klara, schau mal") == [
        "Klara Kultur may not read this story, and would not get the note."
    ]
    assert (Note.objects.count(), Effect.objects.count()) == (0, 0)
    outsider.is_active = False
    outsider.save()
    assert write_note(story, by=chief, text="@klara war hier").mentions.count() == 0


def test_ten_people_can_be_mentioned_and_no_more():
    names = [make_user("chief", name=f"chefin{number}").username for number in range(MOST_MENTIONS + 1)]
    story, chief = make_story(), make_user("chief")
    assert refusal(write_note, story, by=chief, text=" ".join(f"@{name}" for name in names)) == [
        "At most 10 people can be mentioned in a note."
    ]
    assert write_note(story, by=chief, text=" ".join(f"@{name}" for name in names[1:])).mentions.count() == 10


def test_mentions_are_shown_as_such_and_only_real_ones():
    assert spoken("Hallo @ada, @ada.b. und a@ada @nobody", {"ada", "ada.b"}) == [
        ("Hallo ", False),
        ("@ada", True),
        (", ", False),
        ("@ada.b", True),
        (". und a@ada @nobody", False),
    ]


def test_notes_survive_the_spike():
    story = make_story()
    note = noted(story)
    desk.move(story, "spike", by=None)
    desk.move(story, "revive", by=None)
    assert list(story.notes.all()) == [note]
    assert Story.objects.get().body == marked(note)


def test_an_old_revision_brings_back_no_mark_of_a_resolved_note():
    story = make_story()
    note = noted(story)
    old = story.body
    resolve(note, by=None)
    desk.save(story, by=None, values={"body": old})
    assert Story.objects.get().body == "<p>Der Kai ist voll.</p><p>Und leer.</p>"


def test_a_byline_counts_as_author():
    reporter = make_user("contributor")
    story = make_story(bylines=[(make_contributor("Ria", user=reporter), "text")])
    write_note(rewrite(story, "Neu."), by=make_user("chief"), text="Frage")
    assert mails() == {("note", reporter.pk, "Frage")}
