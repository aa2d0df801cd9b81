"""What the desk is told about a scheduled edition: its words on another day, and publishing before its time."""

import pytest
from cast import DAY, HOUR, NOON, make_cleared, rewrite
from desk_forms import act_url, fields, messages_of
from django.contrib.auth.models import Group, Permission

from articles import press
from articles.models import Edition, PreflightLevel
from articles.vocabulary import Level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY, TUESDAY = NOON + 6 * HOUR, NOON + DAY + 6 * HOUR
WRONG = "“heute” may be wrong on Nov. 24, 2026, when this goes out: name the day."
REASON = "Reason for going out against required rules"


@pytest.fixture
def story(clock):
    story = rewrite(make_cleared("Kai"), "Der Rat tagt heute.")
    press.schedule(story, by=None, at=MONDAY)
    return story


def require(level=Level.REQUIRED):
    PreflightLevel.objects.create(rule="passing_day", level=level)


def move(client, story, **said):
    """Sends the page of the act as it stands, for Tuesday."""
    page = client.get(act_url(story, "retime"))
    return client.post(act_url(story, "retime"), fields(page) | {"at": ["2026-11-24 19:00"]} | said, follow=True)


def test_a_move_that_makes_a_required_rule_wrong_is_refused_and_asks_for_the_reason(sign_in, story):
    require()
    chief = sign_in("chief")
    assert REASON not in chief.get(act_url(story, "retime")).content.decode()
    page = move(chief, story)
    assert page.status_code == 409
    assert page.context["reasons"] == [WRONG]
    assert REASON in page.content.decode()
    page = move(chief, story, override="Gemeint ist der Dienstag.")
    assert messages_of(page) == ["Done: Move scheduled.", WRONG]
    assert Edition.objects.get().live_from == TUESDAY
    assert story.events.get(act="overridden").note == "Gemeint ist der Dienstag."


def test_who_may_not_go_without_is_not_asked_and_cannot_give_a_reason(sign_in, story):
    require()
    editor = sign_in("editor", "politik")
    Group.objects.get(user=editor.user).permissions.remove(Permission.objects.get(codename="override_preflight"))
    page = move(editor, story, override="Trotzdem.")
    assert (page.status_code, page.context["reasons"]) == (409, [WRONG])
    assert REASON not in page.content.decode()
    assert Edition.objects.get().live_from == MONDAY


@pytest.mark.parametrize(("level", "said"), [(Level.RECOMMENDED, [WRONG]), (Level.OFF, [])])
def test_what_is_not_required_is_only_said(sign_in, story, level, said):
    require(level)
    assert messages_of(move(sign_in("chief"), story)) == ["Done: Move scheduled.", *said]
    assert Edition.objects.get().live_from == TUESDAY


def test_dropping_it_on_another_day_of_the_calendar_obeys_the_same_rules(sign_in, story):
    chief, url = sign_in("chief"), f"/admin/articles/story/{story.pk}/retime/"
    dropped = {"day": "2026-11-24", "was": MONDAY.isoformat()}
    assert messages_of(chief.post(url, dropped, follow=True)) == [
        "The edition of “Kai” goes out 24.11.2026 19:00 +01:00.",
        WRONG,
    ]
    press.retime(story, by=None, at=MONDAY)
    require()
    assert messages_of(chief.post(url, dropped, follow=True)) == [f"Nothing was moved. {WRONG}"]
    assert Edition.objects.get().live_from == MONDAY


def test_publishing_before_its_time_says_what_becomes_of_it(sign_in, story):
    chief = sign_in("chief")
    page = chief.get(act_url(story, "publish"))
    assert page.context["says"] == (
        "Readers get this text at once instead of at 23.11.2026 19:00 +01:00, for which it is scheduled."
    )
    rewrite(story, "Der Rat tagt am Montag.")
    page = chief.get(act_url(story, "publish"))
    assert page.context["says"] == (
        "Readers get this text at once; the edition scheduled for 23.11.2026 19:00 +01:00 then takes over."
    )
