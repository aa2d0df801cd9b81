"""Pictures in print: what an edition was printed with, and rights that begin and end to the microsecond."""

from datetime import timedelta

import pytest
from cast import (
    DAY,
    HOUR,
    MICROSECOND,
    NOON,
    make_cleared,
    make_live,
    make_scheduled,
    make_section,
    make_story,
    make_user,
    rewrite,
)
from painted import figure, picture_row
from refusals import refusal

from articles import desk, press
from articles.desk.restoring import restore_revision
from articles.models import Edition, EditionPicture, Effect, Picture, RenditionSet, SectionPicture, StoryPicture
from articles.press.archive import Publication, print_archive
from articles.press.picturing import NOTICE
from articles.text.figures import figures
from articles.vocabulary import Change, Rights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seen(story, at):
    """The numbers of a story's pictures that readers see at a moment (sorted list)."""
    rows = EditionPicture.objects.live(at).filter(edition__story=story)
    return sorted(rows.values_list("position", flat=True))


def set_rights(picture, **rights):
    """Change what the library says about a picture's rights, as the picture desk does."""
    Picture.objects.filter(pk=picture.pk).update(**rights)
    picture.refresh_from_db()
    press.settle_rights(picture)


def test_an_edition_keeps_what_it_was_printed_with(clock):
    lead, inside = picture_row("Kai", colour="#102030"), picture_row("Kran", symbol_photo=True)
    text = f"<p>Eins.</p>{figure(inside, 'Der Kran &amp; der Kai', 'dpa')}<p>Zwei.</p>"
    story = make_live(lead_picture=lead, picture_caption="Nur hier.", body=text)
    printed = Edition.objects.get(story=story)
    assert printed.body == '<p>Eins.</p><figure data-picture="1"></figure><p>Zwei.</p>'
    picked = ("place", "number", "alt", "caption", "credit", "symbol")
    assert [{name: each[name] for name in picked} for each in (printed.picture, *printed.pictures)] == [
        dict(zip(picked, ("lead", 0, "Ein Kai", "Nur hier.", "Jo Painter", False), strict=True)),
        dict(zip(picked, ("body", 1, "Ein Kai", "Der Kran & der Kai", "dpa", True), strict=True)),
    ]
    assert printed.picture["crops"] == {
        "original": [1600, 900],
        "16x9": [1600, 900],
        "3x2": [1350, 900],
        "4x3": [1200, 900],
        "1x1": [900, 900],
    }
    Picture.objects.update(alt="Anders", caption="Anders", credit="Anders", focal_x=0)
    clock.shift(HOUR)
    again = Edition.objects.get(story=story)
    assert (again.picture, again.pictures, again.body) == (printed.picture, printed.pictures, printed.body)
    new = press.publish(rewrite(story, "Neu."), by=None, change=Change.UPDATE)
    assert (new.picture["alt"], new.picture["key"] == printed.picture["key"]) == ("Anders", False)


def test_pictures_in_a_gallery_are_printed_as_such():
    one, two = picture_row("Eins"), picture_row("Zwei")
    text = f'<p>Text.</p><section data-block="gallery">{figure(one)}{figure(two)}</section>'
    story = make_live(body=text)
    edition = Edition.objects.get(story=story)
    assert [(each["place"], each["number"], each["id"]) for each in edition.pictures] == [
        ("gallery", 1, one.pk),
        ("gallery", 2, two.pk),
    ]
    assert seen(story, NOON) == [1, 2]


def test_where_a_picture_is_used_follows_the_text():
    one, two = picture_row("Eins"), picture_row("Zwei")
    story = make_story(body=f"<p>a</p>{figure(one)}{figure(one)}{figure(two)}")
    assert set(StoryPicture.objects.values_list("story", "picture")) == {(story.pk, one.pk), (story.pk, two.pk)}
    desk.save(story, by=None, values={"body": f"<p>b</p>{figure(two)}"})
    assert list(StoryPicture.objects.values_list("picture", flat=True)) == [two.pk]


def test_a_text_shows_no_picture_the_library_does_not_have():
    gone = picture_row()
    text = f"<p>a</p>{figure(gone)}"
    Picture.objects.all().delete()
    assert refusal(make_story, body=text) == [
        "A picture in the text is not in the library (any more): take it out of the text, or upload it again."
    ]


