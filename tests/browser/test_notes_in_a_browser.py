"""Notes beside the text, in a real browser under the real Content-Security-Policy."""

import pytest
from browsing import axe, follow, sign_in
from cast import make_cleared, make_live, make_story, make_user

from articles import desk
from articles.desk.noting import resolve, write_note
from articles.models import Note, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EDITOR = ".prose-editor > .ProseMirror"
BODY = "<p>Der Kai ist voll.</p><p>Und leer.</p>"


def open_form(page, story):
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector(EDITOR)
    page.wait_for_selector("#notes[data-ready]")


def select(page, start, end):
    """Select characters of the text, counted as the editor counts."""
    page.evaluate(
        """([selector, from, to]) => {
            const editor = document.querySelector(selector).editor
            editor.view.focus()
            editor.commands.setTextSelection({ from, to })
        }""",
        [EDITOR, start, end],
    )


def said(page, words):
    page.wait_for_function("words => document.querySelector('.notes-said').textContent === words", arg=words)


def text_of(page):
    return page.input_value("textarea[name=body]")


def save(page):
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_selector(EDITOR)
    page.wait_for_selector("#notes[data-ready]")


def test_a_passage_is_noted_with_the_keyboard_saved_and_resolved(page):
    chief, story = make_user("chief"), make_cleared(body=BODY)
    sign_in(page, chief)
    open_form(page, story)
    select(page, 5, 8)
    page.keyboard.press("Control+Alt+m")
    assert page.inner_text(".note-compose .note-passage") == "Kai"
    page.keyboard.type("Welcher?")
    # What is typed meanwhile moves the passage.
    page.evaluate("document.querySelector('.prose-editor > .ProseMirror').editor.commands.insertContentAt(1, 'Hier: ')")
    page.fill("#note_text", "Welcher Kai?")
    page.keyboard.press("Control+Enter")
    said(page, "The note was written.")
    note = Note.objects.get()
    assert (note.text, note.passage, note.by) == ("Welcher Kai?", "Kai", chief)
    marked = f'<p>Hier: Der <mark data-note="{note.key}">Kai</mark> ist voll.</p><p>Und leer.</p>'
    assert text_of(page) == marked
    assert Story.objects.get().body == BODY  # nothing of the text is saved by noting
    save(page)
    assert Story.objects.get().body == marked
    assert "The text still carries 1 note" in page.inner_text(".desk-refused")
    select(page, 35, 35)
    page.keyboard.type(" Neu.")
    page.click(f"#note-{note.pk} button:has-text('Resolve')")
    said(page, "The note is resolved.")
    assert text_of(page) == "<p>Hier: Der Kai ist voll.</p><p>Und leer. Neu.</p>"
    save(page)
    stored = Story.objects.get()
    assert (stored.body, stored.version) == ("<p>Hier: Der Kai ist voll.</p><p>Und leer. Neu.</p>", 4)
    assert page.locator(".conflict").count() == 0


def noted(page, user, body=BODY):
    """A story whose word "Kai" has a note, open in the form."""
    story = make_story(body=body)
    note = write_note(story, by=user, text="Welcher?", passage="Kai")
    desk.save(story, by=user, values={"body": body.replace("Kai", f'<mark data-note="{note.key}">Kai</mark>')})
    sign_in(page, user)
    open_form(page, story)
    return story, note


def test_typing_at_the_edges_of_a_mark_is_not_marked(page):
    _story, note = noted(page, make_user("chief"))
    for place, typed in ((8, "ufer"), (5, "Ost")):
        select(page, place, place)
        page.keyboard.type(typed)
    assert text_of(page) == f'<p>Der Ost<mark data-note="{note.key}">Kai</mark>ufer ist voll.</p><p>Und leer.</p>'
    select(page, 9, 9)
    page.keyboard.press("Enter")
    assert text_of(page).startswith(f'<p>Der Ost<mark data-note="{note.key}">K</mark></p>')


def test_passage_and_thread_lead_to_each_other(page):
    _story, note = noted(page, make_user("chief"))
    page.click(f"{EDITOR} mark")
    thread = page.locator(f"#note-{note.pk}")
    assert "is-on" in thread.get_attribute("class")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")  # one can go on writing there
    page.keyboard.press("Control+Alt+m")
    assert page.evaluate("document.activeElement.id") == f"note-{note.pk}"
    thread.locator("[data-show]").click()
    assert page.evaluate("getSelection().toString()") == "Kai"
    page.locator(EDITOR).press("Control+End")
    page.wait_for_function("() => !document.querySelector('.note-thread.is-on')")


