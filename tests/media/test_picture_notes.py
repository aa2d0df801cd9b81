"""What a file says about its picture: XMP before IIM before EXIF, any letters, and no harm from nonsense."""

from datetime import UTC, datetime

import pytest
from negatives import alternatives, file_of, iim, photo, scene, with_segment, xmp
from PIL import Image

from articles.media import take_in
from articles.models import Picture

pytestmark = pytest.mark.django_db
TEXTS = ("title", "alt", "caption", "credit", "creator", "agency", "copyright_notice", "place", "usage_terms")
FULL = xmp(
    f"<dc:title>{alternatives(x_default='Object name')}</dc:title>"
    f"<dc:description>{alternatives(en='The quay.', x_default='Der Kai am Abend.')}</dc:description>"
    "<dc:creator><rdf:Seq><rdf:li>Jo Knips</rdf:li><rdf:li>Kim Klick</rdf:li></rdf:Seq></dc:creator>"
    f"<dc:rights>{alternatives(x_default='© 2026 Jo Knips')}</dc:rights>"
    f"<xmpRights:UsageTerms>{alternatives(x_default='Nur für Nachrichten')}</xmpRights:UsageTerms>"
    "<Iptc4xmpCore:AltTextAccessibility>"
    f"{alternatives(x_default='Ein Kai mit Kran')}</Iptc4xmpCore:AltTextAccessibility>"
    "<Iptc4xmpCore:Location>Alter Hafen</Iptc4xmpCore:Location>",
    'photoshop:Headline="Kai &amp; Kran" photoshop:Credit="Knips/Hafenbild" photoshop:Source="Hafenbild"'
    ' photoshop:DateCreated="2026-11-22T17:30:00+02:00" photoshop:City="Norderhafen" photoshop:Country="Deutschland"'
    ' xmpRights:WebStatement="https://hafenbild.example/7"',
)
SAID = {
    "title": "Kai & Kran",
    "alt": "Ein Kai mit Kran",
    "caption": "Der Kai am Abend.",
    "credit": "Knips/Hafenbild",
    "creator": "Jo Knips, Kim Klick",
    "agency": "Hafenbild",
    "copyright_notice": "© 2026 Jo Knips",
    "place": "Alter Hafen, Norderhafen, Deutschland",
    "usage_terms": "Nur für Nachrichten",
}


def said_of(raw):
    picture, _is_new = take_in(raw, keep_similar=True)
    picture = Picture.objects.get(pk=picture.pk)
    return {name: getattr(picture, name) for name in TEXTS if getattr(picture, name)}, picture


def exif_of(**tags):
    exif = Image.Exif()
    for number, value in {"caption": 0x010E, "artist": 0x013B, "copyright": 0x8298}.items():
        if number in tags:
            exif[value] = tags[number]
    if "taken" in tags:
        exif.get_ifd(0x8769)[0x9003] = tags["taken"]
    if "offset" in tags:
        exif.get_ifd(0x8769)[0x9011] = tags["offset"]
    return exif


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF", "PNG"])
def test_a_picture_desks_xmp_fills_every_field(form):
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", FULL.decode())
        raw = file_of(scene(), "PNG", pnginfo=notes)
    else:
        raw = file_of(scene(), form, xmp=FULL)
    said, picture = said_of(raw)
    assert said == SAID
    assert picture.source_url == "https://hafenbild.example/7"
    assert picture.taken_at == datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


WIRE = (
    (2, 5, "Kürzel"),
    (2, 105, "Überschrift"),
    (2, 120, "Größe zählt"),
    (2, 80, "Jo"),
    (2, 80, "Kim"),
    (2, 110, "dpa"),
    (2, 116, "© dpa"),
    (2, 40, "Honorarfrei"),
    (2, 115, "dpa picture"),
    (2, 90, "Köln"),
    (2, 101, "Deutschland"),
    (2, 55, "20261122"),
    (2, 60, "173000+0100"),
)


@pytest.mark.parametrize("charset", ["utf-8 said", "utf-8 not said", "latin-1"])
def test_a_wire_services_iim_is_read_in_its_letters(charset):
    encoding = "latin-1" if charset == "latin-1" else "utf-8"
    sets = [(record, number, text.encode(encoding)) for record, number, text in WIRE]
    if charset == "utf-8 said":
        sets.insert(0, (1, 90, b"\x1b%G"))
    said, picture = said_of(with_segment(photo(), 0xED, iim(*sets)))
    assert said == {
        "title": "Überschrift",
        "caption": "Größe zählt",
        "creator": "Jo, Kim",
        "credit": "dpa",
        "copyright_notice": "© dpa",
        "usage_terms": "Honorarfrei",
        "agency": "dpa picture",
        "place": "Köln, Deutschland",
    }
    assert picture.taken_at == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def test_a_cameras_exif_is_read_in_utf_8_and_with_its_offset():
    exif = exif_of(
        caption="GrooSSe",
        artist="Jo; Kim",
        copyright="CC Jo",
        taken="2026:11:22 17:30:00",
        offset="-05:00",
    )
    raw = file_of(scene(), exif=exif).replace(b"GrooSSe", "Größe".encode()).replace(b"CC Jo", "© Jo".encode())
    said, picture = said_of(raw)
    del said["title"]
    assert said == {"caption": "Größe", "creator": "Jo, Kim", "copyright_notice": "© Jo"}
    assert picture.taken_at == datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


