"""Text that is typed and not saved: kept for its writer alone, in no history, no stage, no log."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import Autosave
from ..text.packing import pack

NEW_STORIES = 20  # unsaved new stories kept for one user


def keep(user, *, typed, story=None, version=None, key=""):
    """Keep what `user` typed (dict: field name to list of texts) of `story`, or of the new story called `key`.

    `version` is the working copy it was typed on. It replaces what was kept of the same before. Returns the Autosave.
    """
    what = {"user": user, "story": story, "key": key}
    values = {"packed": pack(typed), "version": version, "at": timezone.now()}
    if Autosave.objects.filter(**what).update(**values):
        return Autosave(**what, **values)
    try:
        with transaction.atomic():
            made = Autosave.objects.create(**what, **values)
    except IntegrityError:  # another window of the same person, at the same moment
        Autosave.objects.filter(**what).update(**values)
        return Autosave(**what, **values)
    if story is None:
        _drop_oldest_new(user)
    return made


def _drop_oldest_new(user):
    rows = Autosave.objects.filter(user=user, story=None).order_by("-at").values_list("pk", flat=True)
    Autosave.objects.filter(pk__in=list(rows[NEW_STORIES:])).delete()


def drop(user, *, story=None, key=""):
    """Forget it: it was saved, or is not wanted any more."""
    Autosave.objects.filter(user=user, story=story, key=key).delete()
