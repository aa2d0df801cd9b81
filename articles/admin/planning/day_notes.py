"""Day notes: a plain form of Django's admin, reached from the calendar and leading back to it."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from ...models import DayNote
from ..scoped import PlainTextForm, ScopedModelAdmin


class DayNoteForm(PlainTextForm):
    """A day and what is on it."""

    day = forms.DateField(
        label=capfirst(DayNote._meta.get_field("day").verbose_name),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = DayNote
        fields = ("day", "text", "section")


@admin.register(DayNote)
class DayNoteAdmin(ScopedModelAdmin):
    """For everybody with the right to: a day note is no story's, and may be deleted."""

    form = DayNoteForm
    fields = ("day", "text", "section")
    list_display = ("day", "text", "section", "by")
    list_filter = ("section",)
    list_select_related = ("section", "by")
    date_hierarchy = "day"
    ordering = ("-day",)
    search_fields = ("text",)

    def has_module_permission(self, request):
        """Not among the desk's screens: the calendar leads here."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Who has the permission; nothing hangs on a note."""
        return request.user.has_perm("articles.delete_daynote")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Sections in the order of the tree, without buttons beside them."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "section":
            field.queryset = field.queryset.order_by("path")
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The day keeps the browser's own picker."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "section":
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def save_model(self, request, obj, form, change):
        """With who wrote it."""
        obj.by = obj.by or request.user
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request, obj):
        """Back to the calendar, where the note stands now."""
        return _to_calendar(obj.day)

    def response_post_save_change(self, request, obj):
        """Back to the calendar."""
        return _to_calendar(obj.day)

    def response_delete(self, request, obj_display, obj_id):
        """Back to the calendar."""
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(reverse("admin:articles_story_calendar"))


def _to_calendar(day):
    return HttpResponseRedirect(f"{reverse('admin:articles_story_calendar')}?date={day.isoformat()}")
