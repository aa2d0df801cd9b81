"""Two people changed the same thing: the form again, with both texts and everything that could be merged."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ...desk.checking import check_refusals
from ...models import Story, Topic
from ...templatetags.desk import field_label
from ...text.comparing import compare_words
from ...text.html import plain_text
from ...vocabulary import Stage
from ..fields import VersionField
from .comparing import ROWS_IN_WORDS
from .wording import value_in_words

_PREFIX = {"bylines": "bylines", "related": "related_rows"}


@dataclass(frozen=True)
class Difference:
    """One thing both changed: its label, both texts as runs for showing, and the stored one for taking it over."""

    label: str
    name: str
    theirs: list = field(default_factory=list)
    mine: list = field(default_factory=list)
    stored: str = ""
    typed: str = ""


def merged_post(post, conflict):
    """The form as it was sent (QueryDict), with what merging took from the stored text, ready to be sent again."""
    post = post.copy()
    for name in conflict.taken:
        value = conflict.merged[name]
        if name == "topics":  # one that only this save made is not there: it stays among the names typed
            value = Topic.objects.filter(pk__in=value).values_list("pk", flat=True)
        if name in _PREFIX:
            _put_rows(post, name, value)
        elif name in ("topics", "further_sections"):
            post.setlist(name, [str(each) for each in value])
        else:
            post[name] = _as_typed(value)
    if "topics" in conflict.merged:
        post["new_topics"] = post.get("new_topics", "")
    post["version_token"] = VersionField.token(conflict.story)
    return post


def _as_typed(value):
    moment = parse_datetime(value) if isinstance(value, str) and len(value) == 25 else None
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S") if moment else "" if value is None else str(value)


def _put_rows(post, name, rows):
    """A formset's rows anew, as if all were typed just now."""
    prefix = _PREFIX[name]
    for key in [key for key in post if key.startswith(f"{prefix}-")]:
        del post[key]
    post[f"{prefix}-TOTAL_FORMS"], post[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
    for place, row in enumerate(rows):
        cells = {"contributor": row[0], "credit": row[1]} if name == "bylines" else {"other": row}
        for cell, value in (cells | {"place": place + 1}).items():
            post[f"{prefix}-{place}-{cell}"] = str(value)


def differences(conflict, user):
    """What both changed, in words that `user` may read (list of Difference)."""
    found = []
    for name, conflicts in conflict.conflicts.items():
        for each in conflicts:
            theirs, mine = (_words(name, value, user) for value in (each.theirs, each.mine))
            runs = compare_words(theirs, mine)
            pickable = isinstance(each.theirs, str) and isinstance(each.mine, str) and name not in ("due_at",)
            found.append(
                Difference(
                    label=str(field_label(name)),
                    name=name,
                    theirs=[(op, text) for op, text in runs if op != "new"],
                    mine=[(op, text) for op, text in runs if op != "gone"],
                    stored=each.theirs if pickable else "",
                    typed=each.mine if pickable else "",
                )
            )
    return found


def kept_from_stored(conflict):
    """The labels of what was taken from the stored text without a conflict (list of text)."""
    return [str(field_label(name)) for name in conflict.taken]


def say_what_was_merged(request, changed):
    """A message that names what somebody else had saved meanwhile and what is now in the story beside one's own."""
    if not changed.merged:
        return
    names = ", ".join(str(field_label(name)) for name in changed.merged)
    messages.info(
        request, _("Somebody saved this story while you were writing. Both are kept: %(names)s.") % {"names": names}
    )


def say_if_no_longer_cleared(request, story, before):
    """A warning where the save opened a check again and so took back the clearing; `before` is the stage until then."""
    now = Story.objects.only("stage").get(pk=story.pk)
    if now.stage == before:
        return
    moved = _("The story moves from “%(start)s” to “%(end)s”.")
    moved %= {"start": Stage(before).label, "end": now.get_stage_display()}
    messages.warning(request, " ".join([moved, *check_refusals(now)]))


def _words(name, value, user):
    """A value of a snapshot, or rows of one, as people read it (text)."""
    if name == "body":
        return plain_text(value or "")
    return "\n".join(ROWS_IN_WORDS[name](value, user)) if name in ROWS_IN_WORDS else value_in_words(name, value)
