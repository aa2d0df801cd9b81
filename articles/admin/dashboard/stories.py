"""Working copies that wait for me: mine, to check, to clear, with notes, with changes readers do not have."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from ...desk.waiting import awaiting_check
from ...models import Edition, Note
from ...rules.policy import scoped
from ...rules.readiness import name_of
from ...text.html import shorten
from ...vocabulary import Stage
from ..story.list import short_time
from .row import Row, light, of_stories, stage_of, story_list, story_row


def mine(user, now, most):
    """Stories I made, am named in or was assigned, still ahead of readers: by stage, the next due first."""
    own = scoped(user, "read").of_person(user, in_work=True).exclude(stage=Stage.SPIKED)
    found = list(light(own).order_by(F("due_at").asc(nulls_last=True), "-saved_at", "-pk")[:most])
    stages = Counter(story.stage for story in found)
    found.sort(key=lambda story: Stage.values.index(story.stage))
    return {
        "title": _("My stories"),
        "rows": [story_row(story, _due(story), stage=True) for story in found],
        "summary": [(f"stage-{stage}", f"{stages[stage]} {Stage(stage).label}") for stage in Stage if stages[stage]],
        "url": story_list(whose="mine"),
        "empty": _("Nothing of yours is in the works. What would you like to write?"),
    }


def _due(story):
    if story.due_at:
        return _("due %(time)s") % {"time": short_time(story.due_at)}
    return _("saved %(time)s") % {"time": short_time(story.saved_at)}


def checks(user, now, most):
    """Stories with a check I could do, asked for or required."""
    found = light(awaiting_check(user)).order_by(F("due_at").asc(nulls_last=True), "saved_at", "pk")[:most]
    return {
        "title": _("Waiting for my check"),
        "rows": [story_row(story, _due(story), stage=True) for story in found],
        "url": story_list(whose="check"),
        "empty": _("No story waits for your check."),
    }


def submitted(user, now, most):
    """Stories submitted in sections I edit, the one that has waited longest first."""
    waiting = scoped(user, "clear").filter(stage=Stage.SUBMITTED)
    found = light(waiting).order_by("saved_at", "pk")[:most]
    return {
        "title": _("Submitted to me"),
        "rows": [story_row(story, _due(story), time=story.saved_at) for story in found],
        "url": story_list(stage__exact="submitted"),
        "empty": _("Nothing is submitted. The desk is clear."),
    }


def notes(user, now, most):
    """Open notes of others that mention me or stand on a story of mine which is still in the works."""
    unresolved = Note.objects.filter(resolved_at__isnull=True).order_by()
    keys = [
        unresolved.filter(mentions=user).values("pk"),
        unresolved.filter(story__created_by=user, story__printed_version__isnull=True).values("pk"),
        unresolved.filter(story__assignee=user).values("pk"),
    ]
    thread_open = Q(answers__isnull=True) | Q(answers__resolved_at__isnull=True)
    meant = Note.objects.filter(thread_open, pk__in=keys[0].union(*keys[1:]))
    others = meant.filter(Q(by__isnull=True) | ~Q(by=user)).exclude(story__stage=Stage.SPIKED)
    found = of_stories(user, "read", others).select_related("by").order_by("-at", "-pk")[:most]
    return {
        "title": _("Notes for me"),
        "rows": [_note_row(note) for note in found],
        "empty": _("Nobody waits for an answer from you."),
    }


def _note_row(note):
    row = story_row(note.story, time=note.at, page="notes")
    said = shorten(" ".join(note.text.split()), limit=110)
    return Row(
        title=f"{name_of(note.by) if note.by else note.outsider}: {said}",
        url=row.url,
        time=row.time,
        facts=[note.story.headline],
    )


def changed(user, now, most):
    """Live stories whose working copy is newer than anything that was printed of it."""
    ahead = scoped(user, "write").filter(printed_version__lt=F("version")).exclude(stage=Stage.SPIKED)
    live = ahead.filter(Exists(Edition.objects.live(now).filter(story=OuterRef("pk"))))
    found = light(live).select_related("saved_by").order_by("-saved_at", "-pk")[:most]
    return {
        "title": _("Live with unpublished changes"),
        "rows": [_changed_row(story) for story in found],
        "url": story_list(readers="changed"),
        "empty": _("Readers have the latest text of every story."),
    }


def _changed_row(story):
    row = story_row(story, _("saved by %(who)s") % {"who": name_of(story.saved_by)}, time=story.saved_at)
    row.badges = [stage_of(story)] if story.stage != Stage.CLEARED else []
    return row
