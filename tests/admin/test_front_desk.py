"""The fronts' screens: the list, the board and its deeds, preview, launch, history; and who may."""

import re

import pytest
from cast import DAY, HOUR, NOON, make_cleared, make_live, make_scheduled, make_section, make_topic
from django.test import Client
from django.utils.html import escape

from articles import press
from articles.desk import fronts
from articles.models import Front, FrontEdition, FrontRevision, layout
from articles.vocabulary import ContainerKind

pytestmark = pytest.mark.django_db
HOME = "/admin/articles/front/home/"


@pytest.fixture
def front(clock):
    """The front page: a lead, two second stories, a strip."""
    boxes = (
        layout.container("lead", ContainerKind.LEAD),
        layout.container("more", ContainerKind.SECONDARY, places=2),
        layout.container("strip", ContainerKind.STRIP, places=2, section=make_section("politik").pk),
    )
    return fronts.begin(Front.objects.of(None), containers=boxes)


def do(client, deed, *, at=HOME, fetch=False, **fields):
    """The answer to a deed on the board."""
    headers = {"X-Requested-With": "fetch"} if fetch else {}
    return client.post(at, {"deed": deed, **fields}, headers=headers)


def chosen():
    """What stands where by hand on the front page (dict of lists of public ids)."""
    return {
        each.key: [slot.story for slot in each.slots] for each in fronts.containers_of(Front.objects.get(key="home"))
    }


def text(response):
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_looking_makes_no_front(chief, clock):
    section = make_section("politik")
    for address in ("/admin/articles/front/", HOME, f"/admin/articles/front/section-{section.pk}/", f"{HOME}history/"):
        assert chief.get(address).status_code == 200
    assert Front.objects.count() == 0


def test_a_front_nobody_edited_has_nothing_to_compare_and_cannot_be_launched(chief, clock):
    compared = chief.get(f"{HOME}history/?a=1&b=2")
    assert (compared.status_code, "is not kept any more" in text(compared)) == (200, True)
    launched = chief.post(f"{HOME}launch/", {"version": "0", "at": ""})
    assert (launched.status_code, "The front has no containers yet." in text(launched)) == (409, True)
    assert Front.objects.count() == FrontEdition.objects.count() == 0


def test_the_first_deed_begins_the_working_copy_from_what_readers_see(chief, clock):
    story = make_live()
    response = do(chief, "place", story=story.public_id, to="lead:0")
    assert response.status_code == 302
    front = Front.objects.get()
    assert (front.version, chosen()["lead"]) == (2, [story.public_id])
    section = story.section
    assert [each.key for each in fronts.containers_of(front)] == ["lead", "secondary", "river", f"section{section.pk}"]


def test_a_story_is_placed_told_moved_and_cleared(chief, front):
    story = make_live("Auf die Seite")
    do(chief, "place", story=story.public_id, to="lead:0")
    do(chief, "tell", to="lead:0", headline="Kurz", kicker="", ratio="1x1", size="text", starts="", ends="")
    do(chief, "place", story=story.public_id, to="more:1")
    slot = fronts.containers_of(Front.objects.get())[1].slots[1]
    assert (slot.story, slot.headline, slot.ratio, slot.size) == (story.public_id, "Kurz", "1x1", "text")
    do(chief, "clear", to="more:1")
    assert chosen() == {"lead": [""], "more": ["", ""], "strip": ["", ""]}


def test_by_script_the_answer_is_the_board_alone(chief, front):
    story = make_live("Auf die Seite")
    response = do(chief, "place", fetch=True, story=story.public_id, to="lead:0")
    assert response.status_code == 200
    assert "Auf die Seite" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_containers_are_added_arranged_shifted_and_removed(chief, front):
    sport = make_section("sport")
    do(chief, "add", **{"add-kind": "opinion", "add-title": "Standpunkt", "add-section": sport.pk, "add-places": "3"})
    added = fronts.containers_of(Front.objects.get())[-1]
    assert (added.kind, added.title, added.section, len(added.slots)) == ("opinion", "Standpunkt", sport.pk, 3)
    do(chief, "arrange", key=added.key, title="", section="", topic="", kinds=["analysis"], places="2")
    do(chief, "shift", key=added.key, to="0")
    first = fronts.containers_of(Front.objects.get())[0]
    assert (first.key, first.title, first.section, first.kinds) == (added.key, "", None, ("analysis",))
    do(chief, "remove", key=added.key)
    assert list(chosen()) == ["lead", "more", "strip"]


