"""Topics on the story's form: suggestions from its text, there when it opens and again as somebody types."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from ...desk.suggesting import Wording, suggest
from ...rules.policy import can
from ...text.html import printable
from ..scoped import is_key
from ..story.features import Panel
from ..story.layout import READ, mode_for

_LIMITS = {"headline": 300, "kicker": 100, "dek": 1_000, "body": 100_000, "language": 5}


def urls(admin):
    """Suggestions for a text that is being typed."""
    return [path("suggest-topics/", admin.admin_site.admin_view(suggest_view), name="articles_story_suggest_topics")]


def panels(request, story, line):
    """Suggestions for the saved text, for who may change the topics."""
    if mode_for(request.user, story) == READ:
        return []
    topics = []
    if story and request.method == "GET":
        topics = suggest(Wording.of(story), exclude=story.topics.values_list("pk", flat=True))
    address = reverse("admin:articles_story_suggest_topics")
    return [Panel("admin/articles/story/_topics.html", {"topics": topics, "address": address})]


@require_POST
def suggest_view(request):
    """Topics (JSON) for the text that was sent; it reads no story, so it asks only who may tag any at all."""
    if not any(can(request.user, verb) for verb in ("create", "write", "tag")):
        raise PermissionDenied
    typed = {name: printable(request.POST.get(name, ""))[:most] for name, most in _LIMITS.items()}
    chosen = [int(key) for key in request.POST.getlist("topics")[:100] if is_key(key)]
    found = suggest(Wording.typed(**typed), exclude=chosen)
    return JsonResponse({"topics": [{"id": topic.pk, "name": topic.name} for topic in found]})
