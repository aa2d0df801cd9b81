"""The page of results as readers get it: marks, facets, pages, and every kind of bad input."""

import json
import re
from html import unescape

import pytest
from cast import DAY, HOUR, NOON, make_contributor, make_live, make_section
from django.test import Client
from django.urls import reverse

from articles.desk.topic_keeping import merge
from articles.models import Topic

pytestmark = pytest.mark.django_db


def get(query="", status=200):
    """The page for a query (dict or text)."""
    response = Client().get("/search/", query) if isinstance(query, dict) else Client().get(f"/search/{query}")
    assert response.status_code == status, response.content[:300]
    return response.content.decode()


def headlines(html):
    """The headlines of the results, without their marks (list)."""
    found = re.findall(r'class="hit-headline"><a [^>]*>(.*?)</a>', html)
    return [unescape(re.sub("</?mark>", "", each)) for each in found]


def facets(html):
    """Each offered choice with its number (dict)."""
    return dict(re.findall(r'<span>([^<]*)</span> <span class="search-number">(\d+)</span>', html))


@pytest.fixture
def stories(clock):
    """Three stories about a ferry, in two sections, languages and years."""
    europe, city = make_section("politik/europa"), make_section("city", language="en")
    make_live("Fähre nach Europa", section=europe, topics=["Hafen"], published_at=NOON - 2 * HOUR)
    make_live("Fähre am Kai", topics=["Hafen", "Kai"], kind="opinion", published_at=NOON - 10 * DAY)
    person = make_contributor("Jo Fähre")
    make_live("Old boats", section=city, language="en", bylines=[(person, "text")], published_at=NOON - 400 * DAY)


def test_words_are_marked_in_headline_and_passage_and_nothing_else_is_html(clock):
    make_live(
        "Häfen <b>heute</b> & morgen",
        dek="",
        body=f"<p>Anfang &lt;script&gt;. {'Wort ' * 80}im Hafen &lt;img src=x&gt; „Ende“.</p>",
    )
    html = get({"q": "hafen"})
    assert "<mark>Häfen</mark> &lt;b&gt;heute&lt;/b&gt; &amp; morgen" in html
    assert "im <mark>Hafen</mark> &lt;img src=x&gt; „Ende“" in html
    assert "<script>" not in html
    assert headlines(html) == ["Häfen <b>heute</b> & morgen"]


def test_what_was_typed_is_escaped(clock):
    html = get({"q": '"><script>alert(1)</script>'})
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html
    assert "<script>" not in html


def test_facets_count_what_was_found_and_narrow_it_down(stories):
    html = get({"q": "fähre"})
    assert headlines(html) == ["Fähre nach Europa", "Fähre am Kai", "Old boats"]
    assert list(facets(html).values()) == [
        *("2", "1"),
        *("2", "1"),
        *("2", "1"),
        *("2", "1"),
        *("1", "2", "2", "2", "1"),
    ]
    assert list(facets(html))[:4] == ["Politik", "City", "Hafen", "Kai"]
    assert list(facets(html))[6:8] + list(facets(html))[11:] == ["Deutsch", "English", "2026", "2025"]
    expected = {
        "section=politik": ["Fähre nach Europa", "Fähre am Kai"],
        "section=politik%2Feuropa": ["Fähre nach Europa"],
        "topic=kai": ["Fähre am Kai"],
        "kind=opinion": ["Fähre am Kai"],
        "language=en": ["Old boats"],
        "from=2026-11-23": ["Fähre nach Europa"],
        "to=2026-11-22": ["Fähre am Kai", "Old boats"],
        "from=2026-11-13&to=2026-11-13": ["Fähre am Kai"],
        "topic=hafen&kind=news": ["Fähre nach Europa"],
        "sort=date": ["Fähre nach Europa", "Fähre am Kai", "Old boats"],
    }
    assert {query: headlines(get(f"?q=fähre&{query}")) for query in expected} == expected


def test_a_topic_that_was_merged_counts_for_the_one_that_was_kept(stories):
    merge(Topic.objects.get(name="Kai"), into=Topic.objects.get(name="Hafen"), by=None)
    assert headlines(get("?q=fähre&topic=hafen")) == ["Fähre nach Europa", "Fähre am Kai"]


