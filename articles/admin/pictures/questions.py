"""What the library can be asked: words, and conditions that can be put together."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ...media import finding
from ...models import Section
from ..scoped import is_key

VIEWS = {"grid": gettext_lazy("Grid"), "list": gettext_lazy("List")}


class SectionField(forms.ModelChoiceField):
    """A section by its key; anything else that could be sent is a choice there is not."""

    def to_python(self, value):
        """The section, None for nothing. Raises ValidationError."""
        if value not in self.empty_values and not isinstance(value, Section) and not is_key(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, section):
        """Set in by its level."""
        return f"{'   ' * (section.level - 1)}{section.name}"


def section_field(**kwargs):
    """A choice of a section in the order of their addresses (form field)."""
    return SectionField(Section.objects.order_by("path"), required=False, label=gettext_lazy("Section"), **kwargs)


class LibraryForm(forms.Form):
    """Search and filters; every one may be left empty."""

    q = forms.CharField(label=gettext_lazy("Search"), max_length=200)
    creator = forms.CharField(label=gettext_lazy("Creator"), max_length=200)
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=120)
    section = section_field(empty_label=gettext_lazy("Any"))
    rights = forms.ChoiceField(
        label=gettext_lazy("Rights"), choices=[("", gettext_lazy("Any")), *finding.RIGHTS_STATES.items()]
    )
    unused = forms.BooleanField(label=gettext_lazy("Unused"))
    alt = forms.BooleanField(label=gettext_lazy("Without alternative text"))
    credit = forms.BooleanField(label=gettext_lazy("Without credit"))
    mine = forms.BooleanField(label=gettext_lazy("Uploaded by me"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="library_%s", **kwargs)
        for field in self.fields.values():
            field.required = False

    def narrow(self, rows, user):
        """Those of `rows` (QuerySet of Picture) that are asked for; what is no answer to a question is not asked."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        now = timezone.now()
        for name in ("creator", "agency"):
            if name in said:
                rows = finding.naming(rows, name, said[name])
        if "section" in said:
            rows = finding.in_section(rows, said["section"])
        if "rights" in said:
            rows = finding.rights_state(rows, said["rights"], now)
        if "unused" in said:
            rows = finding.unused(rows)
        for name in ("alt", "credit"):
            if name in said:
                rows = finding.missing(rows, name)
        if "mine" in said:
            rows = finding.uploaded_by(rows, user)
        return finding.matching(rows, said.get("q", ""))