def test_the_board_names_everything_that_a_rule_asks_for(chief, front):
    rule = {"section": make_section("politik").pk, "topic": make_topic("Hafen").pk, "kinds": ("analysis",)}
    fronts.arrange(front, by=None, key="strip", **rule)
    assert "empty places: newest of Hafen, Politik: Analysis" in text(chief.get(HOME))


def test_undo_and_an_earlier_revision(chief, front):
    story = make_live()
    do(chief, "place", story=story.public_id, to="lead:0")
    do(chief, "undo", version="2")
    assert chosen()["lead"] == [""]
    do(chief, "bring_back", number="2", version="3")
    assert chosen()["lead"] == [story.public_id]
    page = text(chief.get(f"{HOME}history/?a=1&b=2"))
    assert f"Lead, place 1: by rule → “{story.headline}”" in page
    assert f"“{story.headline}” put into Lead, place 1" in page
    assert "Revision 2 brought back" in page


@pytest.mark.parametrize(
    ("deed", "fields", "status"),
    [
        ("explode", {}, 400),
        ("place", {"story": "1aaaaaaaaa", "to": "lead"}, 400),
        ("place", {"story": "1aaaaaaaaa", "to": "lead:-1"}, 400),
        ("place", {"story": "1aaaaaaaaa", "to": f"lead:{'9' * 40}"}, 400),
        ("place", {"story": "1aaaaaaaaa", "to": "lead:²"}, 400),
        ("shift", {"key": "lead", "to": "x"}, 400),
        ("undo", {"version": "9" * 30}, 400),
        ("place", {"story": "nobody\x00", "to": "lead:0"}, 409),
        ("place", {"story": "1aaaaaaaaa", "to": "gone:0"}, 409),
        ("clear", {"to": "lead:99"}, 409),
        ("remove", {"key": "gone\x00"}, 409),
        ("bring_back", {"number": "77", "version": "1"}, 409),
        ("lead_hours", {"hours": "100000"}, 409),
        ("tell", {"to": "lead:0", "headline": "x" * 201}, 409),
        ("tell", {"to": "lead:0", "starts": "31.10.2027 02:30"}, 409),
        ("tell", {"to": "lead:0", "ratio": "7x7"}, 409),
        ("arrange", {"key": "lead", "topic": "No such topic"}, 409),
        ("arrange", {"key": "lead", "section": "999999999999999999999"}, 409),
        ("arrange", {"key": "lead", "places": "21"}, 409),
        ("add", {"add-kind": "gossip"}, 409),
    ],
)
def test_a_deed_that_cannot_be_done_says_so_and_changes_nothing(chief, front, deed, fields, status):
    response = do(chief, deed, fetch=True, **fields)
    assert response.status_code == status
    assert Front.objects.get().version == 1
    if status == 409:
        assert "errornote" in response.content.decode() or "errorlist" in response.content.decode() or deed == "add"


def test_a_refusal_without_script_is_said_on_the_board(chief, front):
    response = do(chief, "place", story="1aaaaaaaaa", to="lead:0")
    assert response.status_code == 302
    assert "There is no such story." in text(chief.get(HOME))


