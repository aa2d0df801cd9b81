"""What is asked before an act of the press, and what every act may carry."""

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from ...models import Correction
from ...rules.policy import can
from ...vocabulary import Act, Change, CorrectionKind, CorrectionPlace, WithdrawalReason
from ..fields import VersionField, WallTimeField


def override_field():
    """The field for the reason why required rules do not hold here."""
    return forms.CharField(
        label=gettext_lazy("Reason for going out against required rules"),
        required=False,
        help_text=gettext_lazy("Leave empty to mend what is required first. The reason is logged with your name."),
    )


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
        help_text=gettext_lazy(
            "A correction's note is printed and stays for good: say what was wrong and what is right."
        ),
    )
    correction_kind = forms.ChoiceField(
        label=gettext_lazy("The note is"),
        choices=CorrectionKind,
        initial=CorrectionKind.CORRECTION,
        required=False,
        help_text=gettext_lazy("Only for a correction: the word that stands above the note."),
    )
    correction_place = forms.ChoiceField(
        label=gettext_lazy("The note stands"),
        choices=CorrectionPlace,
        initial=CorrectionPlace.TOP,
        required=False,
    )
    break_embargo = forms.CharField(
        label=gettext_lazy("Reason for breaking the embargo"),
        required=False,
        help_text=gettext_lazy("Leave empty to keep to the embargo. The reason is logged with your name."),
    )
    override = override_field()
    field_order = ("at", "change", "note", "correction_kind", "correction_place", "break_embargo", "override")

    def adapt(self, line, user):
        """Without what there is nothing to say about (a first publication, no embargo) or no right to say."""
        if not line.last:
            for name in ("change", "correction_kind", "correction_place"):
                del self.fields[name]
            self.fields["note"].help_text = ""
        if not (
            line.story.embargo_until and line.story.embargo_until > line.now and can(user, "break_embargo", line.story)
        ):
            del self.fields["break_embargo"]
        asked = self.is_bound or any(remark.blocks for remark in line.remarks)
        if not (asked and can(user, "override_preflight", line.story)):
            del self.fields["override"]


class PublishForm(PrintForm):
    """Now; an imported story may keep the date its source gave it."""

    published_at = WallTimeField(
        label=gettext_lazy("Dated"),
        required=False,
        help_text=gettext_lazy("When the source published it. Empty: dated now."),
    )
    field_order = ("change", "published_at", *PrintForm.field_order[2:])

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
        """Offers the time and the kind of change of the edition that is replaced, with what it says."""
        super().adapt(line, user)
        if line.coming:
            self.initial["at"] = line.coming.live_from
            self.initial["change"] = line.coming.change
            printed = Correction.objects.filter(edition=line.coming).first()
            if printed and "correction_kind" in self.fields:
                said = {"note": printed.text, "correction_kind": printed.kind, "correction_place": printed.place}
                self.initial |= said


class RetimeForm(NoteForm):
    """When the scheduled edition goes out instead; `was` is when it would have, as this form was opened."""

    at = WallTimeField(label=gettext_lazy("Goes out"))
    was = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    override = override_field()
    field_order = ("at", "note", "override")

    def adapt(self, line, user):
        """Offers the time it is scheduled for; what a new time makes wrong is known once it is said."""
        if line.coming:
            self.initial |= {"at": line.coming.live_from, "was": line.coming.live_from.isoformat()}
        if not (self.is_bound and can(user, "override_preflight", line.story)):
            del self.fields["override"]


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
