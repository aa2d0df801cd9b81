"""To the microsecond: a list, the page, a feed and the sitemap change together at the instant they should."""

import pytest
from cast import HOUR, MICROSECOND, NOON, make_cleared, make_live, make_section, rewrite
from django.test import Client

from articles import press
from articles.models import Edition
from articles.vocabulary import Change

pytestmark = pytest.mark.django_db
THEN = NOON + HOUR
LISTS = ("/", "/politik/", "/latest/", "/feed.xml", "/politik/atom.xml", "/topic/hafen/", "/sitemap-2026-11-3.xml")


@pytest.fixture(autouse=True)
def always_there(clock):
    """So that no list is ever empty."""
    make_live("Immer da", section=make_section(), topics=["Hafen"], slug="immer-da")


def seen_at(clock, moment, story, words):
    """Where `words` or the story's address can be read at `moment` (set of addresses), and the page's status."""
    clock.move_to(moment)
    client = Client()
    page = client.get(f"/politik/{story.slug}-{story.public_id}/")
    places = {address for address in LISTS if _shows(client.get(address), story, words)}
    if page.status_code == 200 and words in page.content.decode():
        places.add("page")
    return places, page.status_code


def _shows(response, story, words):
    text = response.content.decode()
    return story.public_id in text and (words in text or "<urlset" in text)


EVERYWHERE = {*LISTS, "page"}


def cleared(**values):
    return make_cleared("Kai gesperrt", section=make_section(), topics=["Hafen"], **values)


def test_a_scheduled_story_appears_at_its_instant_everywhere_at_once(clock):
    story = cleared()
    press.schedule(story, by=None, at=THEN)
    assert seen_at(clock, THEN - MICROSECOND, story, "Kai gesperrt") == (set(), 404)
    assert seen_at(clock, THEN, story, "Kai gesperrt") == (EVERYWHERE, 200)
    assert seen_at(clock, THEN + MICROSECOND, story, "Kai gesperrt") == (EVERYWHERE, 200)


def test_an_embargoed_story_appears_when_the_embargo_ends_and_not_before(clock):
    story = cleared(embargo_until=THEN)
    press.schedule(story, by=None, at=THEN)
    assert seen_at(clock, THEN - MICROSECOND, story, "Kai gesperrt") == (set(), 404)
    assert seen_at(clock, THEN, story, "Kai gesperrt") == (EVERYWHERE, 200)


def test_an_ended_story_is_gone_at_its_instant_everywhere_at_once(clock):
    story = cleared()
    press.publish(story, by=None)
    press.set_end(story, by=None, at=THEN)
    assert seen_at(clock, THEN - MICROSECOND, story, "Kai gesperrt") == (EVERYWHERE, 200)
    assert seen_at(clock, THEN, story, "Kai gesperrt") == (set(), 404)
    assert seen_at(clock, THEN + MICROSECOND, story, "Kai gesperrt") == (set(), 404)


def test_a_replacement_takes_over_at_its_instant_everywhere_at_once(clock):
    story = cleared()
    press.publish(story, by=None)
    rewrite(story, "Wieder frei.", headline="Kai wieder frei")
    press.schedule(story, by=None, at=THEN, change=Change.UPDATE)
    assert seen_at(clock, THEN - MICROSECOND, story, "Kai gesperrt") == (EVERYWHERE, 200)
    assert seen_at(clock, THEN, story, "Kai gesperrt")[0] - {"/sitemap-2026-11-3.xml"} == set()
    assert seen_at(clock, THEN, story, "Kai wieder frei") == (EVERYWHERE, 200)


def test_a_withdrawn_story_is_410_from_its_instant_and_a_restored_one_is_back(clock):
    story = cleared()
    press.publish(story, by=None)
    clock.move_to(THEN)
    press.withdraw(story, by=None, reason="legal", notice="Auf Anordnung des Gerichts.")
    assert seen_at(clock, THEN - MICROSECOND, story, "Kai gesperrt") == (EVERYWHERE, 200)
    assert seen_at(clock, THEN, story, "Kai gesperrt") == (set(), 410)
    assert "Auf Anordnung des Gerichts." in Client().get(f"/x/y-{story.public_id}/").content.decode()
    clock.move_to(THEN + HOUR)
    press.restore(story, by=None)
    assert seen_at(clock, THEN + HOUR - MICROSECOND, story, "Kai gesperrt") == (set(), 410)
    assert seen_at(clock, THEN + HOUR, story, "Kai gesperrt") == (EVERYWHERE, 200)


@pytest.mark.parametrize("act", ["publish", "schedule", "end"])
def test_the_predicate_itself_is_exact_at_every_boundary(clock, act):
    story = cleared()
    if act == "publish":
        clock.move_to(THEN)
        press.publish(story, by=None)
    else:
        press.schedule(story, by=None, at=THEN)
    if act == "end":
        press.set_end(story, by=None, at=THEN + MICROSECOND)
    live = [Edition.objects.live(THEN + offset * MICROSECOND).filter(story=story).count() for offset in (-1, 0, 1)]
    assert live == {"publish": [0, 1, 1], "schedule": [0, 1, 1], "end": [0, 1, 0]}[act]
