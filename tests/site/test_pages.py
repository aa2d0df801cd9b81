"""What readers find on each page."""

import json
import re

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_contributor, make_live, make_section, make_story, rewrite
from django.test import Client
from front_pages import address, headlines
from painted import media_url, painted_picture

from articles import desk, press
from articles.media import rendition, rendition_set
from articles.models import Page, Topic, TopicAlias
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def reader():
    return Client()


def test_a_german_story_speaks_german_whatever_the_browser_wants(reader):
    person = make_contributor("Ada Brook", has_page=True)
    photographer = make_contributor("Jo Licht", kind="photographer")
    story = make_live(
        "Kai gesperrt",
        dek="Seit Mittag ruht der Verkehr.",
        kicker="Hafen",
        dateline="Norderhafen",
        bylines=[(person, "text"), (photographer, "photo")],
        lead_picture=painted_picture("harbour"),
    )
    html = reader.get(address(story), headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="de"' in html
    assert "<h1>Kai gesperrt</h1>" in html
    assert '<a href="/by/ada-brook/" rel="author">Ada Brook</a>' in html
    assert "Foto: " in html
    assert ">23.11.2026, 13:00 Uhr</time>" in html
    assert '<meta name="author" content="Ada Brook">' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address(story)}">' in html
    assert 'fetchpriority="high"' in html


def test_an_english_story_speaks_english(reader):
    story = make_live("Quay closed", language="en", section=make_section("city", language="en"))
    html = reader.get(address(story), headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="en"' in html
    assert ">23 November 2026, 1:00 pm</time>" in html
    assert "1 minute to read" in html


def test_structured_data_says_what_the_page_says(reader):
    story = make_live(
        "Zitat: „</script><b>“",
        kind="opinion",
        topics=["Hafen"],
        lead_picture=painted_picture("harbour"),
        dateline="Kiel",
    )
    html = reader.get(address(story)).content.decode()
    data, sort, *_more = map(json.loads, re.findall(r'<script type="application/ld\+json">(.*?)</script>', html))
    assert (data["@type"], sort["@type"]) == ("NewsArticle", "OpinionNewsArticle")
    assert sort["@id"] == data["@id"]
    assert data["headline"] == "Zitat: „</script><b>“"
    assert data["datePublished"] == "2026-11-23T13:00:00+01:00"
    assert data["author"] == [{"@type": "Person", "name": "Ada Brook"}]
    assert data["image"][0]["creditText"] == "Jo Painter"
    assert (data["keywords"], data["dateline"], data["inLanguage"]) == (["Hafen"], "Kiel", "de")


def test_open_graph_names_an_absolute_picture_with_size_and_alt(reader):
    html = reader.get(address(make_live(lead_picture=painted_picture("harbour")))).content.decode()
    said = dict(re.findall(r'<meta property="og:(image[a-z:]*)" content="([^"]*)">', html))
    assert said.pop("image").startswith("http://127.0.0.1:8000/media/")
    assert said == {"image:type": "image/jpeg", "image:width": "640", "image:height": "360", "image:alt": "A harbour"}


def test_an_old_address_leads_to_the_present_one(reader):
    story = make_live("Erster Titel")
    for wrong in (
        f"/politik/alter-titel-{story.public_id}/",
        f"/x/y-{story.public_id}/",
        f"/a/b/c/d-{story.public_id}/",
    ):
        response = reader.get(wrong)
        assert (response.status_code, response.url) == (301, address(story))


def test_corrections_are_at_the_story_and_in_the_list(reader, clock):
    story = make_live("Der Haushalt")
    clock.shift(HOUR)
    press.publish(rewrite(story, "43."), by=None, change=Change.CORRECTION, note="Es waren 43, nicht 34.")
    html = reader.get(address(story)).content.decode()
    assert "Es waren 43, nicht 34." in html
    assert "23.11.2026, 14:00 Uhr" in html
    listed = reader.get("/corrections/").content.decode()
    assert "Es waren 43, nicht 34." in listed
    assert address(story) in listed
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="error")
    assert "Es waren 43" not in reader.get("/corrections/").content.decode()


