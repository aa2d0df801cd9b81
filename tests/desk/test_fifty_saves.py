"""Fifty people save one story at once: every text is merged, or kept and offered. None is lost.

`NEWSROOM_TEST_ROUNDS=200` runs as many rounds as the figure in the changelog was taken with.
"""

import os
from functools import partial

import pytest
from cast import make_contributor, make_story
from threads import at_once

from articles import desk
from articles.models import Story
from articles.rules.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("NEWSROOM_TEST_ROUNDS", "3"))
SAVERS = 50
PARAGRAPHS = 30


def paragraphs(changed=None):
    """A body of PARAGRAPHS paragraphs, some changed (dict: place to text)."""
    texts = [f"Absatz {place} der Meldung steht hier." for place in range(PARAGRAPHS)]
    return "".join(f"<p>{(changed or {}).get(place, text)}</p>" for place, text in enumerate(texts))


def all_save(story, *, version):
    """Each of SAVERS rewrites one paragraph, all let go together; what each of them was told (list)."""

    def save(number):
        values = {"body": paragraphs({number * 7 % PARAGRAPHS: f"Satz von Nummer {number}."})}
        return desk.save(Story.objects.get(pk=story.pk), by=None, values=values, version=version)

    return at_once(*(partial(save, number) for number in range(SAVERS)))


def sentence(number):
    return f"<p>Satz von Nummer {number}.</p>"


def tally(story, told):
    """How many texts are in the story, how many were kept and offered, how many are neither (three numbers)."""
    body = Story.objects.get(pk=story.pk).body
    merged = offered = lost = 0
    for number, answer in enumerate(told):
        if isinstance(answer, desk.Conflict):
            # Both texts of the paragraph, and the whole with mine in it, are in the hands of whoever saved.
            (both,) = answer.conflicts["body"]
            kept = both.mine == sentence(number) and both.theirs and sentence(number) in answer.merged["body"]
            offered, lost = offered + bool(kept), lost + (not kept)
        elif isinstance(answer, Refused):
            offered += 1  # nothing was written and the form still has it
        elif isinstance(answer, Exception) or sentence(number) not in body:
            lost += 1
        else:
            merged += 1
    return merged, offered, lost


def test_fifty_who_save_at_once_lose_nothing(record_property):
    person, sums = make_contributor(), [0, 0, 0]
    for _round in range(ROUNDS):
        story = make_story(body=paragraphs(), bylines=[(person, "text")])
        result = tally(story, all_save(story, version=story.version))
        sums = [total + each for total, each in zip(sums, result, strict=True)]
        assert story.revisions.count() == 1 + result[0]
    assert sums[2] == 0
    # Thirty paragraphs, fifty savers: the first of each paragraph is merged, whoever comes second is asked.
    assert sums == [PARAGRAPHS * ROUNDS, (SAVERS - PARAGRAPHS) * ROUNDS, 0]
    record_property(
        f"saves in {ROUNDS} rounds of {SAVERS}: {sums[0]} merged, {sums[1]} kept and offered, lost:", sums[2]
    )


def test_control_without_the_version_texts_are_lost():
    story = make_story(body=paragraphs())
    merged, offered, lost = tally(story, all_save(story, version=None))
    assert (merged, offered) == (1, 0)
    assert lost == SAVERS - 1
