"""From a draft to the desk and to readers, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from articles import desk, press
from articles.ingest import Outcome, Result, default_section, named_section, rehearse, store
from articles.ingest.plaintext import parse
from articles.models import Byline, Contributor, Edition, ImportedItem, Story, StoryEvent
from articles.rules.refusal import Refused
from articles.vocabulary import Act, Change, ContributorKind, Credit, Stage


@pytest.fixture
def draft(german):
    """The German story, read."""
    return parse(german, zone=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def corrected(german):
    """The same item with another number in its text."""
    return parse(german.replace(b"14 Millionen", b"15 Millionen"), zone=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def city(sections):
    """The section the stories run in."""
    return sections["stadt"]


def rows():
    """How many rows every table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


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


def test_the_same_draft_again_changes_nothing(draft, city):
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


def test_a_text_changed_at_the_source_is_saved_while_nobody_edited_it(draft, corrected, city):
    story = store(draft, section=city).story
    outcome = store(corrected, section=city)
    assert (outcome.result, outcome.story, outcome.edition) == (Result.UPDATED, story, None)
    assert (Story.objects.get().body, Story.objects.get().version) == (corrected.body, 2)
    assert ImportedItem.objects.get().digest == corrected.digest
    assert store(corrected, section=city).result == Result.UNCHANGED
    assert store(draft, section=city).result == Result.UPDATED


def test_a_text_edited_here_is_not_touched(draft, corrected, city):
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


def test_a_draft_that_cannot_be_stored_leaves_nothing(draft, city):
    before = rows()
    with pytest.raises(Refused):
        store(replace(draft, headline=" "), section=city)
    with pytest.raises(Refused):
        store(replace(draft, body="<p> </p>"), section=city, publish=True)
    assert rows() == before


@pytest.mark.parametrize("publish", [False, True])
def test_a_rehearsal_says_the_same_and_stores_nothing(draft, city, publish):
    before = rows()
    rehearsed = rehearse(draft, section=city, publish=publish)
    assert rows() == before
    outcome = store(draft, section=city, publish=publish)
    assert (rehearsed.result, bool(rehearsed.edition)) == (outcome.result, publish)
    assert rows() != before


def test_a_section_is_named_by_its_address_or_its_slug(sections):
    assert named_section("city/council") == named_section("/city/council/") == sections["city/council"]
    assert named_section("council") == sections["city/council"]


def test_an_unknown_section_is_refused_with_all_there_are(sections):
    with pytest.raises(Refused) as caught:
        named_section("sport")
    assert caught.value.reasons == [
        "There is no section “sport” (--section or NEWSROOM_INGEST_SECTION);"
        " there are: stadt, hafen, city, city/council."
    ]


def test_a_slug_of_several_sections_is_refused_with_their_addresses(sections):
    type(sections["stadt"]).objects.create(name="Rat", slug="council", language="de", parent=sections["stadt"])
    with pytest.raises(Refused) as caught:
        named_section("council")
    assert caught.value.reasons == ["There are several sections “council”; choose one of: city/council, stadt/council."]


def test_without_a_name_it_is_the_first_top_level_section_of_the_language(sections, settings):
    assert (default_section("de"), default_section("en")) == (sections["stadt"], sections["city"])
    settings.LANGUAGE_CODE = "en"
    assert default_section("") == sections["city"]


def test_a_language_without_a_section_is_refused(sections):
    type(sections["stadt"]).objects.filter(language="en").exclude(path="city").delete()
    sections["city"].delete()
    with pytest.raises(Refused) as caught:
        default_section("en")
    assert caught.value.reasons == [
        "There is no section for stories in this language (English); name one with --section."
    ]


def test_the_moment_stored_is_the_one_the_file_means(draft, city):
    edition = store(draft, section=city, publish=True).edition
    edition.refresh_from_db()
    assert edition.published_at == datetime(2024, 3, 12, 17, 5, tzinfo=UTC)
