"""Rights that end: the page, the card and the mails that list every place, and the stand-in a section has."""

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_live, make_scheduled, make_section, make_user
from django.core import mail
from django.urls import reverse
from painted import figure, picture_row

from articles import press
from articles.models import Edition, Preferences, SectionPicture
from articles.outbox.working import Loop
from articles.views.pictures import hang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/admin/articles/picture/ending/"


def listed(client):
    """The pictures on the page with their places (list of pairs)."""
    found = client.get(PAGE).context["endings"]
    return [(each.picture.title, [(s.story.headline, s.number, s.stand_in) for s in each.standing]) for each in found]


@pytest.fixture
def ending():
    """A picture whose rights end in five days, live as a lead, scheduled in a text."""
    picture = picture_row("Kai", allowed_until=NOON + 5 * DAY)
    make_live("Live damit", lead_picture=picture, section=make_section("politik/europa"))
    make_scheduled("Morgen damit", at=NOON + DAY, body=f"<p>a</p>{figure(picture)}")
    return picture


def test_every_place_of_a_picture_whose_rights_end_is_listed_for_a_week_before_and_after(sign_in, ending, clock):
    pictures = sign_in("picture editor")
    picture_row("Unbenutzt", allowed_until=NOON + DAY)
    make_live("Später", lead_picture=picture_row("Später", allowed_until=NOON + 8 * DAY))
    both = [("Kai", [("Morgen damit", 1, False), ("Live damit", 0, False)])]
    assert listed(pictures) == both
    clock.move_to(NOON + 5 * DAY)
    pictures = sign_in("picture editor")
    assert [title for title, _places in listed(pictures)] == ["Kai", "Später"]
    clock.move_to(NOON + 12 * DAY)
    assert [title for title, _places in listed(sign_in("picture editor"))] == ["Später"]


def test_the_page_says_where_a_stand_in_follows(sign_in, ending):
    press.set_stand_in(make_section("politik"), picture=picture_row("Haus"), by=None)
    page = sign_in("picture editor").get(PAGE)
    assert [s.stand_in for s in page.context["endings"][0].standing] == [False, True]
    html = page.content.decode()
    assert "lead picture; the section's stand-in takes its place" in html
    assert "picture 1 in the text; it is dropped" in html


def test_a_stand_in_whose_own_rights_end_is_listed_and_follows_nobody(sign_in, ending):
    press.set_stand_in(make_section("politik"), picture=ending, by=None)
    page = sign_in("picture editor").get(PAGE)
    [found] = page.context["endings"]
    assert [section.path for section in found.sections] == ["politik"]
    assert [s.stand_in for s in found.standing] == [False, False]


def test_whoever_may_not_read_a_story_learns_that_there_is_one_and_no_more(sign_in, ending):
    page = sign_in("contributor").get(PAGE)
    [found] = page.context["endings"]
    assert (found.standing, found.hidden) == ([], 2)
    assert "damit" not in page.content.decode()
    assert sign_in("administrator").get(PAGE).status_code == 403


def test_the_page_asks_the_database_the_same_for_many(sign_in, ending, django_assert_max_num_queries):
    client = sign_in("picture editor")
    client.get(PAGE)
    for number in range(6):
        make_live(lead_picture=picture_row(f"Bild {number}", allowed_until=NOON + 2 * DAY))
    with django_assert_max_num_queries(14):
        assert len(client.get(PAGE).context["endings"]) == 7


def work():
    """Do all effects that are due, and again what follows from them."""
    for _round in range(3):
        Loop().round()


def test_a_mail_says_where_the_picture_stands_a_week_before_and_on_the_day(ending, clock, settings):
    settings.LANGUAGE_CODE = "en"
    person = make_user("picture editor")
    person.email = "bild@example.org"
    person.save()
    other = make_user("chief")
    other.email = "chef@example.org"
    other.save()
    Preferences.objects.create(user=other, mails=[])
    work()
    told = [(each.to, each.subject) for each in mail.outbox if "rights" in each.subject]
    assert told == [(["bild@example.org"], "The rights to the picture “Kai” end at 28.11.2026 13:00 +01:00")]
    [body] = [each.body for each in mail.outbox if "rights" in each.subject]
    assert "- Live damit (Europa)\n  lead picture; it is dropped" in body
    assert "- Morgen damit (Politik), scheduled\n  picture 1 in the text; it is dropped" in body
    clock.move_to(NOON + 5 * DAY)
    mail.outbox.clear()
    work()
    told = [each.subject for each in mail.outbox if "rights" in each.subject]
    assert told == ["The rights to the picture “Kai” ended at 28.11.2026 13:00 +01:00"]


