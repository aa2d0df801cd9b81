"""Show me the site at …: staff pick a moment, past or future, and browse the public site as it stands then.

`/admin/at/20270328T043000Z/<any public path>` calls the very view readers would get, told another moment. The
prefix is Django's script prefix while it runs, so every link and picture of the page stays inside it; nothing of
it outlives the request. Names of sections, topics and people, and standing pages, have no history: they are
shown as they are now.
"""

import re
from copy import copy
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ...rules.readiness import desk_time
from ...text.html import printable
from ...views.missing import not_found
from ..fields import WallTimeField

# Readers' pages, feeds, sitemaps and pictures, by the names they have in newsroom/urls.py: what differs with time.
READERS_PAGES = {
    *("home", "latest", "corrections", "archive", "page", "topic", "contributor", "story", "story_print", "section"),
    *("archive_years", "archive_year", "archive_month", "live"),
    *("corrections_feed", "story_changes", "reply", "replies", "policies"),
    *("site_feed", "language_feed", "topic_feed", "contributor_feed", "section_feed"),
    *("sitemap_index", "sitemap", "news_sitemap", "picture", "search", "search_suggest", "opensearch"),
}
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
STAMP = "%Y%m%dT%H%M%SZ"


def address(moment, path="/"):
    """Where staff see `path` (text, a public path) as it stands at `moment` (aware datetime, to the second)."""
    when = moment.astimezone(UTC).strftime(STAMP)
    return reverse("site_at", args=[when, path.removeprefix("/")])


def may_see(user, moment):
    """Whether `user` (staff) may see the site at `moment` (aware datetime): the past; ahead with the right to."""
    return moment <= timezone.now() or user.has_perm("articles.see_site_ahead")


@require_safe
def site_at(request, when, path):
    """A public page as readers got it, or will get it, at the moment `when` names (UTC)."""
    moment = _read(when)
    if not may_see(request.user, moment):
        raise PermissionDenied(_("Your role sees the site as it was, not as it will be."))
    response = _as_reader(request, moment, when, f"/{path}")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response.headers.pop("Last-Modified", None)
    response.headers.pop("ETag", None)  # the address is of that moment, what it shows may change until then
    return response


def _read(when):
    try:
        moment = datetime.strptime(when, STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise Http404 from error
    if not FIRST <= moment < LAST:
        raise Http404
    return moment


def _as_reader(request, moment, when, path):
    """The response of the public view for `path`; the request it gets is a copy, and knows nobody."""
    asked = copy(request)
    asked.moment, asked.path_info, asked.user = moment, path, AnonymousUser()
    other = reverse("admin:articles_story_at")
    asked.elsewhen = {
        "time": desk_time(moment),
        "leave": quote(f"{get_script_prefix().rstrip('/')}{path}"),
        "other": f"{other}?at={when}&path={quote(path)}",
    }
    before = get_script_prefix()
    set_script_prefix(reverse("site_at", args=[when, ""]))
    try:
        return _answer(asked, path)
    except Http404 as error:
        return not_found(asked, error)
    finally:
        set_script_prefix(before)


def _answer(asked, path):
    try:
        match = resolve(path)
    except Resolver404:
        if path.endswith("/") or not _is_for_readers(f"{path}/"):
            raise
        query = asked.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(quote(f"{asked.path}/") + (f"?{query}" if query else ""))
    if match.namespaces or match.url_name not in READERS_PAGES:
        raise Http404
    asked.resolver_match = match
    return match.func(asked, *match.args, **match.kwargs)


def _is_for_readers(path):
    try:
        return resolve(path).url_name in READERS_PAGES
    except Resolver404:
        return False


class MomentForm(forms.Form):
    """Which moment, and where to begin."""

    at = WallTimeField(label=gettext_lazy("The site as it stands on"))
    path = forms.CharField(
        label=gettext_lazy("Page"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("A public address, pasted whole or from its first slash. Empty: the front page."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_at(self):
        """The moment. Raises ValidationError for one out of reach, or ahead of who may see that."""
        at = self.cleaned_data["at"]
        if not FIRST <= at < LAST:
            raise forms.ValidationError(_("Choose a moment between 1990 and 2199."))
        if not may_see(self.user, at):
            raise forms.ValidationError(
                _("Your role sees the site as it was, not as it will be. Choose a past moment.")
            )
        return at

    def clean_path(self):
        """The path alone, of whatever address was pasted; never another host."""
        try:
            path = urlsplit(printable(self.cleaned_data["path"]).strip()).path
        except ValueError as error:
            raise forms.ValidationError(_("This is no address of the site.")) from error
        path = re.sub(r"^/admin/at/\w+(?=/)", "", path)
        return "/" + path.lstrip("/")


def moment_page(model_admin, request):
    """Where one picks the moment; `?at=` may be a stamp of an address, then the form starts from it."""
    asked = request.GET.dict()
    stamp = asked.get("at", "")
    if re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", stamp):
        asked, initial = {}, {"at": _read(stamp), "path": asked.get("path", "/")}
    else:
        initial = {"at": timezone.now().replace(microsecond=0), "path": "/"}
    form = MomentForm(asked if "at" in asked else None, initial=initial, user=request.user)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(address(form.cleaned_data["at"], form.cleaned_data["path"]))
    context = model_admin.admin_site.each_context(request) | {
        "title": _("The site at another moment"),
        "form": form,
        "sees_ahead": request.user.has_perm("articles.see_site_ahead"),
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/articles/calendar/site_at.html", context)


# For newsroom/urls.py: everything staff-only passes the admin's own door.
view = admin.site.admin_view(site_at, cacheable=True)
