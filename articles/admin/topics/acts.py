"""The pages on which librarians merge and rename topics: each says what will happen, then does it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.topic_keeping import merge, merge_counts, merge_refusals, undo, undo_refusals
from ...desk.topic_naming import drop, rename
from ...models import Topic, TopicMerge
from ...rules.refusal import Refused
from ...text.topics import LONGEST, tidy_name
from ..scoped import KeySelect, is_key
from .entry import NamesSeenField, warn_of_similar


class IntoForm(forms.Form):
    """The topic that is kept."""

    into = forms.ModelChoiceField(
        Topic.objects.in_use(), label=gettext_lazy("Merge into"), help_text=gettext_lazy("The topic that is kept.")
    )

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].widget = KeySelect(
            TopicMerge._meta.get_field("kept"), site, choices=self.fields["into"].choices
        )


class RenameForm(forms.Form):
    """A topic's new name, and whether its address follows."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=LONGEST)
    new_address = forms.BooleanField(
        label=gettext_lazy("Change the address as well"),
        required=False,
        help_text=gettext_lazy("The old address then leads to the new one for ever."),
    )
    similar_seen = NamesSeenField()

    def clean(self):
        """Warns once of other topics of nearly that name; of its own name it need not."""
        cleaned = super().clean()
        name = tidy_name(cleaned.get("name", ""))
        if name and name != tidy_name(self.initial["name"]):
            warn_of_similar(self, "name", [name])
        return cleaned


def topic_or_deny(admin, request, pk):
    """The topic `pk`, for who may change topics. Raises PermissionDenied, Http404."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    topic = Topic.objects.select_related("merged_into").filter(pk=pk).first() if is_key(pk) else None
    if topic is None:
        raise Http404
    return topic


def merge_page(admin, request, pk):
    """Choose the topic that is kept, see what would move, then do it."""
    gone = topic_or_deny(admin, request, pk)
    given = request.POST or ({"into": request.GET["into"]} if is_key(request.GET.get("into", "")) else None)
    form = IntoForm(given, site=admin.admin_site)
    context = {"form": form, "topic": gone, "title": _("Merge topic"), "reasons": list(_merged_already(gone))}
    if given and form.is_valid():
        kept = form.cleaned_data["into"]
        context |= {"into": kept, "reasons": list(merge_refusals(gone, kept))}
        if request.method == "POST" and "confirmed" in request.POST and not context["reasons"]:
            try:
                merge(gone, into=kept, by=request.user)
            except Refused as refused:
                context["reasons"] = refused.reasons
            else:
                said = {"gone": gone.name, "kept": kept.name}
                messages.success(request, _("“%(gone)s” was merged into “%(kept)s”.") % said)
                return redirect("admin:articles_topic_change", kept.pk)
        if not context["reasons"]:
            context["counts"] = merge_counts(gone, into=kept)
    return _show(admin, request, "merge", context)


def _merged_already(topic):
    if topic.merged_into_id:
        yield from merge_refusals(topic, topic.merged_into)


def undo_page(admin, request, pk):
    """Take a merge back: GET asks, POST does it."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    done = TopicMerge.objects.select_related("gone", "kept__merged_into", "by").filter(pk=pk).first()
    if done is None:
        raise Http404
    reasons = undo_refusals(done)
    if request.method == "POST" and not reasons:
        try:
            undo(done, by=request.user)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("“%(topic)s” stands for itself again.") % {"topic": done.gone.name})
            return redirect("admin:articles_topic_change", done.gone_id)
    context = {"merge": done, "topic": done.kept, "title": _("Undo merge"), "reasons": reasons}
    return _show(admin, request, "undo", context)


def rename_page(admin, request, pk):
    """Another name, and perhaps another address."""
    topic = topic_or_deny(admin, request, pk)
    form = RenameForm(request.POST or None, initial={"name": topic.name})
    reasons = list(_merged_already(topic))
    if request.method == "POST" and form.is_valid() and not reasons:
        old = topic.name
        try:
            said = {name: form.cleaned_data[name] for name in ("name", "new_address")}
            topic = rename(topic, **said)
        except Refused as refused:
            reasons = refused.reasons
        else:
            admin.log_change(request, topic, [{"changed": {"fields": ["name"]}}])
            messages.success(request, _("“%(old)s” is now called “%(new)s”.") % {"old": old, "new": topic.name})
            return redirect("admin:articles_topic_change", topic.pk)
    context = {"form": form, "topic": topic, "title": _("Rename topic"), "reasons": reasons}
    return _show(admin, request, "rename", context)


def drop_logged(admin, request, topic):
    """Delete a topic that was never used, and write into Django's log who did it. Raises Refused: then neither."""
    with transaction.atomic():
        drop(topic)
        admin.log_deletions(request, [topic])


def drop_page(admin, request, pk):
    """Delete a topic that was never used; POST only."""
    topic = topic_or_deny(admin, request, pk)
    if request.method != "POST":
        raise Http404
    try:
        drop_logged(admin, request, topic)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("admin:articles_topic_change", topic.pk)
    messages.success(request, _("“%(topic)s” was deleted.") % {"topic": topic.name})
    return redirect("admin:articles_topic_changelist")


def _show(admin, request, name, context):
    bad = request.method == "POST" and context["reasons"]
    form = context.get("form")
    context = admin.admin_site.each_context(request) | context | {"opts": admin.opts}
    context["media"] = admin.media + form.media if form else admin.media
    return TemplateResponse(request, f"admin/articles/topic/{name}.html", context, status=409 if bad else 200)
