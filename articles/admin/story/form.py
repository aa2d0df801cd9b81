"""The story's form: what may be written by whom, and what happens when two people write at once."""

from uuid import uuid4

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ...desk.assigning import assignable
from ...desk.saving import slug_for
from ...models import Byline, RelatedStory, Story
from ...models.topic import no_name
from ...rules.policy import can, scoped
from ...text.topics import is_name, split_names
from ..fields import STORY_EXTENSIONS, VersionField, WallTimeField, body_field
from ..scoped import KeySelect
from ..topics.entry import NamesSeenField, warn_of_similar
from ..workflow.forms import PersonChoice


class TaggingForm(forms.ModelForm):
    """A working copy of which only the topics may be changed; `topics` itself is added for each user."""

    version_token = VersionField(required=False)
    new_topics = forms.CharField(
        label=_("New topics"), required=False, max_length=400, help_text=_("Names separated by commas.")
    )
    similar_seen = NamesSeenField()

    class Meta:
        model = Story
        fields = ()

    written = ()  # the fields of the story itself that this form writes
    refused = ()  # what the desk said no to, when this form was tried a moment ago

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version_token"] = VersionField.token(self.instance)
            self.initial["topics"] = [topic.pk for topic in self.instance.topics.all()]

    def clean(self):
        """Asks that the form was made from this story, and says again what the desk said no to."""
        cleaned = super().clean()
        token = cleaned.get("version_token")
        if self.instance.pk and (not token or token[0] != self.instance.pk):
            self.add_error(None, _("This form is not complete. Open the story again."))
        for reason in self.refused:
            self.add_error(None, reason)
        if cleaned.get("new_topics"):
            cleaned["new_topics"] = split_names(cleaned["new_topics"])
            for name in cleaned["new_topics"]:
                if not is_name(name):
                    self.add_error("new_topics", no_name(name))
            warn_of_similar(self, "new_topics", cleaned.get("new_topics") or ())
        return cleaned

    def values(self):
        """What `desk.save` is to write (dict): only the fields this user's form has."""
        typed = {name: self.cleaned_data[name] for name in self.written if name in self.cleaned_data}
        if "topics" in self.cleaned_data:
            typed["topics"] = [*self.cleaned_data["topics"], *(self.cleaned_data.get("new_topics") or [])]
        return typed


