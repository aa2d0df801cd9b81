"""Checks, assignment, moves by section and role, one's mails and failed work, by their pages."""

import pytest
from cast import NOON, make_cleared, make_section, make_story, make_submitted, make_user
from desk_forms import act_url, change_url, chosen, fields, messages_of, page_url, submit
from django.contrib.auth.models import Group

from articles import desk, outbox
from articles.models import Effect, MoveRight, Preferences, Section, Story, StoryEvent
from articles.vocabulary import MailKind

LIST = "/admin/articles/story/"
ROLES = ("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator")


def check_url(story, name):
    return page_url(story, f"check/{name}")


def moves_url(section):
    return f"/admin/articles/section/{section.pk}/moves/"


def words(response):
    return " ".join(response.content.decode().split())


# Checks


def test_a_check_is_asked_for_passed_and_the_story_cleared_by_buttons_alone(sign_in):
    editor, chief = sign_in("editor", "politik"), sign_in("chief")
    story = make_submitted()
    assert "Ask for a legal check …" in words(editor.get(change_url(story)))
    submit(editor, check_url(story, "ask_legal"), note="Namen?")
    page = words(editor.get(change_url(story)))
    assert ("The legal check is still open." in page, "Namen?" in page) == (True, True)
    assert "Pass the legal check" not in page
    assert editor.get(check_url(story, "pass_legal")).status_code == 403
    assert submit(editor, act_url(story, "clear")).status_code == 409
    done = submit(chief, check_url(story, "pass_legal"), note="Ja.")
    assert done.url == change_url(story)
    assert submit(editor, act_url(story, "clear")).status_code == 302
    assert Story.objects.get().stage == "cleared"


def test_the_panel_says_of_which_text_a_check_was_passed(sign_in):
    chief, story = sign_in("chief"), make_submitted()
    for kind in ("copy", "picture"):
        desk.ask_check(story, kind, by=None)
        desk.pass_check(story, kind, by=chief.user)
    assert words(chief.get(change_url(story))).count("for the text as it stands") == 2
    desk.save(story, by=None, values={"headline": "Neu"})
    page = words(chief.get(change_url(story)))
    assert ("for text 1; changed since" in page, "nothing it covers was changed since" in page) == (True, True)


def test_a_check_can_be_done_right_after_saving_the_form(sign_in):
    chief, story = sign_in("chief"), make_submitted()
    desk.ask_check(story, "copy", by=None)
    response = submit(chief, change_url(story), "story_form", headline="Verbessert", _then="pass_copy")
    assert (response.url, Story.objects.get().headline) == (check_url(story, "pass_copy"), "Verbessert")


def test_the_log_names_the_checks(sign_in):
    chief, story = sign_in("chief"), make_submitted()
    desk.ask_check(story, "legal", by=None, note="Namen?")
    desk.move(story, "clear", by=None, urgent="Eilmeldung.")
    page = words(chief.get(page_url(story, "history")))
    assert "Asked for a check · Legal · Namen?" in page
    assert "Cleared without open checks · Legal · Eilmeldung." in page


def test_an_objection_without_a_reason_is_refused_on_the_page(sign_in):
    chief, story = sign_in("chief"), make_submitted()
    desk.ask_check(story, "copy", by=None)
    assert submit(chief, check_url(story, "fail_copy"), note="").status_code == 200
    assert story.checks.get().state == "open"
    submit(chief, check_url(story, "fail_copy"), note="Zwei Namen.")
    assert story.checks.get().state == "failed"
    assert "The copy check raised an objection." in words(sign_in("editor", "politik").get(change_url(story)))


def test_a_check_passed_on_a_page_that_showed_an_older_text_is_refused(sign_in):
    chief, story = sign_in("chief"), make_submitted()
    desk.ask_check(story, "copy", by=None)
    page = fields(chief.get(check_url(story, "pass_copy")))
    desk.save(story, by=None, values={"headline": "Inzwischen anders"})
    response = chief.post(check_url(story, "pass_copy"), page)
    assert (response.status_code, story.checks.get().state) == (409, "open")
    assert "while you were writing" in response.content.decode()


