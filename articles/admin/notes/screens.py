"""Notes on a story and on passages of its text: a panel on the form, and a page of its own without JavaScript.

The panel stands inside the story's form: its buttons send to addresses of their own, in a new window where there is
no JavaScript, so that a note never saves or loses what is being written. notes.js sends the same in the background
and gets the panel back.
"""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import Script
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...desk.noting import MOST_TEXT, reopen, resolve, write_note
from ...models import Note, Revision, Story
from ...rules.policy import can
from ...rules.readiness import name_of
from ...rules.refusal import Refused
from ...text.html import printable
from ...vocabulary import Act
from ..fields import VersionField
from ..scoped import is_key
from ..story.features import Panel
from .threads import counts, may_settle, page_threads, panel_threads

MOST_NAMES = 10
SCRIPTS = tuple(Script(f"desk/{name}.js", type="module") for name in ("passages", "notes", "unsent", "mentions"))


def urls(admin):
    """The pages of this part: all notes, one act on a note, names to mention."""
    view = admin.admin_site.admin_view

    def bound(page):
        return view(lambda request, **found: page(admin, request, **found))

    return [
        path("<int:pk>/notes/", bound(notes_page), name="articles_story_notes"),
        path("<int:pk>/notes/people/", view(require_GET(bound(people_view))), name="articles_story_note_people"),
        *(
            path(f"<int:pk>/notes/<int:note_pk>/{name}/", view(require_POST(bound(page))), name=f"articles_note_{name}")
            for name, page in (("answer", answer_view), ("resolve", resolve_view), ("reopen", reopen_view))
        ),
    ]


def panels(request, story, line):
    """The notes of a story, for those who may note."""
    if not story or not can(request.user, "note", story):
        return []
    return [Panel("admin/articles/story/_notes.html", _context(request, story))]


def notes_page(admin, request, pk):
    """All notes of a story, in pages (GET); a new one (POST)."""
    story = _story(admin, request, pk)
    if request.method == "POST":
        said = {"text": request.POST.get("note_text", ""), "passage": request.POST.get("note_passage", "")}
        return _do(request, story, lambda: write_note(story, by=request.user, **said), _("The note was written."))
    before, resolved = request.GET.get("before", ""), request.GET.get("resolved") == "1"
    threads, further = page_threads(
        story, request.user, resolved=resolved, before=int(before) if is_key(before) else None
    )
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Notes"),
        "story": story,
        "opts": admin.opts,
        "threads": threads,
        "further": further,
        "resolved": resolved,
        "counts": counts(story),
        "most_text": MOST_TEXT,
    }
    return TemplateResponse(request, "admin/articles/story/notes.html", context)


def answer_view(admin, request, pk, note_pk):
    """An answer to a note."""
    story, note = _note(admin, request, pk, note_pk)
    text = request.POST.get(f"note_text_{note.pk}", "")
    return _do(
        request,
        story,
        lambda: write_note(story, by=request.user, text=text, answers=note),
        _("The answer was written."),
    )


def resolve_view(admin, request, pk, note_pk):
    """Close a thread."""
    story, note = _note(admin, request, pk, note_pk, settling=True)
    return _do(request, story, lambda: resolve(note, by=request.user), _("The note is resolved."))


def reopen_view(admin, request, pk, note_pk):
    """Open a thread again."""
    story, note = _note(admin, request, pk, note_pk, settling=True)
    return _do(request, story, lambda: reopen(note, by=request.user), _("The note is open again."))


def people_view(admin, request, pk):
    """Names that complete what was typed after an @: active members of staff, MOST_NAMES at most, names only."""
    _story(admin, request, pk)
    typed = printable(request.GET.get("q", ""))[:150]
    begins = Q(username__istartswith=typed) | Q(first_name__istartswith=typed) | Q(last_name__istartswith=typed)
    users = get_user_model().objects.filter(begins, is_active=True, is_staff=True).order_by("username")[:MOST_NAMES]
    people = [{"username": user.get_username(), "name": name_of(user)} for user in users]
    return JsonResponse({"people": people}, headers={"Cache-Control": "private, no-store"})


def _story(admin, request, pk):
    return admin.get_or_deny(request, pk, lambda story: can(request.user, "note", story))


def _note(admin, request, pk, note_pk, *, settling=False):
    """The story and a note of it. Raises PermissionDenied where there is none, or it is not this user's to settle."""
    story = _story(admin, request, pk)
    note = Note.objects.filter(pk=note_pk, story=story).select_related("answers").first() if is_key(note_pk) else None
    if note is None or (settling and not may_settle(request.user, note.answers or note, story)):
        raise PermissionDenied
    return story, note


def _do(request, story, act, said):
    """Does `act` and says so, or why not: to a script with the panel anew, to a browser on the page of all notes."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    version = _version_typed_on(request, story) if wants_json else None
    try:
        note, reasons = act(), []
    except Refused as refused:
        note, reasons = None, refused.reasons
    if wants_json:
        return _answer(request, story, note, reasons or [said], version=version)
    for text in reasons or [said]:
        messages.add_message(request, messages.ERROR if reasons else messages.SUCCESS, text)
    where = f"#note-{(note.answers_id or note.pk)}" if note else ""
    resolved = "?resolved=1" if note and not note.answers_id and note.resolved_at else ""
    return redirect(reverse("admin:articles_story_notes", args=[story.pk]) + resolved + where)


def _answer(request, story, note, said, *, version):
    """What notes.js needs: the panel, the key of the mark, and which working copy the form stands on now."""
    if note is None:
        return JsonResponse({"said": said}, status=409)
    before, story = story.version, Story.objects.select_related("section").get(pk=story.pk)
    panel = render_to_string("admin/articles/story/_notes.html", {"panel": _context(request, story)}, request)
    answer = {"said": said, "key": note.key, "thread": note.answers_id or note.pk, "panel": panel}
    if note.resolved_at:
        answer["resolved"] = note.key
    if version == before and _only_a_mark_went(request.user, story, before):
        # notes.js takes it out of the form as well, which then stands on this working copy.
        answer["version_token"] = VersionField.token(story)
    return JsonResponse(answer)


def _only_a_mark_went(user, story, before):
    """Whether all that was saved since version `before` is that this user resolved a note; not what others wrote."""
    saved = Revision.objects.filter(story=story, number=before + 1, act=Act.NOTE_RESOLVED, by=user)
    return story.version == before + 1 and saved.exists()


def _version_typed_on(request, story):
    """The working copy the form in the browser stands on (number); None where it does not say, or of another story."""
    try:
        pk, version = VersionField(required=False).clean(request.POST.get("version_token", "")) or (None, None)
    except ValidationError:
        return None
    return version if pk == story.pk else None


def _context(request, story):
    threads = panel_threads(story, request.user)
    return {
        "story": story,
        "open": [thread for thread in threads if not thread.note.resolved_at],
        "resolved": [thread for thread in threads if thread.note.resolved_at],
        "counts": counts(story) if threads else {"open": 0, "resolved": 0},
        "most_text": MOST_TEXT,
    }
