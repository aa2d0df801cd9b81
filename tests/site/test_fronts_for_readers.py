"""Fronts as readers get them: chosen stories in their places, gaps filled by rule, no story twice."""

import re

import pytest
import time_machine
from cast import DAY, HOUR, MICROSECOND, NOON, make_live, make_scheduled, make_section, make_topic
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from front_pages import headlines

from articles import desk, press
from articles.desk import fronts
from articles.models import Front, StoryReads, layout
from articles.models.layout import Slot
from articles.vocabulary import ContainerKind, Kind

pytestmark = pytest.mark.django_db
LEAD, SECOND = ContainerKind.LEAD, ContainerKind.SECONDARY
STRIP, OPINION = ContainerKind.STRIP, ContainerKind.OPINION


def front_of(section, *containers):
    """A launched front with these containers."""
    front = fronts.begin(Front.objects.of(section), containers=containers)
    press.launch(front, by=None)
    return front


def box(key, kind, *stories, places=None, **rule):
    """A container with these stories (or slots) chosen from its first place on."""
    made = layout.container(key, kind, places=places, **rule)
    for number, story in enumerate(stories):
        made = made.with_slot(number, story if isinstance(story, Slot) else Slot(story.public_id))
    return made


@pytest.fixture
def stories(db):
    """Six stories in two sections, the last the newest."""
    with time_machine.travel(NOON - DAY, tick=False) as clock:
        made = []
        for number in range(6):
            clock.shift(HOUR)
            section = make_section("kultur" if number % 2 else "politik")
            made.append(make_live(f"Nummer {number}", section=section, topics=["Hafen"] if number < 3 else []))
    with time_machine.travel(NOON, tick=False):
        yield made


def home():
    return headlines(Client().get("/"))


def test_the_front_page_nobody_launched_is_filled_by_rule(stories):
    assert home()[:5] == ["Nummer 5", "Nummer 4", "Nummer 3", "Nummer 2", "Nummer 1"]


def test_chosen_stories_stand_in_their_places_and_rules_fill_the_rest(stories):
    front_of(None, box("a", LEAD, stories[1]), box("b", SECOND, Slot(), stories[0], places=3))
    assert home() == ["Nummer 1", "Nummer 5", "Nummer 0", "Nummer 4"]


def test_no_story_stands_twice_and_the_chosen_place_beats_the_rule(stories):
    front_of(None, box("a", LEAD), box("b", SECOND, stories[5], stories[5], places=3))
    assert home() == ["Nummer 4", "Nummer 5", "Nummer 3", "Nummer 2"]


def test_a_slot_has_its_own_headline_kicker_and_size(stories):
    front_of(None, box("a", LEAD, Slot(stories[0].public_id, headline="Kurz gesagt", kicker="Eilt", size="text")))
    page = Client().get("/").content.decode()
    assert headlines(Client().get("/")) == ["Kurz gesagt"]
    assert re.findall(r'<article class="([^"]+)"', page) == ["card card-lead card-news card-text"]
    assert "<span>Eilt</span>" in page


def test_a_choice_holds_from_and_until_its_times(stories):
    slot = Slot(stories[0].public_id, starts=NOON + HOUR, ends=NOON + 2 * HOUR)
    front_of(None, box("a", LEAD, slot))
    seen = {}
    for name, moment in {
        "before": NOON + HOUR - MICROSECOND,
        "first": NOON + HOUR,
        "last": NOON + 2 * HOUR - MICROSECOND,
        "after": NOON + 2 * HOUR,
    }.items():
        with time_machine.travel(moment, tick=False):
            seen[name] = home()
    assert seen == {"before": ["Nummer 5"], "first": ["Nummer 0"], "last": ["Nummer 0"], "after": ["Nummer 5"]}


def test_a_scheduled_story_takes_its_place_at_its_second(stories):
    coming = make_scheduled("Kommt noch", at=NOON + HOUR)
    front_of(None, box("a", LEAD, Slot(coming.public_id, headline="GEHEIM")))
    assert home() == ["Nummer 5"]
    with time_machine.travel(NOON + HOUR - MICROSECOND, tick=False):
        assert home() == ["Nummer 5"]
        assert "GEHEIM" not in Client().get("/").content.decode()
    with time_machine.travel(NOON + HOUR, tick=False):
        assert home() == ["GEHEIM"]


def test_a_withdrawn_story_leaves_its_place_to_the_rule(stories):
    front_of(None, box("a", LEAD, stories[2]))
    press.withdraw(stories[2], by=None, reason="error")
    with time_machine.travel(NOON + HOUR, tick=False):
        assert home() == ["Nummer 5"]


