"""Pictures as readers' browsers, feed readers and search engines get them, and what stands there when rights end."""

import json
import re

import pytest
from cast import DAY, NOON, make_live, make_section
from django.conf import settings
from django.test import Client
from painted import figure, picture_row

from articles import press
from articles.media import rendition_set
from articles.templatetags.pictures import tone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(address):
    return Client().get(address).content.decode()


def address(story):
    return story.editions.latest("number").get_absolute_url()


def pictures(html):
    """Each <picture> of a page: its sources' types and widths, and the attributes of its <img> (list of pairs)."""
    found = []
    for inside in re.findall(r"<picture>(.*?)</picture>", html):
        sources = re.findall(r'<source type="image/(\w+)" srcset="([^"]*)" sizes="[^"]+">', inside)
        widths = [(kind, [int(width) for width in re.findall(r" (\d+)w", srcset)]) for kind, srcset in sources]
        found.append((widths, dict(re.findall(r'([a-z]+)="([^"]*)"', inside[inside.index("<img") :]))))
    return found


def test_the_lead_comes_in_three_formats_with_its_size_its_colour_and_at_once():
    picture = picture_row(width=1800, height=1200, colour="#ff0000", alt="Ein roter Kran")
    story = make_live(lead_picture=picture)
    [(sources, img)] = pictures(page(address(story)))
    widths = [320, 640, 960, 1200, 1600, 1800]
    assert sources == [("avif", widths), ("webp", widths)]
    assert img == {
        "class": "picture tone-300",
        "src": f"/media/{rendition_set(picture).key}/original-960.jpg",
        "width": "1800",
        "height": "1200",
        "alt": "Ein roter Kran",
        "fetchpriority": "high",
        "decoding": "async",
    }


def test_a_picture_taller_than_wide_leads_in_a_crop_and_stands_whole_in_the_text():
    picture = picture_row(width=900, height=1600)
    story = make_live(lead_picture=picture, body=f"<p>a</p>{figure(picture)}")
    (_lead, lead), (_text, text) = pictures(page(address(story)))
    assert [(each["width"], each["height"]) for each in (lead, text)] == [("900", "675"), ("900", "1600")]
    assert (text["loading"], "fetchpriority" in text) == ("lazy", False)


def test_the_first_page_shows_one_picture_at_once_and_the_rest_when_they_come_into_sight():
    for number in range(4):
        make_live(f"Meldung {number}", lead_picture=picture_row(f"Bild {number}"))
    shown = [img for _sources, img in pictures(page("/"))]
    assert [(img.get("fetchpriority"), img.get("loading")) for img in shown] == [
        ("high", None),
        *[(None, "lazy")] * (len(shown) - 1),
    ]
    assert [(img["width"], img["height"]) for img in shown[:2]] == [("1600", "900"), ("1350", "900")]


def test_captions_credits_and_symbol_photos_are_told():
    lead = picture_row(symbol_photo=True)
    html = page(address(make_live(lead_picture=lead, picture_caption="Kai & Kran", picture_credit="dpa")))
    caption = re.search(r"<figcaption>(.*?)</figcaption>", html)[1]
    assert caption == 'Kai &amp; Kran <span class="symbol-photo">(Symbolbild)</span> <span class="credit">dpa</span>'


def test_a_gallery_stands_together_and_loses_what_may_not_be_shown():
    kept, gone = picture_row("Eins"), picture_row("Zwei", allowed_until=NOON + DAY)
    text = f'<p>Text.</p><section data-block="gallery">{figure(kept)}{figure(gone)}</section><p>Ende.</p>'
    story = make_live(body=text)
    html = page(address(story))
    assert (html.count('<div class="gallery">'), len(pictures(html))) == (1, 2)
    press.settle_rights(_with_rights(gone, rights="none"))
    html = page(address(story))
    assert (html.count('<div class="gallery">'), len(pictures(html))) == (1, 1)
    press.settle_rights(_with_rights(kept, rights="none"))
    body = re.search(r'<div class="story-body">\s*(.*?)\s*</div>', page(address(story)), re.DOTALL)[1]
    assert body.partition("\n")[0] == "<p>Text.</p><p>Ende.</p>"


def _with_rights(picture, **rights):
    for name, value in rights.items():
        setattr(picture, name, value)
    picture.save()
    return picture


def images_in_data(html):
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[0]
    return [
        (image["url"].rpartition("/")[2], image["width"], image["height"])
        for image in json.loads(data).get("image", [])
    ]


