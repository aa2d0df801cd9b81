"""What is suggested while one types, and what is meant by what nobody wrote."""

import re

import pytest
from cast import HOUR, NOON, make_contributor, make_live
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.search import Question, read, the_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(clock):
    """Headlines, topics and people to choose from."""
    person = make_contributor("Henrik Hafner")
    make_live("Hafenfest beginnt", topics=["Häfen der Welt"], published_at=NOON - HOUR)
    make_live("Das Hafenfest und der Haushalt", topics=["Häfen der Welt"], published_at=NOON - 2 * HOUR)
    make_live("Wähler in Zürich", bylines=[(person, "text")], published_at=NOON - 3 * HOUR)


def suggested(typed):
    """Texts with their kinds (list of pairs)."""
    return [(each.text, each.kind) for each in the_index().suggest(typed, at=NOON)]


def test_words_topics_and_people_the_most_used_first(stories):
    assert suggested("ha") == [
        *[("Hafenfest", "word"), ("Häfen der Welt", "topic"), ("Haushalt", "word"), ("Henrik Hafner", "person")]
    ]


@pytest.mark.parametrize("typed", ["wä", "wae", "wa", "WÄH", "waehle", "wahle", "wähler"])
def test_umlauts_may_be_typed_in_any_way(stories, typed):
    assert suggested(typed) == [("Wähler", "word")]


def test_words_before_the_last_one_stay_and_are_in_the_same_story(stories):
    assert suggested("beginnt haf") == [("beginnt Hafenfest", "word")]
    assert suggested("zürich haf") == []


def test_at_most_eight(clock):
    for number in range(12):
        make_live(f"Hafen{'abcdefghijkl'[number]}")
    assert len(suggested("haf")) == 8


MEANT = {
    "hafnefest": "Hafenfest",
    "hafnfest": "Hafenfest",
    "hafennfest": "Hafenfest",
    "hafemfest": "Hafenfest",
    "havenfest": "Hafenfest",
    "afenfest": "Hafenfest",
    "zurrich beginnt": "",
    "wehler": "Wähler",
    "haushald": "Haushalt",
    "haushalt": "",
    "nirgendwo": "",
    "xy": "",
    '"hafenfest begint"': '"hafenfest beginnt"',
}


@pytest.mark.parametrize("typed", MEANT)
def test_what_was_probably_meant(stories, typed):
    assert the_index().correct(Question(**read(typed)), at=NOON) == MEANT[typed]


@pytest.mark.parametrize("length", [9, 39])
def test_a_question_of_unknown_words_looks_up_a_bounded_number_of_spellings(clock, length):
    make_live("Hafen")
    words = " ".join((letter + "qxyzwvutsrponmlkjihgfedcbaqxyzwvutsrponml")[:length] for letter in "abdfm")
    with CaptureQueriesContext(connection) as asked:
        assert the_index().correct(Question(**read(words)), at=NOON) == ""
    assert len({mark for query in asked for mark in re.findall(r"_h[a-z]+", query["sql"])}) <= 1_500
    assert len({mark for query in asked for mark in re.findall(r"_x\d+", query["sql"])}) == 5


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one plan for it")
def test_no_window_of_time_reads_the_whole_table(clock):
    make_live("Hafen")
    with CaptureQueriesContext(connection) as asked:
        assert the_index().has(Question(**read("hafen")), at=NOON)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[-1]['sql'].rpartition(';')[2]}")
        plan = "".join(line for (line,) in cursor.fetchall())
    assert ("Seq Scan" in plan, "articles_searchdocument" in plan) == (False, True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a setting of PostgreSQL's planner")
@pytest.mark.django_db(transaction=True)
def test_how_the_search_is_planned_stays_with_the_search(clock):
    make_live("Hafen")
    assert the_index().has(Question(**read("hafen")), at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
