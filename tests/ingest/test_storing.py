"""From a draft to the desk and to readers, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.ingest import Outcome, Result, rehearse, store
from articles.models import Byline, Contributor, Edition, ImportedItem, Story, StoryEvent
from articles.rules.refusal import Refused
from articles.vocabulary import Act, ContributorKind, Credit, Stage


def acts(story):
    """What the log says was done, first to last."""
    return list(story.events.order_by("pk").values_list("act", flat=True))


def test_a_new_draft_becomes_a_story_of_the_agency(draft, city):
    outcome = store(draft, section=city)
    story, item = Story.objects.get(), ImportedItem.objects.get()
    assert outcome == Outcome(Result.IMPORTED, story, item)
    assert (story.headline, story.dek, story.body) == (draft.headline, "", draft.body)
    assert (story.source, story.language, story.section) == ("Nordwind Presse", "de", city)
    assert (story.stage, story.slug) == (
        Stage.DRAFT,
        "hafenrat-beschliesst-neuen-westkai-faehren-ziehen-im-herbst-um",
    )
    agency = Contributor.objects.get(name="Nordwind Presse", kind=ContributorKind.AGENCY)
    assert list(Byline.objects.values_list("story", "contributor", "credit")) == [(story.pk, agency.pk, Credit.AGENCY)]
    assert (item.source, item.guid, item.digest, item.story) == (
        draft.source,
        draft.guid,
        draft.digest,
        story,
    )
    assert acts(story) == [Act.CREATED, Act.IMPORTED]
    assert StoryEvent.objects.get(act=Act.IMPORTED).details == {
        "source": "Nordwind Presse",
        "published_at": "2024-03-12T17:05:00+00:00",
    }


def test_the_same_draft_again_changes_nothing(draft, city, rows):
    first = store(draft, section=city)
    before = rows()
    again = store(draft, section=city, publish=True)
    assert again == Outcome(Result.UNCHANGED, first.story, first.item)
    assert (rows(), Story.objects.get().version) == (before, 1)


def test_two_stories_of_one_agency_share_its_name(draft, city):
    store(draft, section=city)
    store(replace(draft, guid="another"), section=city)
    assert (Story.objects.count(), Contributor.objects.count()) == (2, 1)


def test_a_draft_without_a_language_takes_the_sections(draft, sections):
    store(replace(draft, language=""), section=sections["city"])
    assert Story.objects.get().language == "en"


def test_published_it_is_live_under_its_own_date(draft, city):
    edition = store(draft, section=city, publish=True).edition
    assert list(Edition.objects.live()) == [edition]
    assert (edition.published_at, edition.updated_at) == (draft.published_at, draft.published_at)
    assert (edition.headline, edition.body, edition.source) == (draft.headline, draft.body, draft.source)
    assert [(line["name"], line["credit"]) for line in edition.bylines] == [("Nordwind Presse", "agency")]
    assert acts(Story.objects.get()) == [Act.CREATED, Act.IMPORTED, Act.MOVED, Act.MOVED, Act.PUBLISHED]


def test_published_with_a_date_to_come_it_is_scheduled_for_then(draft, city):
    at = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    edition = store(replace(draft, published_at=at), section=city, publish=True).edition
    assert (edition.live_from, edition.published_at, edition.live_until) == (at, at, None)
    assert (Edition.objects.live().count(), Edition.objects.live(at).count()) == (0, 1)


def test_a_draft_that_cannot_be_stored_leaves_nothing(draft, city, rows):
    before = rows()
    with pytest.raises(Refused):
        store(replace(draft, headline=" "), section=city)
    with pytest.raises(Refused):
        store(replace(draft, body="<p> </p>"), section=city, publish=True)
    assert rows() == before


@pytest.mark.parametrize("publish", [False, True])
def test_a_rehearsal_says_the_same_and_stores_nothing(draft, city, publish, rows):
    before = rows()
    rehearsed = rehearse(draft, section=city, publish=publish)
    assert rows() == before
    outcome = store(draft, section=city, publish=publish)
    assert (rehearsed.result, bool(rehearsed.edition)) == (outcome.result, publish)
    assert rows() != before
