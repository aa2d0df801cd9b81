"""How much each preflight rule weighs: for the newspaper, and for each section that wants it otherwise."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import PreflightLevel, Section
from ...rules.preflight import RULES, weighed
from ...vocabulary import Level
from ..scoped import ScopedModelAdmin, is_key


class LevelsForm(forms.Form):
    """One choice a rule: a level of its own, or (nothing) what holds above."""

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        above, places = _above(section), dict(Section.objects.values_list("path", "name"))
        own = dict(PreflightLevel.objects.filter(section=section).values_list("rule", "level"))
        for name, rule in RULES.items():
            level, path = above[name]
            inherited = _inherited(Level(level).label, path, places)
            self.fields[name] = forms.ChoiceField(
                label=rule.label, required=False, choices=[("", inherited), *Level.choices], help_text=rule.explain
            )
            self.initial[name] = own.get(name, "")

    def changes(self):
        """What is to be set otherwise than it is (list of rule name, level before, level now)."""
        return [(name, self.initial[name], self.cleaned_data[name]) for name in RULES if name in self.changed_data]


def _above(section):
    """What each rule weighs where this section sets nothing (dict of pairs, as `weighed`)."""
    if section is None:
        return {name: (rule.level, None) for name, rule in RULES.items()}
    return weighed(section.parent)


def _inherited(level, path, places):
    if path is None:
        return _("%(level)s (as the rule comes)") % {"level": level}
    if not path:
        return _("%(level)s (as everywhere)") % {"level": level}
    return _("%(level)s (as in %(section)s)") % {"level": level, "section": places.get(path, path)}


@transaction.atomic
def set_levels(section, changes, *, by):
    """Store the changed levels of a Section (None: everywhere) and log them in Django's log."""
    for rule, _before, level in changes:
        if level:
            PreflightLevel.objects.update_or_create(section=section, rule=rule, defaults={"level": level})
        else:
            PreflightLevel.objects.filter(section=section, rule=rule).delete()
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(PreflightLevel),
        object_id=str(section.pk) if section else "",
        object_repr=str(section or _("Everywhere"))[:200],
        action_flag=CHANGE,
        change_message="; ".join(f"{RULES[rule].label}: {_said(old)} → {_said(new)}" for rule, old, new in changes),
    )


def _said(level):
    return Level(level).label if level else "–"


@admin.register(PreflightLevel)
class PreflightLevelAdmin(ScopedModelAdmin):
    """A table of all rules, for the newspaper and for each section; who may is a matter of Django's permissions."""

    def has_add_permission(self, request):
        """Nobody: levels are set in the table."""
        return False

    def get_urls(self):
        """The table and nothing else: single rows mean nothing to anybody."""
        view = self.admin_site.admin_view(self.levels_view)
        return [
            path("", view, name="articles_preflightlevel_changelist"),
            path("<int:pk>/", view, name="articles_preflightlevel_section"),
        ]

    def levels_view(self, request, pk=None):
        """The levels everywhere, or in one section: GET shows, POST sets them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        section = _section(pk)
        may_change = self.has_change_permission(request)
        form = LevelsForm(request.POST or None, section=section)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if form.is_valid():
                return self._set(request, section, form.changes())
        context = self.admin_site.each_context(request) | {
            "title": gettext_lazy("Preflight rules"),
            "subtitle": str(section) if section else _("Everywhere"),
            "section": section,
            "sections": Section.objects.order_by("path").annotate(own=Count("preflight_levels")),
            "own_everywhere": PreflightLevel.objects.filter(section=None).count(),
            "form": form,
            "may_change": may_change,
            "log": _log(section),
        }
        status = 400 if form.is_bound and not form.is_valid() else 200
        return TemplateResponse(request, "admin/articles/preflightlevel/levels.html", context, status=status)

    def _set(self, request, section, changes):
        if changes:
            set_levels(section, changes, by=request.user)
            messages.success(request, _("The levels are set."))
        else:
            messages.info(request, _("Nothing was changed."))
        name, args = ("section", [section.pk]) if section else ("changelist", [])
        return HttpResponseRedirect(reverse(f"admin:articles_preflightlevel_{name}", args=args))


def _section(pk):
    if pk is None:
        return None
    section = Section.objects.select_related("parent").filter(pk=pk).first() if is_key(pk) else None
    if section is None:
        raise Http404
    return section


def _log(section):
    """The last changes there (QuerySet of LogEntry), newest first."""
    kind = ContentType.objects.get_for_model(PreflightLevel)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(section.pk) if section else "")
    return entries.select_related("user").order_by("-action_time")[:10]
