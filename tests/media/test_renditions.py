"""Renditions: named by their set, made when asked for, and saying nothing but whose picture it is."""

import io

import pytest
from negatives import file_of, iim, photo, scene, with_segment, xmp
from PIL import Image, ImageCms

from articles.media import (
    NotReady,
    desk_look,
    drop,
    make_ahead,
    names_of,
    original,
    rendition,
    rendition_set,
    take_in,
)
from articles.media.queueing import held
from articles.models import PictureCrop, RenditionSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def encoded(tmp_path, monkeypatch):
    """The names of what the darkroom encodes, as it goes on (a function that returns a list)."""
    log = tmp_path / "encoded"
    log.touch()
    monkeypatch.setenv("DARKROOM_LOG", str(log))
    return lambda: [line.rpartition("/")[2] for line in log.read_text().splitlines()]


@pytest.fixture
def shown():
    """A set of a picture of 1200 by 900 pixels, its original not needing anything any more."""
    picture, _is_new = take_in(photo(size=(1200, 900)), title="Kai", credit="Jo", copyright_notice="© Jo")
    return rendition_set(picture)


def test_a_set_holds_the_crops_and_the_credit_of_now(shown):
    again = rendition_set(shown.picture)
    assert (again, RenditionSet.objects.count()) == (shown, 1)
    assert (shown.credit, shown.copyright_notice, len(shown.key)) == ("Jo", "© Jo", 26)
    assert shown.crops["16x9"] == [0, 112, 1200, 675]
    assert list(shown.crops) == ["original", "16x9", "3x2", "4x3", "1x1"]


@pytest.mark.parametrize("change", ["credit", "copyright_notice", "focal point", "crop by hand", "for one use"])
def test_whatever_changes_what_is_seen_makes_another_set(change, shown):
    picture, before = shown.picture, (shown.key, shown.crops, shown.credit)
    if change == "focal point":
        picture.focal_y = 900
    elif change == "crop by hand":
        PictureCrop.objects.create(picture=picture, ratio="1x1", left=100, top=100, width=300)
    elif change != "for one use":
        setattr(picture, change, "Kim")
    other = rendition_set(picture, credit="Kim" if change == "for one use" else None)
    assert (other.key != shown.key, RenditionSet.objects.count()) == (True, 2)
    shown.refresh_from_db()
    assert (shown.key, shown.crops, shown.credit) == before


def test_what_nobody_sees_makes_no_other_set(shown):
    picture = shown.picture
    picture.title, picture.alt, picture.usage_terms = "Anders", "Anders", "Anders"
    assert rendition_set(picture) == shown


def test_a_rendition_is_made_once_and_then_lies_there(shown, encoded, settings):
    path = rendition(shown.key, "16x9-960.webp")
    assert path == settings.MEDIA_ROOT / "renditions" / shown.key[:2] / shown.key / "16x9-960.webp"
    assert Image.open(path).size == (960, 540)
    first = path.stat()
    assert rendition(shown.key, "16x9-960.webp").stat() == first
    assert len(encoded()) == 1


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg"])
def test_the_three_formats_have_the_size_their_name_says(suffix, shown):
    sizes = {"original-320": (320, 240), "1x1-900": (900, 900), "4x3-1200": (1200, 900), "3x2-640": (640, 427)}
    formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    for name, size in sizes.items():
        image = Image.open(rendition(shown.key, f"{name}.{suffix}"))
        assert (image.size, image.format, image.mode) == (size, formats[suffix], "RGB")


@pytest.mark.parametrize(
    "name",
    ["16x9-961.avif", "16x9-1600.avif", "16x9-960.png", "16x9-960.AVIF", "16x9-0960.avif", "21x9-960.avif",
     "16x9-960.avif\n", "../16x9-960.avif", "16x9-960.avif.part", "16x9-960", "", "\0", "16x9-99999.avif",
     "16x9-９60.avif", "original", "x" * 3000],
)  # fmt: skip
def test_a_name_that_is_in_no_table_is_nothing(name, shown, encoded, settings):
    assert rendition(shown.key, name) is None
    assert (encoded(), (settings.MEDIA_ROOT / "renditions").exists()) == ([], False)


@pytest.mark.parametrize("key", ["", "0" * 26, "../" * 8 + "ab", "x" * 27, "\0" * 26, "0" * 25 + "u"])
def test_a_key_that_is_no_sets_is_nothing(key, shown, encoded):
    assert rendition(key, "16x9-960.avif") is None
    assert rendition(shown.picture.key, "16x9-960.avif") is None
    assert encoded() == []


def test_several_are_made_ahead_in_one_go_and_those_there_are_left(shown, encoded):
    rendition(shown.key, "16x9-320.jpg")
    names = [name for name in names_of(shown) if name.startswith("16x9")]
    assert sorted(names) == sorted(f"16x9-{w}.{s}" for w in (320, 640, 960, 1200) for s in ("avif", "webp", "jpg"))
    assert make_ahead(shown.key, [*names, "16x9-7.jpg", "nonsense"]) == 11
    assert len(encoded()) == 12
    assert make_ahead(shown.key, names) == 0
    assert [rendition(shown.key, name).name for name in names] == names
    assert len(encoded()) == 12


def test_made_ahead_or_when_asked_for_it_is_the_same_file(shown):
    make_ahead(shown.key, ["1x1-320.jpg", "16x9-320.jpg"])
    ahead = Image.open(rendition(shown.key, "16x9-320.jpg")).convert("RGB").tobytes()
    rendition(shown.key, "16x9-320.jpg").unlink()
    asked = Image.open(rendition(shown.key, "16x9-320.jpg")).convert("RGB").tobytes()
    assert max(abs(one - other) for one, other in zip(ahead, asked, strict=True)) <= 12