def test_a_mark_is_pasted_only_where_its_note_is(page):
    _story, note = noted(page, make_user("chief"))
    foreign = write_note(make_story(), by=make_user("chief"), text="Fremd")

    def paste(key):
        page.evaluate(
            """([selector, html]) => {
                const editor = document.querySelector(selector)
                editor.editor.commands.setContent("<p></p>", { emitUpdate: true })
                editor.editor.commands.focus("end")
                const data = new DataTransfer()
                data.setData("text/html", html)
                const happening = { clipboardData: data, bubbles: true, cancelable: true }
                editor.dispatchEvent(new ClipboardEvent("paste", happening))
            }""",
            [EDITOR, f'<p>Ein <mark data-note="{key}" style="color: red" onclick="x()">Wort</mark>.</p>'],
        )
        return text_of(page)

    assert paste(note.key) == f'<p>Ein <mark data-note="{note.key}">Wort</mark>.</p>'
    assert paste(foreign.key) == paste("x") == "<p>Ein Wort.</p>"


def test_names_are_completed_with_the_keyboard_and_the_mentioned_is_shown(page):
    make_user("editor", "politik", name="zora")
    make_user("editor", "politik", name="zoe")
    story = make_story()
    sign_in(page, make_user("chief"))
    open_form(page, story)
    page.click("#note_text")
    page.keyboard.type("Hallo @z")
    page.wait_for_selector(".note-people")
    assert page.locator(".note-people li").all_inner_texts() == ["@zoe", "@zora"]
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#note_text", "aria-activedescendant")
    assert page.inner_text(f"#{active}") == "@zora"
    page.keyboard.press("Enter")
    assert page.input_value("#note_text") == "Hallo @zora "
    page.keyboard.type("@zo")
    page.wait_for_selector(".note-people")
    page.keyboard.press("Escape")
    assert page.locator(".note-people").count() == 0
    page.fill("#note_text", "Hallo @zora ")
    page.click(".note-compose button[type=submit]")
    said(page, "The note was written.")
    assert page.inner_text(".note-mention") == "@zora"


def test_unsent_and_refused_notes_are_not_lost_and_do_not_count_as_the_storys_text(page):
    story = make_story(body=BODY)
    sign_in(page, make_user("chief"))
    first = write_note(story, by=make_user("chief"), text="Frage")
    open_form(page, story)
    page.fill("#note_text", "Noch nicht gesendet")
    page.click(f"#note-{first.pk} summary")
    answer = f"#note_text_{first.pk}"
    page.fill(answer, "   ")
    page.click(f"#note-{first.pk} .act")
    said(page, "Write something: the note is empty.")
    assert page.evaluate("document.activeElement.id") == answer[1:]
    page.fill(answer, "Ja.")
    page.keyboard.press("Control+Enter")
    said(page, "The answer was written.")
    assert (page.input_value("#note_text"), page.input_value(answer)) == ("Noch nicht gesendet", "")
    follow(page, "[name=_continue]:not(.visually-hidden)")
    page.wait_for_selector("#notes[data-ready]")
    assert page.input_value("#note_text") == "Noch nicht gesendet"
    assert (Note.objects.count(), Story.objects.get().version) == (2, 1)


def test_who_only_reads_notes_a_selected_passage(page):
    story = make_story(body=BODY)
    sign_in(page, make_user("topic librarian"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector("#notes[data-ready]")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.body-as-text p:last-child'))")
    page.wait_for_selector(".note-compose .note-passage:not([hidden])")
    page.fill("#note_text", "Wirklich?")
    page.click(".note-compose button[type=submit]")
    said(page, "The note was written.")
    assert (Note.objects.get().passage, Story.objects.get().body) == ("Und leer.", BODY)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_pass_axe_in_light_and_dark(page, scheme):
    chief = make_user("chief")
    story, note = noted(page, chief)
    write_note(story, by=chief, text=f"Ja, @{chief.username}", answers=note)
    Note.objects.create(story=story, outsider="Kanzlei Meier", text="Von draußen")
    resolve(write_note(story, by=chief, text="Erledigt", passage="leer"), by=chief)
    live = make_live(body=BODY)
    page.emulate_media(color_scheme=scheme)
    for url in (f"{story.pk}/change/", f"{story.pk}/notes/", f"{story.pk}/notes/?resolved=1", f"{live.pk}/change/"):
        page.goto(f"/admin/articles/story/{url}", wait_until="networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert axe(page) == [], url
    page.fill("#note_text", "@")
    page.wait_for_selector(".note-people")
    assert axe(page) == []


def test_notes_are_written_and_answered_without_javascript(browser, live_server):
    chief, story = make_user("chief"), make_story(body=BODY)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, chief)
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.fill("[name=headline]", "Getippt und nicht gespeichert")
    page.fill("#note_text", "Frage")
    with context.expect_page() as opened:
        page.click(".note-compose button[type=submit]")
    notes = opened.value
    notes.wait_for_load_state()
    note = Note.objects.get()
    assert notes.url.endswith(f"/notes/#note-{note.pk}")
    notes.click("summary:has-text('Answer')")
    notes.fill(f"#note_text_{note.pk}", "Antwort")
    follow(notes, "button:has-text('Send answer')")
    follow(notes, "button:has-text('Resolve')")
    assert notes.inner_text(".messagelist") == "The note is resolved."
    assert [each.text for each in Note.objects.order_by("pk")] == ["Frage", "Antwort"]
    assert page.input_value("[name=headline]") == "Getippt und nicht gespeichert"
    context.close()
