"""The buttons of a story: each move and each verb of the press as one page that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import desk, press
from ...desk.checking import check_refusals
from ...desk.moving import move_refusals
from ...desk.planning import plan_refusals
from ...press.preflight import preflight_refusals
from ...press.questions import refusals
from ...press.timeline import Timeline
from ...rules.moves import MOVES, may_move
from ...rules.policy import can
from ...rules.preflight import RULES
from ...rules.readiness import desk_time
from ...rules.refusal import Refused
from ..preflight.warning import warn_of_moving
from ..workflow.forms import AssignForm, ClearForm, MoveForm, ReasonedMoveForm
from .act_forms import EndForm, NoteForm, PlainForm, PublishForm, ReplaceForm, RetimeForm, ScheduleForm, WithdrawForm
from .reply_forms import EndReplyForm, ReplyForm


@dataclass(frozen=True)
class ActOnStory:
    """One button: its words, the right it needs (rules.policy), its form, why it may be refused, what it does.

    `may(user, story)` is asked instead of the policy where the right is narrower than a verb of it.
    """

    name: str
    label: str
    verb: str
    form: type
    says: Callable
    refusals: Callable
    do: Callable
    may: Callable | None = None


def _press(name, label, verb, form, says, do):
    return ActOnStory(name, label, verb, form, says, lambda line: refusals(line, name), do)


_MOVE_FORMS = {"clear": ClearForm, "spike": NoteForm}


def _moving(move):
    return ActOnStory(
        move.name,
        move.label,
        move.verb,
        _MOVE_FORMS.get(move.name, ReasonedMoveForm if move.reason else MoveForm),
        lambda line: (
            _("The story moves from “%(start)s” to “%(end)s”.")
            % {"start": line.story.get_stage_display(), "end": type(move.end)(move.end).label}
        ),
        lambda line: move_refusals(line.story, move.name),
        lambda story, by, version, **said: desk.move(story, move.name, by=by, version=version, **said),
        lambda user, story: may_move(user, move.name, story),
    )


def _says_publish(line):
    if not line.coming:
        return _("Readers get this text at once.")
    if line.coming.story_version == line.story.version:
        says = _("Readers get this text at once instead of at %(time)s, for which it is scheduled.")
    else:
        says = _("Readers get this text at once; the edition scheduled for %(time)s then takes over.")
    return says % {"time": desk_time(line.coming.live_from)}


def _says_replace(line):
    return _("The edition scheduled for %(time)s is printed anew from this text.") % {
        "time": desk_time(line.coming.live_from) if line.coming else "–"
    }


def _says_cancel(line):
    if line.live:
        return _("The scheduled edition will not go out; readers keep what they have.")
    return _("The scheduled edition will not go out.")


def _without_version(verb):
    return lambda story, by, version, **said: verb(story, by=by, **said)


ACTS = {
    act.name: act
    for act in (
        *(_moving(move) for move in MOVES.values()),
        ActOnStory(
            "assign",
            gettext_lazy("Assign"),
            "plan",
            AssignForm,
            lambda line: _("Whoever it is assigned to may read the story, and write it until it is submitted."),
            lambda line: plan_refusals(line.story),
            desk.assign,
        ),
        _press("publish", gettext_lazy("Publish"), "publish", PublishForm, _says_publish, press.publish),
        _press(
            "schedule",
            gettext_lazy("Schedule"),
            "publish",
            ScheduleForm,
            lambda line: _("This text goes out at that time, even if the story is changed until then."),
            press.schedule,
        ),
        _press("replace", gettext_lazy("Replace scheduled"), "publish", ReplaceForm, _says_replace, press.replace),
        _press(
            "retime",
            gettext_lazy("Move scheduled"),
            "publish",
            RetimeForm,
            lambda line: _("The scheduled edition goes out at another time, with the same text."),
            _without_version(press.retime),
        ),
        _press(
            "cancel",
            gettext_lazy("Cancel scheduled"),
            "publish",
            NoteForm,
            _says_cancel,
            _without_version(press.cancel),
        ),
        _press(
            "set_end",
            gettext_lazy("Set end date"),
            "publish",
            EndForm,
            lambda line: _("From that time on readers no longer get the story."),
            _without_version(press.set_end),
        ),
        _press(
            "lift_end",
            gettext_lazy("Lift end date"),
            "publish",
            PlainForm,
            lambda line: _("Readers keep the story without an end."),
            _without_version(press.lift_end),
        ),
        _press(
            "withdraw",
            gettext_lazy("Withdraw"),
            "withdraw",
            WithdrawForm,
            lambda line: _("The story leaves the site at once; its address says why."),
            _without_version(press.withdraw),
        ),
        _press(
            "restore",
            gettext_lazy("Restore"),
            "withdraw",
            NoteForm,
            lambda line: _("Readers get back the edition they had before it was withdrawn."),
            _without_version(press.restore),
        ),
        _press(
            "print_reply",
            gettext_lazy("Print a reply"),
            "withdraw",
            ReplyForm,
            lambda line: _(
                "Readers get the reply at once, word for word; it cannot be changed and outlives the story."
            ),
            _without_version(press.print_reply),
        ),
        _press(
            "end_reply",
            gettext_lazy("End a reply"),
            "withdraw",
            EndReplyForm,
            lambda line: _("From that time on readers no longer get the reply."),
            lambda story, by, version, reply, **said: press.end_reply(reply, by=by, **said),
        ),
    )
}
PRINTS = ("publish", "schedule", "replace")
# Said about a story only where they mean something, so that the list of what cannot be done stays short.
ONLY_IF_POSSIBLE = {*MOVES, "assign", "cancel", "replace", "retime", "lift_end", "withdraw", "restore", "set_end"}
ONLY_IF_POSSIBLE |= {"print_reply", "end_reply"}


def may_act(user, act, story):
    """Whether `user` may do the act (ActOnStory) to the story, as things stand with everybody's rights."""
    return act.may(user, story) if act.may else can(user, act.verb, story)