def test_an_earlier_text_comes_back_without_pictures_that_were_deleted_since():
    gone, kept = picture_row(), picture_row()
    story = make_story(body=f"<p>a</p>{figure(gone)}{figure(kept)}")
    desk.save(story, by=None, values={"body": "<p>b</p>"})
    gone.delete()
    restore_revision(story, 1, by=None)
    story.refresh_from_db()
    assert story.body == f"<p>a</p>{figure(kept)}"


def test_a_text_takes_two_hundred_pictures_and_no_more():
    pictures = [picture_row(f"Bild {number}") for number in range(201)]
    body = "<p>a</p>" + "".join(map(figure, pictures))
    assert refusal(make_story, body=body) == ["The text shows 201 pictures; at most 200 can stand in one story."]
    assert len(figures(make_story(body="<p>a</p>" + "".join(map(figure, pictures[:200]))).body)) == 200


@pytest.mark.parametrize(
    ("rights", "sentence"),
    [
        ({"rights": "uncleared"}, "The rights to the picture “Kai” are not cleared: say in the library what they are."),
        ({"rights": "none"}, "The newsroom has no rights to the picture “Kai”: choose another one."),
        (
            {"allowed_until": NOON},
            "The rights to the picture “Kai” end at 23.11.2026 13:00 +01:00: choose another one, or extend them.",
        ),
        ({"allowed_from": NOON + HOUR}, "The picture “Kai” may be printed from 23.11.2026 14:00 +01:00 only."),
        ({"credit": ""}, "Picture 1 in the text (“Kai”) has no credit."),
    ],
)
def test_a_picture_without_rights_is_printed_nowhere(rights, sentence):
    picture = picture_row(**rights)
    inside = make_cleared(body=f"<p>a</p>{figure(picture)}")
    assert sentence in refusal(press.publish, inside, by=None)
    if "credit" not in rights:
        leading = make_cleared(lead_picture=picture)
        assert refusal(press.publish, leading, by=None) == [sentence]
    assert not Edition.objects.exists()


def test_a_schedule_keeps_to_the_rights_of_its_own_time():
    picture = picture_row(allowed_from=NOON + HOUR, allowed_until=NOON + DAY)
    story = make_cleared(lead_picture=picture)
    early = ["The picture “Kai” may be printed from 23.11.2026 14:00 +01:00 only."]
    late = ["The rights to the picture “Kai” end at 24.11.2026 13:00 +01:00: choose another one, or extend them."]
    assert refusal(press.schedule, story, by=None, at=NOON + HOUR - MICROSECOND) == early
    assert refusal(press.schedule, story, by=None, at=NOON + DAY) == late
    press.schedule(story, by=None, at=NOON + HOUR)
    assert refusal(press.retime, story, by=None, at=NOON + DAY) == late
    assert refusal(press.replace, story, by=None, at=NOON + DAY) == late
    press.retime(story, by=None, at=NOON + DAY - MICROSECOND)
    assert (seen(story, NOON + DAY - MICROSECOND), seen(story, NOON + DAY)) == ([0], [])


def test_rights_end_to_the_microsecond_and_nothing_has_to_run():
    until = NOON + DAY
    lead, inside = picture_row("Kai", allowed_until=until), picture_row("Kran")
    story = make_live(lead_picture=lead, body=f"<p>a</p>{figure(inside)}{figure(lead)}")
    assert (seen(story, until - MICROSECOND), seen(story, until)) == ([0, 1, 2], [1])


def test_an_end_that_is_set_later_holds_for_what_is_live_and_for_what_is_coming():
    picture = picture_row()
    live, coming = make_live(lead_picture=picture), make_scheduled(lead_picture=picture, at=NOON + 2 * DAY)
    set_rights(picture, allowed_until=NOON + 3 * DAY)
    for story in (live, coming):
        assert (seen(story, NOON + 3 * DAY - MICROSECOND), seen(story, NOON + 3 * DAY)) == ([0], [])
    set_rights(picture, allowed_until=NOON + DAY)
    assert (seen(live, NOON + DAY - MICROSECOND), seen(coming, NOON + 2 * DAY)) == ([0], [])
    set_rights(picture, allowed_until=None)
    assert (seen(live, NOON + 3 * DAY), seen(coming, NOON + 3 * DAY)) == ([0], [0])


