"""The master test: readers get the same bytes whether or not hidden stories exist."""

import itertools
from datetime import timedelta

import hypothesis.strategies as st
import pytest
import time_machine
from cast import (
    DAY,
    HOUR,
    NOON,
    make_cleared,
    make_contributor,
    make_live,
    make_reply,
    make_scheduled,
    make_section,
    make_story,
    make_submitted,
    rewrite,
)
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from painted import media_url, painted_picture
from site_addresses import BY_INVITATION, NOT_ABOUT_STORIES, STAFF, names_of_all_patterns, public_addresses

from articles import desk, press
from articles.desk import fronts
from articles.models import Edition, Front, Story, layout
from articles.vocabulary import Change, ContainerKind

COUNTED = {"pairs": 0}


def test_every_address_is_classified():
    with_addresses = {
        *(
            "home",
            "site_feed",
            "language_feed",
            "latest",
            "corrections",
            "archive",
            "page",
            "topic",
            "topic_feed",
            "contributor",
        ),
        *("contributor_feed", "story", "section", "section_feed", "sitemap_index", "sitemap", "news_sitemap"),
        *("picture", "robots", "security_txt", "favicon", "archive_years", "archive_year", "archive_month"),
        *("corrections_feed", "story_changes", "reply", "replies", "policies", "tdm_reservation"),
        *("live", "story_print", "api_unknown", "search", "search_suggest", "opensearch"),
        *("api:index", "api:description", "api:stories", "api:story", "api:story_ninjs", "api:ninjs_list"),
        *("api:sections", "api:section", "api:topic", "api:contributor", "api:corrections"),
    }
    assert names_of_all_patterns() == {*with_addresses, *STAFF, *NOT_ABOUT_STORIES, *BY_INVITATION}


@pytest.fixture
def visible(db):
    """What readers see: enough for a second page everywhere, every shared noun, every kind of change."""
    with time_machine.travel(NOON - 3 * DAY, tick=False) as clock:
        europe, sport = make_section("politik/europa"), make_section("city", language="en")
        person = make_contributor("Ada Brook", has_page=True)
        picture = painted_picture("harbour")
        stories = []
        for number in range(44):
            clock.shift(HOUR)
            shared = {"topics": ["Hafen", f"Thema {number % 5}"], "bylines": [(person, "text")]}
            section, language = (sport, "en") if number % 4 == 3 else (europe, "de")
            more = {"lead_picture": picture} if number % 9 == 0 else {}
            more |= {"related": stories[:2]} if number == 20 else {}
            stories.append(make_live(section=section, language=language, **shared, **more))
        press.publish(rewrite(stories[5], "Berichtigt."), by=None, change=Change.CORRECTION, note="Es war anders.")
        press.publish(rewrite(stories[6], "Neuer Stand."), by=None, change=Change.UPDATE)
        launch_fronts(europe, stories)
        make_reply(stories[6])
        ticker = make_live(section=europe, kind="live")
        entries = [
            press.post_entry(ticker, by=None, body=f"Meldung {number}", key_event=number % 9 == 0, pinned=number == 3)
            for number in range(24)
        ]
    with time_machine.travel(NOON, tick=False) as clock:
        yield {
            "ticker": ticker,
            "entries": entries,
            "stories": stories,
            "sections": [europe, sport],
            "person": person,
            "picture": picture,
            "clock": clock,
        }


def launch_fronts(section, stories):
    """Fronts with chosen stories, of the front page and a section; hidden stories are chosen on them later."""
    for of in (None, section):
        lead = layout.container("lead", ContainerKind.LEAD).with_slot(0, layout.Slot(stories[7].public_id))
        more = layout.container("more", ContainerKind.SECONDARY, places=8)
        front = fronts.begin(Front.objects.of(of), containers=(lead, more))
        press.launch(front, by=None)


