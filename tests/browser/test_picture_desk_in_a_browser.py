"""The picture desk in a real browser: files dropped, the focal point set, crops framed, pictures ticked."""

from base64 import b64encode

import pytest
from browsing import axe, follow, sign_in
from cast import make_user
from painted import painted, painted_picture
from playwright.sync_api import expect

from articles.media.framing import crop_boxes
from articles.models import Picture
from articles.vocabulary import Rights

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/picture/add/"
DROP = """async ([names, files]) => {
  const data = new DataTransfer()
  files.forEach((text, n) => data.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], names[n])))
  const drop = document.querySelector("#upload-drop")
  for (const kind of ["dragover", "drop"]) {
    drop.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }))
  }
}"""


@pytest.fixture
def ines(page):
    """A picture editor, signed in."""
    sign_in(page, make_user("picture editor", name="ines"))
    return page


def drop(page, files):
    page.evaluate(DROP, [list(files), [b64encode(raw).decode() for raw in files.values()]])


def box_of(page, ratio):
    return [int(number) for number in page.get_attribute(f"[data-ratio='{ratio}'] .crop-look", "viewBox").split()]


def focal(page):
    return [int(page.input_value(f"#id_focal_{axis}")) for axis in "xy"]


def test_files_are_dropped_sent_one_by_one_and_described(ines):
    known = painted_picture("night")
    ines.goto(ADD)
    ines.fill("#id_credit", "Jo")
    asked = []
    ines.on("request", lambda request: asked.append(request.method) if request.url.endswith(ADD) else None)
    files = {"kai.png": painted("harbour"), "hills.png": painted("hills"), "nacht.png": painted("night")}
    drop(ines, files)
    expect(ines.locator(".taken-new, .taken-known")).to_have_count(3, timeout=20_000)
    assert asked == ["POST"] * 3
    says = [row.inner_text().split("\n")[0] for row in ines.query_selector_all("#taken-list li")]
    assert says == ["kai.png Taken in.", "hills.png Taken in.", "nacht.png This picture is in the library already."]
    assert axe(ines) == []
    new = Picture.objects.exclude(pk=known.pk)
    assert set(new.values_list("credit", flat=True)) == {"Jo"}
    follow(ines, ".upload-next button")
    assert ines.locator(".describe-one").count() == 2
    for area in ines.query_selector_all("textarea[name$=-alt]"):
        area.fill("Was man sieht")
    assert axe(ines) == []
    follow(ines, ".submit-row .default")
    assert set(new.values_list("alt", flat=True)) == {"Was man sieht"}


def test_what_is_refused_says_so_and_what_looks_the_same_can_be_kept(ines):
    painted_picture("harbour")
    ines.goto(ADD)
    ines.set_input_files(
        "#id_file", [{"name": "kai.webp", "mimeType": "image/webp", "buffer": painted("harbour", form="WEBP")}]
    )
    ines.click("#upload-send")
    ines.wait_for_selector("li.taken-similar")
    assert Picture.objects.count() == 1
    ines.click("[data-keep]")
    ines.wait_for_selector(".taken-new")
    assert Picture.objects.count() == 2
    ines.complaints.clear()


def test_a_file_that_is_no_picture_or_too_large_is_said_in_its_line(ines, settings):
    settings.PICTURE_MAX_BYTES = 50_000
    ines.goto(ADD)
    drop(ines, {"a.pdf": b"%PDF-1.4", "b.jpg": b"x" * 50_001})
    expect(ines.locator(".taken-refused")).to_have_count(2, timeout=20_000)
    says = [row.inner_text().strip() for row in ines.query_selector_all("#taken-list .taken-state")]
    assert says[0].startswith("This is not a picture we can use.")
    assert says[1].startswith("The file is larger than")
    assert ines.is_hidden(".upload-next")
    assert [each for each in ines.complaints if "400" not in each] == []
    ines.complaints.clear()


