"""What stands around a story: what to read next, plain links to share it, its versions by language, its direction."""

import re
from datetime import datetime

import pytest
from cast import HOUR, make_live, make_section
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles import press
from articles.models import Edition
from articles.templatetags.newspaper import language_name
from articles.text import newsdates

pytestmark = pytest.mark.django_db


def address(story):
    return Edition.objects.live().select_related("section").get(story=story).get_absolute_url()


def page(story):
    response = Client().get(address(story))
    assert response.status_code == 200
    return response.content.decode()


def part(html, name):
    """The headlines in one of the boxes of a story's page."""
    found = re.search(rf'<aside class="{name}".*?</aside>', html, re.DOTALL)
    return re.findall(r'card-headline"><a [^>]*>([^<]+)<', found[0]) if found else []


def test_next_to_read_is_the_newest_of_the_section_that_the_box_has_not(clock):
    story = make_live("Diese", topics=["Hafen"])
    for headline, topics in (("Alt", []), ("Neu", []), ("Verwandt", ["Hafen"])):
        clock.shift(HOUR)
        last = make_live(headline, topics=topics)
    make_live("Anderswo", section=make_section("sport"))
    make_live("English", language="en")
    html = page(story)
    assert (part(html, "box"), part(html, "box following")) == (["Verwandt"], ["Neu"])
    assert part(page(last), "box following") == ["Neu"]


def test_a_story_alone_in_its_section_has_no_next(clock):
    assert part(page(make_live("Allein")), "box following") == []


def test_a_hidden_story_is_not_next(clock):
    story = make_live("Diese")
    gone = make_live("Weg")
    assert part(page(story), "box following") == ["Weg"]
    clock.shift(1)
    press.withdraw(gone, by=None, reason="error")
    assert part(page(story), "box following") == []


@pytest.mark.parametrize("number", [1, 40])
def test_all_of_it_costs_no_question_more(clock, number):
    stories = [make_live(topics=["Hafen", "Kai"]) for _place in range(number)]
    url = address(stories[0])
    with CaptureQueriesContext(connection) as asked:
        Client().get(url)
    assert len(asked) == 3, [query["sql"][:200] for query in asked]


def test_a_story_is_shared_by_plain_links_with_its_whole_address(clock):
    story = make_live("Käse & „Brot“")
    html = page(story)
    share = re.search(r'<section class="share".*?</section>', html, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', share)
    url = f"http://127.0.0.1:8000{address(story)}"
    quoted = url.replace(":", "%3A").replace("/", "%2F")
    title = "K%C3%A4se%20%26%20%E2%80%9EBrot%E2%80%9C"
    assert links[0] == f"mailto:?subject={title}&amp;body={quoted}"
    assert [link.split("/")[2] for link in links[1:]] == [
        *("wa.me", "threema.id", "t.me", "mastodon.social", "bsky.app", "www.linkedin.com", "www.facebook.com")
    ]
    assert all(quoted in link for link in links)
    assert f'readonly value="{url}"' in share
    assert ("<script" in share, "<img" in share) == (False, False)


def test_versions_in_other_languages_name_the_same_list(clock):
    german = make_live("Hafen")
    english = make_live("Harbour", language="en", translation_key=german.translation_key)
    lists = [re.findall(r'hreflang="([\w-]+)" href="(http[^"]+)"', page(story)) for story in (german, english)]
    here = "http://127.0.0.1:8000"
    expected = [("de", here + address(german)), ("en", here + address(english)), ("x-default", here + address(german))]
    assert lists == [expected, expected]
    assert 'hreflang="x-default"' not in page(make_live("Allein"))


def test_a_story_is_written_in_the_direction_of_its_language(clock):
    assert '<html lang="de" dir="ltr">' in page(make_live())
    arabic = make_live("الميناء", language="ar", slug="port")
    assert '<html lang="ar" dir="rtl">' in page(arabic)
    assert '<html lang="ar" dir="rtl">' in Client().get(f"{address(arabic)}print/").content.decode()


def test_dates_and_names_of_any_language(clock):
    local = datetime(2024, 10, 22, 21, 4)
    with translation.override("de"):
        said = (newsdates.news_datetime(local, "fr"), newsdates.news_date(local.date(), "fr"))
    assert said == ("22 octobre 2024 21:04", "mardi, 22 octobre 2024")
    assert newsdates.news_time(local, "de") == "21:04 Uhr"
    assert [language_name(code) for code in ("de", "en", "fr", "xx")] == ["Deutsch", "English", "Français", "xx"]
