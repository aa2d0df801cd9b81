"""Rights that change at the moment a story is withdrawn: whoever comes second knows of the first."""

import threading

import pytest
from cast import DAY, HOUR, make_live
from django.db import connection, transaction
from django.utils import timezone
from painted import picture_row
from threads import at_once

from articles import press
from articles.models import Edition, EditionPicture, Picture
from articles.press import timeline

pytestmark = pytest.mark.django_db(transaction=True)


def public_after(rights):
    """Rights that had ended change while the story is withdrawn; how many of its pictures are public a day later."""
    picture = picture_row()
    story = make_live(lead_picture=picture)
    ended = timezone.now() - HOUR / 60
    Picture.objects.update(allowed_until=ended)
    EditionPicture.objects.update(allowed_until=ended)
    changed = threading.Event()

    def grant():
        with transaction.atomic():
            mine = Picture.objects.select_for_update().get(pk=picture.pk)
            for name, value in rights.items():
                setattr(mine, name, value)
            mine.save()
            press.settle_rights(mine)
            changed.set()
            threading.Event().wait(0.5)  # the withdrawal has to find the change under way

    def withdraw():
        changed.wait(10)
        press.withdraw(story, by=None, reason="rights")

    at_once(grant, withdraw)
    assert not Edition.objects.live(timezone.now() + DAY).exists()
    return EditionPicture.objects.live(timezone.now() + DAY).count()


@pytest.mark.parametrize("later", [False, True])
def test_a_withdrawal_while_rights_are_granted_leaves_nothing_public(later):
    starts = timezone.now() + HOUR if later else None
    assert public_after({"allowed_until": None, "allowed_from": starts}) == 0


def test_control_without_the_lock_on_pictures_one_stays_public(monkeypatch):
    monkeypatch.setattr(timeline, "lock_pictures", lambda edition: {})
    stays = 1 if connection.vendor == "postgresql" else 0  # SQLite lets one transaction write at a time
    assert public_after({"allowed_until": None}) == stays
