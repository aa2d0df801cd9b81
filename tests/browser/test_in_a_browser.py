"""The screens in a real browser, under the real Content-Security-Policy."""

import pytest
from browsing import axe, follow, sign_in
from cast import make_contributor, make_live, make_section, make_story, make_user
from painted import painted_picture

from articles.models import Edition, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_story_is_written_cleared_published_and_read(page):
    make_section()
    make_contributor("Ada Brook")
    sign_in(page, make_user("chief"))
    page.goto("/admin/articles/story/add/")
    page.fill("[name=headline]", "Im Browser geschrieben")
    page.select_option("[name=section]", label="Politik")
    editor = page.locator("[contenteditable=true]").first
    editor.click()
    page.keyboard.type('Sie sagte: "Ja" ... und ging.')
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Fett.")
    page.locator("#id_source").fill("npa")
    follow(page, ".submit-row [name=_continue]")
    story = Story.objects.get()
    assert story.body == "<p>Sie sagte: „Ja“ … und ging.</p><p><strong>Fett.</strong></p>"
    for name in ("clear", "publish"):
        follow(page, f"button[value={name}]")
        follow(page, f"button.act-{name}[type=submit]")
    edition = Edition.objects.live().select_related("section").get()
    page.goto(edition.get_absolute_url())
    assert page.inner_text("h1") == "Im Browser geschrieben"


def test_pull_quotes_fact_boxes_and_pasted_styles_arrive_as_our_html(page):
    story = make_story(body="<p>Ein Satz.</p>")
    sign_in(page, make_user("chief"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector("[contenteditable=true]")
    text = page.locator("textarea[name=body]")
    page.locator("[contenteditable=true] p").first.click()
    page.locator("[title='Pull quote']").first.click()
    assert text.input_value() == '<aside data-block="pullquote"><p>Ein Satz.</p></aside>'
    page.evaluate("""() => {
        const editor = document.querySelector("[contenteditable=true]")
        editor.editor.commands.setContent("<p></p>", {emitUpdate: true})
        editor.editor.commands.focus("end")
        const data = new DataTransfer()
        data.setData("text/html", `<b style="font-weight:normal" id="docs-internal-guid-1"><h1>Titel</h1><p dir="ltr">
<span style="font-weight:700">Fett</span><span style="font-weight:400"> und </span>
<span style="font-style:italic">schräg</span></p></b>`)
        editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
    }""")
    pasted = text.input_value()
    assert "<h2>Titel</h2>" in pasted
    assert "<strong>Fett</strong>" in pasted
    assert "<em>schräg</em>" in pasted
    assert page.get_attribute("[contenteditable=true]", "aria-labelledby")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_pages_pass_axe_in_light_and_dark(page, scheme):
    person = make_contributor("Ada Brook", has_page=True)
    story = make_live(
        "Der Kai",
        dek="Seit Mittag ruht der Verkehr.",
        kicker="Hafen",
        topics=["Hafen"],
        bylines=[(person, "text")],
        lead_picture=painted_picture("harbour"),
        body="<p>Text.</p><table><tbody><tr><td>1</td></tr></tbody></table>"
        '<aside data-block="factbox"><p>Fakt</p></aside><aside data-block="pullquote"><p>Zitat</p></aside>',
    )
    make_live("Nachbar", topics=["Hafen"], kind="opinion")
    make_live("Anzeige", kind="sponsored")
    page.emulate_media(color_scheme=scheme)
    urls = ["/", "/politik/", "/topic/hafen/", "/by/ada-brook/", "/latest/", "/corrections/", "/pages/imprint/"]
    for url in [*urls, f"/politik/{story.slug}-{story.public_id}/"]:
        page.goto(url)
        assert axe(page) == [], url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desks_screens_pass_axe_in_light_and_dark(page, scheme):
    live, draft = make_live("Online", topics=["Hafen"], lead_picture=painted_picture("harbour")), make_story("Entwurf")
    page.emulate_media(color_scheme=scheme)
    page.goto("/accounts/login/")
    assert axe(page) == []
    sign_in(page, make_user("chief"))
    base = "/admin/articles/story/"
    acts = (f"{base}{draft.pk}/act/submit/", f"{base}{live.pk}/act/withdraw/", f"{base}{live.pk}/history/")
    for url in ("/admin/", base, f"{base}add/", f"{base}{live.pk}/change/", *acts):
        page.goto(url, wait_until="networkidle")
        assert axe(page) == [], url


def test_the_site_works_without_javascript_on_a_narrow_phone(browser, live_server):
    make_live("Ein langes Wort: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", topics=["Hafen"])
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto("/")
    follow(page, "article a >> nth=0")
    assert "Ein langes Wort" in page.inner_text("h1")
    assert page.locator("main").bounding_box()["width"] <= 320
    assert context.cookies() == []
    context.close()
