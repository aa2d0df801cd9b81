"""Whose turn it is, and until when."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from ..models import Story
from ..rules.refusal import Refused, act, refuse_if
from ..vocabulary import Act
from .planning import plan_refusals
from .saving import save
from .telling import BACKEND

MOST_OFFERED = 500


@act
def assign(story, *, by, assignee, due_at, note="", version=None):
    """Give the story to `assignee` (a user; None: nobody) until `due_at` (aware datetime or None).

    A save like any other, so that it is a revision and merges with what others write; the assignee is told,
    with `note`. Raises Refused.
    """
    refuse_if(plan_refusals(Story.objects.lock(story)))
    values = {"assignee": assignee, "due_at": due_at}
    if not save(story, by=by, values=values, version=version, act=Act.ASSIGNED, note=note.strip()):
        raise Refused(_("The story is assigned like that already."))


def assignable(kept=None):
    """The users (QuerySet) to whom a story can be assigned: active staff who may write; `kept` (a key) stays."""
    users = get_user_model().objects
    writers = users.with_perm("articles.change_story", backend=BACKEND).filter(is_staff=True)
    first = writers.order_by("last_name", "first_name").values_list("pk", flat=True)[:MOST_OFFERED]
    keys = [*first, *([kept] if kept else [])]
    return users.filter(pk__in=keys).order_by("last_name", "first_name", "username")