def test_corrections_page_by_page(reader, clock, monkeypatch):
    monkeypatch.setattr("articles.views.paging.PAGE_SIZE", 1)
    for number in range(3):
        story = make_live(f"Titel {number}")
        clock.shift(SECOND)
        press.publish(rewrite(story, f"neu {number}"), by=None, change=Change.CORRECTION, note=f"Note {number}")
    first = reader.get("/corrections/").content.decode()
    assert re.findall(r"Note \d", first)[0] == "Note 2"


def test_updated_is_shown_only_when_it_matters(reader, clock):
    story = make_live()
    clock.shift(HOUR)
    press.publish(rewrite(story, "Komma."), by=None, change=Change.MINOR)
    assert "story-updated" not in reader.get(address(story)).content.decode()
    clock.shift(HOUR)
    press.publish(rewrite(story, "Neu."), by=None, change=Change.UPDATE)
    html = reader.get(address(story)).content.decode()
    assert "story-updated" in html
    assert "23.11.2026, 15:00 Uhr" in html


def test_the_box_has_hand_picked_stories_first_then_shared_topics_and_none_twice(reader, clock):
    about = {}
    for name, topics in {
        "Eins geteilt": ["Hafen"],
        "Zwei geteilt": ["Hafen", "Kai"],
        "Von Hand": ["Hafen"],
        "Nichts geteilt": ["Sport"],
        "Von Hand, fremd": [],
    }.items():
        clock.shift(SECOND)
        about[name] = make_live(name, topics=topics)
    make_story("Entwurf", topics=["Hafen", "Kai"])
    clock.shift(SECOND)
    story = make_live(
        "Die Meldung",
        topics=["Hafen", "Kai"],
        related=[about["Von Hand, fremd"], about["Von Hand"], make_story("Entwurf 2")],
    )
    box = ["Von Hand, fremd", "Von Hand", "Zwei geteilt", "Eins geteilt"]
    assert headlines(reader.get(address(story))) == [*box, "Nichts geteilt"]  # which is next to read


def test_translations_point_at_each_other(reader):
    german = make_live("Kai gesperrt")
    english = make_live("Quay closed", language="en", translation_key=german.translation_key)
    for story, other, code in ((german, english, "en"), (english, german, "de")):
        html = reader.get(address(story)).content.decode()
        assert f'<link rel="alternate" hreflang="{code}" href="http://127.0.0.1:8000{address(other)}">' in html
        assert headlines(reader.get(address(story))) == []


def test_a_section_shows_its_subsections_stories_and_further_ones(reader, clock):
    make_live("Aus Europa", section=make_section("politik/europa"))
    clock.shift(SECOND)
    make_live("Auch hier", section=make_section("wirtschaft"), further_sections=[make_section("politik/europa")])
    clock.shift(SECOND)
    make_live("Woanders", section=make_section("wirtschaft"))
    assert headlines(reader.get("/politik/")) == ["Auch hier", "Aus Europa"]
    assert headlines(reader.get("/politik/europa/")) == ["Auch hier", "Aus Europa"]
    assert 'href="/politik/europa/"' in reader.get("/politik/").content.decode()
    assert reader.get("/politik/asien/").status_code == 404


def test_a_list_is_read_to_its_end_by_cursor_each_story_once(reader):
    for number in range(45):
        make_live(f"Nummer {number}")
    seen, url = [], "/politik/"
    while url:
        response = reader.get(url)
        seen += headlines(response)
        found = re.search(r'href="(\?before=[^"]+)"', response.content.decode())
        url = f"/politik/{found[1]}" if found else None
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("cursor", ["", "x", "%00", "a" * 500, "MTIz", "LTk5OTk5OTk5OTk5OTk5OTkuMDAwMDAwMDAwMA", "ä"])
def test_a_cursor_nobody_wrote_is_404(reader, cursor):
    make_live()
    assert reader.get(f"/politik/?before={cursor}").status_code == 404


