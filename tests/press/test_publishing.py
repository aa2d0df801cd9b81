"""Publish now, and publish again."""

import pytest
from cast import DAY, HOUR, MICROSECOND, NOON, make_cleared, make_live, make_section, make_story, rewrite

from articles import desk, press
from articles.models import Correction, Edition, EditionContributor, EditionSection, EditionTopic, StoryEvent
from articles.rules.refusal import Refused
from articles.vocabulary import Act, Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def live_texts(story, at=None):
    return [edition.lede for edition in Edition.objects.live(at).filter(story=story)]


def test_a_published_story_is_what_readers_get_from_that_moment_on():
    story = make_cleared("Rat beschließt Haushalt", section=make_section("politik/europa"), topics=["Haushalt"])
    edition = press.publish(story, by=None)
    assert (edition.live_from, edition.live_until, edition.published_at, edition.updated_at) == (NOON, None, NOON, NOON)
    assert (edition.number, edition.change, edition.headline) == (1, Change.FIRST, "Rat beschließt Haushalt")
    assert list(Edition.objects.live(NOON - MICROSECOND)) == []
    assert list(Edition.objects.live(NOON)) == [edition]


def test_an_edition_stands_in_its_section_and_all_above_in_further_ones_under_topics_and_people():
    further = make_section("wirtschaft/hafen")
    story = make_cleared(section=make_section("politik/europa"), further_sections=[further], topics=["Kai", "Rat"])
    edition = press.publish(story, by=None)
    paths = EditionSection.objects.filter(edition=edition).values_list("section__path", flat=True)
    assert sorted(paths) == ["politik", "politik/europa", "wirtschaft", "wirtschaft/hafen"]
    assert sorted(EditionTopic.objects.values_list("topic__name", flat=True)) == ["Kai", "Rat"]
    assert list(EditionContributor.objects.values_list("contributor__name", flat=True)) == ["Ada Brook"]
    assert {row.live_from for row in EditionSection.objects.all()} == {NOON}


def test_editing_a_live_story_changes_nothing_for_readers():
    story = make_live()
    before = live_texts(story)
    rewrite(story, "Ganz anders.")
    assert live_texts(story) == before


def test_an_update_closes_one_edition_where_the_next_begins_and_moves_updated_at(clock):
    story = make_live()
    clock.shift(HOUR)
    rewrite(story, "Neuer Stand.")
    edition = press.publish(story, by=None, change=Change.UPDATE)
    first, second = Edition.objects.filter(story=story).order_by("number")
    assert (first.live_until, second.live_from) == (NOON + HOUR, NOON + HOUR)
    assert (edition.published_at, edition.updated_at) == (NOON, NOON + HOUR)
    assert live_texts(story, NOON + HOUR - MICROSECOND) == [first.lede]
    assert live_texts(story, NOON + HOUR) == ["Neuer Stand."]


def test_a_minor_change_does_not_move_updated_at(clock):
    story = make_live()
    clock.shift(HOUR)
    edition = press.publish(rewrite(story, "Komma gesetzt."), by=None, change=Change.MINOR)
    assert edition.updated_at == NOON


def test_a_correction_is_printed_and_stays_in_later_editions(clock):
    story = make_live()
    clock.shift(HOUR)
    edition = press.publish(rewrite(story, "43."), by=None, change=Change.CORRECTION, note=" Es waren 43, nicht 34. ")
    assert Correction.objects.get().text == "Es waren 43, nicht 34."
    assert Correction.objects.get().edition == edition
    clock.shift(HOUR)
    later = press.publish(rewrite(story, "43!"), by=None, change=Change.MINOR)
    assert [note["text"] for note in later.corrections] == ["Es waren 43, nicht 34."]
    assert later.updated_at == NOON + HOUR


@pytest.mark.parametrize(
    ("change", "note", "sentence"),
    [
        (None, "", "Readers have had this story: say whether the change is minor, an update or a correction."),
        (Change.FIRST, "", "Readers have had this story: say whether the change is minor, an update or a correction."),
        (Change.CORRECTION, "  ", "A correction needs a note that says what was wrong and what is right."),
    ],
)
def test_a_change_to_a_live_story_has_to_be_named(change, note, sentence):
    story = rewrite(make_live(), "Neu.")
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None, change=change, note=note)
    assert refused.value.reasons == [sentence]


def test_the_same_text_is_not_printed_twice():
    story = make_live()
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None, change=Change.UPDATE)
    assert refused.value.reasons == ["Readers have had exactly this text since 23.11.2026 13:00 +01:00."]


