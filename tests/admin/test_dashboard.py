"""The desk's first page: each card finds what it should, shows nobody more than their scope, and costs the same."""

import pytest
from cast import (
    DAY,
    HOUR,
    MICROSECOND,
    NOON,
    SECOND,
    make_cleared,
    make_contributor,
    make_live,
    make_section,
    make_story,
    make_user,
    rewrite,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from painted import painted_picture

from articles import desk, outbox, press
from articles.admin.dashboard import COUNTED, SHOWN, cards
from articles.admin.dashboard.stories import changed
from articles.models import Effect, Note, Picture, Section, Story, StoryCheck, Worker
from articles.vocabulary import CheckKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROLES = ("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator")
SECRET = "GEHEIMSACHE"


def found(user, name, at=NOON):
    """The titles on one card, in order (list of text); None where the user has no such card."""
    user = type(user).objects.get(pk=user.pk)  # with rights and reach as they are now
    card = next((card for card in cards(user, at) if card.name == name), None)
    return card and [row.title for row in card.rows]


def test_each_role_gets_the_cards_it_can_do_something_about():
    names = {role: {card.name for card in cards(make_user(role, "politik"), NOON)} for role in ROLES}
    everybody = {"notes", "scheduled", "ending", "corrections"}
    writers = {*everybody, "mine", "overdue", "changed"}
    assert names == {
        "contributor": writers,
        "editor": {*writers, "checks", "submitted", "untagged", "pictures", "rights"},
        "chief": {*writers, "checks", "submitted", "untagged", "pictures", "rights", "effects"},
        "picture editor": {*everybody, "checks", "pictures", "rights"},
        "topic librarian": {*everybody, "untagged"},
        "administrator": {"effects", "accounts"},
    }


def test_my_stories_are_those_i_made_am_named_in_or_was_assigned_and_no_reader_has(clock):
    reporter = make_user("contributor")
    person = make_contributor("Ria Reporter", user=reporter)
    make_story("Gemacht", by=reporter)
    make_story("Genannt", bylines=[(person, "text")])
    assigned = make_story("Zugeteilt")
    Story.objects.filter(pk=assigned.pk).update(assignee=reporter, due_at=NOON + HOUR)
    desk.move(make_story("Abgegeben", by=reporter), "submit", by=reporter)
    desk.move(make_story("Gestrichen", by=reporter), "spike", by=None)
    make_live("Erschienen", by=reporter)
    make_story("Fremd")
    assert found(reporter, "mine") == ["Zugeteilt", "Genannt", "Gemacht", "Abgegeben"]
    assert found(make_user("chief"), "mine") == []


def test_the_list_behind_my_stories_has_them_all_and_what_readers_have_of_mine(sign_in):
    reporter = sign_in("contributor")
    person = make_contributor("Ria Reporter", user=reporter.user)
    make_story("Gemacht", by=reporter.user)
    make_story("Genannt", bylines=[(person, "text")])
    assigned = make_story("Zugeteilt")
    Story.objects.filter(pk=assigned.pk).update(assignee=reporter.user)
    make_live("Erschienen", by=reporter.user)
    make_story("Fremd")
    [card] = [each for each in cards(reporter.user, NOON) if each.name == "mine"]
    listed = {story.headline for story in reporter.get(card.url).context["cl"].result_list}
    assert {row.title for row in card.rows} == {"Gemacht", "Genannt", "Zugeteilt"}
    assert listed == {"Gemacht", "Genannt", "Zugeteilt", "Erschienen"}


def test_an_assigned_story_is_mine_again_when_it_has_to_be_cleared_again():
    chief = make_user("chief")
    story = make_live("Zugeteilt")
    Story.objects.filter(pk=story.pk).update(assignee=chief)
    assert found(chief, "mine") == []
    Story.objects.filter(pk=story.pk).update(stage="draft")
    assert found(chief, "mine") == ["Zugeteilt"]


def test_an_assigned_story_is_mine_where_i_may_read_it():
    chief = make_user("chief")
    story = make_story("Zugeteilt")
    Story.objects.filter(pk=story.pk).update(assignee=chief)
    assert found(chief, "mine") == ["Zugeteilt"]


def test_my_stories_come_by_stage_and_then_by_when_they_are_due():
    chief = make_user("chief")
    for name, due in (("Ohne", None), ("Spät", NOON + DAY), ("Bald", NOON + HOUR)):
        make_story(name, by=chief, due_at=due)
    desk.move(make_story("Abgegeben", by=chief, due_at=NOON), "submit", by=None)
    assert found(chief, "mine") == ["Bald", "Spät", "Ohne", "Abgegeben"]


def test_checks_wait_for_those_who_can_do_them():
    chief, editor, pictures = make_user("chief"), make_user("editor", "politik"), make_user("picture editor")
    home, away = make_story("Daheim"), make_story("Auswärts", section=make_section("wirtschaft"))
    for story in (home, away):
        StoryCheck.objects.create(story=story, kind=CheckKind.COPY)
    StoryCheck.objects.create(story=away, kind=CheckKind.PICTURE)
    StoryCheck.objects.create(story=home, kind=CheckKind.LEGAL, state="passed", at=NOON, version=1)
    assert [found(user, "checks") for user in (chief, editor, pictures)] == [
        ["Daheim", "Auswärts"],
        ["Daheim"],
        ["Auswärts"],
    ]


def test_submitted_stories_wait_for_whoever_edits_their_section_the_oldest_first(clock):
    editor = make_user("editor", "politik")
    for name, path in (("Zuerst", "politik"), ("Danach", "politik/europa"), ("Auswärts", "wirtschaft")):
        clock.shift(SECOND)
        desk.move(make_story(name, section=make_section(path)), "submit", by=None)
    make_story("Entwurf")
    assert found(editor, "submitted") == ["Zuerst", "Danach"]


def test_notes_are_for_me_where_i_am_mentioned_or_the_story_is_mine():
    reporter, chief = make_user("contributor"), make_user("chief")
    own, other = make_story("Eigene", by=reporter), make_story("Andere", by=chief)
    Note.objects.create(story=own, by=chief, text="Bitte prüfen")
    Note.objects.create(story=own, by=reporter, text="Von mir selbst")
    Note.objects.create(story=own, outsider="Dr. Weber", text="Stimmt")
    done = Note.objects.create(story=own, by=chief, text="Erledigt", resolved_at=NOON, resolved_by=reporter)
    Note.objects.create(story=own, by=chief, text="Antwort darauf", answers=done)
    unreadable = Note.objects.create(story=other, by=chief, text="Geheim")
    unreadable.mentions.add(reporter)
    Note.objects.create(story=other, by=reporter, text="An den Chef").mentions.add(chief)
    assert found(reporter, "notes") == ["Dr. Weber: Stimmt", f"{chief.username}: Bitte prüfen"]
    assert found(chief, "notes") == [f"{reporter.username}: An den Chef"]


def test_what_goes_out_within_24_hours_is_there_to_the_minute_and_says_who(clock):
    chief = make_user("chief")
    for name, at in (("Bald", NOON + HOUR), ("Gerade noch", NOON + DAY - MICROSECOND), ("Zu spät", NOON + DAY)):
        press.schedule(make_cleared(name), by=chief, at=at)
    make_live("Schon da")
    assert found(chief, "scheduled") == ["Bald", "Gerade noch"]
    card = next(card for card in cards(chief, NOON) if card.name == "scheduled")
    assert (card.rows[0].time, f"by {chief.username}" in card.rows[0].facts) == ("23.11. 14:00", True)
    assert found(chief, "scheduled", NOON + HOUR - MICROSECOND) == ["Bald", "Gerade noch", "Zu spät"]
    assert found(chief, "scheduled", NOON + HOUR) == ["Gerade noch", "Zu spät"]


def test_a_scheduled_text_older_than_the_working_copy_is_marked():
    chief, story = make_user("chief"), make_cleared("Bald")
    press.schedule(story, by=None, at=NOON + HOUR)
    rewrite(story, "Anders.", headline="Bald, neu")
    card = next(card for card in cards(chief, NOON) if card.name == "scheduled")
    assert (card.rows[0].title, card.rows[0].badges) == ("Bald", [("badge-changed", "printed from an older text")])


def test_overdue_is_what_was_due_and_never_printed():
    chief = make_user("chief")
    make_story("Spät dran", due_at=NOON - HOUR)
    make_story("Sehr spät dran", due_at=NOON - 90 * DAY)
    make_story("Noch Zeit", due_at=NOON + HOUR)
    make_live("Erschienen", due_at=NOON - HOUR)
    desk.move(make_story("Gestrichen", due_at=NOON - HOUR), "spike", by=None)
    planned = make_cleared("Geplant", due_at=NOON - 2 * HOUR)
    press.schedule(planned, by=None, at=NOON + HOUR)
    assert found(chief, "overdue") == ["Spät dran", "Sehr spät dran"]
    press.cancel(planned, by=None)
    assert found(chief, "overdue") == ["Spät dran", "Geplant", "Sehr spät dran"]


def test_changed_is_what_readers_have_in_an_older_text_and_nothing_that_is_scheduled_already(sign_in, clock):
    chief = sign_in("chief")
    rewrite(make_live("Geändert"), "Neu.")
    make_live("Unverändert")
    planned = rewrite(make_live("Geplant"), "Neu.")
    press.schedule(planned, by=None, at=NOON + HOUR, change="update")
    gone = make_live("Zurückgezogen")
    press.withdraw(gone, by=None, reason="legal")
    rewrite(gone, "Neu.")
    make_story("Entwurf")
    cancelled = rewrite(make_live("Abgesagt"), "Neu.")
    press.schedule(cancelled, by=None, at=NOON + HOUR, change="update")
    clock.shift(SECOND)
    assert found(chief.user, "changed", NOON + SECOND) == ["Geändert"]
    press.cancel(cancelled, by=None)
    assert found(chief.user, "changed", NOON + SECOND) == ["Abgesagt", "Geändert"]
    press.withdraw(cancelled, by=None, reason="legal")
    clock.shift(SECOND)
    assert found(chief.user, "changed", NOON + 2 * SECOND) == ["Geändert"]
    listed = chief.get("/admin/articles/story/?readers=changed").context["cl"].queryset
    assert [story.headline for story in listed] == ["Geändert"]


def test_embargoes_and_ends_of_the_next_24_hours_stand_in_their_order():
    chief = make_user("chief")
    make_story("Sperre bald", embargo_until=NOON + 2 * HOUR)
    make_story("Sperre später", embargo_until=NOON + 2 * DAY)
    make_story("Sperre vorbei", embargo_until=NOON)
    press.set_end(make_live("Endet"), by=None, at=NOON + HOUR)
    assert found(chief, "ending") == ["Endet", "Sperre bald"]


def test_corrections_of_seven_days_stand_with_what_was_wrong(clock):
    chief = make_user("chief")
    for name, days in (("Alt", 8), ("Neu", 2)):
        clock.move_to(NOON - days * DAY)
        story = make_live(name)
        clock.shift(SECOND)
        press.publish(story, by=chief, change="correction", note=f"Falsch war {name}.")
    later = make_live("Kommt noch")
    clock.move_to(NOON)
    press.schedule(rewrite(later, "X."), by=None, at=NOON + HOUR, change="correction", note="Künftig.")
    card = next(card for card in cards(chief, NOON) if card.name == "corrections")
    assert [(row.title, row.facts[0]) for row in card.rows] == [("Neu", "Falsch war Neu.")]


def test_stories_that_went_out_without_a_topic_are_the_librarians(clock):
    librarian = make_user("topic librarian")
    make_live("Ohne Thema")
    make_live("Mit Thema", topics=["Hafen"])
    assert found(librarian, "untagged") == ["Ohne Thema"]
    assert found(librarian, "untagged", NOON + DAY) == []
    [card] = [each for each in cards(librarian, NOON) if each.name == "untagged"]
    assert card.url == ""  # no filter of the list leads to just these


def test_pictures_without_credit_are_listed_and_the_list_has_a_filter_for_them(sign_in):
    client = sign_in("picture editor")
    bare = painted_picture("harbour", credit="")
    painted_picture("harbour", 2)
    assert found(client.user, "pictures") == [bare.title]
    card = next(card for card in cards(client.user, NOON) if card.name == "pictures")
    listed = client.get(card.url).context["cards"]
    assert [each["picture"] for each in listed] == [bare]


def test_follow_up_work_is_quiet_while_it_is_well_and_loud_once_it_fails():
    chief = make_user("chief")
    Worker.objects.create(name="w", started_at=NOON, ran_at=NOON)
    assert found(chief, "effects") == []
    outbox.add("mail", key="a", payload={})
    assert found(chief, "effects", NOON + SECOND) == []
    late = next(card for card in cards(chief, NOON + HOUR) if card.name == "effects")
    assert (late.rows, late.clear, "1 overdue" in late.says) == ([], False, True)
    Effect.objects.create(kind="mail", key="b", parked_at=NOON, last_error="Gone", payload={"mail": "assigned"})
    card = next(card for card in cards(chief, NOON) if card.name == "effects")
    assert [(row.title, row.facts) for row in card.rows] == [("Mail: A story is assigned to me", ["Gone"])]


def test_follow_up_work_says_how_it_does_once_and_never_that_all_is_done_while_it_is_not(sign_in, clock):
    chief = sign_in("chief")

    def shown():
        page = chief.get("/admin/").content.decode()
        card = next(card for card in cards(chief.user, timezone.now()) if card.name == "effects")
        return page.count(escape(card.says)) if card.says else 0, "All follow-up work is done" in page

    Worker.objects.create(name="w", started_at=NOON, ran_at=NOON)
    assert shown() == (0, True)
    outbox.add("mail", key="a", payload={})
    clock.shift(HOUR)
    assert shown() == (1, False)
    Effect.objects.create(kind="mail", key="b", parked_at=NOON, last_error="Gone")
    assert shown() == (1, False)


def test_accounts_that_cannot_work_are_the_administrators():
    admin = make_user("administrator")
    make_user("editor", name="ohne-ressort")
    make_user("editor", "politik", name="mit-ressort")
    make_user("chief")
    type(admin).objects.create_user("ohne-rolle", password="x" * 12, is_staff=True)
    type(admin).objects.create_user("kein-konto", password="x" * 12)
    card = next(card for card in cards(admin, NOON) if card.name == "accounts")
    assert [(row.title, row.facts) for row in card.rows] == [
        ("ohne-ressort", ["edits no section yet"]),
        ("ohne-rolle", ["has no role yet"]),
    ]


# The page


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_quiet_newsroom_says_so_pleasantly(sign_in, role):
    Worker.objects.create(name="w", started_at=NOON, ran_at=NOON)
    page = sign_in(role, "politik").get("/admin/")
    text = page.content.decode()
    assert page.status_code == 200
    assert [card.empty for card in page.context["cards"] if card.rows or card.empty not in text] == []
    assert ("New story" in text) is (role in ("contributor", "editor", "chief"))
    assert "recent-actions" not in text


def test_cards_with_something_stand_before_the_empty_ones_and_show_at_most_eight(sign_in):
    chief = sign_in("chief")
    for number in range(SHOWN + 1):
        make_story(f"Nummer {number}", by=chief.user)
    page = chief.get("/admin/")
    first = page.context["cards"][0]
    assert (first.name, len(first.rows), first.count) == ("mine", SHOWN, str(SHOWN + 1))
    assert page.content.decode().count("Nummer ") == SHOWN
    Story.objects.bulk_create(
        Story(public_id=f"0{n:09}", headline=f"N {n}", slug="n", section=Section.objects.first(), created_by=chief.user)
        for n in range(COUNTED)
    )
    assert chief.get("/admin/").context["cards"][0].count == f"{COUNTED}+"


def test_what_is_typed_into_titles_is_shown_as_text(sign_in):
    chief = sign_in("chief")
    story = make_story("<script>x</script>", by=chief.user)
    Note.objects.create(story=story, outsider='"><b>', text="<i>kursiv</i>")
    page = chief.get("/admin/").content.decode()
    assert ("<script>x" in page, "<i>kursiv" in page, "&lt;script&gt;x" in page) == (False, False, True)


def everything(section, name, user=None):
    """A story for every card, all with `name` in their titles."""
    make_story(f"{name} Entwurf", section=section, by=user, due_at=NOON - HOUR, embargo_until=NOON + HOUR)
    waiting = make_story(f"{name} abgegeben", section=section)
    desk.move(waiting, "submit", by=None)
    for kind in CheckKind:
        StoryCheck.objects.create(story=waiting, kind=kind)
    changed = rewrite(make_live(f"{name} live", section=section), "Neu.")
    press.set_end(changed, by=None, at=NOON + HOUR)
    press.schedule(make_cleared(f"{name} geplant", section=section), by=None, at=NOON + HOUR)
    wrong = make_live(f"{name} falsch", section=section)
    press.publish(wrong, by=None, change="correction", note=f"{name} war falsch.")
    note = Note.objects.create(story=waiting, by=make_user("chief"), text=f"{name} prüfen")
    if user:
        note.mentions.add(user)


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_no_title_out_of_scope_is_ever_on_it(sign_in, clock, role):
    client = sign_in(role, "politik")
    foreign = make_section("wirtschaft")
    everything(foreign, SECRET)
    Note.objects.all()[0].mentions.add(client.user)
    Effect.objects.create(kind="mail", key="b", parked_at=NOON, payload={"story": Story.objects.first().pk})
    clock.shift(SECOND)
    own = make_story("Eigene", by=client.user)
    Story.objects.filter(pk=own.pk).update(section=foreign)
    page = client.get("/admin/").content.decode()
    assert (SECRET in page, "Eigene" in page) == (False, role != "administrator")
    assert SECRET in sign_in("chief").get("/admin/").content.decode()  # control: there is something to see


def test_a_story_that_left_ones_scope_leaves_the_page(sign_in):
    reporter = sign_in("contributor")
    story = make_story(SECRET, by=reporter.user)
    assert SECRET in reporter.get("/admin/").content.decode()
    Story.objects.filter(pk=story.pk).update(created_by=None)
    assert SECRET not in reporter.get("/admin/").content.decode()


BUDGETS = {
    "contributor": 14,
    "editor": 22,
    "chief": 30,
    "picture editor": 16,
    "topic librarian": 12,
    "administrator": 13,
}


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("role", ROLES)
def test_the_page_asks_the_same_number_of_questions_for_one_and_for_three_of_each(sign_in, clock, role, items):
    client = sign_in(role, "politik")
    for number in range(items):
        everything(make_section(), f"Nummer {number}", client.user)
        painted_picture("harbour", number, credit="")
        Effect.objects.create(kind="mail", key=f"k{number}", parked_at=NOON)
        make_user("editor")
    clock.shift(SECOND)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/admin/")
    assert (page.status_code, Picture.objects.count()) == (200, items)
    assert len(asked) == BUDGETS[role], [query["sql"][:160] for query in asked]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table this small without an index")
def test_what_changed_since_it_was_printed_is_found_by_its_own_index(chief):
    with CaptureQueriesContext(connection) as asked:
        changed(chief.user, NOON, 5)
    (question,) = [each["sql"] for each in asked if "ORDER BY" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {question}")
        plan = [row[3] for row in cursor.fetchall()]
    assert "SCAN articles_story USING INDEX story_changed_since_printed" in plan
    assert not any("TEMP B-TREE" in step for step in plan)


def test_changes_wait_for_whoever_may_write_the_story_and_not_for_its_author_once_it_is_cleared(clock):
    reporter = make_user("contributor")
    rewrite(make_live("Geändert", by=reporter), "Neu.")
    clock.shift(SECOND)
    users = (reporter, make_user("editor", "politik"))
    assert [found(user, "changed", NOON + SECOND) for user in users] == [[], ["Geändert"]]


def test_a_story_of_mine_in_anothers_section_is_submitted_to_them_and_not_to_me():
    editor = make_user("editor", "politik")
    desk.move(make_story("Anderswo", by=editor, section=make_section("wirtschaft")), "submit", by=editor)
    assert (found(editor, "submitted"), found(make_user("editor", "wirtschaft"), "submitted")) == ([], ["Anderswo"])


def test_a_correction_whose_edition_was_cancelled_was_seen_by_nobody():
    chief, story = make_user("chief"), rewrite(make_live("Falsch"), "Richtig.")
    press.schedule(story, by=chief, at=NOON + HOUR, change="correction", note="Falsch war alles.")
    assert found(chief, "corrections", NOON + 2 * HOUR) == ["Falsch"]
    press.cancel(story, by=chief)
    assert found(chief, "corrections", NOON + 2 * HOUR) == []