def test_xmp_goes_before_iim_and_iim_before_exif():
    raw = file_of(scene(), exif=exif_of(caption="EXIF", artist="EXIF", copyright="EXIF"))
    raw = with_segment(raw, 0xED, iim((2, 120, b"IIM"), (2, 80, b"IIM"), (2, 110, b"IIM")))
    raw = with_segment(raw, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp("", 'photoshop:Credit="XMP"'))
    raw = with_segment(raw, 0xE1, b"unknown\0")
    said, _picture = said_of(raw)
    assert (said["credit"], said["caption"], said["creator"], said["copyright_notice"]) == ("XMP", "IIM", "IIM", "EXIF")


def test_of_a_day_in_xmp_and_the_hour_in_exif_both_are_kept():
    exif = exif_of(taken="2026:11:22 17:30:00")
    _said, picture = said_of(file_of(scene(), exif=exif, xmp=xmp("", 'photoshop:DateCreated="2026-11-22"')))
    assert picture.taken_at == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    _said, other = said_of(file_of(scene(2), exif=exif, xmp=xmp("", 'photoshop:DateCreated="2025-01-02"')))
    assert other.taken_at == datetime(2025, 1, 1, 23, 0, tzinfo=UTC)


def test_where_the_camera_stood_is_read_into_no_field():
    exif = exif_of(caption="Kai")
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 32.0, 54.0), 3: "E", 4: (9.0, 58.0, 12.0), 27: b"ASCII\0\0\0GEHEIM"})
    _said, picture = said_of(file_of(scene(), exif=exif))
    assert [name for name, value in vars(picture).items() if str(value).startswith(("53", "GEHEIM", "9.9"))] == []
    assert picture.place == ""


def test_a_cameras_own_name_is_no_caption():
    said, _picture = said_of(file_of(scene(), exif=exif_of(caption="OLYMPUS DIGITAL CAMERA         ")))
    assert list(said) == ["title"]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x:xmpmeta>&b;</x:xmpmeta>'
HOSTILE = {
    "entity bomb": ENTITIES,
    "file from outside": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + xmp("", 'photoshop:Credit="&a;"'),
    "broken xml": FULL[:-200],
    "no xml": b"\0\xff\xfe" * 300,
    "very deep": b"<a>" * 15_000,
    "wrong types": xmp("<photoshop:Headline><rdf:Seq/></photoshop:Headline><dc:creator>1</dc:creator><dc:title/>"),
    "empty": b"",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_broken_note_is_passed_over_and_the_picture_taken(kind):
    packet = HOSTILE[kind]
    raw = with_segment(photo(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    said, _picture = said_of(raw)
    assert said == {"title": said["title"]} | ({"creator": "1"} if kind == "wrong types" else {})


def test_broken_exif_and_iim_are_passed_over():
    for marker, data in (
        (0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"),
        (0xE1, b"Exif\0\0II*\0\x08\0\0\0" + b"\xff" * 400),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\xff\xff\xff\xff"),
        (0xED, iim((2, 120, b"x"))[:-1] + b"\x1c\x02\x78\x80\x04\xff\xff\xff\xff"),
        (0xED, iim()[:-4] + b"\x00\x00\x00\x05\x1c\x02\x78\xff\xff\xff"),
    ):
        assert said_of(with_segment(photo(), marker, data))[1].width == 640


def test_ten_million_letters_are_cut_between_words_to_what_the_field_holds():
    packet = xmp(
        f"<dc:description>{alternatives(x_default='Hafen ' * 600_000)}</dc:description>", 'photoshop:Credit="a"'
    )
    said, _picture = said_of(file_of(scene(), "WEBP", xmp=packet))
    assert (len(said["caption"]), said["caption"][-7:], said["credit"]) == (996, " Hafen…", "a")
    larger = xmp(f"<dc:description>{alternatives(x_default='Hafen ' * 1_700_000)}</dc:description>")
    assert "caption" not in said_of(file_of(scene(2), "WEBP", xmp=larger))[0]


def test_a_value_is_one_line_of_letters_that_print():
    sets = [(2, 120, b"a\0b\r\nc\x1b[31m\td\x7f"), (2, 105, "\u202eliam.exe\u200b".encode())]
    said, _picture = said_of(with_segment(photo(), 0xED, iim((1, 90, b"\x1b%G"), *sets)))
    assert (said["caption"], said["title"]) == ("ab c[31m d", "liam.exe")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//x.example", "https://", "ftp://x.example/", "http://[::1"]
)
def test_only_addresses_of_the_web_are_kept(address):
    _said, picture = said_of(file_of(scene(), xmp=xmp("", f'xmpRights:WebStatement="{address}"')))
    assert picture.source_url == ""


@pytest.mark.parametrize(
    "date", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "gestern", "2026-13-40", "2026"]
)
def test_a_date_that_cannot_be_is_left_out(date):
    _said, picture = said_of(file_of(scene(), xmp=xmp("", f'photoshop:DateCreated="{date}"')))
    assert picture.taken_at is None