STATES = st.sampled_from(
    [
        *("draft", "submitted", "cleared", "spiked", "scheduled", "embargoed", "expired", "withdrawn", "cancelled"),
        *("changed", "coming", "entry"),
    ]
)
HIDDEN = st.lists(
    st.tuples(STATES, st.integers(0, 1), st.booleans(), st.booleans(), st.integers(0, 40)), min_size=1, max_size=5
)


class Hiding:
    """Makes hidden stories that share everything they can with the visible ones."""

    def __init__(self, visible):
        self.visible, self.clock, self.made = visible, visible["clock"], []

    def make(self, state, section, pictured, related, place):
        neighbour = self.visible["stories"][place]
        if state == "changed":
            rewrite(neighbour, "GEHEIM", headline="GEHEIM", topics=["Geheimthema"])
            return
        if state == "coming":
            desk.save(neighbour, by=None, values={"headline": f"GEHEIM {place}", "kicker": "GEHEIM"})
            if not Edition.objects.filter(story=neighbour, live_from__gt=NOON).exists():
                press.schedule(neighbour, by=None, at=NOON + HOUR, change=Change.UPDATE)
            return
        if state == "entry":
            self.entry(later=pictured, key_event=related)
            return
        values = {
            "section": self.visible["sections"][section],
            "topics": ["Hafen", "Thema 1", "Geheimthema"],
            "bylines": [(self.visible["person"], "text"), (make_contributor("Geheim", has_page=True), "text")],
            "lead_picture": self.visible["picture"] if pictured else painted_picture("night"),
            "related": [neighbour] if related else [],
            "translation_key": neighbour.translation_key if related and neighbour.language == "de" else None,
            "language": "en" if related and neighbour.language == "de" else "de",
        }
        taken = Story.objects.filter(translation_key=values["translation_key"], language=values["language"])
        if values["translation_key"] is None or taken.exists():
            del values["translation_key"]
        self.made.append(getattr(self, state)(values))

    def entry(self, *, later, key_event):
        """One that readers get later, else one that was taken down."""
        said = {"headline": "GEHEIM", "body": "GEHEIM", "key_event": key_event, "by": None}
        ticker = self.visible["ticker"]
        if later:
            press.post_entry(ticker, at=NOON + HOUR, **said)
            return
        self.clock.move_to(NOON - HOUR)
        entry = press.post_entry(ticker, **said)
        self.clock.move_to(NOON - timedelta(minutes=1))
        press.remove_entry(ticker, entry.public_id, by=None)
        self.clock.move_to(NOON)

    def draft(self, values):
        return make_story("GEHEIM", **values)

    def submitted(self, values):
        return make_submitted("GEHEIM", **values)

    def cleared(self, values):
        return make_cleared("GEHEIM", **values)

    def spiked(self, values):
        return desk.move(self.draft(values), "spike", by=None)

    def scheduled(self, values):
        return make_scheduled("GEHEIM", at=NOON + timedelta(seconds=1), **values)

    def embargoed(self, values):
        return make_scheduled("GEHEIM", at=NOON + DAY, **values | {"embargo_until": NOON + DAY})

    def cancelled(self, values):
        story = self.scheduled(values)
        press.cancel(story, by=None)
        return story

    def expired(self, values):
        self.clock.move_to(NOON - DAY)
        story = self.cleared(values)
        press.publish(story, by=None)
        press.set_end(story, by=None, at=NOON)
        self.clock.move_to(NOON)
        return story

    def withdrawn(self, values):
        self.clock.move_to(NOON - DAY)
        story = self.cleared(values)
        press.publish(story, by=None)
        press.publish(rewrite(story, "GEHEIM"), by=None, change=Change.CORRECTION, note="GEHEIM")
        press.withdraw(story, by=None, reason="error", notice="GEHEIM")
        self.clock.move_to(NOON)
        return story

    def choose_on_fronts(self):
        """Chosen in places that rules fill meanwhile, launched; and in the lead of a front that is launched later."""
        for front in Front.objects.all():
            for number, story in enumerate(self.made):
                chosen = {"story": story.public_id, "key": "more", "at_place": 7 - number}
                front = fronts.tell(fronts.place(front, by=None, **chosen), by=None, headline="GEHEIM", **_at(chosen))
            press.launch(front, by=None)
            if self.made:
                front = fronts.place(front, by=None, story=self.made[0].public_id, key="lead", at_place=0)
            press.launch(front, by=None, at=NOON + HOUR)

    def own_addresses(self):
        """What could be guessed of the hidden stories; a withdrawn story's own address says so and is left out."""
        addresses = [f"/api/v1/{noun}/" for noun in ("topics/geheimthema", "contributors/geheim")]
        addresses += ["/topic/geheimthema/", "/topic/geheimthema/feed.xml", "/by/geheim/", "/by/geheim/atom.xml"]
        for story in self.made:
            if not story.withdrawals.exists():
                addresses.append(f"/{story.section.path}/{story.slug}-{story.public_id}/")
                addresses.append(f"/{story.section.path}/wrong-{story.public_id}/")
                addresses.append(f"/{story.section.path}/{story.slug}-{story.public_id}/print/")
                addresses += [f"/api/v1/stories/{story.public_id}/{end}" for end in ("", "ninjs/", "?fields=id")]
            addresses += [f"/{story.slug}", f"/{story.section.path}/{story.slug}/", f"/alt/{story.slug}"]
            addresses += [media_url(story.lead_picture, name) for name in ("3x2-320.webp", "original-640.jpg")]
        return addresses


