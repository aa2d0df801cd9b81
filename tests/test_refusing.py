"""How an act says no, and what it lets through."""

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError

from articles.models import Story
from articles.rules.refusal import Refused, act

pytestmark = pytest.mark.django_db


def failing(error):
    @act
    def fail():
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (IntegrityError("x"), "Somebody else changed this story at the same moment. Look at it again, then retry."),
        (
            OperationalError("database is locked"),
            "Somebody else is working on this story right now. Try again in a moment.",
        ),
        (
            OperationalError("deadlock detected"),
            "Somebody else is working on this story right now. Try again in a moment.",
        ),
    ],
)
def test_losing_a_race_is_a_sentence(error, sentence):
    with pytest.raises(Refused) as refused:
        failing(error)()
    assert refused.value.reasons == [sentence]


def test_a_broken_database_is_no_refusal():
    with pytest.raises(OperationalError, match="disk is on fire"):
        failing(OperationalError("disk is on fire"))()


def test_public_ids_are_tried_again_when_taken_and_other_errors_are_not(monkeypatch):
    from cast import make_section, make_story

    taken = make_story().public_id
    ids = iter([taken, taken, "7abcdefghj"])
    monkeypatch.setattr("articles.models.story.new_public_id", lambda: next(ids))
    assert make_story().public_id == "7abcdefghj"
    monkeypatch.setattr("articles.models.story.new_public_id", lambda: taken)
    with pytest.raises(IntegrityError, match="eight tries"):
        Story.objects.make(headline="X", slug="x", section=make_section())
    monkeypatch.setattr("articles.models.story.new_public_id", lambda: "8abcdefghj")
    with pytest.raises(IntegrityError, match="story_has_headline"):
        Story.objects.make(headline="", slug="x", section=make_section())


def test_health_names_what_is_broken(client, monkeypatch):
    from articles.views import health

    def broken(*args, **kwargs):
        raise DatabaseError

    def gone(path):
        raise OSError

    monkeypatch.setattr(health.connection, "cursor", broken)
    monkeypatch.setattr(health, "MigrationExecutor", broken)
    monkeypatch.setattr(health.shutil, "disk_usage", gone)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": False, "migrations": False, "disk": False})