def test_search_engines_get_three_shapes_and_link_previews_one_of_1200_pixels():
    html = page(address(make_live(lead_picture=picture_row(width=2400, height=1600))))
    assert images_in_data(html) == [
        ("16x9-1200.jpg", 1200, 675),
        ("4x3-1200.jpg", 1200, 900),
        ("1x1-1200.jpg", 1200, 1200),
    ]
    og = dict(re.findall(r'<meta property="og:image:?(\w*)" content="([^"]*)">', html))
    assert (og["width"], og["height"], og[""].rpartition("/")[2]) == ("1200", "675", "16x9-1200.jpg")


SURFACES = ["story", "/", "/politik/", "/latest/", "/feed.xml", "/atom.xml", "/politik/feed.xml", "/topic/hafen/"]


def where(key, story):
    """The surfaces on which any file of a set is named (set of text)."""
    return {name for name in SURFACES if f"/media/{key}/" in page(address(story) if name == "story" else name)}


def test_when_rights_end_a_picture_is_gone_from_every_page_feed_and_its_data_at_that_instant(clock):
    lead, inside = picture_row("Kai", allowed_until=NOON + DAY), picture_row("Kran", allowed_until=NOON + DAY)
    story = make_live(lead_picture=lead, body=f"<p>a</p>{figure(inside)}", topics=["Hafen"])
    keys = [rendition_set(each).key for each in (lead, inside)]
    feeds = {"/feed.xml", "/atom.xml", "/politik/feed.xml"}
    with_lead = {"story", "/", "/politik/", "/topic/hafen/", *feeds}
    assert (where(keys[0], story) - {"/latest/"}, where(keys[1], story)) == (with_lead, {"story", *feeds})
    clock.move_to(NOON + DAY)
    assert (where(keys[0], story), where(keys[1], story)) == (set(), set())
    html = page(address(story))
    assert (images_in_data(html), "og:image" in html, "<figure" in html) == ([], False, False)


def test_a_sections_stand_in_takes_the_place_of_the_lead_everywhere(clock):
    house = picture_row("Haus")
    press.set_stand_in(make_section("politik"), picture=house, by=None)
    lead = picture_row("Kai", allowed_until=NOON + DAY)
    story = make_live(lead_picture=lead, section=make_section("politik/europa"), topics=["Hafen"])
    elsewhere = make_live(lead_picture=picture_row("Ball", allowed_until=NOON + DAY), section=make_section("sport"))
    key = rendition_set(house).key
    assert where(key, story) == set()
    clock.move_to(NOON + DAY)
    assert where(key, story) - {"/latest/"} == {
        "story",
        "/",
        "/politik/",
        "/feed.xml",
        "/atom.xml",
        "/politik/feed.xml",
        "/topic/hafen/",
    }
    assert "<picture>" not in page(address(elsewhere))


def test_a_story_printed_without_a_picture_gets_no_stand_in():
    press.set_stand_in(make_section("politik"), picture=picture_row("Haus"), by=None)
    assert pictures(page(address(make_live()))) == []


def test_feeds_carry_whole_addresses_sizes_and_texts():
    inside = picture_row("Kran", alt="Ein Kran", width=900, height=1600)
    make_live(body=f"<p>a</p>{figure(inside)}")
    feed = Client().get("/feed.xml").content.decode()
    assert (
        f'&lt;figure&gt;&lt;img src="http://127.0.0.1:8000/media/{rendition_set(inside).key}/original-900.jpg"'
        ' width="900" height="1600" alt="Ein Kran"&gt;&lt;figcaption&gt;Der Kai.'
    ) in feed


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#000000", "tone-000"), ("#ffffff", "tone-333"), ("#2b80aa", "tone-122"), ("#2a7fa9", "tone-012")],
)
def test_a_colour_has_the_nearest_of_the_sixty_four_tones(colour, name):
    assert tone(colour) == name


def test_every_tone_has_its_rule_and_no_other_has():
    css = (settings.BASE_DIR / "static" / "css" / "tones.css").read_text("utf-8")
    rules = dict(re.findall(r"\.(tone-\d{3}) \{ background-color: (#[0-9a-f]{6}); \}", css))
    steps = ("00", "55", "aa", "ff")
    wanted = {
        f"tone-{r}{g}{b}": f"#{steps[r]}{steps[g]}{steps[b]}" for r in range(4) for g in range(4) for b in range(4)
    }
    assert rules == wanted
