"""Revisions of a story: list, compare any two, bring one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from ...desk.restoring import PLANNING, restore_revision
from ...models import Edition, Revision
from ...press.timeline import Timeline
from ...rules.policy import can, sections_to_file
from ...rules.refusal import Refused
from ..fields import VersionField
from ..scoped import is_key
from .comparing import compare, content_of

PAGE = 50
LIVE, NOW = "live", "now"


def urls(admin):
    """The pages of this part (list)."""
    view = admin.admin_site.admin_view
    return [
        path("<int:pk>/revisions/", view(_with(admin, revisions)), name="articles_story_revisions"),
        path("<int:pk>/compare/", view(_with(admin, comparison)), name="articles_story_compare"),
        path("<int:pk>/revisions/<int:number>/restore/", view(_with(admin, restore)), name="articles_story_restore"),
    ]


def panels(request, story, line):
    """What this part shows on the form (list of Panel): nothing, its links stand above the form."""
    return []


def _with(admin, page):
    return lambda request, pk, **kwargs: page(admin, request, pk, **kwargs)


def _readable(admin, request, pk):
    return admin.get_or_deny(request, pk, lambda story: can(request.user, "read", story))


def revisions(admin, request, pk):
    """Who saved what when, newest first, by the page."""
    story = _readable(admin, request, pk)
    rows = Revision.objects.filter(story=story).newest_first().for_list()
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(number__lt=_number(before))
    rows = list(rows[: PAGE + 1])
    shown, older = rows[:PAGE], len(rows) > PAGE
    printed = _printed(story, [row.number for row in shown])
    context = _context(admin, request, story, _("Revisions")) | {
        "rows": [(row, printed.get(row.number, ())) for row in shown],
        "older": shown[-1].number if older else None,
        "line": Timeline.read(story),
        "may_restore": can(request.user, "write", story),
    }
    return TemplateResponse(request, "admin/articles/story/revisions.html", context)


def _printed(story, numbers):
    """For each of the revisions `numbers` that was printed: its editions (dict of lists)."""
    found = {}
    for edition in (
        Edition.objects.filter(story=story, story_version__in=numbers)
        .order_by("number")
        .only("number", "story_version", "live_from", "live_until")
    ):
        found.setdefault(edition.story_version, []).append(edition)
    return found


def comparison(admin, request, pk):
    """Any two texts of a story side by side: `from` and `to` are revisions, "live" (what readers have) or "now"."""
    story = _readable(admin, request, pk)
    line = Timeline.read(story)
    to = _name(request.GET.get("to") or NOW, line)
    given = request.GET.get("from", "")
    start = _name(given, line) if given else _before(story, to)
    old, new = content_of(story, start) if start else {}, content_of(story, to)
    if old is None or new is None:
        raise Http404(_("This revision is not kept any more."))
    context = _context(admin, request, story, _("Comparison")) | {
        "differences": compare(old, new, request.user) if old else (),
        "first": not start,
        "sides": [_side(story, start, line), _side(story, to, line)],
        "may_restore": can(request.user, "write", story),
    }
    return TemplateResponse(request, "admin/articles/story/compare.html", context)


def _number(text):
    """A revision's number as typed in an address. Raises Http404."""
    if not is_key(text) or int(text) > 2_000_000_000:
        raise Http404(_("There is no such revision."))
    return int(text)


def _name(text, line):
    """What `from` or `to` names, as `content_of` takes it. Raises Http404."""
    if text == LIVE:
        if not line.live:
            raise Http404(_("Readers do not have this story now."))
        return str(line.live.story_version)
    return text if text == NOW else str(_number(text))


def _before(story, name):
    """The revision before the one called `name` (text), "" where it is the first."""
    number = story.version if name == NOW else int(name)
    found = Revision.objects.filter(story=story, number__lt=number).newest_first().for_list().first()
    return str(found.number) if found else ""


def _side(story, name, line):
    """What is said above one side: its revision's row, and what it is to readers."""
    number = None if name in ("", NOW) else int(name)
    row = Revision.objects.filter(story=story, number=story.version if name == NOW else number).for_list().first()
    return {
        "name": name,
        "row": row,
        "is_now": name == NOW or number == story.version,
        "is_live": bool(line.live and number == line.live.story_version),
    }


def restore(admin, request, pk, number):
    """Bring a revision back: GET shows what would change, POST does it."""
    story = admin.get_or_deny(request, pk, lambda story: can(request.user, "write", story))
    content, now, reasons = content_of(story, str(_number(number))), content_of(story, NOW), []
    if content is None:
        raise Http404(_("This revision is not kept any more."))
    out_of_reach = _out_of_reach(request.user, content, now)
    if request.method == "POST":
        try:
            version = _version(request, story)
            changed = restore_revision(story, number, by=request.user, version=version, but=out_of_reach)
        except ValidationError as error:
            reasons = error.messages
        except Refused as refused:
            reasons = refused.reasons
        else:
            said = _("Revision %(number)d is the working copy again.") if changed else _("Nothing was different.")
            messages.success(request, said % {"number": number} if changed else said)
            return redirect("admin:articles_story_change", story.pk)
    kept = {name: value for name, value in now.items() if name in {*PLANNING, *out_of_reach}}
    context = _context(admin, request, story, _("Bring back revision %d") % number) | {
        "differences": compare(now, content | kept, request.user),
        "number": number,
        "token": VersionField.token(story),
        "reasons": reasons,
    }
    return TemplateResponse(request, "admin/articles/story/restore.html", context, status=409 if reasons else 200)


def _out_of_reach(user, content, now):
    """The names of what stays because it would put the story into a section where `user` may not file (list)."""
    sections = {"section": lambda said: {said["section"]}, "further_sections": lambda said: {*said["further_sections"]}}
    may = {*sections_to_file(user).values_list("pk", flat=True)}
    return [name for name, keys in sections.items() if not keys(content) <= may | keys(now)]


def _version(request, story):
    """The working copy the page was made from (number). Raises ValidationError where it does not say so."""
    pk, version = VersionField().clean(request.POST.get("version_token"))
    if pk != story.pk:
        raise ValidationError(_("This form is not complete. Open the story again."))
    return version


def _context(admin, request, story, title):
    return admin.admin_site.each_context(request) | {"title": title, "story": story, "opts": admin.opts}
