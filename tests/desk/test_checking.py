"""Checks by others: asked for or required, passed, objected to, opened again, bypassed."""

import pytest
from cast import make_cleared, make_section, make_story, make_submitted, make_user, rewrite
from django.db import connection
from django.test.utils import CaptureQueriesContext
from painted import painted_picture
from refusals import refusal

from articles import desk, press
from articles.desk.checking import check_refusals, checks_of, required_checks
from articles.desk.noting import write_note
from articles.desk.waiting import awaiting_check
from articles.models import Section, StoryCheck, StoryEvent

pytestmark = pytest.mark.django_db
OPEN = {kind: f"The {kind} check is still open." for kind in ("copy", "legal", "picture")}


def require(path, *kinds):
    make_section(path)
    Section.objects.filter(path=path).update(required_checks=list(kinds))


def test_a_story_with_an_open_check_is_not_cleared_and_with_a_passed_one_it_is():
    story, lawyer = make_submitted(), make_user("chief")
    desk.ask_check(story, "legal", by=None, note="Namen prüfen.")
    assert refusal(desk.move, story, "clear", by=None) == [OPEN["legal"]]
    desk.pass_check(story, "legal", by=lawyer, note="In Ordnung.")
    assert desk.move(story, "clear", by=None).stage == "cleared"
    check = story.checks.get()
    assert (check.state, check.by, check.version, check.note) == ("passed", lawyer, 1, "In Ordnung.")
    acts = [(event.act, event.details.get("checks")) for event in story.events.filter(act__startswith="check")]
    assert sorted(acts) == [("check_asked", ["legal"]), ("check_passed", ["legal"])]


def test_a_section_requires_checks_of_every_story_in_it_and_below_without_anybody_asking():
    require("politik", "copy")
    require("politik/europa", "picture", "legal")
    inside, beside = make_section("politik/europa"), make_section("sport")
    assert required_checks(inside) == {"copy", "legal", "picture"}
    assert required_checks(make_section("politik")) == {"copy"}
    assert required_checks(beside) == set()
    story = make_submitted(section=inside)
    assert refusal(desk.move, story, "clear", by=None) == [OPEN["copy"], OPEN["legal"], OPEN["picture"]]
    for kind in ("copy", "legal", "picture"):
        desk.pass_check(story, kind, by=None)
    desk.move(story, "clear", by=None)


def test_what_is_stored_as_required_but_is_no_check_is_left_out():
    require("politik", "copy", "astrology")
    assert required_checks(make_section("politik")) == {"copy"}


def test_an_objection_needs_a_reason_and_holds_the_story_until_the_check_is_passed():
    story = make_submitted()
    desk.ask_check(story, "copy", by=None)
    assert refusal(desk.fail_check, story, "copy", by=None, note=" ") == [
        "Say what is wrong, so that it can be put right."
    ]
    desk.fail_check(story, "copy", by=None, note="Zwei Namen.")
    assert refusal(desk.move, story, "clear", by=None) == ["The copy check raised an objection."]
    desk.pass_check(story, "copy", by=None)
    desk.move(story, "clear", by=None)


def test_a_check_of_an_older_text_is_refused():
    story = make_submitted()
    desk.ask_check(story, "copy", by=None)
    rewrite(story, "Inzwischen anders.")
    assert "while you were writing" in refusal(desk.pass_check, story, "copy", by=None, version=1)[0]
    assert story.checks.get().state == "open"


def test_nobody_does_a_check_that_was_not_asked_for_or_asks_twice():
    story = make_submitted()
    assert refusal(desk.pass_check, story, "copy", by=None) == ["Nobody asked for this check."]
    assert refusal(desk.fail_check, story, "copy", by=None, note="x") == ["Nobody asked for this check."]
    assert refusal(desk.drop_check, story, "copy", by=None) == ["Nobody asked for this check."]
    desk.ask_check(story, "copy", by=None)
    assert refusal(desk.ask_check, story, "copy", by=None) == ["This check was asked for already."]
    desk.pass_check(story, "copy", by=None)
    desk.ask_check(story, "copy", by=None)
    assert story.checks.get().state == "open"


