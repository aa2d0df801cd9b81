"""Series: parts in their order, where a story stands in one; topics with a text, events by month."""

import re

import pytest
from cast import DAY, HOUR, make_live, make_topic
from desk_forms import submit
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from front_pages import headlines

from articles import press
from articles.desk.topic_keeping import merge
from articles.models import Edition
from articles.views.paging import PAGE_SIZE
from articles.views.series import part_of
from articles.vocabulary import TopicKind

pytestmark = pytest.mark.django_db


def topic(name="Hafen 2040", kind=TopicKind.SERIES, **fields):
    """A topic of that kind."""
    made = make_topic(name)
    for field, value in {"kind": kind, **fields}.items():
        setattr(made, field, value)
    made.save()
    return made


def parts(clock, number):
    """So many parts of one series, an hour apart."""
    series, made = topic(), []
    for place in range(1, number + 1):
        clock.shift(HOUR)
        made.append(make_live(f"Teil Nr {place}", topics=[series]))
    return made


def page(story):
    url = Edition.objects.live().select_related("section").get(story=story).get_absolute_url()
    return Client().get(url).content.decode()


def box(story):
    """What the series box of a story's page says: number, previous and next headline (each or None)."""
    found = re.search(r'<aside class="series".*?</aside>', page(story), re.DOTALL)
    text = found[0] if found else ""
    said = [
        re.search(pattern, text) for pattern in (r"(?:Part|Teil) (\d+)</", r'rel="prev">([^<]*)', r'rel="next">([^<]*)')
    ]
    return [match and match[1] for match in said]


def test_the_first_part_comes_first_and_each_has_its_number(clock):
    parts(clock, PAGE_SIZE + 3)
    first = Client().get("/topic/hafen-2040/")
    html = first.content.decode()
    assert headlines(first) == [f"Teil Nr {place}" for place in range(1, PAGE_SIZE + 1)]
    further = re.search(r'href="(\?after=[^"]+)"', html)[1]
    rest = Client().get(f"/topic/hafen-2040/{further}")
    assert headlines(rest) == [f"Teil Nr {place}" for place in range(PAGE_SIZE + 1, PAGE_SIZE + 4)]
    numbers = re.findall(r'class="part-number">\D*(\d+)<', html + rest.content.decode())
    assert numbers == [str(place) for place in range(1, PAGE_SIZE + 4)]
    assert Client().get("/topic/hafen-2040/?after=nonsense").status_code == 404


def test_a_part_names_its_number_and_its_neighbours(clock):
    one, two, three = parts(clock, 3)
    assert box(one) == ["1", None, "Teil Nr 2"]
    assert box(two) == ["2", "Teil Nr 1", "Teil Nr 3"]
    assert box(three) == ["3", "Teil Nr 2", None]
    press.withdraw(one, by=None, reason="error")
    assert box(two) == ["1", None, "Teil Nr 3"]


def test_a_story_without_a_series_has_no_box(clock):
    assert 'class="series"' not in page(make_live(topics=["Hafen"]))


def test_a_series_that_was_merged_keeps_its_parts_together(clock):
    two = parts(clock, 2)[1]
    merge(make_topic("Hafen 2040"), into=topic("Hafen der Zukunft"), by=None)
    assert box(two) == ["2", "Teil Nr 1", None]


@pytest.mark.parametrize("number", [1, 30])
def test_the_box_costs_one_question(clock, number):
    last = parts(clock, number)[-1]
    url = Edition.objects.live().select_related("section").get(story=last).get_absolute_url()
    for address, budget in ((url, 4), ("/topic/hafen-2040/", 3)):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        assert len(asked) == budget, [query["sql"][:200] for query in asked]


def test_an_edition_printed_before_topics_had_kinds_has_no_box(clock):
    story = parts(clock, 1)[0]
    edition = Edition.objects.get(story=story)
    edition.topics = [{"name": "Hafen 2040", "slug": "hafen-2040", "id": 1}]
    assert part_of(edition, edition.live_from) is None


def test_an_event_is_told_by_month(clock):
    event = topic("Flut", TopicKind.EVENT)
    for place in range(3):
        make_live(f"Stand {place}", topics=[event])
        clock.shift(20 * DAY)
    html = Client().get("/topic/flut/").content.decode()
    assert re.findall(r'timeline-month"><h2>([^<]+)<', html) == ["Januar 2027", "Dezember 2026", "November 2026"]
    assert re.findall(r"(?:<h2>(\w+)|>(Stand \d)<)", html.split('class="timeline"')[1].split("</main>")[0]) == [
        ("Januar", ""),
        ("", "Stand 2"),
        ("Dezember", ""),
        ("", "Stand 1"),
        ("November", ""),
        ("", "Stand 0"),
    ]


def test_a_topics_introduction_is_written_and_cleaned_at_the_desk(chief, clock):
    series = topic()
    make_live(topics=[series])
    text = "<p>Alle <strong>Folgen</strong>.<script>x</script></p>"
    submit(chief, f"/admin/articles/topic/{series.pk}/change/", "topic_form", introduction=text)
    html = Client().get("/topic/hafen-2040/").content.decode()
    assert "<p>Alle <strong>Folgen</strong>.</p>" in html
    assert "<script>x" not in html
