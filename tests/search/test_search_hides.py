"""Only what is live at the moment is found, counted, suggested or meant; what is hidden moves no answer."""

import pytest
from cast import DAY, HOUR, MICROSECOND, NOON, make_cleared, make_live, make_scheduled, make_story

from articles import desk, press
from articles.models import Edition, SearchDocument
from articles.search import Question, read, the_index

pytestmark = pytest.mark.django_db


def count(typed, at=NOON):
    """How many are found, and how many the counts know of."""
    result = the_index().find(Question(**read(typed)), at=at)
    assert len(result.keys) == sum(result.days.values()) == result.counts["_kopinion"]
    return len(result.keys)


def everything_said(at=NOON):
    """What each kind of question answers."""
    index, asked = the_index(), Question(**read("leuchtturm"))
    result = index.find(asked, at=at)
    return result, index.suggest("leu", at=at), index.correct(Question(**read("leuchtturn")), at=at)


def test_a_scheduled_story_is_found_from_its_microsecond_on(clock):
    make_scheduled("Leuchtturm", at=NOON + HOUR, kind="opinion")
    assert count("leuchtturm", NOON + HOUR - MICROSECOND) == 0
    assert count("leuchtturm", NOON + HOUR) == 1


def test_a_story_with_an_end_is_found_until_its_microsecond(clock):
    story = make_live("Leuchtturm", kind="opinion")
    press.set_end(story, by=None, at=NOON + HOUR)
    assert count("leuchtturm", NOON + HOUR - MICROSECOND) == 1
    assert count("leuchtturm", NOON + HOUR) == 0


def test_a_withdrawn_story_is_gone_at_once_and_back_when_restored(clock):
    story = make_live("Leuchtturm", kind="opinion")
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="error")
    assert count("leuchtturm", NOON + HOUR) == 0
    clock.shift(HOUR)
    press.restore(story, by=None)
    assert count("leuchtturm", NOON + 2 * HOUR) == 1


def test_of_a_story_only_the_edition_of_the_moment_is_found(clock):
    story = make_live("Leuchtturm", kind="opinion")
    desk.save(story, by=None, values={"headline": "Feuerschiff"})
    assert count("feuerschiff") == 0
    clock.shift(HOUR)
    press.publish(story, by=None, change="update")
    assert [count("leuchtturm"), count("feuerschiff")] == [1, 0]
    assert [count("leuchtturm", NOON + HOUR), count("feuerschiff", NOON + HOUR)] == [0, 1]


def test_a_moved_edition_moves_in_the_index(clock):
    story = make_scheduled("Leuchtturm", at=NOON + HOUR, kind="opinion")
    press.retime(story, by=None, at=NOON + DAY)
    document, edition = SearchDocument.objects.get(), Edition.objects.get(story=story)
    assert document.published_at == edition.published_at == NOON + DAY
    assert [count("leuchtturm", NOON + HOUR), count("leuchtturm", NOON + DAY)] == [0, 1]


def hide(state, headline):
    """A story with that headline that readers do not have at noon."""
    values = {"topics": ["Leuchtturmfest", "Hafen"], "body": "<p>Leuchtturm Leuchttürme, Leuchtturn.</p>"}
    if state == "draft":
        return make_story(headline, **values)
    if state == "scheduled":
        return make_scheduled(headline, at=NOON + MICROSECOND, **values)
    if state == "embargoed":
        return make_scheduled(headline, at=NOON + DAY, embargo_until=NOON + DAY, **values)
    if state == "cancelled":
        story = make_scheduled(headline, at=NOON + HOUR, **values)
        press.cancel(story, by=None)
        return story
    story = make_cleared(headline, **values)
    press.publish(story, by=None)
    if state == "expired":
        press.set_end(story, by=None, at=NOON)
    else:
        press.withdraw(story, by=None, reason="legal")
    return story


@pytest.mark.parametrize("state", ["draft", "scheduled", "embargoed", "cancelled", "expired", "withdrawn"])
def test_hidden_stories_change_no_answer(clock, state):
    clock.shift(-DAY)
    for number in range(3):
        clock.shift(HOUR)
        make_live(f"Leuchtturm {number}", topics=["Hafen"], kind="opinion", body="<p>Am Leuchtturm.</p>")
    before = everything_said()
    assert len(before[0].keys) == 3
    assert [each.text for each in before[1]] == ["Leuchtturm"]
    assert before[2] == "Leuchtturm"
    for number in range(4):
        hide(state, f"Leuchtturn Leuchtturmwärter {number}")
    assert everything_said() == before


def test_control_a_live_story_does_change_the_answers(clock):
    make_live("Leuchtturm", kind="opinion")
    before = everything_said()
    make_live("Leuchtturn Leuchtturmwärter", topics=["Leuchtturmfest"], kind="opinion")
    after = everything_said()
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, False]


def test_hidden_stories_take_no_place_among_the_newest(clock, monkeypatch):
    monkeypatch.setattr("articles.search.stored.MOST", 2)
    live = [make_live("Leuchtturm", published_at=NOON - DAY - number * HOUR) for number in range(2)]
    for _number in range(4):
        hide("embargoed", "Leuchtturm")
        press.withdraw(make_live("Leuchtturm"), by=None, reason="error")
    result = the_index().find(Question(**read("leuchtturm")), at=NOON + HOUR)
    assert [Edition.objects.get(pk=key).story for key in result.keys] == live
    assert result.more is False
