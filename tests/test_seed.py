"""The synthetic archive, and the bulk verb it is printed with."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from painted import picture_row

from articles import press
from articles.models import (
    Byline,
    Contributor,
    Edition,
    EditionContributor,
    EditionSection,
    EditionTopic,
    RelatedStory,
    Section,
    Story,
    StoryEvent,
    Topic,
)
from articles.press.archive import Publication, print_archive
from articles.rules.refusal import Refused
from articles.vocabulary import Change, Credit, Kind, Stage

pytestmark = pytest.mark.django_db

ITS_OWN = {"id", "story_id", "public_id", "translation_key"}
TIMES = {"live_from", "live_until", "published_at", "updated_at", "printed_at"}
DAY = timedelta(days=1)
LISTS = {EditionSection: "section_id", EditionTopic: "topic_id", EditionContributor: "contributor_id"}


def seed(stories=300, number="7"):
    """Seed; returns what the command said."""
    out = StringIO()
    call_command("seed", stories=stories, seed=number, stdout=out)
    return out.getvalue()


def without(names, row):
    """The columns of a row (dict by attribute), without `names`."""
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in names
    }


def places(edition):
    """An edition's places in all lists: by list, pairs of the list's key and the place's own times."""
    return {
        model: sorted(
            (getattr(row, key), row.public_id, row.published_at, row.live_from, row.live_until)
            for row in model.objects.filter(edition=edition)
        )
        for model, key in LISTS.items()
    }


@pytest.fixture
def make_story():
    """Makes stories that are alike in everything but their identity, with one row of every kind that is printed."""
    politics = Section.objects.create(name="Politik", slug="politik")
    europe = Section.objects.create(name="Europa", slug="europa", parent=politics)
    sport = Section.objects.create(name="Sport", slug="sport")
    picture = picture_row()
    people = [
        Contributor.objects.make(name=name, has_page=has)
        for name, has in (("Bente Eggers", True), ("Okka Runge", False))
    ]
    topics = [Topic.objects.for_name(name) for name in ("Zoll", "Brücken")]
    other = Story.objects.make(headline="Anderes", slug="anderes", section=sport)

    def make(**fields):
        fields = {
            "headline": "Die Brücke bleibt",
            "kicker": "Hafen",
            "dek": "Sagt das Amt.",
            "slug": "die-bruecke-bleibt",
            "body": '<p>Sie „bleibt“ &amp; <a href="https://example.org">steht</a>.</p><h2>Und</h2><p>Sonst?</p>'
            "<table><tbody><tr><td>43</td></tr></tbody></table>",
            "section": europe,
            "lead_picture": picture,
            "picture_caption": "Die Brücke",
            "stage": Stage.CLEARED,
            "version": 3,
            "seo_title": "Brücke",
        } | fields
        story = Story.objects.make(**fields)
        story.further_sections.set([sport])
        story.topics.set(topics)
        for position, person in enumerate(people, start=1):
            Byline.objects.create(story=story, contributor=person, credit=Credit.TEXT, position=position)
        RelatedStory.objects.create(story=story, other=other)
        return Story.objects.get(pk=story.pk)

    return make


@pytest.mark.parametrize("kind", [Kind.NEWS, Kind.SPONSORED])
def test_the_archive_prints_what_publish_prints(make_story, django_user_model, kind):
    chief = django_user_model.objects.create_user("chief")
    now = timezone.now()
    one, other = make_story(kind=kind), make_story(kind=kind)
    published = Edition.objects.get(pk=press.publish(one, by=chief).pk)
    assert print_archive([Publication(other, now - DAY)], by=chief) == 1

    archived = Edition.objects.get(story=other)
    assert without(ITS_OWN | TIMES, archived) == without(ITS_OWN | TIMES, published)
    assert (archived.public_id, archived.translation_key) == (other.public_id, other.translation_key)
    times = (archived.live_from, archived.published_at, archived.updated_at, archived.printed_at, archived.live_until)
    assert times == (now - DAY, now - DAY, now - DAY, now - DAY, None)
    log = [without({"id", "story_id", "edition_id", "at"}, row) for row in StoryEvent.objects.order_by("pk")]
    assert log[0] == log[1]


def test_the_archive_lists_what_publish_lists(make_story):
    one, other = make_story(), make_story()
    published = press.publish(one, by=None)
    print_archive([Publication(other, published.live_from)])
    archived = Edition.objects.get(story=other)
    expected = {
        model: [(key, other.public_id, *times) for key, _public_id, *times in rows]
        for model, rows in places(published).items()
    }
    assert places(archived) == expected
    assert [len(rows) for rows in expected.values()] == [3, 2, 2]