def test_rights_that_are_gone_are_gone_at_once_and_what_readers_had_stays_true(clock):
    picture = picture_row()
    story = make_live(lead_picture=picture)
    clock.shift(HOUR)
    set_rights(picture, rights=Rights.NONE)
    assert (seen(story, NOON + HOUR - MICROSECOND), seen(story, NOON + HOUR)) == ([0], [])
    clock.shift(HOUR)
    set_rights(picture, rights=Rights.AGENCY)
    moments = (NOON, NOON + HOUR, NOON + 2 * HOUR - MICROSECOND, NOON + 2 * HOUR, NOON + DAY)
    assert [seen(story, at) for at in moments] == [[0], [], [], [0], [0]]
    clock.shift(HOUR)
    set_rights(picture, allowed_from=NOON + DAY)
    moments = (NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR, NOON + DAY - MICROSECOND, NOON + DAY)
    assert [seen(story, at) for at in moments] == [[0], [], [0], [], [], [0]]


def test_an_end_in_the_past_ends_now_and_not_before(clock):
    picture = picture_row()
    story = make_live(lead_picture=picture)
    clock.shift(DAY)
    set_rights(picture, allowed_until=NOON + HOUR)
    assert (seen(story, NOON + DAY - MICROSECOND), seen(story, NOON + DAY)) == ([0], [])


def test_what_is_over_is_not_touched(clock):
    picture = picture_row()
    story = make_live(lead_picture=picture)
    clock.shift(HOUR)
    press.publish(rewrite(story, "Ohne.", lead_picture=None), by=None, change=Change.UPDATE)
    rows = list(EditionPicture.objects.values())
    clock.shift(HOUR)
    set_rights(picture, rights=Rights.NONE)
    assert list(EditionPicture.objects.values()) == rows


def test_a_story_given_back_has_its_pictures_as_far_as_rights_reach(clock):
    picture = picture_row(allowed_until=NOON + DAY)
    story = make_live(lead_picture=picture)
    press.withdraw(story, by=None, reason="error")
    clock.shift(HOUR)
    assert seen(story, NOON + HOUR) == []
    press.restore(story, by=None)
    assert (seen(story, NOON + HOUR + MICROSECOND), seen(story, NOON + DAY)) == ([0], [])


def test_rights_that_change_while_a_story_is_withdrawn_hold_when_it_comes_back(clock):
    picture = picture_row()
    story = make_live(lead_picture=picture)
    press.withdraw(story, by=None, reason="error")
    clock.shift(HOUR)
    set_rights(picture, rights=Rights.NONE)
    press.restore(story, by=None)
    assert seen(story, NOON + 2 * HOUR) == []


def test_a_stand_in_takes_over_in_its_section_and_below_and_has_a_history(clock):
    above, below = make_section("politik"), make_section("politik/europa")
    one, two = picture_row("Haus"), picture_row("Wappen", allowed_until=NOON + 2 * DAY)
    chief = make_user("chief")
    made = press.set_stand_in(above, picture=one, by=chief)
    assert (made.shown["caption"], made.shown["credit"], made.set_by) == ("", "Jo Painter", chief)
    clock.shift(HOUR)
    press.set_stand_in(below, picture=two, by=chief)
    press.set_stand_in(above, picture=None, by=chief)

    def stands(at):
        rows = SectionPicture.objects.live(at).order_by("section__path")
        return list(rows.values_list("section__path", "picture__title"))

    assert stands(NOON) == [("politik", "Haus")]
    assert stands(NOON + HOUR) == [("politik/europa", "Wappen")]
    assert stands(NOON + 2 * DAY) == []
    assert press.set_stand_in(below, picture=two, by=chief) == SectionPicture.objects.get(section=below)


