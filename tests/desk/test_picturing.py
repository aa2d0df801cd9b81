"""Verbs on pictures: what is said of them, where to look, and what nothing uses."""

from datetime import timedelta

import pytest
from cast import DAY, HOUR, NOON, make_live, make_section, make_story, make_user
from django.contrib.admin.models import LogEntry
from painted import painted_picture

from articles import desk, press
from articles.desk import picturing
from articles.desk.picture_uses import uses
from articles.media.finding import matching
from articles.models import EditionPicture, Picture, PictureWord, StoryPicture
from articles.rules.refusal import Refused
from articles.vocabulary import Ratio, Rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return painted_picture("harbour", rights=Rights.OWN)


def reasons_of(function, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        function(*args, **kwargs)
    return refused.value.reasons


def history(picture):
    """(who, what) of a picture's history, the latest first."""
    rows = LogEntry.objects.filter(object_id=str(picture.pk), content_type__model="picture").order_by("-pk")
    return [(row.user, row.get_change_message()) for row in rows]


def test_what_is_said_is_tidied_saved_found_and_logged(picture):
    ines = make_user("picture editor")
    values = {"title": " Der  alte\x00Kran\n", "place": "Übersee", "key": "x" * 26}
    changed = desk.describe(picture, by=ines, values=values, version=1)
    stored = Picture.objects.get()
    assert (changed, stored.title, stored.place, stored.version) == (["title", "place"], "Der alteKran", "Übersee", 2)
    assert (picture.version, picture.title) == (2, stored.title)
    assert stored.key != "x" * 26
    assert list(matching(Picture.objects.all(), "altek uebers")) == [stored]
    assert history(picture) == [(ines, "Changed Working title and Place.")]


def test_the_same_again_changes_nothing(picture):
    values = {"title": picture.title, "credit": f" {picture.credit} "}
    assert desk.describe(picture, by=make_user("picture editor"), values=values) == []
    assert (Picture.objects.get().version, LogEntry.objects.count()) == (1, 0)


def test_what_was_written_on_an_older_state_is_refused(picture):
    desk.describe(Picture.objects.get(), by=None, values={"title": "Neu"}, version=1)
    said = ["Somebody saved this picture meanwhile. Compare what you typed with what is stored, then save again."]
    assert reasons_of(desk.describe, picture, by=None, values={"title": "Alt"}, version=1) == said
    assert reasons_of(desk.frame, picture, by=None, focal=(1, 1), version=1) == said
    assert Picture.objects.values_list("title", "focal_x").get() == ("Neu", 500)


def test_every_fault_is_said_with_its_field(picture):
    values = {"title": "", "credit": "x" * 201, "source_url": "javascript:alert(1)", "rights": "mine"}
    values |= {"allowed_from": NOON, "allowed_until": NOON - HOUR}
    assert sorted(reasons_of(desk.describe, picture, by=None, values=values)) == [
        "Credit: Ensure this value has at most 200 characters (it has 201).",
        "Rights: Value 'mine' is not a valid choice.",
        "Source: Enter a valid URL.",
        "The rights begin before they end.",
        "Working title: This field cannot be blank.",
    ]
    assert Picture.objects.get().version == 1


def test_a_picture_that_is_gone_cannot_be_described(picture):
    Picture.objects.all().delete()
    assert reasons_of(desk.describe, picture, by=None, values={"title": "x"}) == [
        "The picture “harbour” is not there any more."
    ]


def test_the_same_is_said_of_many_or_of_none(picture):
    other = painted_picture("hills", credit="Jo Painter")
    changed = desk.describe_many([picture, other], by=make_user("picture editor"), values={"agency": "dpa"})
    assert changed == [picture, other]
    assert list(Picture.objects.values_list("agency", "version")) == [("dpa", 2), ("dpa", 2)]
    assert desk.describe_many([picture, other], by=None, values={"agency": "dpa"}) == []
    Picture.objects.filter(pk=other.pk).update(allowed_until=NOON)
    values = {"agency": "ap", "allowed_from": NOON + DAY}
    assert reasons_of(desk.describe_many, [picture, other], by=None, values=values) == [
        "“hills”: The rights begin before they end."
    ]
    assert set(Picture.objects.values_list("agency", flat=True)) == {"dpa"}
    many = [picture] * 501
    assert reasons_of(desk.describe_many, many, by=None, values={}) == ["Choose at most 500 pictures at a time."]


def test_changed_rights_reach_what_readers_have_at_once(picture, clock):
    make_live(lead_picture=picture)
    clock.shift(HOUR)
    assert EditionPicture.objects.live().count() == 1
    desk.describe(picture, by=None, values={"rights": Rights.NONE})
    assert EditionPicture.objects.live().count() == 0
    assert EditionPicture.objects.live(NOON + HOUR - timedelta(seconds=1)).count() == 1
    desk.describe_many([picture], by=None, values={"rights": Rights.OWN})
    assert EditionPicture.objects.live().count() == 1


def test_where_to_look_is_saved_crop_by_crop(picture):
    ines = make_user("picture editor")
    crops = {Ratio.WIDE: (10, 20, 500), Ratio.SQUARE: None}
    assert desk.frame(picture, by=ines, focal=(0, 1000), crops=crops, version=1) == ["focal", "16x9"]
    assert Picture.objects.values_list("focal_x", "focal_y", "version").get() == (0, 1000, 2)
    assert list(picture.crops.values_list("ratio", "left", "top", "width")) == [("16x9", 10, 20, 500)]
    assert desk.frame(picture, by=ines, focal=(0, 1000), crops=crops) == []
    assert desk.frame(picture, by=ines, crops={Ratio.WIDE: None}) == ["16x9"]
    assert (picture.crops.count(), Picture.objects.get().version) == (0, 3)
    assert history(picture) == [(ines, "Changed 16:9."), (ines, "Changed focal point and 16:9.")]


@pytest.mark.parametrize(
    "crop", [(501, 0, 500), (0, 0, 0), (0, 1000, 10), (0, 900, 900), (-1, 0, 500), (0, 0, 10**12), (0, -5, 100)]
)
def test_a_crop_outside_the_picture_is_refused(picture, crop):
    said = reasons_of(desk.frame, picture, by=None, crops={Ratio.SQUARE: crop})
    assert said == ["The crop 1:1 does not lie inside the picture."]


def test_a_focal_point_outside_the_picture_is_refused(picture):
    said = ["The focal point lies inside the picture: use numbers from 0 to 1000."]
    assert reasons_of(desk.frame, picture, by=None, focal=(1001, 0)) == said


def test_the_largest_crop_at_every_edge_lies_inside(picture):
    # 640 x 360 pixels: a square is 562.5 thousandths wide.
    assert desk.frame(picture, by=None, crops={Ratio.SQUARE: (438, 0, 562)}) == ["1x1"]
    assert desk.frame(picture, by=None, crops={Ratio.WIDE: (0, 0, 1000)}) == ["16x9"]


def test_what_nothing_uses_is_deleted_with_its_files_and_logged(picture, settings, django_capture_on_commit_callbacks):
    ines, pk = make_user("picture editor"), picture.pk
    with django_capture_on_commit_callbacks(execute=True):
        picturing.drop(picture, by=ines)
    assert (Picture.objects.count(), PictureWord.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert list(LogEntry.objects.values_list("object_id", "object_repr", "user", "action_flag")) == [
        (str(pk), "harbour", ines.pk, 3)
    ]


def test_a_used_picture_stays_and_every_use_is_said(picture):
    for number in range(7):
        make_story(f"Nummer {number}", lead_picture=picture)
    StoryPicture.objects.create(story=make_story("Im Text"), picture=picture)
    reasons = reasons_of(picturing.drop, picture, by=make_user("chief"))
    assert [reason.count("“") for reason in reasons] == [5]
    assert reasons[0].startswith("It is used in the stories “")
    assert reasons[0].endswith("and 3 more.")
    assert Picture.objects.count() == 1


def test_stories_somebody_may_not_read_are_counted_and_not_named(picture):
    make_story("Geheim", lead_picture=picture, section=make_section("wirtschaft"))
    mine = make_user("editor", "politik")
    make_story("Offen", lead_picture=picture)
    found = uses(picture, by=mine)
    assert ([use.story.headline for use in found.stories], found.hidden, found.more) == (["Offen"], 1, 0)
    assert reasons_of(picturing.drop, picture, by=mine) == [
        "It is used in the stories “Offen”.",
        "It is used in 1 story you may not read.",
    ]


def test_what_readers_had_is_a_use_for_ever(picture, clock):
    story = make_live("Am Kai", lead_picture=picture)
    desk.save(story, by=None, values={"lead_picture": None})
    clock.shift(HOUR)
    press.publish(story, by=None, change="minor")
    clock.shift(HOUR)
    use = uses(picture, by=None).stories[0]
    assert (use.story, use.lead, use.live, use.scheduled, use.past) == (story, False, False, False, True)
    assert reasons_of(picturing.drop, picture, by=None) == ["It is used in the stories “Am Kai”."]


def test_a_stand_in_is_a_use(picture):
    press.set_stand_in(make_section(), picture=picture, by=make_user("chief"))
    said = ["It stands, or stood, in for missing pictures in “Politik”."]
    assert reasons_of(picturing.drop, picture, by=None) == said


def test_asking_where_costs_the_same_for_one_story_and_for_many(picture, django_assert_num_queries):
    make_story(lead_picture=picture)
    with django_assert_num_queries(7):
        uses(picture, by=None)
    for _number in range(5):
        make_story(lead_picture=picture)
    with django_assert_num_queries(7):
        uses(picture, by=None)