def test_only_those_with_the_right_may_clear_without_checks_and_only_with_a_reason(sign_in):
    editor, chief, story = sign_in("editor", "politik"), sign_in("chief"), make_submitted()
    desk.ask_check(story, "legal", by=None)
    forged = fields(editor.get(act_url(story, "clear"))) | {"urgent": ["Eilig."]}
    assert "urgent" not in fields(editor.get(act_url(story, "clear")))
    assert (editor.post(act_url(story, "clear"), forged).status_code, Story.objects.get().stage) == (409, "submitted")
    response = submit(chief, act_url(story, "clear"))
    assert (response.status_code, "The legal check is still open." in words(response)) == (409, True)
    assert submit(chief, act_url(story, "clear"), urgent="Eilmeldung.").status_code == 302
    event = StoryEvent.objects.get(act="checks_bypassed")
    assert (event.by, event.note) == (chief.user, "Eilmeldung.")


def test_clearing_many_at_once_goes_round_no_check(sign_in):
    chief, story = sign_in("chief"), make_submitted("Wartet")
    desk.ask_check(story, "legal", by=None)
    data = chosen("clear", story, confirmed="yes")
    done = chief.post(LIST, data | {"urgent": "Eilig."}, follow=True)
    assert messages_of(done) == ["Not done: “Wartet”. The legal check is still open."]


def test_a_check_is_dropped_by_whoever_asked_or_clears_and_by_nobody_else(sign_in):
    reporter, other = sign_in("contributor"), sign_in("contributor")
    story = make_story(by=reporter.user, assignee=other.user)
    submit(reporter, check_url(story, "ask_copy"))
    assert other.get(check_url(story, "drop_copy")).status_code == 403
    assert submit(reporter, check_url(story, "drop_copy")).status_code == 302
    assert story.checks.count() == 0
    desk.ask_check(story, "legal", by=None)
    assert reporter.get(check_url(story, "drop_legal")).status_code == 403
    assert submit(sign_in("editor", "politik"), check_url(story, "drop_legal")).status_code == 302


def test_check_pages_of_stories_out_of_scope_or_unknown_names_are_not_opened(sign_in):
    editor, story = sign_in("editor", "sport"), make_submitted()
    names = [f"{verb}_{kind}" for verb in ("ask", "pass", "fail", "drop") for kind in ("copy", "legal", "picture")]
    assert {editor.get(check_url(story, name)).status_code for name in names} == {403}
    assert {editor.post(check_url(story, name), {"note": "x"}).status_code for name in names} == {403}
    assert sign_in("chief").get(check_url(story, "bless_copy")).status_code == 404
    assert story.checks.count() == 0


def test_a_picture_editor_who_cannot_write_the_story_finds_and_does_the_picture_check(sign_in):
    pictures = sign_in("picture editor")
    story = make_submitted("Bildprüfung", section=make_section("sport"))
    desk.ask_check(story, "picture", by=None)
    found = pictures.get(LIST, {"whose": "check"}).context["cl"].result_list
    assert list(found) == [story]
    assert f'href="{check_url(story, "pass_picture")}"' in pictures.get(change_url(story)).content.decode()
    submit(pictures, check_url(story, "pass_picture"))
    assert (story.checks.get().by, list(pictures.get(LIST, {"whose": "check"}).context["cl"].result_list)) == (
        pictures.user,
        [],
    )


def test_those_without_checks_to_do_are_not_offered_the_filter(sign_in):
    reporter = sign_in("contributor")
    make_story(by=reporter.user)
    assert "whose=check" not in reporter.get(LIST).content.decode()
    assert "whose=check" in sign_in("picture editor").get(LIST).content.decode()  # control
    assert list(reporter.get(LIST, {"whose": "check"}).context["cl"].result_list) == []


def test_a_section_is_given_its_required_checks_by_boxes(sign_in):
    chief, section = sign_in("chief"), make_section()
    url = f"/admin/articles/section/{section.pk}/change/"
    assert submit(chief, url, "section_form", required_checks=["copy", "legal"]).status_code == 302
    assert Section.objects.get().required_checks == ["copy", "legal"]
    assert submit(chief, url, "section_form", required_checks=["astrology"]).status_code == 200
    assert submit(chief, url, "section_form", required_checks=[]).status_code == 302
    assert Section.objects.get().required_checks == []


# Assignment