def test_a_check_is_dropped_unless_the_section_requires_it():
    story = make_submitted()
    desk.ask_check(story, "legal", by=None)
    desk.drop_check(story, "legal", by=None, note="Doch nicht.")
    assert (check_refusals(story), story.events.latest("pk").act) == ([], "check_dropped")
    require("politik", "copy")
    assert refusal(desk.drop_check, story, "copy", by=None) == ["The section requires this check of every story."]


@pytest.mark.parametrize(
    ("values", "opened"),
    [
        ({"headline": "Neu"}, {"copy", "legal"}),
        ({"kicker": "Neu"}, {"copy", "legal"}),
        ({"dek": "Neu"}, {"copy", "legal"}),
        ({"body": "<p>Neu.</p>"}, {"copy", "legal"}),
        ({"picture_caption": "Neu"}, {"legal", "picture"}),
        ({"picture_credit": "Neu"}, {"legal", "picture"}),
        ({"slugline": "neu", "urgency": 1, "topics": ["Neu"]}, set()),
    ],
)
def test_a_save_opens_the_checks_that_covered_what_it_changed(values, opened):
    story, lawyer, reporter = make_submitted(), make_user("chief"), make_user("contributor")
    for kind in ("copy", "legal", "picture"):
        desk.ask_check(story, kind, by=None)
        desk.pass_check(story, kind, by=lawyer)
    desk.save(story, by=reporter, values=values)
    assert set(story.checks.filter(state="open").values_list("kind", flat=True)) == opened
    events = StoryEvent.objects.filter(act="check_reopened")
    assert [(event.by, set(event.details["checks"])) for event in events] == ([(reporter, opened)] if opened else [])
    assert {check.by for check in story.checks.all()} == {lawyer}


def test_a_cleared_story_whose_checked_words_change_has_to_be_cleared_again():
    story = make_submitted()
    desk.ask_check(story, "legal", by=None)
    desk.pass_check(story, "legal", by=None)
    desk.move(story, "clear", by=None)
    desk.save(story, by=None, values={"body": "<p>Etwas ganz anderes.</p>"})
    assert (story.stage, story.events.first().act) == ("submitted", "moved")
    assert refusal(press.publish, story, by=None) == ["The story is not cleared yet."]
    free = make_submitted()
    desk.move(free, "clear", by=None)
    desk.save(free, by=None, values={"body": "<p>Etwas ganz anderes.</p>"})
    assert free.stage == "cleared"


def test_the_mark_of_a_note_opens_no_check():
    story = make_submitted()
    desk.ask_check(story, "copy", by=None)
    desk.pass_check(story, "copy", by=None)
    note = write_note(story, by=make_user("chief"), text="Stimmt das?", passage="Der")
    body = story.body.replace("Der erste", f'<mark data-note="{note.key}">Der</mark> erste')
    desk.save(story, by=None, values={"body": body})
    assert note.key in story.body
    assert story.checks.get().state == "passed"


def test_another_lead_picture_opens_the_picture_check():
    story = make_submitted()
    desk.ask_check(story, "picture", by=None)
    desk.pass_check(story, "picture", by=None)
    picture = painted_picture("harbour")
    desk.save(story, by=None, values={"lead_picture": picture})
    assert story.checks.get().state == "open"


def test_a_save_that_changes_nothing_opens_nothing():
    story = make_submitted()
    desk.ask_check(story, "copy", by=None)
    desk.pass_check(story, "copy", by=None)
    desk.save(story, by=None, values={"headline": story.headline})
    assert story.checks.get().state == "passed"


