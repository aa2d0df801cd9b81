"""Required rules keep a story from being printed, unless a reason is given; sections say which are required."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from cast import HOUR, NOON, make_cleared, make_contributor, make_live, make_section, rewrite
from django.db import connection
from django.test.utils import CaptureQueriesContext
from painted import painted_picture
from refusals import refusal

from articles import press
from articles.models import Edition, PreflightLevel
from articles.press.timeline import Timeline
from articles.rules.preflight import copy_of, levels_for, remarks_on, weighed
from articles.vocabulary import Act, Level

pytestmark = pytest.mark.django_db
LEFT = "“XXX” is left in the text: replace it or take it out."
BERLIN = ZoneInfo("Europe/Berlin")


def unfinished(headline="", **values):
    """A cleared story in which a placeholder was left."""
    return make_cleared(headline, **{"body": "<p>Es kamen XXX Leute.</p>"} | values)


def set_level(rule, level, path=None):
    section = make_section(path) if path else None
    return PreflightLevel.objects.update_or_create(section=section, rule=rule, defaults={"level": level})[0]


def test_a_required_rule_keeps_a_story_from_being_published_scheduled_and_replaced():
    story = unfinished()
    assert refusal(press.publish, story, by=None) == [LEFT]
    assert refusal(press.schedule, story, by=None, at=NOON + timedelta(days=3650)) == [LEFT]
    sound = make_cleared()
    press.schedule(sound, by=None, at=Timeline.read(sound).now + HOUR)
    rewrite(sound, "Es kamen XXX.")
    assert refusal(press.replace, sound, by=None) == [LEFT]
    assert [edition.story for edition in Edition.objects.all()] == [sound]


def test_what_else_is_missing_is_said_with_it_and_nothing_twice():
    story = unfinished(kind="opinion", bylines=[], source="dpa")
    assert refusal(press.publish, story, by=None) == ["An opinion needs the name of its author.", LEFT]


def test_a_reason_lets_it_out_and_is_logged_with_the_rule_and_what_it_said():
    story = unfinished()
    edition = press.publish(story, by=None, override=" Ist ein Zitat. ")
    event = story.events.get(act=Act.OVERRIDDEN)
    assert (event.note, event.edition) == ("Ist ein Zitat.", edition)
    assert event.details == {"rules": ["placeholder"], "sentences": [LEFT]}
    assert Edition.objects.live().get() == edition


def test_blanks_are_no_reason():
    assert refusal(press.publish, unfinished(), by=None, override=" \n ") == [LEFT]


def test_a_reason_where_nothing_speaks_against_it_is_not_logged():
    story = make_cleared()
    press.publish(story, by=None, override="Sicher ist sicher")
    assert not story.events.filter(act=Act.OVERRIDDEN).exists()


def test_a_reason_lets_a_scheduled_edition_out_but_not_the_one_that_replaces_it():
    story = unfinished()
    press.schedule(story, by=None, at=Timeline.read(story).now + HOUR, override="Ist so.")
    rewrite(story, "Es kamen XXX und YYY.")
    assert refusal(press.replace, story, by=None) == [LEFT]
    press.replace(story, by=None, override="Immer noch.")
    assert [event.note for event in story.events.filter(act=Act.OVERRIDDEN)] == ["Immer noch.", "Ist so."]


def test_a_reason_does_not_let_out_what_is_not_cleared():
    story = unfinished()
    story.stage = "draft"
    story.save()
    assert refusal(press.publish, story, by=None, override="Eilt") == ["The story is not cleared yet."]


def test_recommended_rules_block_nothing_and_rules_that_are_off_say_nothing():
    set_level("placeholder", Level.RECOMMENDED)
    story = unfinished(topics=[], dek="Worum es geht.")
    assert [(one.rule, one.blocks) for one in remarks_on(story)] == [("topic", False), ("placeholder", False)][::-1]
    set_level("placeholder", Level.OFF)
    set_level("topic", Level.OFF)
    assert remarks_on(story) == []
    assert press.publish(story, by=None).story == story


def test_what_is_made_required_blocks():
    set_level("topic", Level.REQUIRED)
    assert refusal(press.publish, make_cleared(), by=None) == ["The story has no topic: choose at least one."]
    assert press.publish(make_cleared(topics=["Hafen"]), by=None).number == 1


def test_a_section_has_the_levels_of_the_nearest_section_above_that_sets_them():
    deep, beside = make_section("politik/europa/rat"), make_section("wirtschaft")
    assert weighed(deep)["topic"] == (Level.RECOMMENDED, None)
    set_level("topic", Level.OFF)
    assert weighed(deep)["topic"] == (Level.OFF, "")
    set_level("topic", Level.REQUIRED, "politik")
    assert weighed(deep)["topic"] == (Level.REQUIRED, "politik")
    set_level("topic", Level.RECOMMENDED, "politik/europa")
    assert weighed(deep)["topic"] == (Level.RECOMMENDED, "politik/europa")
    assert levels_for(make_section("politik"))["topic"] == Level.REQUIRED
    assert levels_for(beside)["topic"] == levels_for(None)["topic"] == Level.OFF


def test_levels_are_read_by_one_query_and_a_rule_that_is_gone_is_passed_over():
    set_level("gone", Level.REQUIRED, "politik")
    with CaptureQueriesContext(connection) as queries:
        levels = levels_for(make_section("politik/europa"))
    assert "gone" not in levels
    assert len([query for query in queries if "preflightlevel" in query["sql"]]) == 1


def test_a_story_is_judged_for_the_hour_it_goes_out():
    set_level("passing_day", Level.REQUIRED)
    with time_machine.travel(NOON, tick=False):
        story = make_cleared(body="<p>Der Rat tagt heute.</p>")
        tonight = datetime(2026, 11, 23, 23, 59, tzinfo=BERLIN)
        wrong = "“heute” may be wrong on Nov. 24, 2026, when this goes out: name the day."
        assert refusal(press.schedule, story, by=None, at=tonight + timedelta(minutes=1)) == [wrong]
        press.schedule(story, by=None, at=tonight)
        assert remarks_on(story, starts=tonight + HOUR)[0].sentence == wrong
        press.cancel(story, by=None)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert refusal(press.publish, story, by=None) == [wrong]


def test_the_desk_sees_what_is_said_for_the_hour_that_is_planned():
    with time_machine.travel(NOON, tick=False):
        story = make_cleared(body="<p>Der Rat tagt heute.</p>", due_at=NOON + timedelta(days=1))
        assert "passing_day" in [one.rule for one in Timeline.read(story).remarks]
        press.schedule(story, by=None, at=NOON + HOUR)
        assert "passing_day" not in [one.rule for one in Timeline.read(story).remarks]


def test_the_slug_of_another_live_story_of_the_section_is_told_and_nothing_hidden():
    story = make_cleared("Hafen")
    assert copy_of(story).slug_taken == ""
    make_cleared("Hafen")
    assert copy_of(story).slug_taken == ""
    make_live("Hafen", section=make_section("wirtschaft"))
    assert copy_of(story).slug_taken == ""
    other = make_live("Hafen")
    assert copy_of(story).slug_taken == "Hafen"
    press.withdraw(other, by=None, reason="other", notice="")
    assert copy_of(story).slug_taken == ""
    press.publish(story, by=None)
    assert copy_of(story).slug_taken == ""


def test_a_picture_without_a_credit_of_its_own_or_here_is_found_once():
    story = make_cleared(lead_picture=painted_picture("harbour", credit=""))
    assert refusal(press.publish, story, by=None) == ["The lead picture has no credit."]
    credited = copy_of(make_cleared(lead_picture=story.lead_picture, picture_credit="Foto: Falk"))
    assert [each.credit for each in credited.pictures] == ["Foto: Falk"]


def test_two_names_that_are_both_known_are_two_people():
    text = {"body": "<p>Katrin Meier kam. Kathrin Meier ging.</p>", "topics": ["Hafen"], "dek": "Zwei."}
    assert [one.rule for one in remarks_on(make_cleared(**text))] == ["names"]
    make_contributor("Katrin Meier")
    make_contributor("Kathrin Meier")
    assert remarks_on(make_cleared(**text)) == []
