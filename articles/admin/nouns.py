"""Sections, contributors, standing pages."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from .. import press
from ..models import Contributor, Edition, Page, Picture, Section, SectionPicture, Story
from ..rules.pictures import rights_refusals
from ..text.html import clean_body
from ..text.notes import without_marks
from ..vocabulary import CheckKind
from .fields import body_field
from .scoped import KeySelect, PlainTextForm, ScopedModelAdmin
from .workflow.screens import move_rights_page


class SectionForm(PlainTextForm):
    """A section; the checks its stories need are boxes to tick. Its stand-in is a history, kept by the press."""

    stand_in = forms.ModelChoiceField(
        Picture.objects.all(),
        required=False,
        label=gettext_lazy("Stand-in picture"),
        help_text=gettext_lazy(
            "Stands where the rights to a lead picture have ended, here and in sections below without their own."
        ),
    )

    required_checks = forms.MultipleChoiceField(
        label=gettext_lazy("Required checks"),
        choices=CheckKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Section._meta.get_field("required_checks").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "stand_in" in self.fields:
            current = SectionPicture.objects.filter(section=self.instance, live_until=None).order_by("-pk").first()
            self.initial["stand_in"] = current and current.picture_id

    def clean_stand_in(self):
        """A picture with rights; the one that stands in already may stay. Raises ValidationError."""
        picture = self.cleaned_data["stand_in"]
        other = picture and picture.pk != self.initial.get("stand_in")
        if other and (reasons := list(rights_refusals([picture], timezone.now()))):
            raise ValidationError(reasons)
        return picture


@admin.register(Section)
class SectionAdmin(ScopedModelAdmin):
    """The tree. A section that readers know stays where it is in it; under a new slug its old addresses lead on."""

    form = SectionForm
    list_display = ("indented", "path", "language", "responsible_person", "position")
    list_filter = ("language",)
    search_fields = ("name", "path")
    ordering = ("path",)
    fields = (
        *("name", "slug", "parent", "language", "description", "responsible_person", "position"),
        *("required_checks", "stand_in"),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        """With the choice of a picture by typing."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "stand_in" in form.base_fields:
            form.base_fields["stand_in"].widget = KeySelect(Story._meta.get_field("lead_picture"), self.admin_site)
        return form

    def save_model(self, request, obj, form, change):
        """The section, and what stands in from now on."""
        super().save_model(request, obj, form, change)
        if "stand_in" in form.cleaned_data:  # also the same one: it may be cropped or credited otherwise since
            press.set_stand_in(obj, picture=form.cleaned_data["stand_in"], by=request.user)

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
        """The parent, once something was printed into the section: it stands in the lists of what is above it."""
        known = obj and Edition.objects.filter(section__in=Section.objects.under(obj)).exists()
        return ("parent",) if known else ()


@admin.register(Contributor)
class ContributorAdmin(ScopedModelAdmin):
    """People and agencies named in bylines."""

    list_display = ("name", "kind", "job", "has_page")
    list_filter = ("kind", "has_page", "on_masthead")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "slug", "kind", "has_page", "job", "bio", "on_masthead", "masthead_position", "user")
    prepopulated_fields = {"slug": ("name",)}

    def get_readonly_fields(self, request, obj=None):
        """The account: tying one to a byline gives it rights, so only those who manage people may."""
        return () if request.user.has_perm("auth.change_user") else ("user",)

    def get_prepopulated_fields(self, request, obj=None):
        """The slug follows the name only while the person is new."""
        return {} if obj else self.prepopulated_fields


class PageForm(PlainTextForm):
    """A standing page, written like a story's body and sanitised like one."""

    body = body_field(label=gettext_lazy("Text"), required=False)

    class Meta:
        model = Page
        fields = ("title", "slug", "language", "policy", "body")

    def clean_body(self):
        """The text as readers may get it."""
        return without_marks(clean_body(self.cleaned_data["body"]))


@admin.register(Page)
class PageAdmin(ScopedModelAdmin):
    """Imprint, privacy and the like."""

    form = PageForm
    list_display = ("title", "slug", "language", "policy", "changed_at")

    def get_readonly_fields(self, request, obj=None):
        """The slugs of the pages every foot of the site links to."""
        return ("slug",) if obj and obj.slug in ("imprint", "privacy") else ()
