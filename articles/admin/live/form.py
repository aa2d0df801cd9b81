"""What is typed for an entry of a live blog."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...models import Contributor
from ...text.ids import ALPHABET, new_file_key
from ..fields import LIVE_EXTENSIONS, WallTimeField, body_field


class EntryForm(forms.Form):
    """An entry, a new one or (`entry`) one that stands. `form_key` keeps a form sent twice from posting twice."""

    form_key = forms.RegexField(rf"^[{ALPHABET}]{{26}}\Z", required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, max_value=10**6, required=False, widget=forms.HiddenInput)
    headline = forms.CharField(
        label=_("Headline"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField headline", "autocomplete": "off"}),
    )
    body = body_field(extensions=LIVE_EXTENSIONS, label=_("Text"))
    at = WallTimeField(label=_("Its own time"), required=False)
    contributor = forms.ModelChoiceField(None, label=_("Signed by"), required=False, empty_label=_("Nobody"))
    key_event = forms.BooleanField(label=_("Key event"), required=False)
    pinned = forms.BooleanField(label=_("Pin it above the others"), required=False)

    def __init__(self, *args, story, user, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        own = getattr(getattr(user, "contributor", None), "pk", None)
        signed = [line["id"] for line in entry.bylines] if entry else []
        named = story.bylines.values_list("contributor", flat=True)
        self.fields["contributor"].queryset = Contributor.objects.filter(
            pk__in=[*named, *signed, *([own] if own else [])]
        )
        self.fields["body"].error_messages["required"] = _("The entry has no text.")
        if entry:
            del self.fields["form_key"], self.fields["pinned"]
            self.initial |= {name: getattr(entry, name) for name in ("headline", "body", "key_event")}
            self.initial |= {"at": entry.published_at.replace(microsecond=0), "seen": entry.number}
            self.initial["contributor"] = signed[0] if signed else None
        else:
            del self.fields["seen"]
            self.fields["at"].help_text = _("Empty: now. A time to come: readers get the entry then.")
            self.initial |= {"form_key": new_file_key(), "contributor": own}

    def said(self, entry=None):
        """What the press is to be told (dict). The time of `entry` stays to the microsecond where nobody changed it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        if entry and said["at"] == entry.published_at.replace(microsecond=0):
            said["at"] = None
        return said