def test_unknown_parameters_change_nothing(reader):
    make_live()
    assert reader.get("/politik/?utm_source=x&page=9").content == reader.get("/politik/").content


def test_a_topic_exists_for_readers_once_a_live_story_is_about_it(reader):
    make_story(topics=["Nur Entwurf"])
    make_live("Sichtbar", topics=["Hafenausbau"])
    topic = Topic.objects.get(name="Hafenausbau")
    TopicAlias.objects.create(topic=topic, name="Westkai")
    assert reader.get("/topic/nur-entwurf/").status_code == 404
    assert headlines(reader.get("/topic/hafenausbau/")) == ["Sichtbar"]
    moved = reader.get("/topic/westkai/")
    assert (moved.status_code, moved.url) == (301, "/topic/hafenausbau/")


def test_a_contributor_has_a_page_if_they_want_one_and_wrote_something(reader):
    make_live(bylines=[(make_contributor("Mit Seite", has_page=True, bio="Seit 1999 dabei."), "text")])
    make_live(bylines=[(make_contributor("Ohne Seite"), "text")])
    make_contributor("Noch nichts", has_page=True)
    assert "Seit 1999 dabei." in reader.get("/by/mit-seite/").content.decode()
    assert [reader.get(f"/by/{slug}/").status_code for slug in ("ohne-seite", "noch-nichts")] == [404, 404]


def test_the_archive_of_a_day_leads_to_the_days_around_it(reader, clock):
    for offset in (-9, -2, 0):
        make_live(f"Tag {offset}", published_at=NOON + offset * DAY)
    html = reader.get("/archive/2026/11/21/").content.decode()
    assert "Tag -2" in html
    assert 'href="/archive/2026/11/14/" rel="prev"' in html
    assert 'href="/archive/2026/11/23/" rel="next"' in html
    for wrong in ("2026/11/22", "2026/13/01", "2026/02/30", "1999/01/01", "2999/12/31"):
        assert reader.get(f"/archive/{wrong}/").status_code == 404


def test_a_day_of_the_archive_begins_at_midnight_by_the_newsrooms_clock(reader, clock):
    make_live("Nach Mitternacht", published_at=NOON.replace(day=21, hour=23, minute=30))
    assert reader.get("/archive/2026/11/21/").status_code == 404
    assert "Nach Mitternacht" in reader.get("/archive/2026/11/22/").content.decode()


def test_the_front_page_leads_with_the_most_urgent_of_the_newest_and_repeats_nothing(reader, clock):
    for number in range(9):
        clock.shift(SECOND)
        make_live(f"Meldung {number}", urgency=2 if number == 5 else 5)
    make_live("In English", language="en", section=make_section("city", language="en"))
    shown = headlines(reader.get("/"))
    assert shown[0] == "Meldung 5"
    assert len(shown) == len(set(shown))
    assert "In English" in shown


def test_an_empty_newspaper_says_so(reader):
    assert reader.get("/").status_code == 200
    assert reader.get("/latest/").status_code == 200
    make_section("leer")
    assert reader.get("/leer/").status_code == 200


def test_advertising_and_opinion_are_labelled_at_the_teaser(reader):
    make_live("Anzeige", kind="sponsored")
    make_live("Meinung", kind="opinion")
    html = reader.get("/politik/").content.decode()
    assert "kind-sponsored" in html
    assert "kind-opinion" in html


def test_the_imprint_names_who_answers_for_which_section(reader):
    make_section("politik", responsible_person="Clara Bischoff, Am Kai 1")
    Page.objects.filter(slug="imprint").update(body="<p>Verlag</p>")
    html = reader.get("/pages/imprint/").content.decode()
    assert "<p>Verlag</p>" in html
    assert "Clara Bischoff, Am Kai 1" in html
    assert reader.get("/pages/nothing/").status_code == 404


