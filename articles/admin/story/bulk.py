"""The same acts for many stories: first a page that says what will happen to each, then the deed."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...desk.checking import check_refusals
from ...models import Story
from ...press.preflight import preflight_refusals, required
from ...press.questions import change_refusals
from ...press.timeline import Timeline
from ...rules.readiness import embargo_blocker
from ...rules.refusal import Refused
from ...vocabulary import Change
from ..fields import VersionField, WallTimeField
from .acts import ACTS, may_act
from .bulk_tagging import bulk_tag

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


def _refusals(request, name, line, said):
    """Why this act would be refused for this story and this user (list of text)."""
    if not may_act(request.user, ACTS[name], line.story):
        return [_("You may not do this to this story.")]
    reasons = list(ACTS[name].refusals(line)) + (check_refusals(line.story) if name == "clear" else [])
    if name in ("publish", "schedule"):
        starts = said.get("at") or line.starts
        change = said.get("change") if line.last else None
        reasons += embargo_blocker(line.story, starts)
        reasons += change_refusals(line, change or (Change.MINOR if line.last else None), "")
        reasons += preflight_refusals(required(line, starts), "")
    return list(dict.fromkeys(reasons))


def _perform(request, name, line, said):
    if name in ("publish", "schedule") and not line.last:
        said = {key: value for key, value in said.items() if key != "change"}
    return ACTS[name].do(line.story, by=request.user, version=_version_seen(request, line.story), **said)


def _version_seen(request, story):
    """Which working copy the page before showed (number); None where no page was asked for. Raises Refused."""
    token = request.POST.get(f"version_{story.pk}")
    if not token:
        return None
    try:
        pk, version = VersionField().clean(token)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    if pk != story.pk:
        raise Refused(_("You may not do this to this story."))
    return version


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
        form = form_class(request.POST if confirmed else None)
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
    "tag": bulk_tag,
}