def test_results_go_on_for_pages_up_to_the_last_one_and_no_further(clock):
    for number in range(41):
        make_live(f"Überall {number}", published_at=NOON - number * HOUR)
    pages = [headlines(get(f"?q=überall&sort=date&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert [each for page in pages for each in page] == [f"Überall {number}" for number in range(41)]
    assert 'rel="next nofollow"' in get("?q=überall&page=2")
    assert 'rel="next nofollow"' not in get("?q=überall&page=3")
    get("?q=überall&page=4", status=404)


def test_without_results_the_page_says_what_to_try(stories):
    html = get("?q=%22fähre europa%22 nirgends&language=de")
    assert re.findall(r'<li><a href="\?q=([^"]*)"', html) == ["f%C3%A4hre", "europa"]
    assert '?q=F%C3%A4hre">Fähre</a>?' in get("?q=fährre")
    assert re.findall(r'<li><a href="\?q=([^"]*)"', get("?q=boats&language=de")) == ["boats"]


BAD = {
    "q=" + "a" * 201: 400,
    "q=" + "a" * 7_000: 400,
    "q=" + "+".join("abcdefghijklmnopqrstu"): 400,
    "q=%00%ff%fe": 200,
    "q=%22": 200,
    "q=%22%22%22": 200,
    "q=-": 200,
    "q=-hafen": 200,
    "q=*+AND+OR+NOT+NEAR(a+b)+%27+%5C+%26+%7C+!+%3C-%3E+:A+%3A*": 200,
    "q=words:hafen%27%29%3B--": 200,
    "q=%E2%80%AEabc%F0%9F%98%80": 200,
    "q=hafen&kind=wrong": 400,
    "q=hafen&language=xx": 400,
    "q=hafen&sort=random()": 400,
    "q=hafen&section=no/such": 404,
    "q=hafen&topic=%00": 404,
    "q=hafen&topic=" + "x" * 5_000: 404,
    "q=hafen&from=yesterday": 400,
    "q=hafen&from=2026-02-30": 400,
    "q=hafen&from=9999-12-31": 400,
    "q=hafen&to=0001-01-01": 400,
    "q=hafen&from=2026-11-23&to=2026-11-22": 400,
    "q=hafen&page=0": 404,
    "q=hafen&page=-1": 404,
    "q=hafen&page=1000000000": 404,
    "q=hafen&page=x": 404,
    "page=2": 404,
    "q=hafen&q=kai": 400,
    "q=hafen&" + "&".join(f"topic=t{number}" for number in range(50)): 400,
    "q=hafen&" + "&".join(f"topic=t{number}" for number in range(5_000)): 414,
    "q=hafen&unknown=1": 200,
}


@pytest.mark.parametrize("query", BAD, ids=[query[:40] for query in BAD])
def test_bad_input_gets_a_clean_answer(stories, query):
    make_live("Hafen")
    assert Client().get(f"/search/?{query}").status_code == BAD[query]


def test_a_refusal_is_one_sentence_and_repeats_nothing(stories):
    html = get("?q=" + "geheim" * 50, status=400)
    assert re.findall(r'role="alert">([^<]*)<', html)[0].count("200") == 1
    assert "geheim" not in html


def test_result_pages_are_not_for_other_engines_to_keep(stories):
    assert '<meta name="robots" content="noindex, follow">' in get("?q=fähre")
    assert 'rel="canonical"' not in get("?q=fähre")


def test_suggestions_are_open_search_json_and_answer_conditionally(stories):
    response = Client().get("/search/suggest?q=fä")
    assert json.loads(response.content) == ["fä", ["Fähre", "Jo Fähre"], ["", "Person"]]
    assert response["Content-Type"] == "application/x-suggestions+json; charset=utf-8"
    again = Client().get("/search/suggest?q=fä", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["", "q=", "q=a", "q=%22", "q=%00", "q=-", "q=%F0%9F%98%80%F0%9F%98%80", "q=he "])
def test_nothing_to_suggest_is_an_empty_list(stories, query):
    assert json.loads(Client().get(f"/search/suggest?{query}").content)[1] == []


@pytest.mark.parametrize("query", ["q=" + "a" * 5_000, "q=a&q=b"])
def test_bad_suggestions_are_refused(stories, query):
    response = Client().get(f"/search/suggest?{query}")
    assert (response.status_code, response.content) == (400, b'["", [], []]')


def test_browsers_are_told_how_to_search_here(stories):
    home = Client().get("/").content.decode()
    said = 'rel="search" type="application/opensearchdescription+xml" title="Hafenkurier"'
    assert f'<link {said} href="{reverse("opensearch")}">' in home
    assert '<a class="masthead-search" href="/search/">' in home
    description = Client().get("/opensearch.xml").content.decode()
    assert 'template="http://127.0.0.1:8000/search/?q={searchTerms}"' in description


def test_a_phrase_that_was_not_looked_for_everywhere_is_said_with_and_without_results(clock, monkeypatch):
    make_live("Im Hafen Kai")
    make_live("Kai im Hafen", published_at=NOON - HOUR)
    whole = get({"q": '"kai im hafen"'})
    monkeypatch.setattr("articles.search.stored.PHRASE_MOST", 1)
    for typed, number in (('"im hafen kai"', 1), ('"kai im hafen"', 0)):
        html = get({"q": typed})
        said = html[html.index("<main") : html.index("</main")]
        assert (len(headlines(html)), said.count("neuesten 1 Texten gesucht")) == (number, 1)
        assert "Kein Beitrag enthält" not in said
    assert (len(headlines(whole)), "stories that have all of them" in whole) == (1, False)
