"""Accounts: who works here, in which role, in which sections."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import SectionAssignment
from ..vocabulary import role_label
from .scoped import NothingDeleted, OwnFiltersOnly, is_key

User = get_user_model()
FACTORS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


class AssignmentInline(admin.TabularInline):
    """The sections an editor edits."""

    model = SectionAssignment
    extra = 1


class RoleField(forms.ModelMultipleChoiceField):
    """The roles by the names people know."""

    def label_from_instance(self, role):
        """The role's name in the language of whoever asks."""
        return role_label(role.name)


class RoleFilter(admin.SimpleListFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        """All there are."""
        return [(name, role_label(name)) for name in Group.objects.order_by("name").values_list("name", flat=True)]

    def queryset(self, request, queryset):
        """Those who have it."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class UserAdmin(OwnFiltersOnly, NothingDeleted, DjangoUserAdmin):
    """Django's, in which an administrator can neither make nor touch a superuser."""

    list_display = ("username", "first_name", "last_name", "roles", "has_two_factors", "is_active")
    list_filter = ("is_active", RoleFilter)
    inlines = (AssignmentInline,)
    filter_horizontal = ("groups",)
    readonly_fields = ("two_factor_sign_in",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Two-factor sign-in"), {"fields": ("two_factor_sign_in",)}),
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
        """With roles, and whether a second factor is set up (`two_factors`), in two queries."""
        rows = super().get_queryset(request).prefetch_related("groups")
        return rows.annotate(two_factors=Exists(FACTORS.filter(user=OuterRef("pk"))))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Roles by their names on screens."""
        named = {"form_class": RoleField} if db_field.name == "groups" else {}
        return super().formfield_for_manytomany(db_field, request, **named, **kwargs)

    @admin.display(description=_("Roles"))
    def roles(self, user):
        """The names of the groups."""
        return ", ".join(role_label(group.name) for group in user.groups.all()) or "–"

    @admin.display(description=_("Two factors"), boolean=True, ordering="two_factors")
    def has_two_factors(self, user):
        """Whether signing in takes more than the password."""
        return user.two_factors

    @admin.display(description=_("Set up"))
    def two_factor_sign_in(self, user):
        """What is set up, and the way to reset it."""
        kinds = [each.get_type_display() for each in FACTORS.filter(user=user)]
        if not kinds:
            return _("Nothing yet: signing in takes the password only.")
        href = reverse("admin:auth_user_reset_two_factor", args=[user.pk])
        reset = _("Reset two-factor sign-in")
        return format_html('{}<p><a class="button" href="{}">{}</a></p>', ", ".join(map(str, kinds)), href, reset)

    def get_urls(self):
        """Django's, and resetting somebody's two-factor sign-in."""
        view = self.admin_site.admin_view(self.reset_two_factor)
        return [
            path("<path:pk>/reset-two-factor/", view, name="auth_user_reset_two_factor"),
            *super().get_urls(),
        ]

    @method_decorator(reauthentication_required(app="newsroom"))
    def reset_two_factor(self, request, pk):
        """For somebody who lost app, keys and codes: asks, then takes their factors away, and logs it."""
        user = self.get_queryset(request).filter(pk=pk).first() if is_key(pk) else None
        if user is None or not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method != "POST":
            context = {**self.admin_site.each_context(request), "title": _("Reset two-factor sign-in"), "person": user}
            return TemplateResponse(request, "admin/auth/user/reset_two_factor.html", context)
        number = FACTORS.filter(user=user).count()
        Authenticator.objects.filter(user=user).delete()
        logged = ngettext(
            "Reset the two-factor sign-in (%(number)d factor).",
            "Reset the two-factor sign-in (%(number)d factors).",
            number,
        )
        self.log_change(request, user, logged % {"number": number})
        messages.success(request, _("%(name)s signs in by password now and sets up a new factor.") % {"name": user})
        return redirect("admin:auth_user_change", user.pk)

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

    list_display = ("called",)

    @admin.display(description=_("Role"), ordering="name")
    def called(self, role):
        """The role by its name on screens."""
        return role_label(role.name)

    def has_add_permission(self, request):
        """Nobody."""
        return False

    has_delete_permission = has_change_permission = lambda self, request, obj=None: False


admin.site.unregister([User, Group])
admin.site.register(User, UserAdmin)
admin.site.register(Group, GroupAdmin)
