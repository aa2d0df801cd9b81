"""Pictures in a story, in a real browser: chosen with the keyboard, told about, put in order, saved as our own HTML."""

import re
from base64 import b64decode

import pytest
from browsing import axe, follow, sign_in
from cast import make_story, make_user
from painted import painted, painted_picture, picture_row
from playwright.sync_api import expect

from articles import media
from articles.models import Picture, Story
from articles.text.html import clean_body

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = ".submit-row [name=_continue]"
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

FILES = {"neu.png": painted("bridge"), "alt.png": painted("harbour"), "kein-bild.png": b"<html>"}


def make_picture(title, **fields):
    """A picture without a file that is found by its words."""
    picture = picture_row(title, **fields)
    media.index(picture)
    return picture


def open_form(page, story):
    """The story's form with its editor, and a dot for the look of every picture."""
    page.route("**/admin/articles/picture/looks/**", lambda route: route.fulfill(body=DOT, content_type="image/png"))
    sign_in(page, make_user("chief"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector(".prose-menubar")
    return page.locator(".prose-editor > [contenteditable=true]")


def body_in(page):
    return page.locator("textarea[name=body]").input_value()


def focused(page):
    """What has the keyboard: its name as a script says it, else its tag."""
    return page.evaluate("document.activeElement.ariaLabel || document.activeElement.localName")


def choose(page, *keys):
    """Press these keys in the open dialog, once its pictures are there."""
    page.wait_for_selector("#picture-chooser .choice")
    for key in keys:
        page.keyboard.press(key)


def test_a_picture_is_put_into_the_text_with_the_keyboard_alone(page):
    make_picture("Kai")
    kran = make_picture("Kran", caption="Ein Kran", credit="Archiv")
    story = make_story(body="<p>Eins.</p><p>Zwei.</p>")
    open_form(page, story).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Alt+p")
    page.wait_for_selector("#picture-chooser .choice")
    assert [card.get_attribute("data-title") for card in page.locator(".choice").all()] == ["Kran", "Kai"]
    page.keyboard.type("kra")
    expect(page.locator(".choice")).to_have_count(1)
    choose(page, "ArrowDown", "Enter")
    page.wait_for_selector(".figure-shown img")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert page.get_attribute(".figure-caption textarea", "placeholder") == "Ein Kran"
    assert page.get_attribute(".figure-credit input", "placeholder") == "Archiv"
    page.keyboard.press("Enter")
    page.keyboard.type("Der „neue“ Kran & <das> Schiff")
    page.keyboard.press("Enter")
    page.keyboard.type('Foto: Ada "A." Brook')
    page.keyboard.press("Enter")
    page.keyboard.type("Davor: ")
    shown = (
        f'<figure data-picture="{kran.key}" data-credit="Foto: Ada &quot;A.&quot; Brook">'
        "<figcaption>Der „neue“ Kran &amp; &lt;das&gt; Schiff</figcaption></figure>"
    )
    assert body_in(page) == f"<p>Eins.</p>{shown}<p>Davor: Zwei.</p>"
    assert clean_body(body_in(page)) == body_in(page)
    follow(page, SAVE)
    assert Story.objects.get().body == f"<p>Eins.</p>{shown}<p>Davor: Zwei.</p>"
    assert page.locator(".figure-caption textarea").input_value() == "Der „neue“ Kran & <das> Schiff"


@pytest.mark.parametrize('n',range(4))
def test_a_gallery_of_three_is_chosen_put_in_order_and_cut_down(page,n):
    keys = {title: make_picture(title).key for title in ("A", "B", "C")}
    story = make_story(body="<p>Eins.</p>")
    open_form(page, story).focus()
    page.keyboard.press("Control+Alt+g")
    choose(page, "ArrowDown", "Enter", "ArrowRight", "Enter", "ArrowRight", "Enter")
    assert page.locator(".choice").first.get_attribute("data-place") == "1"
    page.click(".chooser-take")

    def gallery(*titles):
        figures = "".join(f'<figure data-picture="{keys[title]}"></figure>' for title in titles)
        return f'<p>Eins.</p><section data-block="gallery">{figures}</section>'

    page.wait_for_selector(".gallery img")
    assert clean_body(body_in(page)) == gallery("C", "B", "A")
    assert page.inner_text(".gallery-title") == "Gallery, 3 pictures"
    page.locator(".gallery-shown .figure-shown").nth(2).locator("[data-tool=earlier]").press("Enter")
    assert clean_body(body_in(page)) == gallery("C", "A", "B")
    page.keyboard.press("Enter")  # the same button again
    assert clean_body(body_in(page)) == gallery("A", "C", "B")
    page.locator(".gallery-shown .figure-look").first.click()
    page.keyboard.press("Alt+ArrowDown")
    assert clean_body(body_in(page)) == gallery("C", "A", "B")
    page.locator(".gallery-shown [data-tool=remove]").first.click()
    assert clean_body(body_in(page)) == gallery("A", "B")
    page.keyboard.press("Control+z")
    assert clean_body(body_in(page)) == gallery("C", "A", "B")
    page.keyboard.press("Control+y")
    assert clean_body(body_in(page)) == gallery("A", "B")
    follow(page, SAVE)
    assert Story.objects.get().body == gallery("A", "B")
    page.wait_for_selector(".gallery-shown [data-tool=remove]")
    page.locator(".gallery-shown [data-tool=remove]").first.click()
    assert body_in(page) == f'<p>Eins.</p><figure data-picture="{keys["B"]}"></figure>'


def test_pictures_side_by_side_become_a_gallery_and_pictures_again(page):
    a, b = (f'<figure data-picture="{make_picture(title).key}"></figure>' for title in "AB")
    open_form(page, make_story(body=f"{a}{b}<p>Text.</p>"))
    page.locator("[data-tool=join]").first.click()
    assert body_in(page) == f'<section data-block="gallery">{a}{b}</section><p>Text.</p>'
    page.click(".gallery-head [data-tool=apart]")
    assert body_in(page) == f"{a}{b}<p>Text.</p>"
    page.locator(".figure-shown").first.locator("[data-tool=later]").click()
    assert body_in(page) == f"{b}{a}<p>Text.</p>"


def test_what_is_stored_comes_out_of_the_editor_as_it_went_in(page):
    keys = [make_picture(title).key for title in "ABC"]
    body = clean_body(
        f'<figure data-picture="{keys[0]}" data-credit="A &amp; B"><figcaption>Eins &lt;zwei&gt;</figcaption></figure>'
        f'<p>Text.</p><section data-block="gallery"><figure data-picture="{keys[1]}"></figure>'
        f'<figure data-picture="{keys[2]}"><figcaption>Drei</figcaption></figure></section>'
    )
    editor = open_form(page, make_story(body=body))
    assert editor.evaluate("editor => editor.editor.getHTML()") == body
    page.goto("/admin/")  # nothing was typed, so nobody asks
    assert page.url.endswith("/admin/")


def test_a_text_of_nothing_but_a_picture_is_not_empty(page):
    lone, other = make_picture("A"), make_picture("B")
    open_form(page, make_story(body=f'<figure data-picture="{lone.key}"></figure>'))
    page.click("[data-tool=replace]")
    choose(page, "ArrowDown", "Enter")
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile(other.key))
    assert body_in(page) == f'<figure data-picture="{other.key}"></figure>'


def test_a_caption_is_kept_for_its_writer_before_it_is_saved(page):
    picture = make_picture("Kai")
    open_form(page, make_story(body=f'<figure data-picture="{picture.key}"></figure><p>Text.</p>'))
    page.fill(".figure-caption textarea", "Noch nicht gesichert")
    page.wait_for_selector(".writing-state:has-text('kept for you at')", timeout=15_000)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    follow(page, ".offer a.act-first")
    assert page.locator(".figure-caption textarea").input_value() == "Noch nicht gesichert"


def test_pasted_pictures_of_others_do_not_come_in_but_their_words_do(page):
    editor = open_form(page, make_story(body="<p>Eins.</p>"))
    editor.focus()
    editor.evaluate("""editor => {
        editor.editor.commands.setContent("<p></p>", {emitUpdate: true})
        editor.editor.commands.focus("end")
        const data = new DataTransfer()
        data.setData("text/html", `<p>Davor</p><figure data-picture="1"><img src="https://example.org/a.jpg" alt="x">
<figcaption>Fremde Worte</figcaption></figure><p><img src="https://example.org/b.jpg">Danach</p>`)
        editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
    }""")
    pasted = body_in(page)
    assert [word in pasted for word in ("Davor", "Fremde Worte", "Danach")] == [True] * 3
    assert [tag in pasted for tag in ("<figure", "<img", "example.org")] == [False] * 3


def test_the_lead_picture_is_chosen_and_shown_with_what_the_library_says(page):
    make_picture("Kai", credit="Archiv", caption="Der Kai")
    picture = make_picture("Nicht geklärt", rights="uncleared", alt="", credit="")
    story = make_story(lead_picture=None)
    open_form(page, story)
    page.click(".lead-choose")
    choose(page, "ArrowDown", "Enter")
    assert page.inner_text(".chooser-warnings") == (
        "The rights to the picture “Nicht geklärt” are not cleared: say in the library what they are."
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(".lead-picture img")
    assert focused(page) == "button"
    assert "not cleared" in page.inner_text(".lead-notes .figure-warning")
    assert "No alternative text" in page.inner_text(".lead-notes .figure-alt")
    follow(page, SAVE)
    assert Story.objects.get().lead_picture == picture
    page.click(".lead-choose")
    choose(page, "ArrowDown", "ArrowRight", "Enter")
    expect(page.locator("#id_picture_caption")).to_have_attribute("placeholder", "Der Kai")
    assert page.get_attribute("#id_picture_credit", "placeholder") == "Archiv"
    assert page.inner_text("#select2-id_lead_picture-container").endswith("Kai")


def test_the_dialog_closes_without_a_choice_and_the_keyboard_is_back_in_the_text(page):
    make_picture("Kai")
    open_form(page, make_story(body="<p>Eins.</p>")).focus()
    page.locator("[data-name=Picture]").click()
    choose(page, "Escape")
    page.wait_for_selector("#picture-chooser", state="hidden")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert body_in(page) == "<p>Eins.</p>"


def test_a_file_is_taken_in_from_within_the_dialog_and_chosen_at_once(page):
    painted_picture("harbour", title="Schon da")
    open_form(page, make_story(body="<p>Eins.</p>")).focus()
    page.keyboard.press("Control+Alt+p")
    page.wait_for_selector(".choice")
    files = [{"name": name, "mimeType": "image/png", "buffer": file} for name, file in FILES.items()]
    page.set_input_files(".chooser-upload input", files)
    expect(page.locator(".chooser-said")).to_have_text(
        "neu.png: Taken in. alt.png: This picture is in the library already. "
        "kein-bild.png: This is not a picture we can use. Send a whole JPEG, PNG, WebP, GIF, AVIF or HEIC file."
    )
    page.complaints.clear()  # the browser notes that a file was refused
    expect(page.locator(".choice")).to_have_count(2)
    new = Picture.objects.exclude(title="Schon da").get()
    assert [card.get_attribute("data-title") for card in page.locator(".choice").all()] == [new.title, "Schon da"]
    assert focused(page) == "button"
    page.keyboard.press("Enter")  # nobody said yet what the newsroom's rights are
    page.click(".chooser-take")
    page.wait_for_selector(".figure-shown img")
    assert clean_body(body_in(page)) == f'<p>Eins.</p><figure data-picture="{new.key}"></figure>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_pictures_and_the_chooser_pass_axe(page, scheme):
    a, b, c, d = (make_picture(title, alt="" if title == "A" else "Alt") for title in "ABCD")
    make_picture("Ohne Rechte", rights="none", credit="")
    figure = '<figure data-picture="{}"></figure>'.format
    gallery = f'<section data-block="gallery">{figure(b.key)}{figure(c.key)}</section>'
    page.emulate_media(color_scheme=scheme)
    open_form(page, make_story(body=f"<p>Text.</p>{figure(a.key)}{gallery}", lead_picture=d))
    page.wait_for_selector(".gallery img")
    assert axe(page) == []
    page.locator("[data-name=Gallery]").click()
    choose(page, "ArrowDown", "Enter")
    assert axe(page) == []