def test_an_editor_places_on_the_fronts_of_their_own_sections_only(sign_in, clock):
    editor, story = sign_in("editor", "sport"), make_live(section=make_section("sport"))
    below = make_section("sport/segeln")
    for section in (make_section("sport"), below):
        at = f"/admin/articles/front/section-{section.pk}/"
        assert do(editor, "place", at=at, story=story.public_id, to="lead:0").status_code == 302
        assert editor.post(f"{at}launch/", {"version": "2", "at": ""}).status_code == 302
    other = f"/admin/articles/front/section-{make_section('politik').pk}/"
    for at in (HOME, other):
        assert editor.get(at).status_code == 200
        assert do(editor, "place", at=at, story=story.public_id, to="lead:0").status_code == 403
        assert editor.get(f"{at}launch/").status_code == editor.post(f"{at}launch/").status_code == 403
    assert FrontEdition.objects.count() == 2


def test_a_story_out_of_ones_sight_is_not_placed_nor_told(sign_in, front):
    editor = sign_in("editor", "sport")
    secret = make_cleared("GEHEIM", section=make_section("politik"))
    at = f"/admin/articles/front/section-{make_section('sport').pk}/"
    response = do(editor, "place", at=at, fetch=True, story=secret.public_id, to="lead:0")
    assert (response.status_code, "GEHEIM" in text(response)) == (409, False)
    fronts.place(front, by=None, story=secret.public_id, key="lead", at_place=0)
    assert "GEHEIM" not in text(editor.get(HOME))
    assert "A story you may not read" in text(editor.get(HOME))
    assert "GEHEIM" not in text(editor.get(f"{HOME}history/"))


def test_the_finder_looks_for_words_whatever_the_case_of_their_letters(chief, front):
    make_live("Ölsperre im Hafen")
    make_live("Große Übung")
    found = {
        asked: re.findall(r"front-card.*?<strong>([^<]+)", chief.get(HOME, {"q": asked}).content.decode(), re.DOTALL)
        for asked in ("ölsperre", "GROSSE ÜB", "Sperre i", "nichts")
    }
    assert found == {
        "ölsperre": ["Ölsperre im Hafen"],
        "GROSSE ÜB": ["Große Übung"],
        "Sperre i": ["Ölsperre im Hafen"],
        "nichts": [],
    }


def test_the_board_warns(chief, front, clock):
    old, other = make_live("Alt", topics=["Hafen"]), make_live("Neben", topics=["Hafen"])
    more = make_live("Drei", topics=["Hafen"])
    later = make_scheduled("Später", at=NOON + 2 * DAY)
    clock.shift(13 * HOUR)
    for key, place, story in (("lead", 0, old), ("more", 0, other), ("more", 1, more), ("strip", 0, later)):
        fronts.place(front, by=None, story=story.public_id, key=key, at_place=place)
    press.withdraw(more, by=None, reason="error")
    page = text(chief.get(HOME))
    assert "The lead “Alt” is older than 12 hours." in page
    assert "The lead “Alt” has no picture." in page
    assert "“Drei” is withdrawn; the rule fills its place." in page
    assert "“Später” is scheduled for 25.11.2026 13:00 +01:00; until then the rule fills its place." in page
    do(chief, "lead_hours", hours="14")
    assert "is older than" not in text(chief.get(HOME))


def test_three_of_one_topic_in_a_row_and_the_same_picture_twice_are_told(chief, front):
    from painted import painted_picture  # the painting takes a moment: only here

    picture = painted_picture("harbour")
    for number in range(3):
        make_live(f"Hafen {number}", topics=["Hafen"], lead_picture=picture if number < 2 else None)
    page = text(chief.get(HOME))
    assert "Three stories in a row are about “Hafen”" in page
    assert "show the same picture" in page


