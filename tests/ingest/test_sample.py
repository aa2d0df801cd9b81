"""The real press story beside the repository; its text stays out of here, so lines have numbers."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.ingest import read
from articles.text.html import plain_text

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "samples" / "press-story-de.txt"
pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason=f"the real press story is not at {SAMPLE}")
HEADLINE, LEAD, LAST, TOPIC_BOX = 3, 5, 18, 19
SUBHEADS = (6, 9, 11, 13, 16)


@pytest.fixture
def lines():
    """The file's lines that are not blank."""
    return [line.strip() for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture
def draft():
    """What is read from it."""
    return read(SAMPLE.read_bytes())


def test_source_time_and_language_of_the_real_press_story(draft):
    assert (draft.source, draft.language) == ("Kettner Edelmetalle", "de")
    assert draft.published_at == datetime(2024, 10, 22, 19, 4, tzinfo=UTC)


def test_its_headline_printed_twice_is_one(draft, lines):
    assert [draft.headline] * 2 == lines[HEADLINE:LEAD]
    assert draft.body.count(draft.headline) == 0


def test_its_five_subheads_are_headings_and_the_topic_box_is_left_out(draft, lines):
    assert re.findall("<h2>(.*)</h2>", draft.body) == [lines[number] for number in SUBHEADS]
    assert draft.left_out == lines[TOPIC_BOX]


def test_its_text_is_there_once_from_the_first_sentence_to_the_last(draft, lines):
    assert plain_text(draft.body).split("\n") == lines[LEAD : LAST + 1]
    assert [lines[number][-1] for number in (LEAD, LAST)] == [".", "."]
