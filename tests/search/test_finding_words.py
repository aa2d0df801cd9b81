"""What is found by what: one table, the same on every database the tests run on."""

import pytest
import time_machine
from cast import HOUR, NOON, make_contributor, make_live, make_section
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition, Topic
from articles.search import Question, read, the_index
from articles.search.question import needs_of

pytestmark = pytest.mark.django_db
STORIES = {
    "waehler": {"headline": "Die Wähler entscheiden", "body": "<p>Am Sonntag. Müller tritt in der Straße an.</p>"},
    "haeuser": {"headline": "Neue Häuser am Kai", "dek": "Der Bau beginnt.", "body": "<p>Große Pläne.</p>"},
    "mueller": {"headline": "Herr Mueller geht", "body": "<p>Die Strassen sind leer, das Haus ist groß.</p>"},
    "bridges": {
        "headline": "Bridges closed",
        "language": "en",
        "kind": "opinion",
        "body": "<p>The city council voted. Zürich and Jürgen Müller differ.</p>",
    },
    "voting": {
        "headline": "Voters decide",
        "language": "en",
        "topics": ["Hafen", "Rail bridge"],
        "body": "<p>The council of the city met. New ferries sail: the poet’s café, Mueller’s choice.</p>",
    },
    "lang": {"headline": "Viele Worte", "body": f"<p>{'wort ' * 400}schluss Ende</p><p>Neu<strong>bau</strong></p>"},
}
QUESTIONS = {
    "wähler": ["waehler"],
    "WAEHLER": ["waehler"],
    "wahlers": ["waehler"],
    "haus": ["haeuser", "mueller"],
    "haeuser": ["haeuser", "mueller"],
    "müller": ["waehler", "mueller", "bridges", "voting"],
    "mueller": ["waehler", "mueller", "bridges", "voting"],
    "muller": ["waehler", "mueller", "bridges"],
    "strasse": ["waehler", "mueller"],
    "straße": ["waehler", "mueller"],
    "gross": ["haeuser", "mueller"],
    "bridge": ["bridges", "voting"],
    "zurich": ["bridges"],
    "zuerich": ["bridges"],
    "cafe": ["voting"],
    "poet": ["voting"],
    "pot": [],
    "vote": ["bridges"],
    "voter": ["voting"],
    "new": ["voting"],
    "neu": ["haeuser"],
    "neubau": ["lang"],
    "city council": ["bridges", "voting"],
    '"city council"': ["bridges"],
    "„council of the city“": ["voting"],
    '"Jürgen Mueller"': ["bridges"],
    '"Juergen Müller"': ["bridges"],
    '"Kai Der Bau"': [],
    '"schluss ende"': ["lang"],
    '"wort schluss"': [],
    "council -ferries": ["bridges"],
    'council -"city council"': ["voting"],
    "kai -nichts": ["haeuser"],
    "Ada Brook": ["waehler", "haeuser", "mueller", "voting", "lang"],
    "hafen": ["voting"],
    "politik bridges": ["bridges", "voting"],
    "nirgends": [],
    "Wähler nirgends": [],
}


@pytest.fixture
def stories():
    """The table's stories, an hour apart, the first the oldest; name by edition."""
    names = {}
    with time_machine.travel(NOON - 9 * HOUR, tick=False) as clock:
        for name, values in STORIES.items():
            clock.shift(HOUR)
            person = make_contributor("Jo Bird" if name == "bridges" else "Ada Brook")
            story = make_live(section=make_section("politik"), **{"bylines": [(person, "text")]} | values)
            names[Edition.objects.get(story=story).pk] = name
    return names


def found(stories, typed, **more):
    """Names of what is found (list), in its order."""
    return [stories[key] for key in the_index().find(Question(**read(typed), **more), at=NOON).keys]


@pytest.mark.parametrize("typed", QUESTIONS)
def test_what_is_found_by_what(stories, typed):
    assert sorted(found(stories, typed)) == sorted(QUESTIONS[typed])


def test_newest_first_where_readers_want_it_so(stories):
    assert found(stories, "müller", by_date=True) == ["voting", "bridges", "mueller", "waehler"]