@pytest.mark.parametrize("change", [Change.UPDATE, Change.MINOR])
def test_a_second_edition_of_the_archive_is_that_of_publish(make_story, change):
    one, other, now = make_story(), make_story(), timezone.now()
    press.publish(one, by=None)
    one.version = 4
    one.save()
    published = Edition.objects.get(pk=press.publish(one, by=None, change=change).pk)
    first = Story.objects.get(pk=other.pk)
    other.version = 4
    other.save()
    print_archive([Publication(first, now - DAY, now), Publication(other, now, change=change)])

    old, archived = Edition.objects.filter(story=other).order_by("number")
    assert without(ITS_OWN | TIMES, archived) == without(ITS_OWN | TIMES, published)
    assert (old.number, old.live_from, old.live_until, old.story_version) == (1, now - DAY, now, 3)
    assert (archived.published_at, archived.live_from, archived.live_until) == (now - DAY, now, None)
    assert archived.updated_at == (now if change == Change.UPDATE else now - DAY)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ({"stage": Stage.DRAFT}, "“Die Brücke bleibt” is not cleared."),
        ({"body": "<p></p>"}, "“Die Brücke bleibt” has no text, or neither byline nor source."),
    ],
)
def test_the_archive_refuses_what_publish_refuses(make_story, spoil, reason):
    with pytest.raises(Refused) as refused:
        print_archive([Publication(make_story(), timezone.now()), Publication(make_story(**spoil), timezone.now())])
    assert refused.value.reasons == [reason]
    assert Edition.objects.count() == 0


def test_the_archive_is_for_stories_readers_never_had(make_story):
    story = make_story()
    press.publish(story, by=None)
    with pytest.raises(Refused, match="“Die Brücke bleibt” was printed before"):
        print_archive([Publication(story, timezone.now())])


def test_the_database_refuses_an_archive_with_two_editions_at_once(make_story):
    story, now = make_story(), timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        print_archive([Publication(story, now - 2 * DAY), Publication(story, now - DAY, now)])


def test_seeding_gives_each_story_one_live_edition_at_most():
    seed()
    stories, now = Story.objects.all(), timezone.now()
    expired = sum(story.ends_at is not None for story in stories)
    updated = sum(story.version == 2 for story in stories)
    assert len(stories) == 300
    assert Edition.objects.count() == 300 + updated
    assert Edition.objects.live().count() == 300 - expired
    assert 0 < updated < 30 and expired < 10
    assert not Edition.objects.filter(live_from__gt=now).exists()
    assert min(stories.values_list("created_at", flat=True)) > now - timedelta(days=3660)


def test_seeded_editions_stand_where_the_press_would_list_them():
    seed()
    editions = Edition.objects.select_related("section")[:40]
    assert len(editions) == 40
    for edition in editions:
        found = places(edition)
        for model in LISTS:
            model.objects.filter(edition=edition).delete()
        press.timeline.list_edition(edition, edition.story.further_sections.all())
        assert places(edition) == found


def test_seeded_editions_say_what_compose_says():
    seed()
    stories = Story.objects.filter(version=1)[:20]
    assert len(stories) == 20
    for story in stories:
        composed, printed = press.compose(story), Edition.objects.get(story=story)
        left_out = ITS_OWN | TIMES | {"number"}
        assert without(left_out, printed) == without(left_out, composed)


def test_topics_are_counted_and_a_few_are_everywhere():
    seed()
    uses = list(Topic.objects.order_by("-uses").values_list("uses", flat=True))
    assert sum(uses) == EditionTopic.objects.values("edition__story", "topic").distinct().count()
    assert uses[0] > 60 and uses[1500] == 0
    assert len(uses) == 2000


def test_the_same_seed_tells_the_same_stories():
    seed()
    first = list(Story.objects.order_by("public_id").values_list("public_id", "headline", "body"))
    with connection.cursor() as cursor:  # the log cannot be deleted row by row, which is what `delete` would do
        cursor.execute("DELETE FROM articles_storyevent")
    Edition.objects.all().delete()
    Story.objects.all().delete()
    seed()
    assert list(Story.objects.order_by("public_id").values_list("public_id", "headline", "body")) == first


def test_seeding_again_adds_only_what_is_missing():
    seed(stories=120)
    assert "120 stories of seed 7: already seeded." in seed(stories=120)
    assert "180 stories added" in seed(stories=300)
    assert (Story.objects.count(), Story.objects.values("public_id").distinct().count()) == (300, 300)


def test_another_seed_tells_other_stories():
    seed(stories=50)
    seed(stories=50, number="8")
    assert Story.objects.count() == 100


def test_seeding_uses_the_sections_there_are():
    for number in range(8):
        Section.objects.create(name=f"Teil {number}", slug=f"teil{number}", language="en")
    seed(stories=50)
    assert Section.objects.count() == 8
    assert set(Edition.objects.values_list("language", flat=True)) == {"en"}


def test_nothing_to_seed_is_an_error():
    with pytest.raises(CommandError, match="above zero"):
        seed(stories=0)


def test_pages_of_a_seeded_newsroom_answer(client):
    seed()
    edition = Edition.objects.live().for_page(timezone.now()).newest_first()[150]
    for path, says in (
        ("/", "<h1"),
        (edition.section.get_absolute_url(), edition.section.name),
        ("/latest/", "?before="),
    ):
        response = client.get(path)
        assert (response.status_code, says in response.content.decode()) == (200, True), path
    page = client.get(edition.get_absolute_url())
    assert (page.status_code, edition.headline in page.content.decode()) == (200, True)


def test_another_section_does_not_shift_the_stories():
    seed(stories=50)
    Section.objects.create(name="Neu", slug="aaa-neu")
    assert "10 stories added" in seed(stories=60)
    assert Story.objects.count() == 60