class StoryForm(TaggingForm):
    """A working copy. Saving goes through `desk.save`; this only reads and checks what was typed."""

    body = body_field(extensions=STORY_EXTENSIONS, label=_("Text"), required=False)
    assignee = PersonChoice(None, label=_("Assigned to"), required=False, empty_label=_("Nobody"))
    due_at = WallTimeField(label=_("Due"), required=False)
    embargo_until = WallTimeField(label=_("Embargo until"), required=False)

    written = (
        *("headline", "kicker", "dek", "slugline", "slug", "body", "kind", "language", "dateline", "source", "urgency"),
        *("section", "further_sections", "lead_picture", "picture_caption", "picture_credit", "seo_title"),
        *("seo_description", "noindex", "assignee", "due_at", "embargo_until", "live_over"),
    )

    class Meta:
        model = Story
        fields = ()
        widgets = {
            "headline": forms.TextInput(attrs={"class": "vTextField headline"}),
            "dek": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "seo_description": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "further_sections": forms.CheckboxSelectMultiple,
            "urgency": forms.Select(choices=[(number, number) for number in range(1, 9)]),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = assignable(self.instance.assignee_id)
        if lead := self.instance.lead_picture:  # what readers are told where nothing else is said here
            for name in {"picture_caption", "picture_credit"} & set(self.fields):  # none for those who only read
                self.fields[name].widget.attrs["placeholder"] = getattr(lead, name.removeprefix("picture_"))
        if self.instance.pk:
            others = Story.objects.filter(translation_key=self.instance.translation_key).exclude(pk=self.instance.pk)
            readable = self.fields["translation_of"].queryset
            self.initial["translation_of"] = others.filter(pk__in=readable.values("pk")).first()

    def clean(self):
        """As for topics; the slug follows the headline; one story has one translation into a language."""
        cleaned = super().clean()
        cleaned["slug"] = cleaned.get("slug") or slug_for(cleaned.get("headline", ""))
        key = getattr(cleaned.get("translation_of"), "translation_key", self.instance.translation_key)
        same = Story.objects.filter(translation_key=key, language=cleaned.get("language"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("translation_of", _("There is a translation into this language already."))
        return cleaned

    def values(self):
        """With the sections as a list, and the key that ties translations together."""
        typed = super().values()
        typed["further_sections"] = list(typed.get("further_sections", []))
        other, before = self.cleaned_data.get("translation_of"), self.initial.get("translation_of")
        if other and other != before:
            typed["translation_key"] = other.translation_key
        elif before and not other:
            typed["translation_key"] = uuid4()
        return typed


class _PlacedForm(forms.ModelForm):
    """A row whose place is a number anybody can type; the desk numbers the rows itself afterwards."""

    place = forms.IntegerField(
        label=_("position"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "place"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["place"] = self.instance.position

    def validate_constraints(self):
        """Not here: rows may change places with each other, and `desk.save` writes them all at once."""


class _RowsFormSet(forms.BaseInlineFormSet):
    """The desk writes all rows anew: a row that another save replaced meanwhile is a row like any other."""

    def clean(self):
        """Refuses a count that no form sends: taken for none, it would drop every row. Raises ValidationError."""
        super().clean()
        if self.total_form_count() < 0:
            raise forms.ValidationError(_("This form is not complete. Open the story again."))

    def add_fields(self, form, index):
        """Django's, with a key that need not exist any more."""
        super().add_fields(form, index)
        key = forms.CharField(required=False, widget=forms.HiddenInput, initial=form.instance.pk)
        form.fields[self._pk_field.name] = key


class _RowsInline(admin.TabularInline):
    """Rows of a story that are saved with it; who may write the story may write them."""

    extra = 1
    form = _PlacedForm
    formset = _RowsFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Found by typing, by keys that can be keys."""
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        """Without the number to type, for those who only look."""
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name != "place"]

    def has_view_permission(self, request, obj=None):
        """As for the story."""
        return can(request.user, "read", obj)

    def has_change_permission(self, request, obj=None):
        """As for the story."""
        return can(request.user, "write", obj) if obj else can(request.user, "create")

    def has_add_permission(self, request, obj=None):
        """As for the story."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """As for the story."""
        return self.has_change_permission(request, obj)


class BylineInline(_RowsInline):
    """Who is named, for what, in which order."""

    model = Byline
    fields = ("contributor", "credit", "place")
    autocomplete_fields = ("contributor",)
    verbose_name_plural = _("Bylines")

    def get_queryset(self, request):
        """With names, in one query."""
        return super().get_queryset(request).select_related("contributor")


class RelatedInline(_RowsInline):
    """Stories to stand beneath this one; those out of the user's scope are kept but not shown."""

    model = RelatedStory
    fk_name = "story"
    fields = ("other", "place")
    autocomplete_fields = ("other",)
    verbose_name_plural = _("Related stories, in order")

    def get_queryset(self, request):
        """Only rows whose story the user may read."""
        return super().get_queryset(request).filter(other__in=scoped(request.user, "read")).select_related("other")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only stories the user may read."""
        kwargs["queryset"] = scoped(request.user, "read")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def rows_of(formset):
    """The kept rows of a formset in their typed order (list of cleaned data); rows without a number come last."""
    kept = [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
    filled = [row for row in kept if any(value for name, value in row.items() if name not in ("place", "id", "credit"))]
    return sorted(filled, key=lambda row: row.get("place") or 100)


def with_unseen(story, kept, seen):
    """The related stories `kept` (list of Story) of a form, and those of `story` that are not among `seen` (QuerySet).

    Its writer could not see those, so each stays behind the one it stood behind.
    """
    stored = list(story.related_rows.order_by("position").select_related("other")) if story.pk else []
    unseen = set(story.related_rows.exclude(other__in=seen).values_list("other", flat=True)) if stored else ()
    related, place = list(kept), 0
    for row in stored:
        if row.other_id in unseen and row.other not in related:
            related.insert(place, row.other)
        if row.other in related:
            place = related.index(row.other) + 1
    return related
