"""Tell people by mail what happened to a story: who is told, decided now; the mail follows by the outbox."""

from itertools import islice

from django.contrib.auth import get_user_model
from django.db.models import Q, prefetch_related_objects

from .. import outbox
from ..models import Section
from ..rules.policy import can
from ..text.html import printable
from ..text.ids import new_file_key
from ..vocabulary import MailKind

BACKEND = "django.contrib.auth.backends.ModelBackend"  # by which roles give permissions
MOST_TOLD = 100  # of one act; a larger desk looks at its lists


def tell(kind, story, *, by, to, text="", once=""):
    """Add a mail of `kind` (MailKind) about `story` for each of `to` (users), in the caller's transaction.

    Left out are `by` (who did it; None: no person), people who are not active, who may not read the story, or
    who do not want this kind. `text` is what was said with the act. `once` names the occasion where the caller
    may come by again: nobody is told twice of the same one.
    """
    occasion = once or new_file_key()
    for user in islice(_wanting(kind, story, by, to), MOST_TOLD):
        outbox.add(
            "mail",
            key=f"mail:{kind}:{story.pk}:{user.pk}:{occasion}",
            payload={
                "mail": str(kind),
                "story": story.pk,
                "user": user.pk,
                "by": by.pk if by else None,
                "text": printable(text).strip(),
            },
        )


def _wanting(kind, story, by, to):
    people = {user.pk: user for user in to if user and user.pk != getattr(by, "pk", None)}
    known = list(people.values())[: 2 * MOST_TOLD]  # as they were found, with what is known of their rights
    prefetch_related_objects(known, "preferences")
    return (user for user in known if wants(user, kind) and can(user, "read", story))


def wants(user, kind):
    """Whether somebody chose to get mails of that kind (MailKind); who chose nothing gets all."""
    preferences = getattr(user, "preferences", None)
    return preferences is None or str(kind) in preferences.mails


def authors_of(story):
    """The users whose story it is: who made it, who is named in its byline, to whom it is assigned (list)."""
    named = Q(contributor__bylines__story=story)
    made = Q(pk__in=[pk for pk in (story.created_by_id, story.assignee_id) if pk])
    return list(get_user_model().objects.filter(named | made, is_active=True).distinct()[:MOST_TOLD])


def editors_of(story):
    """The users to whom the story's section, or one above it, is assigned; else those who edit everything (list)."""
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    above = Section.objects.filter(path__in=story.section.lineage)
    assigned = users.filter(section_assignments__section__in=above).distinct()
    found = [user for user in assigned[:MOST_TOLD] if can(user, "clear", story)]
    return found or holders("articles.all_sections")


def holders(permission):
    """Active members of staff who have a permission (text like `articles.check_copy`) by a role or their own (list)."""
    users = get_user_model().objects.with_perm(permission, include_superusers=False, backend=BACKEND)
    return list(users.filter(is_staff=True)[:MOST_TOLD])


def checkers_of(story, kind):
    """The users who could do a check of that kind (CheckKind) of this story (list)."""
    return [user for user in holders(f"articles.check_{kind}") if can(user, f"check_{kind}", story)]


def tell_assignee(story, *, by, text=""):
    """Tell the one to whom the story is assigned now; `text` is the note that went with it."""
    tell(MailKind.ASSIGNED, story, by=by, to=[story.assignee], text=text)