def test_no_mail_comes_when_the_rights_were_extended_or_nothing_shows_the_picture(ending, clock):
    person = make_user("picture editor")
    person.email = "bild@example.org"
    person.save()
    ending.allowed_until = NOON + 100 * DAY
    ending.save()
    press.settle_rights(ending)
    work()
    assert [each for each in mail.outbox if "Kai" in each.subject] == []


def test_the_card_tells_what_ends(sign_in, ending):
    cards = {card.name: card for card in sign_in("picture editor").get("/admin/").context["cards"]}
    assert [(row.title, row.url) for row in cards["rights"].rows] == [
        ("Kai", reverse("admin:articles_picture_change", args=[ending.pk]))
    ]
    assert cards["rights"].url == PAGE


def test_a_chief_sets_and_takes_away_a_sections_stand_in(sign_in, clock):
    chief, section = sign_in("chief"), make_section("politik")
    house, bad = picture_row("Haus"), picture_row("Ohne", rights="none")
    url = f"/admin/articles/section/{section.pk}/change/"
    form = {"name": "Politik", "slug": "politik", "language": "de", "position": "0"}
    assert chief.post(url, form | {"stand_in": house.pk}).status_code == 302
    assert [row.picture for row in SectionPicture.objects.live(NOON)] == [house]
    assert chief.get(url).context["adminform"].form.initial["stand_in"] == house.pk
    refused = chief.post(url, form | {"stand_in": bad.pk})
    assert refused.context["adminform"].form.errors["stand_in"] == [
        "The newsroom has no rights to the picture “Ohne”: choose another one."
    ]
    clock.shift(HOUR)
    assert chief.post(url, form | {"stand_in": house.pk, "description": "Neu"}).status_code == 302
    assert SectionPicture.objects.count() == 1
    assert chief.post(url, form | {"stand_in": ""}).status_code == 302
    assert [SectionPicture.objects.live(at).count() for at in (NOON, NOON + HOUR)] == [1, 0]


def shown(story, at):
    """What stands at the place of a story's lead picture (title or None)."""
    [edition] = hang(Edition.objects.live(at).for_page(at).filter(story=story), at)
    return edition.shown_picture and edition.shown_picture["caption"]


def test_readers_see_the_stand_in_from_the_instant_the_rights_end():
    picture = picture_row("Kai", allowed_until=NOON + DAY)
    story = make_live(lead_picture=picture, section=make_section("politik/europa"))
    press.set_stand_in(make_section("politik"), picture=picture_row("Haus", caption="x"), by=None)
    assert [shown(story, at) for at in (NOON + DAY - SECOND, NOON + DAY)] == ["Der Kai.", ""]
    press.set_stand_in(make_section("politik"), picture=None, by=None)
    assert [shown(story, at) for at in (NOON + DAY - SECOND, NOON + DAY)] == ["Der Kai.", None]


def test_rights_that_are_taken_away_list_every_place_and_are_told_at_once(sign_in, ending, settings):
    settings.LANGUAGE_CODE = "en"
    person = make_user("picture editor")
    person.email = "bild@example.org"
    person.save()
    ending.rights = "none"
    ending.save()
    press.settle_rights(ending)
    page = sign_in("picture editor").get(PAGE)
    assert [(each.picture.title, each.lost, len(each.standing)) for each in page.context["endings"]] == [
        ("Kai", True, 2)
    ]
    assert "Rights taken away" in page.content.decode()
    work()
    [said] = [each for each in mail.outbox if "taken away" in each.subject]
    assert (said.to, said.subject) == (
        ["bild@example.org"],
        "The rights to the picture “Kai” were taken away at 23.11.2026 13:00 +01:00",
    )
    assert "Readers saw it here:" in said.body


def test_rights_that_were_given_back_are_listed_no_more(sign_in, ending, clock):
    for rights in ("none", "agency"):
        clock.shift(SECOND)
        ending.rights = rights
        ending.save()
        press.settle_rights(ending)
    page = sign_in("picture editor").get(PAGE)
    assert [(each.picture.title, each.lost) for each in page.context["endings"]] == [("Kai", False)]
