"""Synthetic pictures of the library: what they say, by what they are found, and that nothing else comes of them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.media import index_all
from articles.media.finding import RIGHTS_STATES, matching, rights_state, unused
from articles.models import Picture, PictureWord, Section, Story
from articles.vocabulary import Rights

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365.25)


def seed(pictures=400, number="7", **options):
    """Seed pictures; returns what the command said."""
    out = StringIO()
    call_command("seed", pictures=pictures, seed=number, stdout=out, **options)
    return out.getvalue()


def words():
    """By which words each picture is found (set of pairs)."""
    return set(PictureWord.objects.values_list("picture", "word"))


def test_as_many_pictures_as_were_asked_for_and_no_stories():
    assert "400 pictures added" in seed()
    assert (Picture.objects.count(), Picture.objects.values("key").distinct().count()) == (400, 400)
    assert Story.objects.count() == 0


def test_seeded_pictures_are_found_by_the_words_the_index_would_write():
    seed(pictures=40)
    written = words()
    PictureWord.objects.all().delete()
    index_all(list(Picture.objects.all()))
    assert written == words()
    assert len(written) > 40 * 10


def test_seeded_pictures_fit_their_columns():
    seed(pictures=200)
    for picture in Picture.objects.all():
        picture.full_clean()


def test_every_ground_and_every_state_of_rights_is_there():
    seed(pictures=2_000)
    now = timezone.now()
    assert set(Picture.objects.values_list("rights", flat=True)) == set(Rights)
    assert [state for state in RIGHTS_STATES if not rights_state(Picture.objects, state, now).exists()] == []
    ends = Picture.objects.exclude(allowed_until=None).values_list("allowed_until", flat=True)
    assert (min(ends) < now - YEAR, max(ends) > now + YEAR) == (True, True)


def test_some_lack_what_readers_need_and_most_do_not():
    seed(pictures=2_000)
    lacking = {name: Picture.objects.filter(**{name: ""}).count() / 2_000 for name in ("title", "alt", "credit")}
    assert lacking["title"] == 0
    assert (0.08 < lacking["alt"] < 0.16, 0.03 < lacking["credit"] < 0.09) == (True, True)
    assert Picture.objects.filter(section=None).count() > 100


def test_forty_agencies_and_hundreds_of_photographers():
    seed(pictures=2_000)
    assert Picture.objects.exclude(agency="").values("agency").distinct().count() == 40
    assert Picture.objects.values("creator").distinct().count() > 300


def test_some_words_are_everywhere_and_some_are_rare():
    seed(pictures=2_000)
    found = {word: matching(Picture.objects, word).count() for word in ("die", "hafenausbau")}
    rare = PictureWord.objects.filter(word__endswith="kreis").values_list("word", flat=True).distinct()
    assert (found["die"] > 1_000, 100 < found["hafenausbau"] < 500) == (True, True)
    assert min(matching(Picture.objects, word).count() for word in rare) == 1


def test_pictures_come_in_over_the_years_and_more_of_them_lately():
    seed(years=4)
    now = timezone.now()
    uploaded = list(Picture.objects.order_by("pk").values_list("uploaded_at", flat=True))
    assert uploaded == sorted(uploaded)
    assert (now - 4 * YEAR < uploaded[0] < now - 3.8 * YEAR, now - YEAR / 10 < uploaded[-1] < now) == (True, True)
    assert uploaded[200] > now - 2.4 * YEAR


def test_pictures_look_unlike_each_other_and_nothing_uses_them():
    seed()
    looks = Picture.objects.values_list("likeness_1", "likeness_2", "likeness_3", "likeness_4")
    assert len(set(looks)) == 400
    assert unused(Picture.objects).count() == 400


def test_the_same_seed_makes_the_same_pictures():
    said = ("key", "digest", "title", "alt", "caption", "credit", "creator", "agency", "place", "rights", "colour")
    seed()
    first = list(Picture.objects.order_by("key").values_list(*said))
    Picture.objects.all().delete()
    seed()
    assert list(Picture.objects.order_by("key").values_list(*said)) == first


def test_seeding_again_adds_only_the_pictures_that_are_missing():
    seed(pictures=120)
    before = words()
    assert "120 pictures of seed 7: already seeded." in seed(pictures=120)
    assert words() == before
    assert "180 pictures added" in seed(pictures=300)
    assert Picture.objects.count() == 300
    assert "300 pictures added" in seed(pictures=300, number="8")


def test_stories_and_pictures_are_seeded_together():
    said = seed(pictures=60, stories=50)
    assert ("50 stories added" in said, "60 pictures added" in said) == (True, True)
    assert (Story.objects.count(), Picture.objects.count()) == (50, 60)


def test_pictures_belong_to_the_sections_there_are():
    for number in range(8):
        Section.objects.create(name=f"Teil {number}", slug=f"teil{number}", language="en")
    seed(pictures=100)
    assert Section.objects.count() == 8
    assert Picture.objects.exclude(section=None).values("section").distinct().count() == 8
    assert matching(Picture.objects, "blick").count() == 0


@pytest.mark.parametrize(
    "numbers",
    [
        {"pictures": 0},
        {"pictures": -5},
        {"pictures": 5, "stories": 0},
        {"pictures": 5, "years": 0.0},
        {"pictures": 5, "years": 1e9},
        {"pictures": 5, "years": float("nan")},
    ],
)
def test_numbers_that_make_no_archive_are_a_sentence(numbers):
    with pytest.raises(CommandError) as error:
        seed(**numbers)
    assert str(error.value) == "--stories, --pictures and --years must be above zero, --years at most 100."
    assert Picture.objects.count() == 0


def test_nothing_asked_for_is_a_sentence():
    with pytest.raises(CommandError) as error:
        call_command("seed")
    assert str(error.value) == "Say how many of what: --stories, --pictures or both."


def test_a_number_that_is_none_is_a_sentence():
    with pytest.raises(CommandError, match="argument --pictures: invalid int value: 'many'"):
        call_command("seed", "--pictures", "many")
