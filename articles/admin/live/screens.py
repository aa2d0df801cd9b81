"""The pages of a live blog at the desk."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from js_asset import Media

from ... import press
from ...models import LiveEntry
from ...press.live import story_refusals
from ...press.timeline import Timeline
from ...rules.policy import can
from ...rules.refusal import Refused
from ...views.paging import page
from ...vocabulary import Kind
from ..story.features import Panel
from .form import EntryForm

LISTED = 30


def urls(admin):
    """The pages of this part (list)."""

    def on(view, **known):
        return admin.admin_site.admin_view(partial(view, admin, **known))

    def switch(verb, field):
        return admin.admin_site.admin_view(require_POST(partial(_switch, admin, verb=verb, field=field)))

    return [
        path("<int:pk>/live/", on(_page), name="articles_story_live"),
        path("<int:pk>/live/<slug:entry>/", on(_change), name="articles_live_change"),
        path(
            "<int:pk>/live/<slug:entry>/remove/",
            admin.admin_site.admin_view(require_POST(partial(_remove, admin))),
            name="articles_live_remove",
        ),
        path("<int:pk>/live/<slug:entry>/pin/", switch(press.pin_entry, "pinned"), name="articles_live_pin"),
        path("<int:pk>/live/<slug:entry>/mark/", switch(press.mark_entry, "key_event"), name="articles_live_mark"),
    ]


def panels(request, story, line):
    """What this part shows on the form of a live blog (list of Panel)."""
    if not story or story.kind != Kind.LIVE or not can(request.user, "report_live", story):
        return []
    newest = _entries(story).first()
    return [Panel("admin/articles/story/_live.html", {"story": story, "newest": newest, "line": line})]


def _entries(story):
    return LiveEntry.objects.of_story(story.public_id).standing(timezone.now()).newest_first()


def _story(admin, request, pk):
    return admin.get_or_deny(request, pk, lambda story: can(request.user, "report_live", story))


def _page(admin, request, pk):
    """Write an entry; below, those that stand."""
    story = _story(admin, request, pk)
    form = EntryForm(request.POST if request.method == "POST" else None, story=story, user=request.user)
    reasons = list(story_refusals(story, timezone.now()))
    if request.method == "POST" and form.is_valid():
        reasons = _try(lambda: press.post_entry(story, by=request.user, **form.said()))
        if not reasons:
            messages.success(request, _("The entry is posted."))
            return redirect("admin:articles_story_live", story.pk)
    rows = LiveEntry.objects.of_story(story.public_id).standing(timezone.now()).select_related("made_by")
    entries, older = page(request, rows, size=LISTED)
    context = {"entries": entries, "older": older, "is_first": "before" not in request.GET, "now": timezone.now()}
    return _show(admin, request, "live.html", story, form, reasons, context | {"title": _("Live blog")})


def _change(admin, request, pk, entry):
    """Write an entry anew."""
    story = _story(admin, request, pk)
    found = _found(story, entry)
    if found is None:
        messages.error(request, _("This entry was taken down meanwhile."))
        return redirect("admin:articles_story_live", story.pk)
    data = request.POST if request.method == "POST" else None
    form = EntryForm(data, story=story, user=request.user, entry=found)
    reasons = list(story_refusals(story, timezone.now()))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or found.number
        said = form.said(found)
        reasons = _try(lambda: press.change_entry(story, entry, by=request.user, number=seen, **said))
        if not reasons:
            messages.success(request, _("The entry is changed."))
            return redirect("admin:articles_story_live", story.pk)
    context = {"entry": found, "title": _("Change entry")}
    return _show(admin, request, "live_change.html", story, form, reasons, context)


def _show(admin, request, template, story, form, reasons, context):
    context |= {
        **admin.admin_site.each_context(request),
        **context,
        "story": story,
        "line": Timeline.read(story),
        "form": form,
        "reasons": reasons,
        "opts": admin.opts,
        # As in ScopedModelAdmin: the editor's import map needs the nonce the Content-Security-Policy asks for.
        "media": Media.from_media(form.media, nonce=str(request._csp_nonce)),
    }
    status = 409 if form.is_bound and form.is_valid() and reasons else 200
    return TemplateResponse(request, f"admin/articles/story/{template}", context, status=status)


def _found(story, entry):
    """The standing version of an entry, None where it was taken down. Raises PermissionDenied for another story's."""
    rows = LiveEntry.objects.of_story(story.public_id).filter(public_id=entry[:10])
    found = rows.standing(timezone.now()).first()
    if not found and not rows.exists():
        raise PermissionDenied
    return found


def _remove(admin, request, pk, entry):
    """Takes an entry away."""
    return _do(admin, request, pk, entry, press.remove_entry, _("The entry is taken down."))


def _switch(admin, request, pk, entry, *, verb, field):
    """Pins or marks an entry (`field` is sent), or no longer does."""
    return _do(admin, request, pk, entry, verb, _("Done."), **{field: bool(request.POST.get(field))})


def _do(admin, request, pk, entry, verb, done, **said):
    story = _story(admin, request, pk)
    _found(story, entry)
    reasons = _try(lambda: verb(story, entry, by=request.user, **said))
    for reason in reasons:
        messages.error(request, reason)
    if not reasons:
        messages.success(request, done)
    return redirect("admin:articles_story_live", story.pk)


def _try(verb):
    """Does it; says why not (list of text)."""
    try:
        verb()
    except Refused as refused:
        return refused.reasons
    return []
