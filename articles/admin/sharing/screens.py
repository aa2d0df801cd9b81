"""Preview links for people outside: the panel beside the form, and the page that makes, lists and revokes them."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Min, Prefetch, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ...desk import sharing
from ...models import Note, PreviewLink, PreviewVisit
from ...press.timeline import Timeline
from ...rules.policy import can
from ...rules.readiness import desk_time
from ...rules.refusal import Refused
from ..fields import VersionField
from ..story.features import Panel

LISTED = 100
IN_PANEL = 3
RECENT = 8
MOST_SAID = 1000
WORKING, LIVE, COMING = "working", "live", "coming"


def urls(admin):
    """The pages of this part (list)."""
    view, revoke = admin.admin_site.admin_view, require_POST(partial(_revoke, admin))
    return [
        path("<int:pk>/sharing/", view(partial(_page, admin)), name="articles_story_sharing"),
        path("<int:pk>/sharing/<int:link>/revoke/", view(revoke), name="articles_story_unshare"),
    ]


def panels(request, story, line):
    """What this part shows on the form (list of Panel)."""
    if not story or not _may_look(request.user, story):
        return []
    links = _links(request.user, story).select_related("made_by")[: LISTED + 1]
    is_open = [link for link in links if state_of(link) == "open"]
    context = {"story": story, "open": is_open[:IN_PANEL], "count": len(is_open), "more": len(is_open) - IN_PANEL}
    context["may_share"] = can(request.user, "share", story)
    return [Panel("admin/articles/story/_sharing.html", context, place="end")]


def _may_look(user, story):
    """Those who may share the story, and whoever made a link while they could."""
    if can(user, "share", story):
        return True
    return can(user, "read", story) and PreviewLink.objects.filter(story=story, made_by=user).exists()


def _links(user, story):
    """The links this user may see, the newest first."""
    links = PreviewLink.objects.filter(story=story)
    if not can(user, "share", story):
        links = links.filter(made_by=user)
    return links.order_by("-made_at", "-pk")


def state_of(link):
    """Whether a link is "open", "revoked", "ended", or "silent": it shows nothing while its maker is not active."""
    if link.revoked_at:
        return "revoked"
    if link.ends_at <= timezone.now():
        return "ended"
    return "open" if link.made_by.is_active and link.made_by.is_staff else "silent"


class ShareForm(forms.Form):
    """Who gets to read what, for how long."""

    version_token = VersionField()
    name = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("A person, or a person at an office. They see this name, and answers come from it."),
    )
    text = forms.ChoiceField(label=gettext_lazy("Text"), widget=forms.RadioSelect, initial=WORKING)
    hours = forms.IntegerField(
        label=gettext_lazy("Ends after (hours)"),
        min_value=1,
        max_value=sharing.MOST_HOURS,
        initial=sharing.HOURS,
        help_text=gettext_lazy("72 hours are three days; at most 720, thirty days."),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"),
        required=False,
        min_length=sharing.SHORTEST_PASSPHRASE,
        max_length=sharing.LONGEST_PASSPHRASE,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Optional. Say it by telephone, not in the message with the link. It is not kept."),
    )
    asks_answer = forms.BooleanField(
        label=gettext_lazy("Ask to approve or comment"),
        required=False,
        help_text=gettext_lazy("The answer becomes a note on the story; you are told."),
    )

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = line
        self.initial["version_token"] = VersionField.token(line.story)
        self.fields["text"].choices = list(_texts(line))

    def edition(self):
        """The Edition that was chosen; None for the working copy."""
        return {LIVE: self.line.live, COMING: self.line.coming}.get(self.cleaned_data["text"])


def _texts(line):
    saved = desk_time(line.story.saved_at)
    yield WORKING, _("The working copy as it is saved now (%(time)s)") % {"time": saved}
    if line.live and not line.withdrawal:
        yield LIVE, _("What readers have since %(time)s") % {"time": desk_time(line.live.live_from)}
    if line.coming and not line.withdrawal:
        yield COMING, _("The edition scheduled for %(time)s") % {"time": desk_time(line.coming.live_from)}


def _page(admin, request, pk):
    """The links to a story; POST makes one more."""
    story = admin.get_or_deny(request, pk, lambda story: _may_look(request.user, story))
    may_share = can(request.user, "share", story)
    if request.method == "POST" and not may_share:
        raise PermissionDenied
    line = Timeline.read(story)
    form = ShareForm(request.POST if request.method == "POST" else None, line=line)
    reasons = list(_embargo_refusals(request.user, line))
    if request.method == "POST" and form.is_valid() and not reasons:
        link, reasons = _share(request, story, form)
        if link:
            messages.success(request, _("The link for %(name)s is made. Copy it below.") % {"name": link.name})
            return redirect("admin:articles_story_sharing", story.pk)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Preview links"),
        "story": story,
        "form": form if may_share else None,
        "reasons": reasons,
        "links": list(_shown(request.user, story, may_share)),
        "opts": admin.opts,
    }
    status = 409 if reasons and form.is_bound else 200
    return TemplateResponse(request, "admin/articles/story/sharing.html", context, status=status)


def _embargo_refusals(user, line):
    """A text under embargo leaves the house only through those who could also publish it."""
    embargo = line.story.embargo_until
    if embargo and embargo > line.now and not can(user, "publish", line.story):
        yield _("The story is under embargo until %(time)s; only those who may publish it can share it.") % {
            "time": desk_time(embargo)
        }


def _share(request, story, form):
    """The new link, and why there is none (list of text)."""
    given = form.cleaned_data
    pk, version = given["version_token"]
    if pk != story.pk:
        raise PermissionDenied
    wishes = {name: given[name] for name in ("name", "hours", "passphrase", "asks_answer")}
    try:
        link = sharing.share(story, by=request.user, edition=form.edition(), version=version, **wishes)
    except Refused as refused:
        return None, refused.reasons
    return link, []


def _shown(user, story, may_share):
    """Each link with its state, its address where this user may give it away, how it was read and answered."""
    opening = Q(visits__answer="")
    links = _links(user, story).annotate(
        first_opened=Min("visits__at", filter=opening), last_opened=Max("visits__at", filter=opening)
    )
    links = links.select_related("made_by", "revoked_by", "edition", "story").defer("story__body", "edition__body")
    of_each = PreviewVisit.objects.order_by("-at", "-pk")
    links = links.prefetch_related(
        Prefetch("visits", of_each.filter(answer="")[:RECENT], to_attr="recent"),
        Prefetch("visits", of_each.exclude(answer=""), to_attr="answers"),
    )[:LISTED]
    said = {
        (note.outsider, note.at): note for note in Note.objects.filter(story=story).exclude(outsider="")[:MOST_SAID]
    }
    for link in links:
        state = state_of(link)
        address = sharing.address_of(link) if state == "open" and may_share else ""
        notes = [said[link.name, each.at] for each in link.answers if (link.name, each.at) in said]
        yield {"link": link, "state": state, "address": address, "notes": notes}


def _revoke(admin, request, pk, link):
    """Takes a link back."""
    story = admin.get_or_deny(request, pk, lambda story: _may_look(request.user, story))
    found = _links(request.user, story).filter(pk=link).first()
    if not found:
        raise PermissionDenied
    try:
        sharing.unshare(found, by=request.user)
        messages.success(request, _("The link for %(name)s is revoked.") % {"name": found.name})
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    return redirect("admin:articles_story_sharing", story.pk)
