"""The same item again with another text: who wins, and what readers get."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import desk, press
from articles.ingest import Result, store
from articles.models import Edition, ImportedItem, Story
from articles.rules.refusal import Refused
from articles.vocabulary import Change, Stage


def test_a_text_changed_at_the_source_is_saved_while_nobody_edited_it(draft, corrected, city):
    story = store(draft, section=city).story
    outcome = store(corrected, section=city)
    assert (outcome.result, outcome.story, outcome.edition) == (Result.UPDATED, story, None)
    assert (Story.objects.get().body, Story.objects.get().version) == (corrected.body, 2)
    assert ImportedItem.objects.get().digest == corrected.digest
    assert store(corrected, section=city).result == Result.UNCHANGED
    assert store(draft, section=city).result == Result.UPDATED


def test_a_text_edited_here_is_not_touched(draft, corrected, city, rows):
    story = store(draft, section=city).story
    desk.save(story, by=None, values={"kicker": "Hafen"})
    before = rows()
    assert store(corrected, section=city, publish=True).result == Result.EDITED_HERE
    assert (Story.objects.get().body, ImportedItem.objects.get().digest) == (draft.body, draft.digest)
    assert rows() == before


def test_tagging_and_moving_are_no_edits(draft, corrected, city):
    story = store(draft, section=city).story
    desk.tag(story, by=None, add=["Westkai"])
    desk.move(story, "submit", by=None)
    assert store(corrected, section=city).result == Result.UPDATED
    story.refresh_from_db()
    assert (story.stage, [topic.name for topic in story.topics.all()]) == (Stage.SUBMITTED, ["Westkai"])


def test_an_update_goes_to_readers_only_when_asked(draft, corrected, city):
    first = store(draft, section=city, publish=True).edition
    assert store(corrected, section=city).edition is None
    assert list(Edition.objects.live()) == [first]


def test_an_update_published_keeps_the_first_date_and_says_update(draft, corrected, city):
    first = store(draft, section=city, publish=True).edition
    edition = store(corrected, section=city, publish=True).edition
    assert list(Edition.objects.live()) == [edition]
    assert (edition.number, edition.change, edition.body) == (2, Change.UPDATE, corrected.body)
    assert (edition.published_at, edition.updated_at) == (draft.published_at, edition.live_from)
    assert edition.live_from > first.live_from


def test_an_update_of_a_scheduled_story_replaces_its_edition(draft, corrected, city):
    at = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    store(replace(draft, published_at=at), section=city, publish=True)
    edition = store(replace(corrected, published_at=at), section=city, publish=True).edition
    assert list(Edition.objects.live(at)) == [edition]
    assert (edition.live_from, edition.body) == (at, corrected.body)


def test_an_update_does_not_bring_back_what_was_withdrawn(draft, corrected, city):
    story = store(draft, section=city, publish=True).story
    press.withdraw(story, by=None, reason="rights")
    outcome = store(corrected, section=city, publish=True)
    assert (outcome.result, outcome.edition) == (Result.UPDATED, None)
    assert Edition.objects.live().count() == 0


def test_a_draft_cleared_for_nothing_is_refused_whole(draft, corrected, city):
    story = store(draft, section=city).story
    desk.move(story, "spike", by=None)
    with pytest.raises(Refused) as caught:
        store(corrected, section=city, publish=True)
    assert caught.value.reasons == ["The story is spiked; revive and clear it first."]
    assert (Story.objects.get().body, ImportedItem.objects.get().digest) == (draft.body, draft.digest)


def test_a_text_read_another_way_but_saying_the_same_is_unchanged(draft, city):
    store(draft, section=city, publish=True)
    outcome = store(replace(draft, digest="0" * 64), section=city, publish=True)
    assert (outcome.result, Story.objects.get().version, Edition.objects.count()) == (Result.UNCHANGED, 1, 1)
