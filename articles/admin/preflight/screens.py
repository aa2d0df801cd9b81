"""The preflight beside the form: what it says of the saved text, and of what is being typed."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ...desk.saving import slug_for
from ...models import Contributor, Picture, Section, Topic
from ...press.timeline import Timeline
from ...rules.policy import can
from ...rules.preflight import copy_from, findings_for, levels_for
from ...rules.preflight.reading import WORDS
from ...text.html import clean_body, one_line
from ...text.topics import split_names
from ...text.walltime import WallTimeError, parse
from ...vocabulary import Credit, Kind
from ..scoped import is_key
from ..story.features import Panel
from ..story.layout import WRITE, mode_for

SCRIPTS = (Script("desk/preflight.js", type="module"),)
MOST_ROWS, LONGEST_TYPED = 60, 2_000_000


def urls(admin):
    """The addresses a form asks while somebody types into it."""

    @require_POST
    def ask(request, pk=None):
        return judge(admin, request, pk)

    view = admin.admin_site.admin_view(ask)
    return [
        path("preflight/", view, name="articles_story_preflight_new"),
        path("<int:pk>/preflight/", view, name="articles_story_preflight"),
    ]


def panels(request, story, line):
    """What is to be mended in the saved text (list of Panel); of a new story nothing until something is typed."""
    writes = mode_for(request.user, story) == WRITE
    if not (story or writes):
        return []
    remarks = line.remarks if line else []
    said = {"remarks": remarks, "summary": summary(remarks) if line else "", "writes": writes}
    if writes:
        name, args = ("articles_story_preflight", [story.pk]) if story else ("articles_story_preflight_new", [])
        said["url"] = reverse(f"admin:{name}", args=args)
    return [Panel("admin/articles/story/_preflight.html", said)]


def summary(remarks):
    """How many things are to be mended (text), for those who hear the list change and do not see it."""
    must = sum(each.blocks for each in remarks)
    may = len(remarks) - must
    if not remarks:
        return _("Nothing to mend.")
    said = []
    if must:
        said.append(ngettext("%(count)d thing must be mended.", "%(count)d things must be mended.", must))
    if may:
        said.append(ngettext("%(count)d thing to look at.", "%(count)d things to look at.", may))
    counts = [count for count in (must, may) if count]
    return " ".join(text % {"count": count} for text, count in zip(said, counts, strict=True))


def judge(admin, request, pk=None):
    """POST the fields of a story's form (`pk`; None: of a new one); answers the list of what is to be mended (HTML).

    For those who may write the story, or start one. Nothing is saved. What is no sound value counts as empty.
    """
    story = admin.get_or_deny(request, pk, lambda story: can(request.user, "write", story)) if pk else None
    if not story and not can(request.user, "create"):
        raise PermissionDenied
    values = typed_values(request.POST)
    copy = copy_from(values, pk=pk, starts=_starts(story, request.POST))
    remarks = findings_for(copy, levels_for(values["section"]))
    said = {"remarks": remarks, "summary": summary(remarks), "writes": True}
    return TemplateResponse(request, "admin/articles/story/_preflight_list.html", said)


def typed_values(post):
    """What `copy_from` takes, out of the form's fields as a browser sends them (QueryDict): any bytes will do."""
    values = {name: _one_line(post.get(name, "")) for name in (*WORDS, "picture_caption", "picture_credit")}
    values["body"] = clean_body(post.get("body", "")[:LONGEST_TYPED])
    values["kind"] = values["kind"] if values["kind"] in Kind.values else Kind.NEWS
    if values["language"] not in dict(settings.LANGUAGES):
        values["language"] = settings.LANGUAGE_CODE
    values["slug"] = values["slug"] or slug_for(values["headline"])
    return values | {
        "section": _row(Section, post.get("section")),
        "lead_picture": _row(Picture, post.get("lead_picture")),
        "topics": _topics(post),
        "bylines": _bylines(post),
    }


def _one_line(text):
    return one_line(text[:LONGEST_TYPED])


def _row(model, key):
    return model.objects.filter(pk=key).first() if key and is_key(key) else None


def _topics(post):
    keys = [key for key in post.getlist("topics")[:MOST_ROWS] if is_key(key)]
    chosen = Topic.objects.filter(pk__in=keys).values_list("name", flat=True) if keys else []
    return [*chosen, *split_names(post.get("new_topics", "")[:1000])]


def _bylines(post):
    """The rows of the form that name somebody and are not to be deleted (pairs of name and credit), as they stand."""
    rows = []
    for number in range(MOST_ROWS):
        key, credit = (post.get(f"bylines-{number}-{name}", "") for name in ("contributor", "credit"))
        if is_key(key) and credit in Credit.values and f"bylines-{number}-DELETE" not in post:
            rows.append((int(key), credit))
    names = dict(Contributor.objects.filter(pk__in=[key for key, _credit in rows]).values_list("pk", "name"))
    return [(names[key], credit) for key, credit in rows if key in names]


def _starts(story, post):
    """When what is typed is meant to go out (UTC): as scheduled, else as the form plans it; None where neither."""
    if story and (coming := Timeline.read(story).coming):
        return coming.live_from
    try:
        due = parse(post.get("due_at", "")[:40], timezone.get_current_timezone())
    except WallTimeError as error:
        due = error.choices[0] if error.choices else None
    return due if due and due > timezone.now() else None
