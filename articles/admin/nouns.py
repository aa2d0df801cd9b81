"""Sections, contributors, pictures, standing pages."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..media import UnusablePicture, take_in
from ..models import Contributor, Edition, Page, Picture, Section
from ..text.html import clean_body
from ..text.notes import without_marks
from ..vocabulary import CheckKind
from .fields import body_field
from .scoped import PlainTextForm, ScopedModelAdmin
from .workflow.screens import move_rights_page


class SectionForm(PlainTextForm):
    """A section; the checks its stories need are boxes to tick."""

    required_checks = forms.MultipleChoiceField(
        label=gettext_lazy("Required checks"),
        choices=CheckKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Section._meta.get_field("required_checks").help_text,
    )


@admin.register(Section)
class SectionAdmin(ScopedModelAdmin):
    """The tree. A section whose address readers know keeps it."""

    form = SectionForm
    list_display = ("indented", "path", "language", "responsible_person", "position")
    list_filter = ("language",)
    search_fields = ("name", "path")
    ordering = ("path",)
    fields = (
        *("name", "slug", "parent", "language", "description", "responsible_person", "position"),
        "required_checks",
    )

    def get_urls(self):
        """With the table of who may move stories."""
        view = lambda request, pk: move_rights_page(self, request, pk)  # noqa: E731
        moves = path("<int:pk>/moves/", self.admin_site.admin_view(view), name="articles_section_moves")
        return [moves, *super().get_urls()]

    @admin.display(description=gettext_lazy("Section"), ordering="path")
    def indented(self, section):
        """The name, set in by its level."""
        return format_html('<span class="level-{}">{}</span>', section.level, section.name)

    def get_readonly_fields(self, request, obj=None):
        """Slug and parent, once something was printed into the section."""
        known = obj and Edition.objects.filter(section__in=Section.objects.under(obj)).exists()
        return ("slug", "parent") if known else ()


@admin.register(Contributor)
class ContributorAdmin(ScopedModelAdmin):
    """People and agencies named in bylines."""

    list_display = ("name", "kind", "job", "has_page")
    list_filter = ("kind", "has_page")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "slug", "kind", "has_page", "job", "bio", "user")
    prepopulated_fields = {"slug": ("name",)}

    def get_readonly_fields(self, request, obj=None):
        """The account: tying one to a byline gives it rights, so only those who manage people may."""
        return () if request.user.has_perm("auth.change_user") else ("user",)

    def get_prepopulated_fields(self, request, obj=None):
        """The slug follows the name only while the person is new."""
        return {} if obj else self.prepopulated_fields


class PictureForm(PlainTextForm):
    """A picture and its file; the file cannot be exchanged, since editions were printed with it."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("JPEG, PNG, WebP, GIF or AVIF."))

    class Meta:
        model = Picture
        fields = ("title", "alt", "caption", "credit")
        widgets = {"alt": forms.Textarea(attrs={"rows": 2}), "caption": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]

    def clean(self):
        """Takes the upload in. Every reason why not is a sentence at the file."""
        cleaned = super().clean()
        if self.instance.pk or self.errors:
            return cleaned
        if cleaned["file"].size > settings.PICTURE_MAX_BYTES:
            cleaned["file"].truncate(settings.PICTURE_MAX_BYTES + 1)  # enough to be told that it is too large
        said = {name: cleaned[name] for name in ("title", "alt", "caption", "credit")}
        try:
            cleaned["file"].seek(0)  # the form may be tried twice
            self.instance, self.is_new = take_in(cleaned["file"].read(), by=self.user, **said)
        except UnusablePicture as error:
            raise ValidationError({"file": str(error)}) from error
        except OSError as error:
            raise ValidationError({"file": _("The file could not be stored. Tell whoever runs the server.")}) from error
        return cleaned


class CreditFilter(admin.SimpleListFilter):
    """Pictures nobody is credited for."""

    title = gettext_lazy("credit")
    parameter_name = "credit"

    def lookups(self, request, model_admin):
        """The choices."""
        return [("none", gettext_lazy("Without credit"))]

    def queryset(self, request, queryset):
        """Those without."""
        return queryset.filter(credit="") if self.value() == "none" else queryset


@admin.register(Picture)
class PictureAdmin(ScopedModelAdmin):
    """A simple library: upload, describe, credit."""

    form = PictureForm
    list_display = ("thumbnail", "title", "credit", "size", "uploaded_at", "uploaded_by")
    list_display_links = ("thumbnail", "title")
    list_filter = (CreditFilter,)
    search_fields = ("title", "alt", "caption", "credit")
    date_hierarchy = "uploaded_at"
    list_select_related = ("uploaded_by",)

    def get_fieldsets(self, request, obj=None):
        """The file for a new picture, a look at it for a known one."""
        first = "preview" if obj else "file"
        return [(None, {"fields": [first, "title", "alt", "caption", "credit"]})]

    def get_readonly_fields(self, request, obj=None):
        """The look at it."""
        return ("preview",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form knows who uploads."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request, obj, form, change):
        """A new picture was saved when its file was taken in."""
        if change:
            super().save_model(request, obj, form, change)
        elif not form.is_new:
            messages.info(request, _("This picture was in the library already; nothing was added."))

    @admin.display(description=gettext_lazy("Picture"))
    def thumbnail(self, picture):
        """A small look at it."""
        return self._image(picture, picture.widths[0], "thumbnail")

    @admin.display(description=gettext_lazy("Picture"))
    def preview(self, picture):
        """A larger look at it."""
        return self._image(picture, picture.widths[min(1, len(picture.widths) - 1)], "look")

    @admin.display(description=gettext_lazy("Size"))
    def size(self, picture):
        """Width and height in pixels."""
        return f"{picture.width} × {picture.height}"

    @staticmethod
    def _image(picture, width, name):
        url = reverse("picture", args=[picture.key, width, "webp"])
        return format_html('<img class="{}" src="{}" alt="{}" loading="lazy">', name, url, picture.alt)


class PageForm(PlainTextForm):
    """A standing page, written like a story's body and sanitised like one."""

    body = body_field(label=gettext_lazy("Text"), required=False)

    class Meta:
        model = Page
        fields = ("title", "slug", "language", "body")

    def clean_body(self):
        """The text as readers may get it."""
        return without_marks(clean_body(self.cleaned_data["body"]))


@admin.register(Page)
class PageAdmin(ScopedModelAdmin):
    """Imprint, privacy and the like."""

    form = PageForm
    list_display = ("title", "slug", "language", "changed_at")

    def get_readonly_fields(self, request, obj=None):
        """The slugs of the pages every foot of the site links to."""
        return ("slug",) if obj and obj.slug in ("imprint", "privacy") else ()
