"""Form fields of the desk: a time on the newsroom's clock, a story's body, its topics, its version."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, dumps, loads
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from ..models import RelatedStory, Story, Topic
from ..text.walltime import WallTimeError, moments, parse, write
from .scoped import KeySelect, KeySelectMultiple, is_key

BODY_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "History": True,
    "HTML": True,
    "PullQuote": True,
    "FactBox": True,
    "NoteMark": True,
    "PasteClean": True,
    "Typewriter": True,
}
STORY_EXTENSIONS = BODY_EXTENSIONS | {"Picture": True, "Gallery": True, "Embed": True}
_SHORT = ("Bold", "Italic", "BulletList", "OrderedList", "ListItem", "Blockquote", "Link", "HardBreak", "History")
LIVE_EXTENSIONS = {name: BODY_EXTENSIONS[name] for name in (*_SHORT, "PasteClean", "Typewriter")} | {"Embed": True}


def body_field(*, extensions=BODY_EXTENSIONS, **kwargs):
    """The rich text editor for a body; what it sends is sanitised by `desk.save`, not here."""
    return ProseEditorFormField(extensions=extensions, widget=AdminProseEditorWidget, **kwargs)


class WallTimeInput(forms.DateTimeInput):
    """The browser's own picker for date and time, to the second."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(attrs={"step": "1"}, format="%Y-%m-%dT%H:%M:%S")


class WallTimeField(forms.Field):
    """A moment, typed as the newsroom's clocks show it (aware datetime, UTC).

    A wall time that does not exist or exists twice is refused, and the form then offers both readings.
    """

    widget = WallTimeInput

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("help_text", _zone_note())
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """The moment, or None for nothing. Raises ValidationError with a sentence."""
        if value in self.empty_values:
            return None
        zone = timezone.get_current_timezone()
        try:
            return parse(str(value), zone)
        except WallTimeError as error:
            self._offer(error.choices, zone)
            raise ValidationError(_sentence(error, zone)) from error

    def _offer(self, choices, zone):
        if choices:
            texts = [write(moment, zone) for moment in choices]
            self.widget = forms.Select(choices=[("", "—"), *((text, text) for text in texts)])

    def prepare_value(self, value):
        """The moment as the picker, or for an hour that exists twice as text with its offset."""
        if not hasattr(value, "tzinfo"):
            return value
        zone = timezone.get_current_timezone()
        local = value.astimezone(zone)
        return write(value, zone) if _twice(value, zone) else local.replace(tzinfo=None)

    def get_bound_field(self, form, field_name):
        """With a text input for a moment whose wall time alone would not say which it is."""
        value = form.get_initial_for_field(self, field_name)
        if hasattr(value, "tzinfo") and _twice(value, timezone.get_current_timezone()):
            self.widget = forms.TextInput()
        return super().get_bound_field(form, field_name)


def _twice(moment, zone):
    return len(moments(moment.astimezone(zone).replace(tzinfo=None), zone)) == 2


def _zone_note():
    return format_lazy("{said} ({zone})", said=gettext_lazy("By the newsroom's clock."), zone=settings.TIME_ZONE)


def _sentence(error, zone):
    if error.reason == "format":
        return _("This is not a date and time. Write it like 31.10.2027 14:30.")
    first, second = (write(moment, zone) for moment in error.choices)
    if error.reason == "twice":
        return _("This hour happens twice that night. Choose %(first)s or %(second)s.") % {
            "first": first,
            "second": second,
        }
    return _("This time does not exist: the clocks jump over it. Choose %(first)s or %(second)s.") % {
        "first": first,
        "second": second,
    }


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics by their keys; anything else a form could send is a choice there is not."""

    def _check_values(self, value):
        if not all(is_key(each) for each in value):
            raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": "…"})
        return super()._check_values(value)


def topics_field(site, *, may_add):
    """A multiple choice of topics, found by typing, the most used first (form field)."""
    relation = Story._meta.get_field("topics")
    widget = KeySelectMultiple(relation, site)
    wrapped = RelatedFieldWidgetWrapper(widget, relation.remote_field, site, can_add_related=may_add)
    return TopicsField(Topic.objects.all(), required=False, label=_("Topics"), widget=wrapped)


def translation_field(site, stories):
    """A choice of one of `stories` (QuerySet), found by typing (form field)."""
    return forms.ModelChoiceField(
        stories,
        required=False,
        label=_("Translation of"),
        help_text=_("The same story in another language."),
        widget=KeySelect(RelatedStory._meta.get_field("other"), site),
    )


class VersionField(forms.CharField):
    """Which working copy a form was made from: signed, so that it cannot be claimed to be another."""

    widget = forms.HiddenInput
    salt = "articles.story-version.v1"

    @classmethod
    def token(cls, story):
        """The text to carry in the form."""
        return cls.sign(story.pk, story.version)

    @classmethod
    def sign(cls, pk, version):
        """The same for a story's key and a version of it (numbers)."""
        return dumps([pk, version], salt=cls.salt)

    def clean(self, value):
        """The story's key and version (pair of numbers), None for nothing. ValidationError where not signed here."""
        if not value and not self.required:
            return None
        try:
            pk, version = loads(super().clean(value), salt=self.salt)
        except BadSignature as error:
            raise ValidationError(_("This form is not complete. Open the story again.")) from error
        return pk, version
