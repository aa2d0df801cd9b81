"""The form of one picture, its files for staff, where it is used, and how it is deleted."""

import hashlib
import re

import pytest
from cast import HOUR, NOON, make_live, make_section, make_story
from desk_forms import fields, messages_of, submit
from django.test import Client
from django.urls import reverse
from painted import painted, painted_picture
from PIL import Image

from articles import desk, press
from articles.admin.fields import VersionField
from articles.desk import fronts
from articles.media.framing import crop_boxes
from articles.models import Front, Picture, layout
from articles.vocabulary import ContainerKind, Rights

NUMBERS = ("left", "top", "width")


@pytest.fixture
def ines(sign_in):
    """The picture editor's client."""
    return sign_in("picture editor")


@pytest.fixture
def picture():
    return painted_picture("harbour", rights=Rights.OWN)


def change(picture):
    return f"/admin/articles/picture/{picture.pk}/change/"


def crop(ratio, *numbers):
    return {f"crop_{ratio}_{side}": str(number) for side, number in zip(NUMBERS, numbers, strict=True)}


def test_everything_is_saved_in_one_go(ines, picture):
    said = {"title": "Kai", "rights": "agency", "allowed_until": "2026-12-24T18:00:00", "symbol_photo": "on"}
    said |= {"section": str(make_section().pk), "source_url": "example.org/a", "focal_x": "250", "focal_y": "750"}
    response = submit(ines, change(picture), "picture_form", **said, **crop("1x1", 0, 0, 400))
    assert response.headers["Location"] == "/admin/articles/picture/"
    stored = Picture.objects.get()
    assert (stored.title, stored.rights, stored.symbol_photo, stored.section) == ("Kai", "agency", True, make_section())
    assert (stored.focal_x, stored.focal_y, stored.source_url) == (250, 750, "https://example.org/a")
    assert f"{stored.allowed_until:%d.%m. %H:%M}" == "24.12. 17:00"
    assert list(stored.crops.values_list("ratio", *NUMBERS)) == [("1x1", 0, 0, 400)]
    submit(ines, change(picture), "picture_form", **dict.fromkeys(crop("1x1", 0, 0, 0), ""))
    assert stored.crops.count() == 0
    log = ines.get(f"/admin/articles/picture/{picture.pk}/history/").content.decode()
    assert ("Working title" in log, "focal point and 1:1" in log) == (True, True)


def test_the_crops_are_shown_as_readers_will_get_them_also_without_javascript(ines, picture):
    submit(ines, change(picture), "picture_form", focal_x="0", focal_y="0", **crop("16x9", 500, 500, 500))
    boxes = crop_boxes(640, 360, focal=(0, 0), by_hand={"16x9": (500, 500, 500)})
    html = ines.get(change(picture)).content.decode()
    shown = [box for ratio, box in boxes.items() if f'viewBox="{" ".join(map(str, box))}"' in html]
    assert shown == list(boxes.values())
    assert 'style="' not in html


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (("1", "", ""), "Give all three numbers of a crop, or none for the one around the focal point."),
        (("600", "0", "500"), "The crop 16:9 does not lie inside the picture."),
        (("0", "0", "0"), "Ensure this value is greater than or equal to 1."),
        (("0", "0", "9" * 40), "Ensure this value is less than or equal to 1000."),
        (("a", "\x00", "1"), "Enter a whole number."),
    ],
)
def test_a_crop_that_is_none_is_said_and_nothing_is_saved(ines, picture, numbers, said):
    response = submit(ines, change(picture), "picture_form", title="Neu", **crop("16x9", *numbers))
    assert (response.status_code, said in response.content.decode(), Picture.objects.get().title) == (
        200,
        True,
        "harbour",
    )


