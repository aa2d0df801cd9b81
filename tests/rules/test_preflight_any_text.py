"""Preflight takes any text whatever, in time that grows with its length; and the demo's stories pass it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from growth import FOUR_TIMES, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.demo.content import read_stories
from articles.rules.preflight import RULES, Copy, findings_for
from articles.rules.preflight.copy import Pictured
from articles.text.html import clean_body
from articles.vocabulary import Level

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVERYTHING = dict.fromkeys(RULES, Level.RECOMMENDED)
TEXT = {"headline", "kicker", "dek", "body", "source", "slug"}
_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        '<a href="',
        "„",
        "“",
        "”",
        '"',
        "TK",
        "Montag, 31.",
        "11.",
        " heute",
        "Ich ",
        "Anna Meier ",
        "…",
        "[",
    ]
)
ANY = st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join))


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(sorted(TEXT), ANY)), ANY, st.sampled_from(["news", "opinion", "?"]))
def test_no_text_makes_a_rule_fail(texts, name, kind):
    pictures = tuple(Pictured(number, name, name, name, name) for number in (0, 1))
    copy = Copy(
        **texts, pictures=pictures, kind=kind, bylines=((name, "text"),), topics=(name,), known_names=(name,),
        starts=NOW + timedelta(days=1), written=NOW, zone=BERLIN,
    )  # fmt: skip
    assert {type(one.sentence) for one in findings_for(copy, EVERYTHING)} <= {str}


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<p>a</p>",
            "„[…]“ ",
            '<a href="x" ',
            "<h2>a</h2>",
            "<blockquote><p>Hallo</p></blockquote>",
            "heute ",
            "I am ",
        ),
        *("www.a-", "Montag, 1. ", "Aa ", "\n—", "TK ", "“ A", "“", "die die ", "Anna Meier und Ana Meyer. "),
    ],
)
def test_four_times_the_text_is_not_sixteen_times_the_work(piece):
    def judge(body):
        findings_for(Copy(body=body, starts=NOW + timedelta(days=1), written=NOW, zone=BERLIN), EVERYTHING)

    assert growth(judge, lambda size: [(piece * (size // len(piece) + 1))[:size]], 50_000) < FOUR_TIMES


def test_a_rule_tells_its_first_eight_findings_only():
    found = findings_for(Copy(body="".join(f"<p>Absatz {n} XXX</p>" for n in range(30)), zone=BERLIN))
    assert Counter(one.rule for one in found)["placeholder"] == 8


def demo_copies(starts):
    """The demo's stories as they stand in its files."""
    for story in read_stories():
        facts, lead = story.facts, story.facts.get("picture")
        pictures = [lead] * bool(lead) + story.facts.get("pictures", [])
        names = ("headline", "kicker", "dek", "kind", "language", "source", "dateline", "seo_title", "seo_description")
        yield (
            story.stem,
            Copy(
                **{name: facts[name] for name in names},
                body=clean_body(story.body),
                topics=tuple(facts["topics"]),
                bylines=tuple(map(tuple, facts["bylines"])),
                slug=story.stem[3:],
                pictures=tuple(
                    Pictured(number, **{name: each[name] for name in ("alt", "caption", "credit")})
                    for number, each in enumerate(pictures)
                ),
                starts=starts,
                written=NOW,
                zone=BERLIN,
            ),
        )


def test_of_all_demo_stories_one_speaks_as_i_and_that_is_an_idea_for_a_story(record_property):
    found = [(stem, one.rule) for stem, copy in demo_copies(NOW) for one in findings_for(copy, EVERYTHING)]
    assert found == [("45-night-shift-pitch", "unlabelled_opinion")]
    record_property("demo stories judged by preflight", len(list(demo_copies(NOW))))


def test_of_the_demo_stories_going_out_a_day_later_those_that_say_today_are_found():
    found = Counter(
        one.rule for _stem, copy in demo_copies(NOW + timedelta(days=1)) for one in findings_for(copy, EVERYTHING)
    )
    assert found == {"passing_day": 9, "unlabelled_opinion": 1}