def test_a_story_is_assigned_on_its_page_and_in_its_form(sign_in):
    chief, anna = sign_in("chief"), sign_in("contributor")
    story = make_story()
    submit(chief, act_url(story, "assign"), assignee=str(anna.user.pk), due_at="2027-01-02T10:00:00", note="Bitte.")
    story.refresh_from_db()
    assert (story.assignee, story.due_at.isoformat()) == (anna.user, "2027-01-02T09:00:00+00:00")
    assert anna.get(change_url(story)).status_code == 200
    assert list(anna.get(LIST, {"whose": "assigned"}).context["cl"].result_list) == [story]
    submit(chief, change_url(story), "story_form", assignee="")
    assert Story.objects.get().assignee is None
    gone = anna.get(change_url(story), follow=True)
    assert ("story_form" in gone.content.decode(), "doesn’t exist" in messages_of(gone)[0]) == (False, True)


def test_nobody_is_assigned_who_could_not_write(sign_in):
    chief, story, librarian = sign_in("chief"), make_story(), make_user("topic librarian")
    for value in (str(librarian.pk), "999999", "x", "9" * 30):
        assert submit(chief, act_url(story, "assign"), assignee=value).status_code == 200
        assert submit(chief, change_url(story), "story_form", assignee=value).status_code == 200
    assert Story.objects.get().assignee is None