def test_a_stand_in_needs_rights_too(clock):
    section, picture = make_section(), picture_row(rights="none")
    sentence = "The newsroom has no rights to the picture “Kai”: choose another one."
    assert refusal(press.set_stand_in, section, picture=picture, by=None) == [sentence]
    sound = picture_row("Haus")
    press.set_stand_in(section, picture=sound, by=None)
    clock.shift(HOUR)
    set_rights(sound, rights=Rights.NONE)
    assert [SectionPicture.objects.live(at).count() for at in (NOON, NOON + HOUR)] == [1, 0]
    clock.shift(HOUR)
    set_rights(sound, rights=Rights.OWN)
    moments = (NOON, NOON + HOUR, NOON + 2 * HOUR)
    assert [SectionPicture.objects.live(at).count() for at in moments] == [1, 0, 1]


def test_the_desk_is_told_a_week_before_and_when_rights_end():
    picture = picture_row(allowed_until=NOON + 10 * DAY)
    make_live(lead_picture=picture)
    effects = Effect.objects.filter(kind="rights").order_by("due_at")
    assert [(each.due_at, each.payload["occasion"]) for each in effects] == [
        (NOON + 10 * DAY - NOTICE, "soon"),
        (NOON + 10 * DAY, "now"),
    ]
    assert timedelta(days=7) == NOTICE
    set_rights(picture, allowed_until=NOON + 20 * DAY)
    assert Effect.objects.filter(kind="rights").count() == 4


def test_what_readers_ask_for_first_is_made_ahead():
    picture = picture_row()
    make_live(lead_picture=picture)
    [effect] = Effect.objects.filter(kind="renditions")
    assert effect.payload == {"key": Edition.objects.get().picture["key"], "place": "lead"}


def test_moving_the_start_of_rights_leaves_the_past_as_readers_had_it(clock):
    picture = picture_row()
    story = make_live(lead_picture=picture)
    clock.shift(HOUR)
    set_rights(picture, allowed_from=NOON + 10 * DAY)
    clock.shift(DAY)
    set_rights(picture, allowed_from=None)
    moments = (NOON, NOON + HOUR, NOON + DAY, NOON + DAY + HOUR - MICROSECOND, NOON + DAY + HOUR)
    assert [seen(story, at) for at in moments] == [[0], [], [], [], [0]]


def test_an_archive_shows_no_picture_without_rights_and_announces_their_end():
    without, ending = picture_row(rights="none"), picture_row(allowed_until=NOON + 30 * DAY)
    stories = [make_cleared(lead_picture=each) for each in (without, ending)]
    print_archive([Publication(story, NOON - DAY) for story in stories])
    assert [seen(story, NOON) for story in stories] == [[], [0]]
    assert Effect.objects.filter(kind="rights").count() == 2


def test_the_end_of_a_stand_ins_rights_is_announced():
    picture = picture_row(allowed_until=NOON + 30 * DAY)
    press.set_stand_in(make_section(), picture=picture, by=None)
    assert Effect.objects.filter(kind="rights").count() == 2
    set_rights(picture, allowed_until=NOON + 40 * DAY)
    assert Effect.objects.filter(kind="rights").count() == 4


def test_a_stand_in_is_set_with_the_rights_the_picture_has_now():
    section, stale = make_section(), picture_row()
    Picture.objects.update(rights="none")
    assert len(refusal(press.set_stand_in, section, picture=stale, by=None)) == 1


def test_a_stand_in_with_another_credit_is_set_anew(clock):
    section, picture = make_section(), picture_row()
    first = press.set_stand_in(section, picture=picture, by=None)
    Picture.objects.update(credit="Anders")
    picture.refresh_from_db()
    clock.shift(HOUR)
    second = press.set_stand_in(section, picture=picture, by=None)
    assert (first.shown["credit"], second.shown["credit"], first.key == second.key) == ("Jo Painter", "Anders", False)
    assert [SectionPicture.objects.live(at).get() for at in (NOON, NOON + HOUR)] == [first, second]


def test_files_carry_the_credit_readers_are_told_here():
    picture = picture_row(credit="")
    edition = press.publish(make_cleared(lead_picture=picture, picture_credit="dpa / Jo"), by=None)
    assert RenditionSet.objects.get(key=edition.picture["key"]).credit == "dpa / Jo"


def test_a_picture_that_comes_into_use_again_is_announced_again():
    picture = picture_row(allowed_until=NOON + 10 * DAY)
    make_live(lead_picture=picture)
    make_live(lead_picture=picture)
    assert Effect.objects.filter(kind="rights").count() == 4
