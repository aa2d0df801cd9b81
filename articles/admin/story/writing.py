"""While somebody writes: autosave, who else is at it, taking over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...desk import autosaving, presence
from ...desk.revising import snapshot
from ...models import Autosave
from ...rules.policy import can
from ...rules.readiness import desk_time
from ...rules.refusal import Refused
from ...text.embeds import PROVIDERS, embed_at
from ...text.html import clean_body, printable
from ...text.ids import new_file_key
from ..fields import VersionField
from .comparing import compare
from .features import Panel
from .list import said, short_time
from .typed import TEXTS, differs

MOST = 4_000_000  # characters in all fields together


def urls(admin):
    """The pages of this part (list)."""
    view = admin.admin_site.admin_view

    def on(page):
        return view(require_POST(lambda request, **kwargs: page(admin, request, **kwargs)))

    return [
        path("session/", view(lambda request: session(request)), name="articles_story_session"),
        path("embed/", view(lambda request: embed(request)), name="articles_story_embed"),
        path("autosave/", on(autosave), name="articles_story_autosave_new"),
        path("autosave/drop/", on(drop), name="articles_story_autosave_drop_new"),
        path("<int:pk>/autosave/", on(autosave), name="articles_story_autosave"),
        path("<int:pk>/autosave/drop/", on(drop), name="articles_story_autosave_drop"),
        path("<int:pk>/presence/", on(beat), name="articles_story_presence"),
        path("<int:pk>/take-over/", on(take_over), name="articles_story_take_over"),
    ]


def panels(request, story, line):
    """Who else is at the story, and text of the user's own that was never saved (list of Panel)."""
    if story and not (can(request.user, "write", story) or can(request.user, "tag", story)):
        return []
    shown = {"story": story, "key": _key_of(request), "offers": [], "others": []}
    shown["autosave"] = (
        reverse("admin:articles_story_autosave", args=[story.pk])
        if story
        else reverse("admin:articles_story_autosave_new")
    )
    if story:
        shown["others"] = _others(story, request.user)
    if not getattr(request, "desk_offered", None) and not getattr(request, "desk_refused", ()):
        shown["offers"] = _offers(request, story)
    return [Panel("admin/articles/story/_writing.html", shown, place="top")]


def _key_of(request):
    """The key under which a new story's unsaved text is kept: the one its form was sent with, or a new one."""
    offered = getattr(request, "desk_offered", None)
    return (offered and offered.key) or _key(request.POST, "autosave_key") or new_file_key()


def _key(given, name):
    """What stands under `name` where the key of a new story's unsaved text belongs (text)."""
    return printable(given.get(name, ""))[:26]


def _others(story, user):
    return [_said(each) for each in presence.who_is_at(story) if each.user.pk != user.pk]


def _said(each):
    return {"state": each.state, "text": said(each), "holds": each.holds}


def _offers(request, story):
    """Unsaved texts that could be taken into this form, with what differs (list of dicts)."""
    kept = Autosave.objects.filter(user=request.user, story=story).order_by("-at")[:5]
    if not kept:
        return []
    stored = snapshot(story) if story else {}
    return [_offer(each, stored, request.user) for each in kept if not story or differs(each.typed, stored)]


def _offer(kept, stored, user):
    typed = {name: kept.typed[name][0] for name in TEXTS if kept.typed.get(name)}
    typed["body"] = clean_body(typed.get("body", ""))
    name = "admin:articles_story_autosave_drop" + ("" if kept.story_id else "_new")
    return {
        "at": kept.at,
        "title": typed.get("headline", ""),
        "take": f"?autosave={kept.key or 'take'}",
        "key": kept.key,
        "differences": compare({each: stored.get(each) for each in typed}, typed, user) if stored else [],
        "drop": reverse(name, args=[kept.story_id] if kept.story_id else []),
    }


def offered(request, story):
    """The unsaved text the address asks to take into the form (Autosave or None)."""
    key = _key(request.GET, "autosave")
    if request.method != "GET" or not key:
        return None
    return Autosave.objects.filter(user=request.user, story=story, key="" if story else key).first()


def as_if_sent(request, kept):
    """Makes the request one that sends the unsaved text, to be shown in the form and said no to: nothing is saved."""
    sent = QueryDict(mutable=True)
    for name, texts in kept.typed.items():
        sent.setlist(name, texts)
    if kept.story_id:
        sent["version_token"] = VersionField.sign(kept.story_id, kept.version)
    len(request.FILES)  # read while it is a GET: read later, an empty body would be put over what is set here
    request.method, request.POST, request.desk_offered = "POST", sent, kept
    sentence = _("This is your text of %(time)s. It is not saved yet: look it over and save it.")
    request.desk_refused = [sentence % {"time": desk_time(kept.at)}]


