"""Topics nobody needs and topics there are twice, page by page."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...models import EditionTopic, Topic, TopicMerge
from ...rules.refusal import Refused
from ...text.html import printable
from ..scoped import is_key
from .acts import drop_logged

PAGE = 50


@dataclass(frozen=True)
class Alike:
    """Topics of nearly one name: `kept` is the most used, `others` could be merged into it."""

    kept: Topic
    others: list


def unused(after=""):
    """Topics no story has (list, by name, those after the name `after`) and the name to go on after (text).

    Each says with `stays` whether an edition or a merge still needs it.
    """
    needed = Exists(EditionTopic.objects.filter(topic=OuterRef("pk"))) | Exists(
        TopicMerge.objects.filter(kept=OuterRef("pk"))
    )
    rows = Topic.objects.in_use().filter(uses=0, name__gt=after).annotate(stays=needed)
    found = list(rows.order_by("name")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].name if len(found) > PAGE else ""


def nearly_same(after=""):
    """Groups (list of Alike) of topics in use with one likeness, those after the likeness `after`, and where to go on.

    At most PAGE groups of at most PAGE topics.
    """
    # Merged ones are counted here and left out below: so the index alone answers, and a page may show fewer groups.
    rows = Topic.objects.filter(likeness__gt=after)
    groups = rows.order_by("likeness").values("likeness").annotate(n=Count("pk")).filter(n__gt=1)
    keys = [row["likeness"] for row in groups[: PAGE + 1]]
    shown = {key: [] for key in keys[:PAGE]}
    for topic in Topic.objects.in_use().filter(likeness__in=shown).order_by("likeness", "-uses", "name")[: PAGE * PAGE]:
        shown[topic.likeness].append(topic)
    alike = [Alike(topics[0], topics[1:]) for topics in shown.values() if len(topics) > 1]
    return alike, keys[PAGE - 1] if len(keys) > PAGE else ""


def report_page(admin, request):
    """The page of both; POST deletes what was ticked and never used."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        if not admin.has_change_permission(request):
            raise PermissionDenied
        _drop_ticked(admin, request)
        return redirect("admin:articles_topic_report")
    context = admin.admin_site.each_context(request) | {
        "title": _("Topics to tidy up"),
        "opts": admin.opts,
        "may_change": admin.has_change_permission(request),
    }
    after = printable(request.GET.get("after", ""))[:80]
    if request.GET.get("show") == "same":
        context["groups"], context["next"] = nearly_same(after)
        context["show"] = "same"
    else:
        context["unused"], context["next"] = unused(after)
        context["show"] = "unused"
    return TemplateResponse(request, "admin/articles/topic/report.html", context)


def _drop_ticked(admin, request):
    keys = [key for key in request.POST.getlist("topic")[:PAGE] if is_key(key)]
    done = 0
    for topic in Topic.objects.filter(pk__in=keys):
        try:
            drop_logged(admin, request, topic)
            done += 1
        except Refused as refused:
            messages.error(request, str(refused))
    if done:
        messages.success(
            request, ngettext("%(count)d topic was deleted.", "%(count)d topics were deleted.", done) % {"count": done}
        )