def waiting_for(user, act, line):
    """Why this user has to wait before the act though nothing else speaks against it (list of text).

    Open checks, and what preflight requires; but not for those who may go without, whose form asks for the reason.
    """
    if act.name == "clear" and not can(user, "bypass_checks", line.story):
        return check_refusals(line.story)
    if act.name in PRINTS and not can(user, "override_preflight", line.story):
        # What hangs on the day is asked when the day is said.
        required = [remark for remark in line.remarks if remark.blocks and not RULES[remark.rule].by_day]
        return preflight_refusals(required, "")
    return []


def acts_for(user, line):
    """What `user` could do to the story (Timeline): acts possible now, and the others with their reasons."""
    possible, refused = [], []
    for act in ACTS.values():
        if not may_act(user, act, line.story):
            continue
        reasons = act.refusals(line)
        waits = [] if reasons else waiting_for(user, act, line)
        if waits or (reasons and act.name not in ONLY_IF_POSSIBLE):
            refused.append((act, [*reasons, *waits]))
        elif not reasons:
            possible.append(act)
    return possible, refused


def act_page(admin, request, pk, name, acts=ACTS):
    """The page of one of `acts`: GET asks, POST does it and goes back to the story."""
    if name not in acts:
        raise Http404
    act = acts[name]
    story = admin.get_or_deny(request, pk, lambda story: may_act(request.user, act, story))
    line = Timeline.read(story)
    form = act.form(request.POST or None, line=line, user=request.user)
    reasons = act.refusals(line) or waiting_for(request.user, act, line)
    if request.method == "POST" and form.is_valid():
        reasons = _do(request, act, story, form)
        if not reasons:
            return redirect("admin:articles_story_change", story.pk)
    context = {
        **admin.admin_site.each_context(request),
        "title": act.label,
        "act": act,
        "says": act.says(line),
        "story": story,
        "line": line,
        "form": form,
        "reasons": reasons,
        "remarks": line.remarks if act.name in PRINTS else [],
        "opts": admin.opts,
        "media": admin.media + form.media,
    }
    return TemplateResponse(
        request, "admin/articles/story/act.html", context, status=409 if form.is_bound and reasons else 200
    )


def _do(request, act, story, form):
    """Does the act; says why not (list of text). What somebody has no right to say, their form did not ask."""
    said = {name: value for name, value in form.cleaned_data.items() if name != "version_token"}
    pk, version = form.cleaned_data["version_token"]
    if pk != story.pk:
        raise PermissionDenied
    try:
        done = act.do(story, by=request.user, version=version, **said)
    except Refused as refused:
        return refused.reasons
    messages.success(request, _("Done: %(act)s.") % {"act": act.label})
    if said.get("was"):
        warn_of_moving(request, done, was=said["was"])
    return []
