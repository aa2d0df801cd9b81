"""Who may do what: `can(user, verb, story)` and `scoped(user, verb)`.

Every face of the desk asks these two: pages, bulk actions, autocomplete,
history, preview. They answer from one table, POLICY: a verb needs a permission
and reaches as far as its scope says.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from ..models import Byline, Section, Story
from ..vocabulary import Stage

OPEN_TO_WRITERS = (Stage.PITCH, Stage.DRAFT)


@dataclass(frozen=True)
class Reach:
    """How far somebody's rights go: all stories, or those in `paths` (the sections an editor edits) and their own."""

    user_id: int
    everywhere: bool
    reads_all: bool
    paths: tuple
    contributor_id: int | None

    def edits(self, story):
        """Whether the story lies in a section this person edits."""
        return self.everywhere or any(_within(story.section.path, path) for path in self.paths)

    def owns(self, story):
        """Whether this person made the story, has it assigned or is named in its byline."""
        if self.user_id in (story.created_by_id, story.assignee_id):
            return True
        return self.contributor_id is not None and any(
            byline.contributor_id == self.contributor_id for byline in story.bylines.all()
        )


def reach(user):
    """The Reach of a user; asked of the database once for each user object."""
    if not hasattr(user, "_reach"):
        everywhere = user.has_perm("articles.all_sections")
        edits_some = user.has_perm("articles.clear_story") and not everywhere
        assigned = Section.objects.filter(assignments__user=user).values_list("path", flat=True) if edits_some else ()
        user._reach = Reach(
            user_id=user.pk,
            everywhere=everywhere,
            reads_all=user.has_perm("articles.read_all_stories"),
            paths=tuple(assigned),
            contributor_id=getattr(getattr(user, "contributor", None), "pk", None),
        )
    return user._reach


def _within(path, above):
    return path == above or path.startswith(above + "/")


# Each scope twice, as a question about one story and as a filter on all: tests hold the two together.
def _edited(person, story):
    return person.edits(story)


def _edited_q(person):
    if person.everywhere:
        return Q()
    paths = [Q(section__path=path) | Q(section__path__startswith=path + "/") for path in person.paths]
    return reduce(or_, paths, Q(pk__in=[]))


def _own_q(person):
    own = Q(created_by=person.user_id) | Q(assignee=person.user_id)
    if person.contributor_id is not None:
        own |= Q(pk__in=Byline.objects.filter(contributor=person.contributor_id).values("story"))
    return own


def _read(person, story):
    return person.reads_all or person.edits(story) or person.owns(story)


def _read_q(person):
    return Q() if person.reads_all or person.everywhere else _edited_q(person) | _own_q(person)


def _written(person, story):
    return person.edits(story) or (story.stage in OPEN_TO_WRITERS and person.owns(story))


def _written_q(person):
    return Q() if person.everywhere else _edited_q(person) | (_own_q(person) & Q(stage__in=OPEN_TO_WRITERS))


READ, WRITTEN, EDITED = (_read, _read_q), (_written, _written_q), (_edited, _edited_q)

POLICY = {
    "read": ("articles.view_story", READ),
    "create": ("articles.add_story", READ),
    "write": ("articles.change_story", WRITTEN),
    "submit": ("articles.change_story", WRITTEN),
    "tag": ("articles.tag_story", READ),
    "clear": ("articles.clear_story", EDITED),
    "spike": ("articles.clear_story", EDITED),
    "publish": ("articles.publish_story", EDITED),
    "withdraw": ("articles.withdraw_story", EDITED),
    "break_embargo": ("articles.break_embargo", EDITED),
    "plan": ("articles.change_story", WRITTEN),
    "take_over": ("articles.change_story", WRITTEN),
    "note": ("articles.add_note", READ),
    "ask_check": ("articles.change_story", WRITTEN),
    "check_copy": ("articles.check_copy", EDITED),
    "check_legal": ("articles.check_legal", READ),
    "check_picture": ("articles.check_picture", READ),
    "bypass_checks": ("articles.bypass_checks", EDITED),
    "override_preflight": ("articles.override_preflight", EDITED),
    "share": ("articles.share_story", EDITED),
    "report_live": ("articles.publish_story", EDITED),  # what is posted goes out at once
}


def can(user, verb, story=None):
    """Whether `user` may do `verb` (a key of POLICY) to `story`; without a story, to any at all."""
    permission, (holds, _filter) = POLICY[verb]
    if not (user.is_active and user.is_staff and user.has_perm(permission)):
        return False
    return story is None or story.pk is None or holds(reach(user), story)


def scoped(user, verb, stories=None):
    """Those of `stories` (QuerySet; None: all) to which `user` may do `verb`."""
    stories = Story.objects.all() if stories is None else stories
    return stories.filter(POLICY[verb][1][1](reach(user))) if can(user, verb) else stories.none()


def sections_to_file(user):
    """The sections (QuerySet) into which `user` may put a story.

    An editor files into the sections they edit. A reporter, who edits none, files into any: the editors
    there decide what becomes of it.
    """
    person = reach(user)
    if person.everywhere or not user.has_perm("articles.publish_story"):
        return Section.objects.all()
    return Section.objects.filter(
        reduce(or_, (Q(path=p) | Q(path__startswith=p + "/") for p in person.paths), Q(pk=None))
    )