def test_a_crop_too_narrow_for_its_place_is_told_in_every_place_that_shows_a_picture(chief, front):
    from painted import painted_picture  # 640 pixels wide: as 3:2 and 1:1 less is left of it

    stories = [make_live(f"Hafen {n}", lead_picture=painted_picture("harbour", seed=n + 1)) for n in range(4)]
    for (key, place), story in zip((("lead", 0), ("more", 0), ("more", 1), ("strip", 0)), stories, strict=True):
        fronts.place(front, by=None, story=story.public_id, key=key, at_place=place)
    fronts.tell(front, by=None, key="more", at_place=0, ratio="1x1")
    fronts.tell(front, by=None, key="more", at_place=1, ratio="16x9")
    narrow = r"picture of “(Hafen \d)” is (\d+) pixels wide as (\S+); (\d+) are needed"
    assert re.findall(narrow, text(chief.get(HOME))) == [
        ("Hafen 0", "640", "16:9", "1200"),
        ("Hafen 1", "360", "1:1", "640"),
        ("Hafen 3", "540", "3:2", "640"),
    ]
    for key in ("lead", "more", "strip"):
        fronts.tell(front, by=None, key=key, at_place=0, size="text")
    assert re.findall(narrow, text(chief.get(HOME))) == []


def test_the_preview_shows_the_working_copy_at_any_moment(chief, front):
    make_live("Heute oben")
    later = make_scheduled("Morgen oben", at=NOON + DAY)
    fronts.place(front, by=None, story=later.public_id, key="lead", at_place=0)
    now = chief.get(f"{HOME}preview/")
    assert (now.status_code, "Morgen oben" in text(now), "Heute oben" in text(now)) == (200, False, True)
    tomorrow = chief.get(f"{HOME}preview/?at=2026-11-24T13:00:00")
    assert "Morgen oben" in text(tomorrow)
    assert ("no-store" in tomorrow["Cache-Control"], tomorrow["X-Robots-Tag"]) == (True, "noindex")
    assert chief.get(f"{HOME}preview/?at=nonsense").status_code == 400
    assert "Morgen oben" not in text(Client().get("/"))


def test_a_launch_with_its_stories_by_the_form(chief, front):
    story = make_cleared("Mit der Seite")
    fronts.place(front, by=None, story=story.public_id, key="lead", at_place=0)
    page = chief.get(f"{HOME}launch/")
    assert "Mit der Seite" in text(page)
    answer = chief.post(f"{HOME}launch/", {"version": "2", "at": "", "stories": [story.pk]})
    assert answer.status_code == 302
    assert "Mit der Seite" in text(Client().get("/"))
    assert "Front page is launched." in text(chief.get(HOME))


def test_a_launch_of_what_somebody_changed_meanwhile_is_refused(chief, front):
    fronts.set_lead_hours(front, by=None, hours=3)
    fronts.place(front, by=None, story=make_live().public_id, key="lead", at_place=0)
    answer = chief.post(f"{HOME}launch/", {"version": "1", "at": ""})
    assert answer.status_code == 409
    assert escape("Somebody changed this front meanwhile") in answer.content.decode()
    assert FrontEdition.objects.count() == 0


def test_a_planned_launch_is_shown_and_cancelled(chief, front):
    chief.post(f"{HOME}launch/", {"version": "1", "at": "2026-11-24T06:00:00"})
    planned = FrontEdition.objects.get()
    assert planned.live_from == NOON + 17 * HOUR
    for address in (HOME, "/admin/articles/front/"):
        assert "Launch planned for 24.11.2026 06:00 +01:00" in text(chief.get(address))
    assert chief.post(f"/admin/articles/front/launched/{planned.pk}/cancel/").status_code == 302
    assert "cancelled by" in text(chief.get(f"{HOME}history/"))
    assert FrontEdition.objects.get().live_from is None


@pytest.mark.parametrize("key", ["section-0", "section-999", "section-x", "nothing", "section-99999999999999999999"])
def test_a_front_there_is_not_is_404(chief, clock, key):
    assert chief.get(f"/admin/articles/front/{key}/").status_code == 404


def test_the_history_keeps_who_did_what(chief, front):
    do(chief, "place", story=make_live("Eins").public_id, to="lead:0")
    assert [each.by for each in FrontRevision.objects.all()] == [chief.user, None]
    assert chief.user.get_username() in text(chief.get(f"{HOME}history/"))
