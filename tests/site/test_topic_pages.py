"""A topic's page: pinned stories first, old names and addresses lead on."""

import re

import pytest
from cast import HOUR, make_cleared, make_live, make_topic
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from front_pages import headlines

from articles import press
from articles.desk.topic_keeping import merge, undo
from articles.desk.topic_naming import rename
from articles.models import Edition, TopicAlias, TopicPin
from articles.views.paging import PAGE_SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_page_prints_the_topics_text():
    hafen = make_topic()
    hafen.description = "Schiffe & Kräne."
    hafen.save()
    make_live(topics=["Hafen"])
    assert '<p class="page-dek">Schiffe &amp; Kräne.</p>' in Client().get("/topic/hafen/").content.decode()


def test_pinned_stories_stand_first_in_their_order_and_only_once(clock):
    stories = []
    for number in range(PAGE_SIZE + 3):
        stories.append(make_live(f"Nr {number}", topics=["Hafen"]))
        clock.shift(HOUR)
    for position, number in ((2, 0), (1, 5)):
        TopicPin.objects.create(topic=make_topic(), story=stories[number], position=position)
    first = Client().get("/topic/hafen/").content.decode()
    shown = headlines(Client().get("/topic/hafen/"))
    assert shown[:3] == ["Nr 5", "Nr 0", f"Nr {PAGE_SIZE + 2}"]
    older = re.search(r'href="(\?before=[^"]+)"', first)[1]
    rest = headlines(Client().get(f"/topic/hafen/{older}"))
    assert sorted(shown + rest) == sorted(f"Nr {number}" for number in range(PAGE_SIZE + 3))


def test_a_pinned_story_shows_while_readers_have_it_even_if_it_has_not_the_topic(clock):
    make_live("Immer", topics=["Hafen"])
    scheduled, other = make_cleared("Kommt"), make_live("Ohne Thema")
    press.schedule(scheduled, by=None, at=timezone.now() + HOUR)
    for story in (scheduled, other):
        TopicPin.objects.create(topic=make_topic(), story=story)
    assert headlines(Client().get("/topic/hafen/")) == ["Ohne Thema", "Immer"]
    clock.shift(HOUR)
    assert headlines(Client().get("/topic/hafen/")) == ["Kommt", "Ohne Thema", "Immer"]
    press.withdraw(other, by=None, reason="error")
    assert headlines(Client().get("/topic/hafen/")) == ["Kommt", "Immer"]


def test_pinned_stories_nobody_has_take_no_place_from_those_readers_have(clock):
    kept = make_live("Immer", topics=["Hafen"])
    clock.shift(HOUR)
    make_live("Neu", topics=["Hafen"])
    for position, story in enumerate([*(make_cleared(f"Geheim {n}") for n in range(5)), kept]):
        TopicPin.objects.create(topic=make_topic(), story=story, position=position)
    assert headlines(Client().get("/topic/hafen/")) == ["Immer", "Neu"]
    told = Client().get("/api/v1/topics/hafen/").json()["pinned"]
    assert [each["headline"] for each in told] == ["Immer"]


def test_a_page_with_pinned_stories_asks_four_times():
    story = make_live(topics=["Hafen"])
    TopicPin.objects.create(topic=make_topic(), story=story)
    with CaptureQueriesContext(connection) as asked:
        Client().get("/topic/hafen/")
    assert len(asked) == 4 + 1  # the pins, and their editions


def leads_to(address):
    response = Client().get(address)
    return response.status_code, getattr(response, "url", "")


def test_a_merged_topic_leads_to_the_kept_one_and_comes_back(clock):
    make_live("Am Kai", topics=["Seehafen"])
    assert headlines(Client().get("/topic/seehafen/")) == ["Am Kai"]
    TopicAlias.objects.create(topic=make_topic("Seehafen"), name="Port")
    done = merge(make_topic("Seehafen"), into=make_topic("Hafen"), by=None)
    assert headlines(Client().get("/topic/hafen/")) == ["Am Kai"]
    for old in ("seehafen", "port"):
        assert leads_to(f"/topic/{old}/") == (301, "/topic/hafen/")
        assert leads_to(f"/topic/{old}/feed.xml") == (301, "/topic/hafen/feed.xml")
        assert leads_to(f"/topic/{old}/atom.xml") == (301, "/topic/hafen/atom.xml")
    undo(done, by=None)
    assert headlines(Client().get("/topic/seehafen/")) == ["Am Kai"]
    assert leads_to("/topic/hafen/") == (404, "")


def test_an_old_address_leads_nowhere_as_long_as_nothing_is_there_for_readers():
    merge(make_topic("Seehafen"), into=make_topic("Hafen"), by=None)
    assert leads_to("/topic/seehafen/") == leads_to("/topic/seehafen/feed.xml") == (404, "")


def test_a_renamed_topic_keeps_its_old_address_for_ever():
    make_live(topics=["Hafen"])
    rename(make_topic("Hafen"), name="Seehafen", new_address=True)
    rename(make_topic("Seehafen"), name="Port", new_address=True)
    assert {leads_to(f"/topic/{old}/") for old in ("hafen", "seehafen")} == {(301, "/topic/port/")}
    assert leads_to("/topic/hafen/feed.xml") == (301, "/topic/port/feed.xml")


def test_a_story_printed_before_a_merge_is_related_to_what_was_printed_after_it(clock):
    before = make_live("Vorher", topics=["Seehafen"])
    merge(make_topic("Seehafen"), into=make_topic("Hafen"), by=None)
    clock.shift(HOUR)
    make_live("Nachher", topics=["Hafen"])
    edition = Edition.objects.live().select_related("section").get(story=before)
    assert "Nachher" in headlines(Client().get(edition.get_absolute_url()))