def test_an_urgent_story_is_cleared_with_a_reason_that_is_logged_with_the_open_checks():
    require("politik", "copy")
    story, chief = make_submitted(), make_user("chief")
    desk.ask_check(story, "legal", by=None)
    assert refusal(desk.move, story, "clear", by=chief, urgent="  ") == [OPEN["copy"], OPEN["legal"]]
    desk.move(story, "clear", by=chief, urgent="Eilmeldung.")
    event = StoryEvent.objects.get(act="checks_bypassed")
    assert (event.by, event.note, event.details["checks"]) == (chief, "Eilmeldung.", ["copy", "legal"])


def test_a_reason_for_urgency_is_not_logged_where_no_check_was_open():
    story = make_submitted()
    desk.move(story, "clear", by=None, urgent="Eilig.")
    assert StoryEvent.objects.filter(act="checks_bypassed").count() == 0


def test_other_moves_do_not_wait_for_checks():
    story = make_story()
    desk.ask_check(story, "legal", by=None)
    desk.move(story, "submit", by=None)
    desk.move(story, "send_back", by=None, note="Noch mal.")
    assert desk.move(story, "spike", by=None).stage == "spiked"


def test_waiting_for_my_check_finds_what_was_asked_for_and_what_is_required_and_submitted():
    require("recht", "legal")
    law = make_section("recht/gericht")
    asked, required, draft = make_story("Gefragt"), make_submitted(section=law), make_story("Entwurf", section=law)
    done, other = make_submitted(section=law), make_story("Kopie gefragt", section=law)
    desk.ask_check(asked, "legal", by=None)
    desk.ask_check(other, "copy", by=None)
    desk.pass_check(done, "legal", by=None)
    spiked = make_story()
    desk.ask_check(spiked, "legal", by=None)
    desk.move(spiked, "spike", by=None)
    assert set(awaiting_check(make_user("chief"))) == {asked, required, other}
    assert set(awaiting_check(make_user("editor", "recht"))) == {other}
    assert set(awaiting_check(make_user("editor", "politik"))) == set()
    assert set(awaiting_check(make_user("contributor"))) == set()
    assert draft not in awaiting_check(make_user("chief"))


def test_the_checks_of_a_story_are_two_questions_to_the_database():
    require("politik", "copy", "picture")
    story = make_submitted()
    desk.ask_check(story, "legal", by=make_user("chief"))
    with CaptureQueriesContext(connection) as queries:
        seen = [(check.kind, check.state, check.required, bool(check.pk)) for check in checks_of(story)]
    assert seen == [("copy", "open", True, False), ("legal", "open", False, True), ("picture", "open", True, False)]
    assert (len(queries), StoryCheck.objects.count()) == (2, 1)


def cleared_with(**said):
    story = make_cleared()
    desk.ask_check(story, "legal", by=None, **said)
    return story


def test_a_check_asked_for_after_clearing_takes_the_clearing_back():
    story = cleared_with()
    story.refresh_from_db()
    assert story.stage == "submitted"
    assert refusal(press.publish, story, by=None) == ["The story is not cleared yet."]
    moved = story.events.filter(act="moved").latest("pk")
    assert (moved.details["start"], moved.details["end"]) == ("cleared", "submitted")
    desk.pass_check(story, "legal", by=None)
    assert desk.move(story, "clear", by=None).stage == "cleared"


def test_an_objection_against_a_story_cleared_in_spite_of_the_check_takes_the_clearing_back():
    story = cleared_with()
    desk.move(story, "clear", by=None, urgent="Eilmeldung.")
    desk.fail_check(story, "legal", by=None, note="Üble Nachrede.")
    story.refresh_from_db()
    assert story.stage == "submitted"
    assert refusal(desk.move, story, "clear", by=None) == ["The legal check raised an objection."]


def test_a_passed_check_leaves_a_cleared_story_cleared():
    story = cleared_with()
    desk.move(story, "clear", by=None, urgent="Eilmeldung.")
    desk.pass_check(story, "legal", by=None)
    story.refresh_from_db()
    assert story.stage == "cleared"
