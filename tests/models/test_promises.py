"""What the database refuses, tried with raw SQL: no code of ours stands in between."""

import pytest
import time_machine
from cast import HOUR, NOON, make_live, make_section, make_story, rewrite
from django.db import DatabaseError, IntegrityError, connection, transaction

from articles import press
from articles.models import Edition, promises

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_editions():
    """A story with a closed edition [12:00, 13:00) and an open one from 13:00."""
    with time_machine.travel(NOON, tick=False) as clock:
        story = make_live()
        clock.shift(HOUR)
        press.publish(rewrite(story, "Zweite Fassung."), by=None, change="update")
        yield list(Edition.objects.filter(story=story).order_by("number"))


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    """The name of the promise that refuses the statement."""
    with pytest.raises((IntegrityError, DatabaseError)) as error:
        run(sql, *values)
    return str(error.value)


def test_two_editions_of_a_story_are_never_live_at_once(two_editions):
    first, second = two_editions
    inside = NOON + HOUR / 2
    assert promises.OVERLAP in refused("UPDATE articles_edition SET live_from = %s WHERE id = %s", inside, second.pk)
    later = NOON + 2 * HOUR
    assert promises.OVERLAP in refused("UPDATE articles_edition SET live_until = %s WHERE id = %s", later, first.pk)
    run("UPDATE articles_edition SET live_from = %s WHERE id = %s", NOON + 2 * HOUR, second.pk)


def test_a_new_edition_cannot_be_pushed_between_others(two_editions):
    first, _second = two_editions
    first.pk, first.number, first._state.adding = None, 9, True
    first.live_from, first.live_until = NOON + HOUR / 4, NOON + HOUR / 2
    with pytest.raises(IntegrityError, match=promises.OVERLAP), transaction.atomic():
        first.save(force_insert=True)


def test_one_open_edition_a_story(two_editions):
    first, _second = two_editions
    told = refused("UPDATE articles_edition SET live_until = NULL WHERE id = %s", first.pk)
    # SQLite asks its triggers first, PostgreSQL its indexes.
    assert ("edition_open_once" if connection.vendor == "postgresql" else promises.OVERLAP) in told


IMPOSSIBLE = {
    "live_until = live_from": "edition_starts_before_it_ends",
    "live_from = NULL": "edition_starts_before_it_ends",
    "updated_at = '2020-01-01 00:00:00+00:00'": "edition_updated_since_published",
    "published_at = '2099-01-01 00:00:00+00:00'": "edition_published_by_its_start",
}


@pytest.mark.parametrize("change", IMPOSSIBLE)
def test_impossible_times_are_refused(two_editions, change):
    told = refused(f"UPDATE articles_edition SET {change} WHERE id = %s", two_editions[0].pk)
    assert IMPOSSIBLE[change] in told


@pytest.mark.parametrize(
    "column", ["headline", "body", "bylines", "section_id", "public_id", "story_id", "embargo_until"]
)
def test_what_was_printed_is_never_changed(two_editions, column):
    assert promises.FROZEN in refused(
        f"UPDATE articles_edition SET {column} = {column} WHERE id = %s", two_editions[0].pk
    )


def test_the_log_is_only_added_to():
    story = make_story()
    assert promises.APPEND_ONLY in refused("UPDATE articles_storyevent SET note = 'x' WHERE story_id = %s", story.pk)
    event = story.events.get()
    for change in (event.save, event.delete, story.events.all().delete, lambda: story.events.all().update(note="x")):
        with pytest.raises(TypeError, match="only ever added to"):
            change()


def test_no_edition_starts_inside_its_embargo_unless_it_says_why(two_editions):
    first, _second = two_editions
    first.pk, first.number, first._state.adding = None, 9, True
    first.live_from, first.live_until = NOON - 3 * HOUR, NOON - 2 * HOUR
    first.published_at = first.updated_at = NOON - 3 * HOUR
    first.embargo_until = NOON
    with pytest.raises(IntegrityError, match="edition_respects_embargo"), transaction.atomic():
        first.save(force_insert=True)
    first.embargo_broken = "Lives depend on it."
    first.save(force_insert=True)


FORBIDDEN = {
    ("articles_story", "headline = ''"): "story_has_headline",
    ("articles_story", "slug = ''"): "story_has_slug",
    ("articles_story", "stage = 'live'"): "story_stage_is_known",
    ("articles_story", "urgency = 9"): "story_urgency_from_1_to_8",
    ("articles_section", "level = 4"): "section_has_three_levels",
    ("articles_section", "level = 2"): "section_level_fits_parent",
    ("articles_section", "parent_id = id, level = 2"): "section_is_not_its_own_parent",
    ("articles_section", "path = 'admin'"): "section_path_is_free",
    ("articles_byline", "position = -1"): "position",
}


@pytest.mark.parametrize(("table", "change"), FORBIDDEN)
def test_forbidden_states_are_refused(table, change):
    make_story(section=make_section())
    assert FORBIDDEN[table, change] in refused(f"UPDATE {table} SET {change}")


def test_the_promises_survive_being_made_again(two_editions):
    promises.keep_promises(using="default")
    test_what_was_printed_is_never_changed(two_editions, "headline")
