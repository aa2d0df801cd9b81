"""The same acts for many stories: first a page that says what will happen to each, then the deed."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import desk
from ..models import Story, Topic
from ..models.topic import no_name
from ..press.questions import change_refusals
from ..press.timeline import Timeline
from ..rules.policy import can
from ..rules.readiness import embargo_blocker
from ..rules.refusal import Refused
from ..text.topics import is_name, split_names
from ..vocabulary import Change
from .acts import ACTS
from .fields import VersionField, WallTimeField

MOST = 200


class BulkForm(forms.Form):
    """What may be said about all of them."""

    note = forms.CharField(label=gettext_lazy("Note for the log"), required=False)


class BulkPrintForm(BulkForm):
    """For stories readers have already, what the change is."""

    change = forms.ChoiceField(
        label=gettext_lazy("For stories readers have already, this is"),
        choices=[(each.value, each.label) for each in (Change.MINOR, Change.UPDATE)],
        initial=Change.MINOR,
        widget=forms.RadioSelect,
    )


class BulkScheduleForm(BulkPrintForm):
    """The same, for a time."""

    at = WallTimeField(label=gettext_lazy("Go out"))
    field_order = ("at", "change", "note")


class BulkTagForm(forms.Form):
    """Topics to add and to take away."""

    add = forms.CharField(
        label=gettext_lazy("Add topics"), required=False, help_text=gettext_lazy("Names separated by commas.")
    )
    remove = forms.CharField(label=gettext_lazy("Remove topics"), required=False)

    def __init__(self, *args, may_add=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_add = may_add

    def clean(self):
        """Something to add or to remove."""
        said = super().clean()
        if not self.errors and not (said.get("add") or said.get("remove")):
            raise forms.ValidationError(_("Name at least one topic."))
        return said

    def clean_add(self):
        """Topics by name; new ones only for those who may make topics."""
        names = split_names(self.cleaned_data["add"])
        for name in names:
            if not is_name(name):
                raise forms.ValidationError(no_name(name))
        unknown = [name for name in names if not Topic.objects.called(name)]
        if unknown and not self.may_add:
            raise forms.ValidationError(_("There is no topic “%(name)s”.") % {"name": unknown[0]})
        return names

    def clean_remove(self):
        """Topics by name; unknown ones are a mistake worth hearing of."""
        found = [(name, Topic.objects.called(name)) for name in split_names(self.cleaned_data["remove"])]
        for name, topic in found:
            if not topic:
                raise forms.ValidationError(_("There is no topic “%(name)s”.") % {"name": name})
        return [topic for _name, topic in found]


def _refusals(request, name, line, said):
    """Why this act would be refused for this story and this user (list of text)."""
    verb = "tag" if name == "tag" else ACTS[name].verb
    if not can(request.user, verb, line.story):
        return [_("You may not do this to this story.")]
    if name == "tag":
        return []
    reasons = list(ACTS[name].refusals(line))
    if name in ("publish", "schedule"):
        starts = said.get("at") or line.starts
        change = said.get("change") if line.last else None
        reasons += embargo_blocker(line.story, starts)
        reasons += change_refusals(line, change or (Change.MINOR if line.last else None), "")
    return reasons


def _perform(request, name, line, said):
    if name == "tag":
        return desk.tag(line.story, by=request.user, **said)
    if name in ("publish", "schedule") and not line.last:
        said = {key: value for key, value in said.items() if key != "change"}
    return ACTS[name].do(line.story, by=request.user, version=_version_seen(request, line.story), **said)


def _version_seen(request, story):
    """Which working copy the page before showed (number); None where no page was asked for."""
    token = request.POST.get(f"version_{story.pk}")
    return VersionField().clean(token)[1] if token else None


def _action(name, label, form_class):
    def run(admin, request, queryset):
        """Ask first; with `confirmed` in the form, do it story by story."""
        if queryset.order_by().values("pk").count() > MOST:
            admin.message_user(
                request, _("Choose at most %(most)d stories at a time.") % {"most": MOST}, messages.ERROR
            )
            return None
        chosen = Story.objects.filter(pk__in=queryset.order_by().values("pk")).order_by("pk")
        stories = list(chosen.select_related("section", "lead_picture").prefetch_related("bylines__contributor"))
        confirmed = "confirmed" in request.POST
        options = {"may_add": request.user.has_perm("articles.add_topic")} if name == "tag" else {}
        form = form_class(request.POST if confirmed else None, **options)
        if confirmed and form.is_valid():
            _do_all(admin, request, name, stories, form.cleaned_data)
            return None
        said = getattr(form, "cleaned_data", {}) if form.is_bound else {}
        rows = [(line.story, _refusals(request, name, line, said)) for line in map(Timeline.read, stories)]
        context = {
            **admin.admin_site.each_context(request),
            "title": label,
            "action": run.__name__,
            "form": form,
            "rows": [(story, reasons, VersionField.token(story)) for story, reasons in rows],
            "possible": sum(not reasons for _story, reasons in rows),
            "opts": admin.opts,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "media": admin.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/story/bulk.html", context)

    run.__name__ = f"bulk_{name}"
    run.short_description = label
    run.allowed_permissions = [f"bulk_{name}"]
    return run


def _do_all(admin, request, name, stories, said):
    done, refused = 0, []
    for story in stories:
        line = Timeline.read(story)
        try:
            reasons = _refusals(request, name, line, said)
            if not reasons:
                _perform(request, name, line, said)
                done += 1
        except Refused as error:
            reasons = error.reasons
        if reasons:
            refused.append((story, reasons))
    if done:
        text = ngettext("Done for %(count)d story.", "Done for %(count)d stories.", done) % {"count": done}
        admin.message_user(request, text, messages.SUCCESS)
    for story, reasons in refused:
        text = _("Not done: “%(story)s”. %(why)s") % {"story": story, "why": " ".join(map(str, reasons))}
        admin.message_user(request, text, messages.WARNING)


BULK = {
    "submit": _action("submit", gettext_lazy("Submit the selected stories"), BulkForm),
    "clear": _action("clear", gettext_lazy("Clear the selected stories"), BulkForm),
    "publish": _action("publish", gettext_lazy("Publish the selected stories"), BulkPrintForm),
    "schedule": _action("schedule", gettext_lazy("Schedule the selected stories"), BulkScheduleForm),
    "tag": _action("tag", gettext_lazy("Change topics of the selected stories"), BulkTagForm),
}
