"""The form of one picture: what it shows, where it comes from, on what ground it is printed, where to look."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.picturing import DESCRIBED, frame_refusals
from ...media.framing import SHAPES
from ...models import Picture
from ...models.picture import WHOLE
from ..fields import VersionField, WallTimeField
from ..scoped import PlainTextForm
from .questions import section_field

GROUPS = (
    (gettext_lazy("What readers are told"), ("title", "alt", "caption", "credit", "symbol_photo")),
    (
        gettext_lazy("Where it comes from"),
        ("creator", "agency", "copyright_notice", "source_url", "place", "taken_at", "section"),
    ),
    (gettext_lazy("Rights"), ("rights", "usage_terms", "allowed_from", "allowed_until")),
)
SIDES = {
    "left": gettext_lazy("From the left"),
    "top": gettext_lazy("From above"),
    "width": gettext_lazy("Width"),
}


class PictureVersionField(VersionField):
    """Which state of a picture a form was made from."""

    salt = "articles.picture-version.v1"


def place_field(label, *, required=False, least=0):
    """A place in a picture, or a width, in thousandths (form field)."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=WHOLE)


class PictureForm(PlainTextForm):
    """All that can be said of a picture. The crops that have no numbers lie around the focal point."""

    section = section_field(empty_label="—")
    source_url = forms.URLField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where it was found or bought."),
    )
    taken_at = WallTimeField(label=gettext_lazy("Taken"), required=False)
    allowed_from = WallTimeField(label=gettext_lazy("Allowed from"), required=False)
    allowed_until = WallTimeField(label=gettext_lazy("Allowed until"), required=False)
    focal_x = place_field(gettext_lazy("From the left (‰)"), required=True)
    focal_y = place_field(gettext_lazy("From above (‰)"), required=True)
    version = PictureVersionField()

    class Meta:
        model = Picture
        fields = (*DESCRIBED, "focal_x", "focal_y")
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("alt", "usage_terms")},
            "caption": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        picture = kwargs["instance"]
        initial = {"version": PictureVersionField.token(picture)}
        for crop in picture.crops.all():
            initial |= {f"crop_{crop.ratio}_{side}": getattr(crop, side) for side in SIDES}
        super().__init__(*args, initial=initial, **kwargs)
        for ratio in SHAPES:
            for side, label in SIDES.items():
                self.fields[f"crop_{ratio}_{side}"] = place_field(label, least=int(side == "width"))

    def groups(self):
        """The fields of the form's groups (list of (heading, list of bound fields))."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]

    def clean(self):
        """The cleaned values; crops that are incomplete or do not lie in the picture are said."""
        cleaned = super().clean()
        for ratio in SHAPES:
            numbers = [cleaned.get(f"crop_{ratio}_{side}") for side in SIDES]
            if None in numbers and any(number is not None for number in numbers):
                self._say(ratio, _("Give all three numbers of a crop, or none for the one around the focal point."))
        if not self.errors:
            for ratio, crop in self.crops().items():
                for reason in frame_refusals(self.instance, crops={ratio: crop}):
                    self._say(ratio, reason)
        return cleaned

    def _say(self, ratio, sentence):
        name = next(each for each in (f"crop_{ratio}_{side}" for side in SIDES) if each not in self.errors)
        self.add_error(name, ValidationError(sentence))

    def crops(self):
        """For each Ratio (dict) its left, top and width, or None."""
        places = {ratio: tuple(self.cleaned_data.get(f"crop_{ratio}_{side}") for side in SIDES) for ratio in SHAPES}
        return {ratio: None if None in place else place for ratio, place in places.items()}

    def values(self):
        """What is said of the picture (dict), for the desk's verb."""
        return {name: self.cleaned_data[name] for name in DESCRIBED}