def test_rules_look_in_a_section_a_topic_and_for_kinds(stories):
    opinion = make_live("Meine Meinung", kind=Kind.OPINION)
    topic = make_topic("Hafen")
    front_of(
        None,
        box("a", STRIP, places=2, section=make_section("kultur").pk),
        box("b", STRIP, places=2, topic=topic.pk),
        box("c", OPINION, places=2),
        box("d", STRIP, places=1, section=make_section("politik").pk, kinds=(Kind.OPINION,)),
    )
    assert home() == ["Nummer 5", "Nummer 3", "Nummer 2", "Nummer 1", "Meine Meinung"]
    assert opinion.section.path == "politik"


def test_a_topic_and_a_section_together_let_only_the_stories_of_both_in(stories):
    topic, culture = make_topic("Hafen"), make_section("kultur")
    front_of(None, box("a", STRIP, places=4, topic=topic.pk, section=culture.pk))
    assert home() == ["Nummer 1"]


def test_most_read_is_in_the_order_of_reads_and_only_what_is_live(stories):
    press.withdraw(stories[3], by=None, reason="error")
    reads = {stories[1].public_id: 3, stories[2].public_id: 9, stories[3].public_id: 99, stories[5].public_id: 5}
    StoryReads.objects.add(reads, at=NOON)
    front_of(None, box("a", LEAD, stories[5]), box("b", ContainerKind.MOST_READ, places=4))
    with time_machine.travel(NOON + HOUR, tick=False):
        page = Client().get("/").content.decode()
    assert re.findall(r"<li>\s*<a [^>]*>(Nummer \d)</a></li>", page) == ["Nummer 2", "Nummer 1"]


def test_advertising_is_no_lead(stories):
    with time_machine.travel(NOON + HOUR, tick=False):
        make_live("Gekauft", kind=Kind.SPONSORED)
        front_of(None, box("a", LEAD), box("b", STRIP, places=1))
        assert home() == ["Nummer 5", "Gekauft"]


def test_the_newest_at_the_top_have_their_title_and_say_what_is_paid_for_and_what_opinion(stories):
    with time_machine.travel(NOON + HOUR, tick=False) as clock:
        make_live("Gekauft", kind=Kind.SPONSORED)
        clock.shift(1)
        make_live("Gemeint", kind=Kind.OPINION)
        front_of(None, box("a", ContainerKind.RIVER, places=3, title="Eben herein"))
        page = Client().get("/").content.decode()
    rows = re.findall(r'</time> <span>(?:<span class="kind[^>]*>([^<]+)</span> )?<a[^>]*>([^<]+)</a>', page)
    assert '<h2 id="ticker-title">Eben herein</h2>' in page
    assert rows == [("Meinung", "Gemeint"), ("Anzeige", "Gekauft"), ("", "Nummer 5")]


def test_the_most_urgent_of_the_newest_leads(stories):
    desk.save(stories[1], by=None, values={"urgency": 1})
    press.publish(stories[1], by=None, change="minor")
    front_of(None, box("a", LEAD))
    with time_machine.travel(NOON + HOUR, tick=False):
        assert home() == ["Nummer 1"]


def test_a_topic_merged_since_the_launch_is_looked_up_under_its_new_name(stories):
    topic, kept = make_topic("Hafen"), make_topic("Seehafen")
    front_of(None, box("a", STRIP, places=3, topic=topic.pk))
    before = home()
    desk.topic_keeping.merge(topic, into=kept, by=None)
    assert home() == before == ["Nummer 2", "Nummer 1", "Nummer 0"]
    assert '<a href="/topic/seehafen/">Seehafen</a></h2>' in Client().get("/").content.decode()


def test_a_section_has_its_front_above_the_rest_and_no_story_twice(stories):
    politics = make_section("politik")
    front_of(politics, box("a", LEAD, stories[0]), box("b", SECOND, places=1))
    assert headlines(Client().get("/politik/")) == ["Nummer 0", "Nummer 4", "Nummer 2"]
    assert home()[0] == "Nummer 5"


def test_a_front_asks_the_same_whatever_it_shows(stories):
    """A literal number: sections, the front, keys, rows, policies; topics, where a container names one."""
    politics = make_section("politik")
    boxes = [box(f"k{n}", STRIP, places=4, section=politics.pk) for n in range(20)]
    front_of(None, box("a", LEAD, stories[0]), *boxes)
    with CaptureQueriesContext(connection) as asked:
        Client().get("/")
    assert len(asked) == 5
    front_of(politics, box("a", LEAD, stories[0]), box("b", STRIP, topic=make_topic("Hafen").pk))
    with CaptureQueriesContext(connection) as asked:
        Client().get("/politik/")
    assert len(asked) == 6