def test_without_javascript_the_plain_form_takes_many(new_page):
    page = new_page(java_script_enabled=False)
    sign_in(page, make_user("contributor", name="ria"))
    page.goto(ADD)
    raw = {"harbour": painted("harbour"), "hills": painted("hills")}
    page.set_input_files("#id_file", [{"name": f"{n}.png", "mimeType": "image/png", "buffer": raw[n]} for n in raw])
    follow(page, "#upload-send")
    assert page.locator(".taken-new").count() == 2
    follow(page, ".upload-next button")
    assert page.locator(".describe-one").count() == 2


def test_the_focal_point_follows_keys_and_clicks_and_every_crop_follows_it(ines):
    picture = painted_picture("harbour", rights=Rights.OWN)
    ines.goto(f"/admin/articles/picture/{picture.pk}/change/")
    assert axe(ines) == []
    point = ines.locator(".stage-focal")
    point.focus()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "ArrowDown", "ArrowDown"):
        ines.keyboard.press(key)
    assert focal(ines) == [440, 520]
    for place in ((440, 520), (0, 1000)):
        ines.fill("#id_focal_x", str(place[0]))
        ines.fill("#id_focal_y", str(place[1]))
        boxes = crop_boxes(640, 360, focal=place)
        assert {ratio: box_of(ines, ratio) for ratio in ("16x9", "3x2", "4x3", "1x1")} == {
            ratio: box for ratio, box in boxes.items() if ratio != "original"
        }
    seen = ines.locator("#picture-stage").bounding_box()
    ines.mouse.click(seen["x"] + seen["width"] * 0.25, seen["y"] + seen["height"] * 0.75)
    assert [abs(have - want) <= 3 for have, want in zip(focal(ines), (250, 750), strict=True)] == [True, True]
    clicked = tuple(focal(ines))
    follow(ines, ".submit-row .default")
    assert Picture.objects.values_list("focal_x", "focal_y").get() == clicked


def test_a_crop_is_framed_by_keys_and_mouse_and_given_up_again(ines):
    picture = painted_picture("harbour", rights=Rights.OWN)
    url = f"/admin/articles/picture/{picture.pk}/change/"
    ines.goto(url)
    square = "[data-ratio='1x1']"
    ines.click(f"{square} summary")
    ines.click(f"{square} [data-frame]")
    for key in ("-", "-", "ArrowRight", "ArrowRight"):
        ines.keyboard.press(key)
    assert [ines.input_value(f"#id_crop_1x1_{side}") for side in ("left", "top", "width")] == ["239", "0", "522"]
    ines.locator("#picture-stage").scroll_into_view_if_needed()
    seen, frame = ines.locator("#picture-stage").bounding_box(), ines.locator(".stage-crop").bounding_box()
    ines.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    ines.mouse.down()
    ines.mouse.move(seen["x"], seen["y"])
    ines.mouse.up()
    assert ines.input_value("#id_crop_1x1_left") == "0"
    follow(ines, ".submit-row [name=_continue]")
    assert list(picture.crops.values_list("ratio", "left", "width")) == [("1x1", 0, 522)]
    crop = picture.crops.get()
    boxes = crop_boxes(640, 360, by_hand={"1x1": (crop.left, crop.top, crop.width)})
    assert box_of(ines, "1x1") == boxes["1x1"]
    ines.click(f"{square} [data-auto]")
    assert box_of(ines, "1x1") == crop_boxes(640, 360)["1x1"]
    follow(ines, ".submit-row .default")
    assert picture.crops.count() == 0


def test_a_row_of_pictures_is_ticked_with_shift_and_counted(ines):
    for number in range(4):
        painted_picture("harbour", number)
    ines.goto("/admin/articles/picture/")
    assert axe(ines) == []
    boxes = ines.locator("[name=picture]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert ines.inner_text("[data-ticked]") == "3 pictures ticked"
    follow(ines, "[formaction*=bulk]")
    ines.fill("#id_agency", "dpa")
    assert ines.is_checked("[name=which][value=agency]")
    follow(ines, ".submit-row .default")
    assert Picture.objects.filter(agency="dpa").count() == 3
