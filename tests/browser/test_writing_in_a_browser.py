"""Two people write in two browsers: nothing typed is lost, whatever happens to the window, the net or the session."""

import pytest
from browsing import axe, follow, sign_in
from cast import make_live, make_story, make_user, rewrite

from articles import desk
from articles.models import Autosave, Story, StoryEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = ".submit-row [name=_continue]"


def form_of(story):
    return f"/admin/articles/story/{story.pk}/change/"


def type_at_the_end(page, text):
    editor = page.locator(".story-main [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_typed_text_is_kept_offered_after_a_crash_and_saved(page):
    story = make_story("Gespeichert", body="<p>Anfang.</p>")
    sign_in(page, make_user("chief"))
    page.goto(form_of(story))
    page.wait_for_selector("[contenteditable=true]")
    type_at_the_end(page, " Getippt.")
    page.wait_for_selector(".writing-state:has-text('kept for you at')", timeout=15_000)
    assert Autosave.objects.get().typed["body"] == ["<p>Anfang. Getippt.</p>"]
    assert Story.objects.get().body == "<p>Anfang.</p>"
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(form_of(story))
    page.click(".offer summary")
    assert "Getippt." in page.inner_text(".offer ins")
    follow(page, ".offer a.act-first")
    assert page.locator("textarea[name=body]").input_value() == "<p>Anfang. Getippt.</p>"
    follow(page, SAVE)
    assert Story.objects.get().body == "<p>Anfang. Getippt.</p>"
    assert Autosave.objects.count() == 0


def test_leaving_with_unsaved_text_warns(page):
    story = make_story()
    sign_in(page, make_user("chief"))
    page.goto(form_of(story))
    page.fill("[name=headline]", "Nicht gesichert")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_two_people_see_each_other_take_over_and_both_texts_survive(new_page):
    story = make_story(body="<p>Eins.</p><p>Zwei.</p>")
    ada, ben = new_page(), new_page()
    sign_in(ada, make_user("chief", name="ada"))
    sign_in(ben, make_user("chief", name="ben"))
    ada.goto(form_of(story))
    ada.wait_for_selector("[contenteditable=true]")
    ben.goto(form_of(story))
    ben.wait_for_selector(".others li:has-text('ada: editing since')")
    type_at_the_end(ada, " Von Ada.")
    follow(ben, ".take-over")
    assert StoryEvent.objects.filter(act="taken_over").count() == 1
    ben.fill("[name=dek]", "Von Ben.")
    follow(ben, SAVE)
    follow(ada, SAVE)
    saved = Story.objects.get()
    assert (saved.body, saved.dek) == ("<p>Eins.</p><p>Zwei. Von Ada.</p>", "Von Ben.")
    assert "Both are kept: Dek." in ada.inner_text(".messagelist")


def test_where_both_changed_one_thing_a_press_takes_the_stored_text(page):
    story = make_story("Überschrift", body="<p>Eins.</p><p>Zwei.</p>")
    sign_in(page, make_user("chief"))
    page.goto(form_of(story))
    page.wait_for_selector("[contenteditable=true]")
    type_at_the_end(page, " Meins.")
    page.fill("[name=headline]", "Meine")
    desk.save(story, by=None, values={"headline": "Ihre", "body": "<p>Eins.</p><p>Zwei. Ihrs.</p>"})
    follow(page, SAVE)
    assert page.locator(".conflict tbody tr").count() == 2
    assert axe(page) == []
    for name in ("headline", "body"):
        page.click(f".take-stored[data-field={name}]")
    assert page.locator("[name=headline]").input_value() == "Ihre"
    assert page.locator("textarea[name=body]").input_value() == "<p>Eins.</p><p>Zwei. Ihrs.</p>"
    follow(page, SAVE)
    assert Story.objects.get().headline == "Ihre"


def test_signed_out_while_writing_nothing_is_lost(page):
    story, user = make_story(), make_user("chief")
    sign_in(page, user)
    page.goto(form_of(story))
    page.fill("[name=dek]", "Vor dem Abmelden getippt")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.click(SAVE)
    page.wait_for_selector(".writing-state:has-text('You are signed out')")
    assert page.locator("[name=dek]").input_value() == "Vor dem Abmelden getippt"
    page.context.add_cookies(cookies)
    page.complaints.clear()  # the requests that were refused while signed out
    follow(page, SAVE)
    assert Story.objects.get().dek == "Vor dem Abmelden getippt"


def test_without_a_connection_text_is_kept_in_the_browser_and_handed_in_later(page):
    story = make_story("Gespeichert")
    sign_in(page, make_user("chief"))
    page.goto(form_of(story))
    page.context.set_offline(True)
    page.fill("[name=headline]", "Im Zug getippt")
    page.wait_for_selector(".writing-state:has-text('cannot be reached')", timeout=15_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    page.goto(form_of(story))
    page.wait_for_selector(".offer")
    page.wait_for_load_state("networkidle")  # handed in, it is shown on the page loaded anew
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('newsroom:'))") == []
    page.complaints.clear()  # what could not be reached
    assert Autosave.objects.get().typed["headline"] == ["Im Zug getippt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_revisions_comparison_and_offers_pass_axe(page, scheme):
    story, user = make_live("Online", body="<p>Eins.</p><p>Zwei.</p>"), make_user("chief")
    rewrite(story, "Anders.", headline="Noch nicht online", topics=["Hafen"])
    sign_in(page, user)
    page.emulate_media(color_scheme=scheme)
    page.goto(form_of(story))
    page.fill("[name=dek]", "Getippt")
    page.wait_for_selector(".writing-state:has-text('kept for you at')", timeout=15_000)
    page.on("dialog", lambda dialog: dialog.accept())
    base = f"/admin/articles/story/{story.pk}"
    for url in ("revisions/", "compare/?from=live&to=now", "revisions/1/restore/", "change/", "change/?autosave=take"):
        page.goto(f"{base}/{url}", wait_until="networkidle")
        assert axe(page) == [], url
