"""The buttons of a story: each move and each verb of the press as one page that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import desk, press
from ..desk.moving import move_refusals
from ..press.questions import refusals
from ..press.timeline import Timeline
from ..rules.moves import MOVES
from ..rules.policy import can
from ..rules.readiness import desk_time
from ..rules.refusal import Refused
from ..vocabulary import Act, Change, WithdrawalReason
from .fields import VersionField, WallTimeField


class NoteForm(forms.Form):
    """What every act may carry: a note for the log."""

    version_token = VersionField()
    note = forms.CharField(
        label=gettext_lazy("Note for the log"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, line, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version_token"] = VersionField.token(line.story)
        self.adapt(line, user)

    def adapt(self, line, user):
        """Drop or change fields that do not fit this story (Timeline) or this user."""


class PrintForm(NoteForm):
    """How an edition changes what readers have, and what they are told."""

    change = forms.ChoiceField(
        label=gettext_lazy("This is"),
        choices=[choice for choice in Change.choices if choice[0] != Change.FIRST],
        initial=Change.UPDATE,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A correction's note is printed: say what was wrong and what is right."),
    )
    break_embargo = forms.CharField(
        label=gettext_lazy("Reason for breaking the embargo"),
        required=False,
        help_text=gettext_lazy("Leave empty to keep to the embargo. The reason is logged with your name."),
    )
    field_order = ("at", "change", "note", "break_embargo")

    def adapt(self, line, user):
        """No change to choose on first publication; no embargo to break where there is none or no right to."""
        if not line.last:
            del self.fields["change"]
            self.fields["note"].help_text = ""
        if not (
            line.story.embargo_until and line.story.embargo_until > line.now and can(user, "break_embargo", line.story)
        ):
            del self.fields["break_embargo"]


class PublishForm(PrintForm):
    """Now; an imported story may keep the date its source gave it."""

    published_at = WallTimeField(
        label=gettext_lazy("Dated"),
        required=False,
        help_text=gettext_lazy("When the source published it. Empty: dated now."),
    )
    field_order = ("change", "published_at", "note", "break_embargo")

    def adapt(self, line, user):
        """Only a story that was imported and never published has another date than now to offer."""
        super().adapt(line, user)
        imported = line.story.events.filter(act=Act.IMPORTED).first()
        dated = imported and parse_datetime(imported.details.get("published_at") or "")
        if line.last or not dated or dated > line.now:
            del self.fields["published_at"]
        else:
            self.initial["published_at"] = dated


class ScheduleForm(PrintForm):
    """The same, for a time to come."""

    at = WallTimeField(label=gettext_lazy("Goes out"))

    def adapt(self, line, user):
        """Offers the end of the embargo, or when the story is due, as the time."""
        super().adapt(line, user)
        wished = [each for each in (line.story.embargo_until, line.story.due_at) if each and each > line.now]
        if wished:
            self.initial["at"] = max(wished)


class ReplaceForm(ScheduleForm):
    """The same, for the time of the scheduled edition unless another is given."""

    def adapt(self, line, user):
        """Offers the time and the kind of change of the edition that is replaced."""
        super().adapt(line, user)
        if line.coming:
            self.initial["at"] = line.coming.live_from
            self.initial["change"] = line.coming.change


class EndForm(NoteForm):
    """When the story ends for readers."""

    at = WallTimeField(label=gettext_lazy("Ends"))
    note = None


class PlainForm(NoteForm):
    """Nothing to say."""

    note = None


class WithdrawForm(NoteForm):
    """Why a story is taken down."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason readers are given"), choices=WithdrawalReason, widget=forms.RadioSelect
    )
    notice = forms.CharField(
        label=gettext_lazy("Further words to readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("reason", "notice", "note")


@dataclass(frozen=True)
class ActOnStory:
    """One button: its words, the right it needs (rules.policy), its form, why it may be refused, what it does."""

    name: str
    label: str
    verb: str
    form: type
    says: Callable
    refusals: Callable
    do: Callable


def _press(name, label, verb, form, says, do):
    return ActOnStory(name, label, verb, form, says, lambda line: refusals(line)[name], do)


def _moving(move):
    return ActOnStory(
        move.name,
        move.label,
        move.verb,
        NoteForm,
        lambda line: (
            _("The story moves from “%(start)s” to “%(end)s”.")
            % {"start": line.story.get_stage_display(), "end": type(move.end)(move.end).label}
        ),
        lambda line: move_refusals(line.story, move.name),
        lambda story, by, version, **said: desk.move(story, move.name, by=by, version=version, **said),
    )


def _says_publish(line):
    if line.live and line.coming:
        return _("Readers get this text at once; the edition scheduled for %(time)s then takes over.") % {
            "time": desk_time(line.coming.live_from)
        }
    return _("Readers get this text at once.")


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
    )
}
# Said about a story only where they mean something, so that the list of what cannot be done stays short.
ONLY_IF_POSSIBLE = {*MOVES, "cancel", "replace", "lift_end", "restore", "set_end"}


def acts_for(user, line):
    """What `user` could do to the story (Timeline): acts possible now, and the others with their reasons."""
    possible, refused = [], []
    for act in ACTS.values():
        if not can(user, act.verb, line.story):
            continue
        reasons = act.refusals(line)
        if not reasons:
            possible.append(act)
        elif act.name not in ONLY_IF_POSSIBLE:
            refused.append((act, reasons))
    return possible, refused


def act_page(admin, request, pk, name):
    """The page of one act: GET asks, POST does it and goes back to the story."""
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    story = admin.get_or_deny(request, pk, lambda story: can(request.user, act.verb, story))
    line = Timeline.read(story)
    form = act.form(request.POST or None, line=line, user=request.user)
    reasons = act.refusals(line)
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
        "opts": admin.opts,
        "media": admin.media + form.media,
    }
    return TemplateResponse(
        request, "admin/articles/story/act.html", context, status=409 if form.is_bound and reasons else 200
    )


def _do(request, act, story, form):
    """Does the act; says why not (list of text)."""
    said = {name: value for name, value in form.cleaned_data.items() if name != "version_token"}
    pk, version = form.cleaned_data["version_token"]
    if pk != story.pk:
        raise PermissionDenied
    if "break_embargo" in said and not can(request.user, "break_embargo", story):
        raise PermissionDenied
    try:
        act.do(story, by=request.user, version=version, **said)
    except Refused as refused:
        return refused.reasons
    messages.success(request, _("Done: %(act)s.") % {"act": act.label})
    return []