def test_who_saves_later_keeps_what_was_typed_and_sees_what_is_stored(ines, picture):
    typed = fields(ines.get(change(picture)), "picture_form") | {"title": ["Meiner"], "alt": ["Typed"]}
    submit(ines, change(picture), "picture_form", title="Deiner")
    late = ines.post(change(picture), typed)
    html = late.content.decode()
    assert (late.status_code, Picture.objects.get().title) == (409, "Deiner")
    assert ('value="Meiner"' in html, "Typed" in html, "<dd>Deiner</dd>" in html) == (True, True, True)
    again = fields(late, "picture_form")
    assert ines.post(change(picture), again).status_code == 302
    assert Picture.objects.values_list("title", "alt").get() == ("Meiner", "Typed")


def test_a_version_of_something_else_is_refused(ines, picture):
    other = painted_picture("hills")
    typed = fields(ines.get(change(picture)), "picture_form")
    foreign = fields(ines.get(change(other)), "picture_form")["version"]
    assert ines.post(change(picture), typed | {"version": foreign}).status_code == 409
    story = make_story()
    for token in ("", "x", VersionField.token(story)):
        response = ines.post(change(picture), typed | {"version": [token], "title": ["Neu"]})
        assert (response.status_code, Picture.objects.get(pk=picture.pk).title) == (200, "harbour")


def test_fields_that_are_not_on_the_form_stay(ines, picture):
    forged = {"key": "x" * 26, "digest": "0" * 64, "uploaded_by": str(ines.user.pk), "size": "1"}
    before = Picture.objects.values_list(*forged).get()
    submit(ines, change(picture), "picture_form", title="Neu", **forged)
    assert Picture.objects.values_list(*forged).get() == before


@pytest.mark.parametrize("pk", ["9" * 30, "x", "%00", "-1", "1.5", "0"])
def test_an_address_of_no_picture_is_no_page(ines, pk):
    base = f"/admin/articles/picture/{pk}"
    assert [ines.get(f"{base}/{page}/").status_code for page in ("change", "delete")] == [404] * 2
    # Django leads on what is no address of its own; a number is one.
    assert ines.get(f"{base}/original/").status_code == (404 if pk.isdecimal() else 302)


def test_where_it_is_used_is_shown_with_links_for_whom_may_read_it(ines, sign_in, picture):
    live = make_live("Am Kai", lead_picture=picture)
    html = ines.get(change(picture)).content.decode()
    assert (f"/admin/articles/story/{live.pk}/change/" in html, "badge-live" in html) == (True, True)
    assert "was printed, cannot be deleted" in html
    far = sign_in("editor", "sport").get(change(picture)).content.decode()
    assert ("Am Kai" in far, "1 story you may not read" in far) == (False, True)


def on_fronts(client, picture):
    """What the page of a picture says of the fronts it stands on (list of front, story with crop, state)."""
    html = client.get(change(picture)).content.decode()
    rows = re.findall(r'/front/[^"]+">Front: ([^<]+)</a>\s*<span class="picture-use">(.+?)</span>\s*(.+?)</li>', html)
    return [(front, story, re.sub(r"<[^>]+>", "", state)) for front, story, state in rows]


def test_the_fronts_that_show_it_are_named_with_the_crop_chosen_there(sign_in, picture, clock):
    chief, story, other = sign_in("chief"), make_live("Am Kai", lead_picture=picture), make_live("Anderswo")
    slots = layout.Slot(story.public_id, ratio="1x1"), layout.Slot(other.public_id)
    lead = layout.container("lead", ContainerKind.LEAD).with_slot(0, slots[0])
    more = layout.container("more", ContainerKind.SECONDARY).with_slot(0, slots[1])
    home = fronts.begin(Front.objects.of(None), containers=(lead, more))
    press.launch(home, by=None)
    lead = lead.with_slot(0, layout.Slot(story.public_id))
    section = fronts.begin(Front.objects.of(make_section("sport")), containers=(lead,))
    press.launch(section, by=None, at=NOON + HOUR)
    assert on_fronts(chief, picture) == [
        ("Front page", "Am Kai, 1x1", "Live"),
        ("Sport", "Am Kai", "Scheduled 23.11.2026 14:00 +01:00"),
    ]
    assert on_fronts(sign_in("editor", "sport"), picture) == []  # they may not read the story
    fronts.clear(home, by=None, key="lead", at_place=0)
    clock.shift(2 * HOUR)
    press.launch(home, by=None)
    assert on_fronts(chief, picture) == [("Sport", "Am Kai", "Live")]