def test_a_first_publication_cannot_be_called_an_update():
    with pytest.raises(Refused) as refused:
        press.publish(make_cleared(), by=None, change=Change.UPDATE)
    assert refused.value.reasons == ["Readers never had this story: there is nothing to update or correct."]


def test_a_story_that_is_not_ready_is_refused_with_every_reason_at_once():
    story = make_story(body="", bylines=[], kind="opinion")
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None)
    assert refused.value.reasons == [
        "The story is not cleared yet.",
        "The story has no text.",
        "Name a byline or a source.",
        "An opinion needs the name of its author.",
    ]
    assert Edition.objects.count() == 0


def test_somebody_who_looked_at_an_older_text_does_not_publish_the_newer_one():
    story = make_cleared()
    seen = story.version
    rewrite(story, "Inzwischen geändert.")
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None, version=seen)
    assert "after you opened it" in refused.value.reasons[0]
    assert Edition.objects.count() == 0


def test_an_import_is_dated_as_its_source_says_but_was_not_ours_before_it_came():
    then = NOON - 700 * DAY
    edition = press.publish(make_cleared(), by=None, published_at=then)
    assert (edition.published_at, edition.updated_at, edition.live_from) == (then, then, NOON)
    assert list(Edition.objects.live(NOON - MICROSECOND)) == []


def test_a_date_of_publication_in_the_future_or_a_second_one_is_refused(clock):
    with pytest.raises(Refused) as refused:
        press.publish(make_cleared(), by=None, published_at=NOON + HOUR)
    assert refused.value.reasons == ["The date of publication lies in the future; schedule the story instead."]
    story = make_live()
    clock.shift(HOUR)
    with pytest.raises(Refused) as refused:
        press.publish(rewrite(story, "Neu"), by=None, change=Change.MINOR, published_at=NOON - DAY)
    assert refused.value.reasons == ["The story was first published on 23.11.2026 13:00 +01:00; that date never moves."]


def test_an_embargo_holds_until_its_moment_and_breaking_it_is_logged(clock):
    story = make_cleared(embargo_until=NOON + HOUR)
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None)
    assert refused.value.reasons == ["The story is under embargo until 23.11.2026 14:00 +01:00."]
    edition = press.publish(story, by=None, break_embargo="Other papers have it.")
    assert edition.embargo_broken == "Other papers have it."
    assert StoryEvent.objects.get(act=Act.EMBARGO_BROKEN).note == "Other papers have it."


def test_at_the_embargos_end_the_story_may_go(clock):
    story = make_cleared(embargo_until=NOON + HOUR)
    clock.move_to(NOON + HOUR)
    assert press.publish(story, by=None).embargo_broken == ""


def test_two_editions_in_the_same_microsecond_follow_each_other():
    story = make_live()
    edition = press.publish(rewrite(story, "Sofort."), by=None, change=Change.UPDATE)
    assert edition.live_from == NOON + MICROSECOND


def test_links_of_an_advertisement_are_marked_as_paid_for():
    story = make_cleared(kind="sponsored", body='<p><a href="https://example.org/">Angebot</a></p>')
    assert press.publish(story, by=None).body == '<p><a href="https://example.org/" rel="sponsored">Angebot</a></p>'


def test_a_byline_is_printed_as_it_was_and_stays_so():
    story = make_live()
    person = story.bylines.get().contributor
    person.name = "Ada Brook-Smith"
    person.save()
    assert [line["name"] for line in Edition.objects.get().bylines] == ["Ada Brook"]


def test_every_act_is_in_the_log():
    story = make_live()
    assert list(story.events.order_by("pk").values_list("act", flat=True)) == ["created", "moved", "moved", "published"]
    assert story.events.get(act="published").edition == Edition.objects.get()


def test_preview_is_what_publishing_would_print_and_prints_nothing():
    story = make_cleared(topics=["Hafen"])
    shown = press.preview(story)
    edition = press.publish(story, by=None)
    same = ("headline", "body", "lede", "bylines", "topics", "picture", "related", "published_at", "updated_at")
    assert {name: getattr(shown, name) for name in same} == {name: getattr(edition, name) for name in same}
    rewrite(story, "Noch nicht gedruckt.")
    assert press.preview(story).lede == "Noch nicht gedruckt."
    assert Edition.objects.count() == 1


def test_a_spiked_story_says_what_to_do_first():
    story = make_story()
    desk.move(story, "spike", by=None)
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None)
    assert refused.value.reasons == ["The story is spiked; revive and clear it first."]
