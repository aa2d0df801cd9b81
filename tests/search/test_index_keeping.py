"""How the index is filled, emptied and put right, and in which windows PostgreSQL looks back."""

from datetime import date, timedelta

import pytest
from cast import NOON, make_live, make_scheduled
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from articles import press
from articles.models import Edition, SearchDocument
from articles.search import Question, read, the_index
from articles.search.document import MOST_TIMES, MOST_WORDS, documents, place_of
from articles.search.postgres import _cover, windows
from articles.search.sqlite import SQLiteIndex

LAST = date(2026, 11, 23)


def count(typed):
    """How many live editions at noon are found."""
    return len(the_index().find(Question(**read(typed)), at=NOON).keys)


@pytest.mark.django_db
def test_reindex_adds_what_is_missing_and_nothing_twice(clock, capsys):
    for number in range(3):
        make_live(f"Leuchtturm {number}")
    the_index().clear()
    assert count("leuchtturm") == 0
    call_command("reindex", batch=2)
    assert "3 editions indexed" in capsys.readouterr().out
    assert count("leuchtturm") == 3
    call_command("reindex")
    assert "0 editions indexed" in capsys.readouterr().out
    call_command("reindex", all=True)
    assert (count("leuchtturm"), SearchDocument.objects.count()) == (3, 3)


@pytest.mark.django_db
def test_reindex_leaves_out_what_was_cancelled(clock):
    press.cancel(make_scheduled("Nie", at=NOON + timedelta(hours=1)), by=None)
    the_index().clear()
    call_command("reindex")
    assert SearchDocument.objects.count() == 0


@pytest.mark.django_db
def test_reindex_refuses_an_empty_batch():
    with pytest.raises(CommandError):
        call_command("reindex", batch=0)


@pytest.mark.django_db
def test_removed_editions_leave_no_word_behind(clock):
    make_live("Leuchtturm")
    make_live("Feuerschiff")
    edition = Edition.objects.get(headline="Leuchtturm")
    the_index().remove([edition])
    the_index().remove([edition])
    assert [count("leuchtturm"), count("feuerschiff")] == [0, 1]
    the_index().add([edition])
    assert [count("leuchtturm"), count("feuerschiff")] == [1, 1]


@pytest.mark.django_db
def test_emptying_the_table_empties_the_words_too(clock):
    make_live("Leuchtturm")
    edition, place = Edition.objects.get(), SearchDocument.objects.get().place
    SearchDocument.objects.all().delete()
    edition.headline = "Feuerschiff"  # stands in for another story at the same place, as after a test's flush
    the_index().add([edition])
    assert SearchDocument.objects.get().place == place
    assert [count("leuchtturm"), count("feuerschiff")] == [0, 1]


@pytest.mark.django_db
def test_no_more_of_a_story_is_indexed_than_every_database_keeps(clock):
    make_live("Lang", body=f"<p>{'ja ' * 300}vorher{' nein' * MOST_WORDS} danach</p>")
    document = next(documents(list(Edition.objects.all())))
    assert len(document.forms) == MOST_WORDS
    assert document.forms.count("dja") == MOST_TIMES
    assert [count("vorher"), count("danach"), count('"ja vorher"')] == [1, 0, 0]


@pytest.mark.django_db
def test_stories_of_the_same_time_get_places_of_their_own(clock):
    for _number in range(3):
        make_live("Zugleich")
    editions = list(Edition.objects.all())
    the_index().clear()
    for edition in editions:
        edition.published_at = NOON
    the_index().add(editions[:1])
    place = SearchDocument.objects.get().place
    SearchDocument.objects.update(place=place + 1)  # as if another key had the same remainder
    the_index().add(editions[1:])
    assert len(set(SearchDocument.objects.values_list("place", flat=True))) == 3


@pytest.mark.parametrize("first", [LAST, LAST - timedelta(days=1), date(2026, 8, 1), date(1999, 2, 28), date(1, 1, 1)])
@pytest.mark.parametrize("months", [6, 24])
def test_windows_cover_every_day_once(first, months):
    days = [end - start for start, end in windows(first, LAST, months=months)]
    spans = list(windows(first, LAST, months=months))
    assert (spans[0][1], spans[-1][0]) == (LAST, first)
    assert [later[0] - earlier[1] for earlier, later in zip(spans[1:], spans, strict=False)] == [timedelta(days=1)] * (
        len(spans) - 1
    )
    assert sum(days, timedelta(days=len(days))) == LAST - first + timedelta(days=1)


def test_a_window_is_named_by_few_marks():
    assert _cover(date(2025, 12, 30), date(2027, 2, 2)) == [
        *("_d20251230", "_d20251231", "_y2026", "_m202701", "_d20270201", "_d20270202"),
    ]
    assert _cover(date(9999, 12, 30), date(9999, 12, 31)) == ["_d99991230", "_d99991231"]
    assert max(len(_cover(*span)) for span in windows(date(1990, 1, 1), LAST, months=6)) <= 32


def test_another_engine_can_be_named(settings):
    settings.NEWSROOM_SEARCH = "articles.search.sqlite.SQLiteIndex"
    assert type(the_index()) is SQLiteIndex


@pytest.mark.parametrize("name", ["articles.search.nowhere.Index", "articles.search.document.Document", "x"])
def test_what_is_no_index_is_refused(settings, name):
    settings.NEWSROOM_SEARCH = name
    with pytest.raises(ImproperlyConfigured):
        the_index()


@pytest.mark.django_db
def test_who_has_to_leave_a_taken_place_does_not_take_the_next_ones(clock):
    last = Edition.objects.get(story=make_live("Drei"))
    for distance in (1, 2):
        other = Edition.objects.get(story=make_live("Weicht"))
        SearchDocument.objects.filter(edition=other).update(place=place_of(NOON, last.pk + distance))
    the_index().remove([last])
    SearchDocument.objects.filter(place=place_of(NOON, last.pk + 2)).update(place=place_of(NOON, last.pk))
    the_index().add([last])
    assert SearchDocument.objects.get(edition=last).place == place_of(NOON, last.pk + 2)