def typed_in(post):
    """What somebody typed into the story's form (dict: name to list of texts), without buttons and tokens."""
    return {name: post.getlist(name) for name in post if not name.startswith("_") and name != "csrfmiddlewaretoken"}


def keep_typed(request, story):
    """Keep a form that could not be saved, as the autosave of its writer."""
    _pk, version = VersionField().clean(request.POST.get("version_token"))
    autosaving.keep(request.user, typed=typed_in(request.POST), story=story, version=version)


def drop_typed(request, story):
    """What was typed is saved now: forget the autosave (of a new story: by the key its form carries)."""
    key = _key(request.POST, "autosave_key")
    if story or key:
        autosaving.drop(request.user, story=story, key="" if story else key)


# What the form's scripts ask


def session(request):
    """That the user is still signed in, with a token for forms that were opened before they signed in again."""
    return _answer({"token": get_token(request)})


def autosave(admin, request, pk=None):
    """Keep what is typed. Never a save: no revision, no log, no stage."""
    typed = typed_in(request.POST)
    if sum(len(text) for texts in typed.values() for text in texts) > MOST:
        return _answer({"error": _("This is too much text to keep. Save it in parts.")}, status=413)
    if pk is None:
        key = _key(request.POST, "autosave_key")
        if not can(request.user, "create") or not key:
            raise PermissionDenied
        autosaving.keep(request.user, typed=typed, key=key)
        return _kept()
    story = _theirs(admin, request, pk)
    try:
        seen, version = VersionField().clean(request.POST.get("version_token"))
    except ValidationError as error:
        return _answer({"error": " ".join(error.messages)}, status=400)
    if seen != story.pk:
        raise PermissionDenied
    autosaving.keep(request.user, typed=typed, story=story, version=version)
    return _kept()


def _kept():
    time = timezone.localtime().strftime("%H:%M:%S")
    return _answer({"said": _("Not saved yet; kept for you at %(time)s.") % {"time": time}})


def drop(admin, request, pk=None):
    """Forget unsaved text that is not wanted."""
    story = _theirs(admin, request, pk) if pk else None
    if not story and not can(request.user, "create"):
        raise PermissionDenied
    key = _key(request.POST, "drop_key")
    if story or key:
        autosaving.drop(request.user, story=story, key="" if story else key)
    messages.info(request, _("The unsaved text was thrown away."))
    return redirect(_form_of(story))


def beat(admin, request, pk):
    """The form's heartbeat: who else is there, and whether somebody saved since the form was opened."""
    story = _theirs(admin, request, pk)
    presence.beat(request.user, story, typed="typed" in request.POST, left="left" in request.POST)
    everybody = presence.who_is_at(story)
    others = [_said(each) for each in everybody if each.user.pk != request.user.pk]
    holds = any(each.holds for each in everybody if each.user.pk == request.user.pk)
    return _answer({"others": others, "holds": holds, "newer": _newer(request, story)})


def _newer(request, story):
    try:
        _pk, version = VersionField().clean(request.POST.get("version_token"))
    except ValidationError:
        return ""
    if version == story.version:
        return ""
    return _("Saved by somebody else at %(time)s. Write on: saving keeps what both of you changed.") % {
        "time": short_time(story.saved_at)
    }


def take_over(admin, request, pk):
    """Take the story over from whoever is writing it."""
    story = admin.get_or_deny(request, pk, lambda story: can(request.user, "take_over", story))
    try:
        holder = presence.take_over(story, by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(refused.reasons))
    else:
        messages.success(
            request, _("You have taken the story over from %(who)s, who is told.") % {"who": presence.name_of(holder)}
        )
    return redirect(_form_of(story))


def _theirs(admin, request, pk):
    may = lambda story: can(request.user, "write", story) or can(request.user, "tag", story)  # noqa: E731
    return admin.get_or_deny(request, pk, may)


def _form_of(story):
    return reverse("admin:articles_story_change", args=[story.pk]) if story else reverse("admin:articles_story_add")


def _answer(content, status=200):
    return JsonResponse(content, status=status, headers={"Cache-Control": "private, no-store"})


def embed(request):
    """What an address (`?address=`) shows from elsewhere (JSON): as a body names it, or 400 with a sentence."""
    if not (can(request.user, "create") or can(request.user, "write")):
        raise PermissionDenied
    found = embed_at(request.GET.get("address", ""))
    if not found:
        known = ", ".join(each.name for each in PROVIDERS.values() if each.name)
        error = _(
            "Nothing is known at this address. Possible are %(known)s, and https:// addresses of audio and video files."
        )
        return JsonResponse({"error": error % {"known": known}}, status=400)
    return JsonResponse({"embed": found.value, "page": found.page, "name": found.name})