def test_who_may_only_look_gets_no_buttons(sign_in, picture):
    html = sign_in("topic librarian").get(change(picture)).content.decode()
    assert ('type="submit" class="default"' in html, "Download the original" in html, "picture_stage.js" in html) == (
        False,
        False,
        False,
    )


def test_only_what_nothing_uses_is_deleted(ines, picture):
    delete = f"/admin/articles/picture/{picture.pk}/delete/"
    story = make_story("Am Kai", lead_picture=picture)
    refused = ines.post(delete)
    assert (refused.status_code, refused.context["reasons"]) == (409, ["It is used in the stories “Am Kai”."])
    desk.save(story, by=None, values={"lead_picture": None})
    assert delete in ines.get(change(picture)).content.decode()
    assert (ines.get(delete).status_code, Picture.objects.count()) == (200, 1)
    assert ines.post(delete).status_code == 302
    assert messages_of(ines.get("/admin/articles/picture/")) == ["“harbour” was deleted."]
    assert Picture.objects.count() == 0


# Files for staff


def look(picture, width=320):
    return reverse("admin:articles_picture_look", args=[picture.key, width])


def test_a_look_is_a_small_picture_that_only_the_browser_of_staff_keeps(ines, picture, tmp_path):
    for width, wide in ((320, 320), (960, 640)):
        response = ines.get(look(picture, width))
        path = tmp_path / "look.webp"
        path.write_bytes(b"".join(response.streaming_content))
        assert (Image.open(path).format, Image.open(path).size) == ("WEBP", (wide, wide * 9 // 16))
    kept = {name: response[name] for name in ("Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")}
    assert kept == {
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    assert (ines.head(look(picture)).status_code, ines.post(look(picture)).status_code) == (200, 405)


def test_the_original_is_the_file_as_it_came_and_no_cache_keeps_it(ines, picture):
    response = ines.get(reverse("admin:articles_picture_original", args=[picture.pk]))
    raw = b"".join(response.streaming_content)
    assert hashlib.sha256(raw).hexdigest() == picture.digest
    assert raw == painted("harbour")
    assert (response["Cache-Control"], response["Content-Type"], response["Content-Disposition"]) == (
        "private, no-store",
        "image/png",
        'attachment; filename="harbour.png"',
    )


@pytest.mark.parametrize("width", ["0", "319", "321", "9" * 40])
def test_other_widths_and_keys_are_no_file(ines, picture, width):
    assert ines.get(f"/admin/articles/picture/looks/{picture.key}/{width}.webp").status_code == 404
    assert ines.get(f"/admin/articles/picture/looks/{'z' * 26}/320.webp").status_code == 404
    assert Client().get(look(picture)).status_code == 302


def test_a_file_the_disk_lost_is_no_page(ines, picture, settings):
    for path in settings.MEDIA_ROOT.rglob("*"):
        if path.is_file():
            path.unlink()
    assert ines.get(look(picture)).status_code == 404
    assert ines.get(reverse("admin:articles_picture_original", args=[picture.pk])).status_code == 404


def test_who_saves_later_is_shown_another_focal_point_and_other_crops_too(ines, picture):
    typed = fields(ines.get(change(picture)), "picture_form")
    desk.frame(picture, by=None, focal=(100, 200), crops={"1x1": (0, 0, 300)})
    late = ines.post(change(picture), typed | {"title": ["Meiner"]})
    assert late.status_code == 409
    assert ("Focal point", "100 / 200 ‰") in late.context["stored"]
    assert ("1:1", "0 / 0 / 300 ‰") in late.context["stored"]


def test_the_section_it_stands_in_for_is_named_with_a_link(ines, picture):
    section = make_section("politik")
    Picture.objects.update(rights="own")
    press.set_stand_in(section, picture=Picture.objects.get(), by=None)
    html = ines.get(change(picture)).content.decode()
    link = f'<a href="/admin/articles/section/{section.pk}/change/">Stands in for missing pictures in Politik</a>'
    assert link in html
