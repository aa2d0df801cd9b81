"""Accounts: who works here, in which role, in which sections."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from ..models import SectionAssignment
from .scoped import NothingDeleted, OwnFiltersOnly

User = get_user_model()


class AssignmentInline(admin.TabularInline):
    """The sections an editor edits."""

    model = SectionAssignment
    extra = 1


class UserAdmin(OwnFiltersOnly, NothingDeleted, DjangoUserAdmin):
    """Django's, in which an administrator can neither make nor touch a superuser."""

    list_display = ("username", "first_name", "last_name", "roles", "is_active")
    list_filter = ("is_active", "groups")
    inlines = (AssignmentInline,)
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
    )
    SUPERUSER_ONLY = (
        _("Superuser"),
        {"classes": ["collapse"], "fields": ("is_superuser", "user_permissions")},
    )

    def save_model(self, request, obj, form, change):
        """Whoever gets an account here works here."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)

    def get_queryset(self, request):
        """With roles, in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Roles"))
    def roles(self, user):
        """The names of the groups."""
        return ", ".join(group.name for group in user.groups.all()) or "–"

    def get_fieldsets(self, request, obj=None):
        """Superusers see what makes one."""
        shown = super().get_fieldsets(request, obj)
        return (*shown, self.SUPERUSER_ONLY) if obj and request.user.is_superuser else shown

    def get_inlines(self, request, obj):
        """Sections are assigned to somebody who exists."""
        return super().get_inlines(request, obj) if obj else ()

    def has_change_permission(self, request, obj=None):
        """Not for a superuser's account, unless one is one."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


class GroupAdmin(DjangoGroupAdmin):
    """The roles. Their rights are part of the program, so they are read, not written."""

    def has_add_permission(self, request):
        """Nobody."""
        return False

    has_delete_permission = has_change_permission = lambda self, request, obj=None: False


admin.site.unregister([User, Group])
admin.site.register(User, UserAdmin)
admin.site.register(Group, GroupAdmin)