def test_a_word_in_the_headline_weighs_more_than_one_beside_it_or_in_the_text(stories):
    assert found(stories, "mueller")[0] == "mueller"
    assert found(stories, "bridge") == ["bridges", "voting"]


def test_words_side_by_side_in_the_headline_come_before_words_apart(clock):
    apart = make_live("Hafen und Kai", published_at=NOON - 2 * HOUR)
    together = make_live("Kai Hafen offen", published_at=NOON - 3 * HOUR)
    keys = the_index().find(Question(**read("kai hafen")), at=NOON).keys
    assert [Edition.objects.get(pk=key).story for key in keys] == [together, apart]


def test_a_word_often_in_the_text_weighs_more(clock):
    often = make_live("Eins", body="<p>Die Fähre fährt. Fähren, Fähre, Fähre.</p>", published_at=NOON - 2 * HOUR)
    once = make_live("Zwei", body="<p>Die Fähre fährt.</p>", published_at=NOON - HOUR)
    keys = the_index().find(Question(**read("fähre")), at=NOON).keys
    assert [Edition.objects.get(pk=key).story for key in keys] == [often, once]


def test_what_was_first_published_in_a_span_of_time(stories):
    newest = NOON - 3 * HOUR
    assert found(stories, "ada", since=newest, by_date=True) == ["lang"]
    assert found(stories, "ada", until=newest, by_date=True)[0] == "voting"
    assert found(stories, "ada", since=newest - HOUR, until=newest) == ["voting"]


def test_stories_of_one_millisecond_come_in_the_order_of_lists(clock):
    stories = [make_live(f"Gleich {number}") for number in range(6)]
    ids = sorted((story.public_id for story in stories), reverse=True)
    for most in (2, 5):
        rows = the_index().newest(needs("gleich"), at=NOON, most=most)
        assert [row.public_id for row in rows] == ids[:most]


def needs(typed):
    """What a question needs of the index."""
    return needs_of(Question(**read(typed)))


def test_more_than_the_bound_is_said_and_no_more_is_read(clock, monkeypatch):
    monkeypatch.setattr("articles.search.stored.MOST", 3)
    stories = [make_live("Überall", published_at=NOON - number * HOUR) for number in range(5)]
    result = the_index().find(Question(**read("überall")), at=NOON)
    assert [Edition.objects.get(pk=key).story for key in result.keys] == stories[:3]
    assert result.more is True
    assert sum(result.days.values()) == 3
    assert len(the_index().newest(needs("überall"), at=NOON, most=4)) == 4


def test_where_a_phrase_was_not_looked_for_is_said(clock, monkeypatch):
    monkeypatch.setattr("articles.search.stored.PHRASE_MOST", 3)
    for number in range(4):
        make_live("Kai im Hafen" if number else "Im Hafen am Kai", published_at=NOON - number * HOUR)
    found = the_index().find(Question(**read('"kai im hafen"')), at=NOON)
    assert (len(found.keys), found.compared) == (2, 3)
    earlier = the_index().find(Question(**read('"kai im hafen"'), until=NOON), at=NOON)
    assert (len(earlier.keys), earlier.compared) == (3, 0)
    without = the_index().find(Question(**read('kai -"kai im hafen"')), at=NOON)
    assert (len(without.keys), without.compared) == (1, 3)
    assert the_index().find(Question(**read("kai im hafen")), at=NOON).compared == 0


def test_a_phrase_is_looked_for_only_in_stories_that_have_all_the_rest(clock):
    for number in range(9):
        topics = ["Fund"] if number in (0, 8) else []
        make_live("Kai im Hafen", topics=topics, published_at=NOON - number * HOUR)
    topic = ("_t" + str(Topic.objects.get().pk),)
    with CaptureQueriesContext(connection) as asked:
        found = the_index().find(Question(**read('"kai im hafen"'), filters=(topic,)), at=NOON)
    assert len(found.keys) == 2
    with connection.cursor() as cursor:
        cursor.execute(asked[-1]["sql"])
        assert len(cursor.fetchall()) == 2