def test_the_list_shows_whose_turn_it_is_without_a_query_for_each(sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chief, anna = sign_in("chief"), make_user("contributor", name="Anna")
    make_story(assignee=anna)
    with CaptureQueriesContext(connection) as one:
        assert "Anna" in chief.get(LIST).content.decode()
    for _number in range(2):
        make_story(assignee=make_user("contributor"))
    with CaptureQueriesContext(connection) as three:
        chief.get(LIST)
    assert len(three) == len(one)


# Moves by section and role


def test_the_chief_narrows_a_move_in_a_section_by_ticking_boxes(sign_in):
    chief, editor = sign_in("chief"), sign_in("editor", "politik")
    section, story = make_section(), make_submitted()
    roles = {group.name: group.pk for group in Group.objects.all()}
    assert moves_url(section) in chief.get(f"/admin/articles/section/{section.pk}/change/").content.decode()
    submit(chief, moves_url(section), **{f"clear-{roles['chief']}": "on"})
    assert [(row.move, row.role.name) for row in MoveRight.objects.all()] == [("clear", "chief")]
    assert editor.get(act_url(story, "clear")).status_code == 403
    assert "Clear for publication" not in words(editor.get(change_url(story)))
    data = chosen("clear", story, confirmed="yes")
    assert "You may not do this" in messages_of(editor.post(LIST, data, follow=True))[0]
    assert submit(chief, act_url(story, "clear")).status_code == 302
    page = words(chief.get(moves_url(make_section("politik/europa"))))
    assert '<td class="above">Chief editor</td>' in page
    chief.post(moves_url(section), {})
    assert MoveRight.objects.count() == 0


def test_a_role_without_the_right_cannot_be_given_a_move(sign_in):
    chief, section = sign_in("chief"), make_section()
    reporters = Group.objects.get(name="contributor").pk
    page = fields(chief.get(moves_url(section)))
    chief.post(moves_url(section), page | {f"clear-{reporters}": "on", "explode-1": "on"})
    assert MoveRight.objects.count() == 0
    chief.post(moves_url(section), page | {f"clear-{Group.objects.get(name='chief').pk}": "on"})
    assert MoveRight.objects.count() == 1  # control: the form was complete


@pytest.mark.parametrize("role", ["contributor", "editor", "picture editor", "topic librarian"])
def test_others_do_not_change_who_may_move(sign_in, role):
    client, section = sign_in(role, "politik"), make_section()
    assert client.get(moves_url(section)).status_code == 403
    assert client.post(moves_url(section), {}).status_code == 403
    assert sign_in("chief").get("/admin/articles/section/999999/moves/").status_code == 403


# My mails

MAILS = "/admin/articles/preferences/"


@pytest.mark.parametrize(
    "role", ["contributor", "editor", "chief", "picture editor", "topic librarian", "administrator"]
)
def test_every_member_of_staff_chooses_their_own_mails(sign_in, role):
    client = sign_in(role)
    Preferences.objects.create(user=make_user("chief"), mails=["note"])
    assert f'href="{MAILS}"' in client.get("/admin/").content.decode()
    assert fields(client.get(MAILS), "mails_form")["mails"] == list(MailKind.values)
    assert submit(client, MAILS, "mails_form", mails=["mention", "assigned"]).url == MAILS
    assert Preferences.objects.get(user=client.user).mails == ["assigned", "mention"]
    submit(client, MAILS, "mails_form", mails=[])
    assert Preferences.objects.get(user=client.user).mails == []
    assert client.post(MAILS, {"mails": ["astrology"]}).status_code == 200
    assert Preferences.objects.get(user=client.user).mails == []


def test_choosing_mails_leaves_the_address_of_ones_calendar_alone(sign_in):
    client = sign_in("chief")
    Preferences.objects.create(user=client.user, calendar_key="k" * 26)
    submit(client, MAILS, "mails_form", mails=["note"])
    assert Preferences.objects.values_list("mails", "calendar_key").get() == (["note"], "k" * 26)


def test_nobody_from_outside_sees_the_page(client, db):
    assert client.get(MAILS).status_code == 302


# Work that failed

PARKED = "/admin/articles/effect/"


@pytest.fixture
def parked(db):
    """A parked effect about a story."""
    from django.utils import timezone

    story = make_story("Parkgeheimnis")
    outbox.add("mail", key="x", payload={"story": story.pk, "mail": "note"})
    Effect.objects.update(parked_at=timezone.now(), attempts=12, last_error="ConnectionRefusedError: <b>no</b>")
    return Effect.objects.get()


def test_chief_and_administrator_see_what_failed_and_let_it_be_tried_again(sign_in, parked):
    chief, admin = sign_in("chief"), sign_in("administrator")
    page = chief.get(PARKED).content.decode()
    assert ("ConnectionRefusedError: &lt;b&gt;no&lt;/b&gt;" in page, "Parkgeheimnis" in page) == (True, True)
    page = admin.get(PARKED).content.decode()
    assert ("ConnectionRefusedError" in page, "Parkgeheimnis" in page) == (True, False)
    done = admin.post(PARKED + "again/", {"effect": parked.pk}, follow=True)
    assert messages_of(done) == ["1 effect will be tried again."]
    parked.refresh_from_db()
    assert (parked.parked_at, parked.attempts) == (None, 0)
    assert "Nothing has failed." in chief.get(PARKED).content.decode()


def test_all_that_failed_can_be_tried_again_at_once(sign_in, parked):
    done = sign_in("chief").post(PARKED + "again/", follow=True)
    assert messages_of(done) == ["1 effect will be tried again."]


@pytest.mark.parametrize("role", ["contributor", "editor", "picture editor", "topic librarian"])
def test_others_neither_see_what_failed_nor_touch_it(sign_in, parked, role):
    client = sign_in(role, "politik")
    assert (client.get(PARKED).status_code, client.post(PARKED + "again/").status_code) == (403, 403)
    assert Effect.objects.get().parked_at is not None
    assert PARKED not in client.get("/admin/").content.decode()


def test_trying_again_takes_a_post_and_a_key(sign_in, parked):
    chief = sign_in("chief")
    assert chief.get(PARKED + "again/").status_code == 405
    assert chief.post(PARKED + "again/", {"effect": "1 OR 1"}).status_code == 403
    assert messages_of(chief.post(PARKED + "again/", {"effect": "999999"}, follow=True)) == [
        "0 effects will be tried again."
    ]
    assert chief.get(PARKED, {"p": "99999999999999999999"}).status_code == 200
    assert chief.get(PARKED, {"p": "x"}).status_code == 200


def test_a_move_offers_whose_turn_it_is_and_changes_only_what_was_changed(chief):
    ada = make_user("editor", "politik", name="Ada")
    story = make_submitted(due_at=NOON)
    submit(chief, act_url(story, "send_back"), note="Kürzen.", assignee=str(ada.pk))
    story.refresh_from_db()
    assert (story.stage, story.assignee, story.due_at, story.version) == ("draft", ada, NOON, 2)
    submit(chief, act_url(story, "submit"))
    story.refresh_from_db()
    assert (story.stage, story.assignee, story.due_at, story.version) == ("submitted", ada, NOON, 2)
    assert "assignee" not in chief.get(act_url(story, "spike")).context["form"].fields


def test_asking_for_a_check_says_that_it_takes_the_clearing_back(chief):
    said = "The story moves from “Cleared” to “Submitted”."
    assert said in chief.get(check_url(make_cleared(), "ask_legal")).context["says"]
    assert said not in chief.get(check_url(make_submitted(), "ask_legal")).context["says"]