def _at(chosen):
    return {name: chosen[name] for name in ("key", "at_place")}


def answers(addresses, etags=None):
    """Status, headers and body of every address, by GET, HEAD and conditional GET (dict)."""
    client, found = Client(), {}
    for address in addresses:
        for method, headers in (
            ("get", {}),
            ("head", {}),
            ("get", {"If-None-Match": (etags or {}).get(address, '"x"')}),
        ):
            response = getattr(client, method)(address, headers=headers)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            found[address, method, bool(headers)] = (response.status_code, sorted(response.items()), body)
    return found


def test_hidden_stories_change_no_byte_of_any_public_answer(visible, record_property):
    addresses = list(itertools.chain.from_iterable(public_addresses().values()))
    etags = {address: Client().get(address).headers.get("ETag", '"x"') for address in addresses}
    without = answers(addresses, etags)
    assert {status for status, _headers, _body in without.values()} == {200, 301, 302, 304, 400, 404}
    assert b"GEHEIM" not in b"".join(body for _status, _headers, body in without.values())

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(HIDDEN)
    def compare(hidden):
        with transaction.atomic():
            hiding = Hiding(visible)
            for each in hidden:
                hiding.make(*each)
            hiding.choose_on_fronts()
            with_hidden = answers(addresses, etags)
            guessed = hiding.own_addresses()
            guesses_with = answers(guessed)
            transaction.set_rollback(True)
        for story in visible["stories"]:
            story.refresh_from_db()
        differ = [key for key in without if without[key] != with_hidden[key]]
        guesses_without = answers(guessed)
        differ += [key for key in guesses_with if guesses_with[key] != guesses_without[key]]
        COUNTED["pairs"] += len(without) + len(guesses_with)
        assert differ == []

    compare()
    record_property("pairs compared, 0 differ", COUNTED["pairs"])


def test_control_a_story_that_is_published_does_change_answers(visible):
    addresses = list(itertools.chain.from_iterable(public_addresses().values()))
    without = answers(addresses)
    make_live("Neu und sichtbar", section=visible["sections"][0], topics=["Hafen"])
    changed = {
        address
        for (address, _method, _conditional), got in answers(addresses).items()
        if without[address, _method, _conditional] != got
    }
    assert {
        "/",
        "/latest/",
        "/feed.xml",
        "/politik/",
        "/politik/europa/",
        "/topic/hafen/",
        "/news-sitemap.xml",
        "/api/v1/stories/?",
        "/api/v1/ninjs/",
    } <= changed