def test_readers_get_no_cookie_nothing_varies_and_lifetimes_are_constant(reader):
    story = make_live(topics=["Hafen"])
    for url in (
        "/",
        "/politik/",
        address(story),
        "/latest/",
        "/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/nothing-here/",
    ):
        response = reader.get(url)
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_page_that_did_not_change_is_304_and_one_that_did_is_not(reader):
    make_live()
    tag = reader.get("/politik/")["ETag"]
    assert reader.get("/politik/", headers={"If-None-Match": tag}).status_code == 304
    make_live()
    assert reader.get("/politik/", headers={"If-None-Match": tag}).status_code == 200


def test_looking_at_the_head_gives_the_same_headers(reader):
    make_live()
    for url in ("/", "/politik/", "/feed.xml", "/nothing/", "/favicon.ico"):
        got, head = reader.get(url), reader.head(url)
        assert (head.status_code, sorted(head.items()), head.content) == (got.status_code, sorted(got.items()), b"")
    tag = reader.get("/politik/")["ETag"]
    assert reader.head("/politik/", headers={"If-None-Match": tag}).status_code == 304


def test_readers_pages_are_compressed_alike_each_time_and_staffs_are_not(reader):
    make_live()
    first, second = (reader.get("/politik/", headers={"Accept-Encoding": "gzip"}) for _number in range(2))
    assert (first["Content-Encoding"], first.content) == ("gzip", second.content)
    assert len(first.content) < len(reader.get("/politik/").content) / 2
    assert "Content-Encoding" not in reader.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})


def test_an_address_longer_than_any_of_ours_is_404_without_a_detour(reader):
    for url in ("/" + "a" * 1500, "/" + "a" * 1500 + "/", "/a/b/c/d/e/"):
        assert reader.get(url).status_code == 404


def test_only_reading_is_possible(reader):
    for url in ("/", "/politik/", "/feed.xml", "/livez"):
        assert reader.post(url).status_code == 405


def test_a_strange_host_is_turned_away_in_plain_words():
    response = Client(headers={"Host": "evil.example"}).get("/")
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_pictures_are_served_while_a_live_edition_shows_them(reader, clock, django_user_model):
    picture = painted_picture("harbour")
    urls = [media_url(picture, name) for name in ("3x2-320.webp", "original-640.avif", "16x9-640.jpg")]
    assert [reader.get(url).status_code for url in urls] == [404, 404, 404]
    story = make_live(lead_picture=picture)
    assert [reader.get(url)["Content-Type"] for url in urls] == ["image/webp", "image/avif", "image/jpeg"]
    assert reader.get(urls[0])["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reader.get(media_url(picture, "original-960.webp")).status_code == 404
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="rights")
    assert [reader.get(url).status_code for url in urls] == [404, 404, 404]
    staff = Client()
    staff.force_login(django_user_model.objects.create_superuser("boss"))
    response = staff.get(urls[0])
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert rendition(rendition_set(picture).key, "3x2-320.webp").exists()


def test_health_says_what_is_wrong_and_nothing_else(reader, monkeypatch, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader.get("/livez").json() == {"live": True}
    assert reader.get("/readyz").json() == {"database": True, "migrations": True, "disk": True}
    monkeypatch.setattr("articles.views.health.LEAST_FREE_BYTES", 10**18)
    response = reader.get("/readyz")
    assert (response.status_code, response.json()["disk"]) == (503, False)


def test_a_byline_saved_after_printing_does_not_reach_readers(reader):
    story = make_live()
    desk.save(story, by=None, values={"bylines": [(make_contributor("Neu Dabei"), "text")]})
    assert "Neu Dabei" not in reader.get(address(story)).content.decode()


def test_a_broken_page_says_so_in_the_sites_language_without_a_query(django_assert_num_queries):
    from django.utils import translation

    from articles.views.standing import bad_request, server_error

    with django_assert_num_queries(0), translation.override("de"):
        for view, status, words in (
            (bad_request, 400, "Ungültige Anfrage"),
            (server_error, 500, "Etwas ist schiefgegangen"),
        ):
            response = view(None, None) if status == 400 else view(None)
            html = response.content.decode()
            assert response.status_code == status
            assert '<html lang="de">' in html
            assert f'<p class="kicker">{status}</p>' in html
            assert words in html
