"""Mails: who is told what, who is not, and that a mail carries nothing its receiver may not know."""

import pytest
import time_machine
from cast import (
    HOUR,
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
from django.core import mail
from django.db import transaction

from articles import desk, press
from articles.desk.telling import tell
from articles.models import Effect, Preferences, Section, Story
from articles.outbox.working import Loop

pytestmark = pytest.mark.django_db


def person(role, *sections, **fields):
    user = make_user(role, *sections)
    user.email = f"{user.username}@paper.example"
    user.first_name, user.last_name = "", ""
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    return user


@pytest.fixture
def sent(settings):
    """Lets the worker send what waits; says to whom which subjects went since (list of pairs)."""
    settings.LANGUAGE_CODE = "en"

    def sent():
        mail.outbox.clear()
        Loop().round()
        return [(message.to[0], message.subject) for message in mail.outbox]

    return sent


def test_from_submission_to_clearance_those_concerned_are_told(sent):
    reporter, editor, chief = person("contributor"), person("editor", "politik"), person("chief")
    person("editor", "sport")
    story = make_story("Kai gesperrt", by=reporter, section=make_section("politik/europa"))
    desk.move(story, "submit", by=reporter)
    assert sent() == [(editor.email, "Submitted: Kai gesperrt")]
    desk.move(story, "send_back", by=editor, note="Zu lang.")
    assert sent() == [(reporter.email, "Sent back: Kai gesperrt")]
    assert "Zu lang." in mail.outbox[0].body
    desk.move(story, "submit", by=reporter)
    sent()
    desk.move(story, "clear", by=chief)
    assert sent() == [(reporter.email, "Cleared: Kai gesperrt")]


def test_where_no_section_is_assigned_the_chief_hears_of_a_submission(sent):
    chief = person("chief")
    desk.move(make_story("Kai"), "submit", by=None)
    assert sent() == [(chief.email, "Submitted: Kai")]


def test_a_story_belongs_to_its_maker_its_bylines_and_its_assignee_and_each_is_told_once(sent):
    maker, named, turn = person("contributor"), person("contributor"), person("contributor")
    byline = make_contributor("Ria", user=named)
    also = make_contributor("Tom", user=turn)
    story = make_story("Kai", by=maker, bylines=[(byline, "text"), (also, "text"), (byline, "photo")], assignee=turn)
    sent()
    desk.move(story, "clear", by=None)
    assert sorted(sent()) == sorted((user.email, "Cleared: Kai") for user in (maker, named, turn))


def test_assignment_is_told_with_its_note_by_form_and_by_act(sent):
    chief, anna, ben = person("chief"), person("contributor"), person("contributor")
    story = make_story("Kai")
    desk.assign(story, by=chief, assignee=anna, due_at=NOON, note="Bitte bis Mittag.")
    assert sent() == [(anna.email, "Assigned to you: Kai")]
    assert "Bitte bis Mittag." in mail.outbox[0].body
    assert "due 23.11.2026 13:00 +01:00" in mail.outbox[0].body
    desk.save(story, by=chief, values={"assignee": ben})
    assert sent() == [(ben.email, "Assigned to you: Kai")]
    desk.save(story, by=chief, values={"due_at": NOON + HOUR})
    assert sent() == []
    make_story("Neu", by=chief, assignee=anna)
    assert sent() == [(anna.email, "Assigned to you: Neu")]


def test_checks_are_told_to_those_who_can_do_them_and_their_outcome_to_those_who_wait(sent):
    reporter, chief, away = person("contributor"), person("chief"), person("editor", "sport")
    editor = person("editor", "politik")
    story = make_story("Kai", by=reporter)
    desk.ask_check(story, "copy", by=reporter, note="Namen!")
    assert sorted(sent()) == sorted((user.email, "Check wanted: Kai") for user in (chief, editor))
    assert away.email not in {message.to[0] for message in mail.outbox}
    desk.pass_check(story, "copy", by=editor, note="Gut.")
    assert sent() == [(reporter.email, "Checked: Kai")]
    assert "Copy: Passed\nGut." in mail.outbox[0].body
    rewrite(story, "Anders.")
    assert sent() == [(editor.email, "Check wanted: Kai")]
    assert "What you had checked was changed since." in mail.outbox[0].body


def test_a_submission_is_told_to_those_whose_check_the_section_requires_too(sent):
    editor, pictures, chief = person("editor", "politik"), person("picture editor"), person("chief")
    make_section()
    Section.objects.update(required_checks=["copy", "picture"])
    desk.move(make_story("Kai"), "submit", by=chief)
    assert sorted(sent()) == sorted([(editor.email, "Submitted: Kai"), (pictures.email, "Check wanted: Kai")])


def test_nobody_is_told_what_they_did_did_not_want_or_may_not_read_or_after_they_left(sent):
    by, unwilling = person("chief"), person("chief")
    Preferences.objects.create(user=unwilling, mails=["note"])
    stranger, gone, told = person("contributor"), person("chief", is_active=False), person("chief")
    story = make_story("Kai")
    tell("mention", story, by=by, to=[by, unwilling, stranger, gone, told, told, None])
    assert [effect.payload["user"] for effect in Effect.objects.all()] == [told.pk]
    assert sent() == [(told.email, "You are mentioned: Kai")]


def test_the_same_occasion_is_told_once(sent):
    chief = person("chief")
    story = make_story("Kai")
    for _again in range(2):
        tell("mention", story, by=None, to=[chief], once="note-7")
    tell("mention", story, by=None, to=[chief])
    assert len(sent()) == 2


def test_telling_inside_a_transaction_that_is_rolled_back_sends_nothing(sent):
    chief = person("chief")
    story = make_story("Kai")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("mention", story, by=None, to=[chief])
        raise ZeroDivisionError
    assert (sent(), Effect.objects.count()) == ([], 0)


def test_whoever_may_no_longer_read_the_story_when_the_mail_would_go_gets_none(sent):
    anna = person("contributor")
    story = make_story("Geheim")
    desk.assign(story, by=None, assignee=anna, due_at=None)
    Story.objects.filter(pk=story.pk).update(assignee=None)
    assert (sent(), Effect.objects.waiting().count()) == ([], 0)


def test_whoever_does_not_want_it_any_more_or_has_no_address_gets_none(sent):
    unwilling, without = person("chief"), person("chief", email="")
    tell("mention", make_story("Kai"), by=None, to=[unwilling, without])
    Preferences.objects.create(user=unwilling, mails=[])
    assert (sent(), Effect.objects.waiting().count()) == ([], 0)


def test_no_headline_smuggles_a_header_into_a_mail(sent, settings):
    chief = person("chief")
    story = make_story("Kai")
    Story.objects.filter(pk=story.pk).update(headline="Kai\r\nBcc: spy@evil.example\n\n<b>x</b>")
    tell("mention", story, by=None, to=[chief], text="Zeile\0 eins.\n<script>")
    assert sent() == [(chief.email, "You are mentioned: Kai Bcc: spy@evil.example <b>x</b>")]
    message = mail.outbox[0].message()
    assert (message["Bcc"], message["To"], message.get_content_type()) == (None, chief.email, "text/plain")
    assert "<script>" in mail.outbox[0].body
    assert "\0" not in mail.outbox[0].body


def test_a_mail_says_who_did_what_where_to_read_it_and_how_to_get_fewer(sent, settings):
    settings.SITE_URL, settings.SITE_NAME = "https://paper.example", "Hafenkurier"
    editor, reporter = person("editor", "politik", first_name="Henrik", last_name="Voss"), person("contributor")
    story = make_story("Kai", by=reporter)
    desk.move(story, "submit", by=None)
    sent()
    desk.move(story, "send_back", by=editor, note="Zu lang.")
    sent()
    message = mail.outbox[0]
    assert message.body == (
        "Henrik Voss sent back a story of yours.\n\nKai\nPolitik · Draft\n\nZu lang.\n\n"
        f"https://paper.example/admin/articles/story/{story.pk}/change/\n\n-- \nHafenkurier\n"
        "Choose which mails you get: https://paper.example/admin/articles/preferences/\n\n"
    )
    effect = Effect.objects.latest("pk")
    assert message.extra_headers["Message-ID"].startswith(f"<effect-{effect.pk}.")
    assert message.extra_headers["Message-ID"].endswith("@paper.example>")


def test_mails_speak_the_newspapers_language(sent, settings):
    settings.LANGUAGE_CODE = "de"
    chief = person("chief")
    desk.move(make_story("Kai"), "submit", by=None)
    assert [address for address, _subject in sent()] == [chief.email]
    assert "Politik · Eingereicht" in mail.outbox[0].body


def test_authors_hear_that_their_story_is_live_at_its_time_and_not_before(sent):
    author, chief = person("contributor"), person("chief")
    Preferences.objects.create(user=chief, mails=[])
    Preferences.objects.create(user=author, mails=["published"])
    with time_machine.travel(NOON, tick=False) as clock:
        story = make_cleared("Kai", by=author)
        press.schedule(story, by=chief, at=NOON + HOUR)
        assert sent() == []
        clock.shift(HOUR - SECOND)
        assert sent() == []
        clock.shift(SECOND)
        assert sent() == [(author.email, "Live: Kai")]
        assert story.editions.get().get_absolute_url() in mail.outbox[0].body
        assert sent() == []


def test_nobody_hears_of_an_edition_that_was_cancelled_moved_or_withdrawn(sent):
    author = person("contributor")
    Preferences.objects.create(user=author, mails=["published"])
    with time_machine.travel(NOON, tick=False) as clock:
        cancelled, moved, gone = (make_cleared(name, by=author) for name in ("Weg", "Später", "Zurück"))
        for story in (cancelled, moved, gone):
            press.schedule(story, by=None, at=NOON + HOUR)
        press.cancel(cancelled, by=None)
        press.replace(moved, by=None, at=NOON + 2 * HOUR)
        clock.shift(HOUR + SECOND)
        press.withdraw(gone, by=None, reason="error")
        assert sent() == []
        clock.shift(HOUR)
        assert sent() == [(author.email, "Live: Später")]


def test_a_minor_change_is_not_worth_a_mail_and_an_update_is(sent):
    author = person("contributor")
    Preferences.objects.create(user=author, mails=["published"])
    story = make_live("Kai", by=author)
    assert sent() == [(author.email, "Live: Kai")]
    press.publish(rewrite(story, "Tippfehler."), by=None, change="minor")
    assert sent() == []
    press.publish(rewrite(story, "Neues."), by=None, change="update")
    assert sent() == [(author.email, "Live: Kai")]


def test_a_mail_server_that_does_not_answer_is_tried_again_and_nothing_else_waits_for_it(sent, settings):
    chief = person("chief")
    tell("mention", make_story("Kai"), by=None, to=[chief])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert sent() == []
    effect = Effect.objects.get()
    assert (effect.attempts, effect.done_at, effect.last_error) == (
        1,
        None,
        "ConnectionRefusedError: [Errno 111] Connection refused",
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Effect.objects.update(due_at=effect.made_at)
    assert sent() == [(chief.email, "You are mentioned: Kai")]


def test_many_are_told_by_a_bounded_number_of_effects(monkeypatch):
    monkeypatch.setattr("articles.desk.telling.MOST_TOLD", 2)
    tell("mention", make_story(), by=None, to=[make_user("chief") for _number in range(6)])
    assert Effect.objects.count() == 2
