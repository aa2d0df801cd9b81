"""What is said of a place, a container and a launch."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import Section, Topic, layout
from ...text.html import printable
from ...vocabulary import ContainerKind, Kind, Ratio, SlotSize
from ..fields import WallTimeField


class _Plain(forms.Form):
    """A form in whose texts no control character survives."""

    def clean(self):
        """The cleaned values, printable."""
        cleaned = super().clean()
        return {name: printable(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class SlotForm(_Plain):
    """What a place says of its story otherwise than the story does."""

    headline = forms.CharField(label=gettext_lazy("Own headline"), required=False, max_length=layout.HEADLINE)
    kicker = forms.CharField(label=gettext_lazy("Own kicker"), required=False, max_length=layout.KICKER)
    ratio = forms.ChoiceField(label=gettext_lazy("Crop"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False, choices=SlotSize)
    starts = WallTimeField(label=gettext_lazy("From"), required=False)
    ends = WallTimeField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crops = [each for each in Ratio.choices if each[0] != Ratio.ORIGINAL]
        self.fields["ratio"].choices = [("", _("As the container has it")), *crops]


class ContainerForm(_Plain):
    """The title of a container and the rule that fills its empty places."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=layout.TITLE)
    section = forms.ModelChoiceField(
        Section.objects.order_by("path"), label=gettext_lazy("Section"), required=False, empty_label=gettext_lazy("any")
    )
    topic = forms.CharField(
        label=gettext_lazy("Topic"), required=False, max_length=100, help_text=gettext_lazy("By its exact name.")
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Only these kinds"), choices=Kind, required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=20, required=False)

    def clean_topic(self):
        """The topic of that name, None for none. Raises ValidationError for a name no topic has."""
        name = printable(self.cleaned_data["topic"]).strip()
        if not name:
            return None
        found = Topic.objects.called(name)
        if not found:
            raise forms.ValidationError(_("There is no topic “%(name)s”."), params={"name": name})
        return found

    def rule(self):
        """What was said, as the desk's verbs take it (dict)."""
        said = self.cleaned_data
        section, topic = said["section"], said["topic"]
        rule = {"title": said["title"].strip(), "kinds": tuple(said["kinds"])}
        return rule | {"section": section and section.pk, "topic": topic and topic.pk}


class AddForm(ContainerForm):
    """A new container."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ContainerKind)
    field_order = ("kind", "title", "section", "topic", "kinds", "places")


class LaunchForm(forms.Form):
    """When readers get the front, and which stories they get with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    at = WallTimeField(label=gettext_lazy("From"), required=False)
    stories = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Publish with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("These stories are cleared, and no reader has them yet."),
    )

    def __init__(self, *args, stories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("Empty: at once. %(clock)s") % {"clock": self.fields["at"].help_text}
        self.fields["stories"].queryset = stories
        if not stories.exists():
            del self.fields["stories"]