def test_what_somebody_else_makes_is_not_made_ahead_as_well(shown, encoded):
    with held(f"{shown.key}-1x1-320.jpg") as mine:
        assert (mine, make_ahead(shown.key, ["1x1-320.jpg", "1x1-640.jpg"])) == (True, 1)
    assert [name[:11] for name in encoded()] == ["1x1-640.jpg"]


def test_who_waits_too_long_is_told_to_come_back(shown, settings, encoded):
    settings.PICTURE_WAIT = 0.1
    with held(f"{shown.key}-1x1-320.jpg"), pytest.raises(NotReady):
        rendition(shown.key, "1x1-320.jpg")
    settings.PICTURE_ENCODERS = 1
    with held("encoder-0"), pytest.raises(NotReady):
        rendition(shown.key, "1x1-320.jpg")
    assert encoded() == []
    assert rendition(shown.key, "1x1-320.jpg").name == "1x1-320.jpg"


def test_with_its_original_lost_a_rendition_cannot_be_had_but_what_is_made_can(shown):
    there = rendition(shown.key, "1x1-320.jpg")
    original(shown.picture).unlink()
    with pytest.raises(NotReady):
        rendition(shown.key, "1x1-640.jpg")
    assert rendition(shown.key, "1x1-320.jpg") == there
    assert original(shown.picture) is None


def test_no_temporary_file_and_no_lock_is_left(shown, settings):
    rendition(shown.key, "1x1-320.jpg")
    original(shown.picture).write_bytes(b"rubbish")
    with pytest.raises(NotReady):
        rendition(shown.key, "1x1-640.jpg")
    left = [path.name for kind in ("renditions", "locks") for path in (settings.MEDIA_ROOT / kind).rglob("*.*")]
    assert left == ["1x1-320.jpg"]


def test_a_rendition_made_while_its_picture_is_dropped_does_not_stay(shown, settings):
    from articles.media import ordering

    def dropping(path, jobs):
        ordering.develop(path, jobs)
        RenditionSet.objects.filter(pk=shown.pk).delete()

    assert rendition(shown.key, "1x1-320.jpg", develop=dropping) is None
    assert [path for path in (settings.MEDIA_ROOT / "renditions").rglob("*") if path.is_file()] == []


SECRETS = (b"GEHEIM", b"Exif", b"ICC_PROFILE", b"ICCP", b"8BIM", b"Photoshop", b"GPS", b"http://ns.adobe.com/exif")


def telling():
    """A picture full of what must not get out: where, with which camera, a thumbnail, notes, a profile."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0110] = "GEHEIM description", "GEHEIM maker", "GEHEIM model"
    exif.get_ifd(0x8769).update({0xA431: "GEHEIM-4711", 0xA430: "GEHEIM owner", 0x9286: b"ASCII\0\0\0GEHEIM"})
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 32.0, 54.0), 3: "E", 4: (9.0, 58.0, 12.0), 27: b"GEHEIM"})
    thumbnail = file_of(scene(9, (160, 120)), "JPEG", comment=b"GEHEIM thumbnail")
    block = exif.tobytes()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"GEHEIM profile"
    packet = xmp("", 'photoshop:Instructions="GEHEIM instructions"')
    raw = file_of(scene(1, (800, 450)), "JPEG", exif=block, icc_profile=profile, xmp=packet, comment=b"GEHEIM comment")
    raw = with_segment(raw, 0xED, iim((2, 40, b"GEHEIM instructions"), (2, 120, b"GEHEIM caption")))
    return with_segment(raw, 0xE2, b"GEHEIM" + thumbnail)


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg"])
def test_of_all_the_original_says_only_credit_and_copyright_go_out(suffix):
    raw = telling()
    assert raw.count(b"GEHEIM") > 10
    picture, _is_new = take_in(raw, credit="Jo & <Kim>/Häfen", copyright_notice="© Häfen 2026")
    out = rendition(rendition_set(picture).key, f"16x9-640.{suffix}").read_bytes()
    assert [secret for secret in SECRETS if secret in out] == []
    image = Image.open(io.BytesIO(out))
    assert (dict(image.getexif()), image.info.get("icc_profile"), image.info.get("comment")) == ({}, None, None)
    said = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    assert said == {
        "about": "",
        "Credit": "Jo & <Kim>/Häfen",
        "rights": {"Alt": {"li": {"lang": "x-default", "text": "© Häfen 2026"}}},
    }


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg"])
def test_where_nobody_is_named_there_is_no_packet_at_all(suffix):
    picture, _is_new = take_in(photo())
    out = rendition(rendition_set(picture).key, f"16x9-320.{suffix}").read_bytes()
    assert [word for word in (b"xmp", b"XMP", b"adobe", b"Exif") if word in out] == []


def test_the_desks_looks_say_nothing_either():
    picture, _is_new = take_in(telling(), credit="Hafenbild")
    out = desk_look(picture, 960).read_bytes()
    assert [secret for secret in (*SECRETS, b"adobe", b"Hafenbild") if secret in out] == []


def test_the_set_of_a_dropped_picture_has_no_renditions(shown):
    rendition(shown.key, "1x1-320.jpg")
    drop(shown.picture)
    assert rendition(shown.key, "1x1-640.jpg") is None
