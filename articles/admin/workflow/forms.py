"""What is asked before a move, an assignment or a check."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.assigning import assignable
from ...desk.checking import check_refusals
from ...models import MoveRight
from ...rules.moves import MOVES
from ...rules.policy import POLICY, can
from ...rules.readiness import name_of
from ...vocabulary import Stage, role_label
from ..fields import WallTimeField
from ..story.act_forms import NoteForm


class ReasonForm(NoteForm):
    """A note that has to be there."""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, for whoever works on the story next.")},
    )


class PersonChoice(forms.ModelChoiceField):
    """A member of staff, by the name the desk uses."""

    def label_from_instance(self, obj):
        """The full name, else the account's."""
        return name_of(obj)


def assignee_field(kept=None):
    """A choice of those to whom a story can be assigned (form field); `kept` (a user's key) can stay in any case."""
    people = assignable(kept)
    return PersonChoice(people, required=False, label=gettext_lazy("Assigned to"), empty_label=gettext_lazy("Nobody"))


class PlannedForm(NoteForm):
    """Whose turn it is, and until when."""

    assignee = PersonChoice(None, required=False, label=gettext_lazy("Assigned to"), empty_label=gettext_lazy("Nobody"))
    due_at = WallTimeField(label=gettext_lazy("Due"), required=False)
    field_order = ("assignee", "due_at", "note")

    def adapt(self, line, user):
        """As the story is planned now; not for those who may not plan it."""
        if not can(user, "plan", line.story):
            del self.fields["assignee"], self.fields["due_at"]
            return
        self.fields["assignee"].queryset = assignable(line.story.assignee_id)
        self.initial |= {"assignee": line.story.assignee_id, "due_at": line.story.due_at}


class AssignForm(PlannedForm):
    """The same, and what to look at."""

    def adapt(self, line, user):
        """With a note for whoever's turn it is."""
        super().adapt(line, user)
        self.fields["note"].label = _("Note to them, and for the log")


class MoveForm(PlannedForm):
    """What every move may carry: a note, whose turn it is then, and until when."""

    field_order = ("note", "assignee", "due_at")

    def clean(self):
        """Only what was changed: the rest of the plan stays as it is."""
        said = super().clean()
        return {name: said[name] for name in said if name in self.changed_data or name not in ("assignee", "due_at")}


class ReasonedMoveForm(ReasonForm, MoveForm):
    """A move whose note has to be there."""


class ClearForm(MoveForm):
    """For those who may clear without open checks: why it cannot wait."""

    urgent = forms.CharField(
        label=gettext_lazy("Urgent: reason for not waiting for the checks"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def adapt(self, line, user):
        """Asked only while checks are open, of people who may do without them."""
        super().adapt(line, user)
        waiting = check_refusals(line.story)
        if waiting and can(user, "bypass_checks", line.story):
            ending = _("Leave empty to wait. The reason is logged with your name.")
            self.fields["urgent"].help_text = " ".join([*waiting, ending])
        else:
            del self.fields["urgent"]


class MoveRightsForm(forms.Form):
    """For each move the roles that may make it in a section; `roles` are Groups with their permissions fetched."""

    def __init__(self, *args, section, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.section, self.roles = section, roles
        chosen = set(MoveRight.objects.filter(section=section).values_list("move", "role"))
        for move in MOVES.values():
            for role in roles_for(move, roles):
                name = self.cell(move, role)
                label = f"{move.label}: {role_label(role.name)}"
                self.fields[name] = forms.BooleanField(label=label, required=False)
                self.initial[name] = (move.name, role.pk) in chosen

    @staticmethod
    def cell(move, role):
        """The name of the field for that move and role (text)."""
        return f"{move.name}-{role.pk}"

    def rows(self):
        """The table: for each move its label, stages, and a bound field for each role, None where it has no right."""
        for move in MOVES.values():
            fields = [
                self[self.cell(move, role)] if self.cell(move, role) in self.fields else None for role in self.roles
            ]
            stages = ", ".join(str(Stage(stage).label) for stage in Stage.values if stage in move.start)
            yield move, stages, fields

    def chosen(self):
        """What was ticked (list of MoveRight, not saved)."""
        return [
            MoveRight(section=self.section, move=move.name, role=role)
            for move in MOVES.values()
            for role in self.roles
            if self.cleaned_data.get(self.cell(move, role))
        ]


def roles_for(move, roles):
    """Those of `roles` (Groups) that have the permission the move needs (list)."""
    codename = POLICY[move.verb][0].rpartition(".")[2]
    return [role for role in roles if any(each.codename == codename for each in role.permissions.all())]


def with_moves(roles):
    """Those of `roles` (Groups) that have the permission for any move (list)."""
    return [role for role in roles if any(roles_for(move, [role]) for move in MOVES.values())]
