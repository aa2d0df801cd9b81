"""Old addresses: where what they named stands now, in one step, and only where readers can see it."""

from urllib.parse import quote, unquote, urlsplit

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse

from ..models import (
    Contributor,
    Edition,
    EditionContributor,
    EditionTopic,
    FormerSectionPath,
    Redirect,
    Section,
    Topic,
)
from ..text.addresses import is_door
from ..vocabulary import RedirectAnswer
from .paging import read_cursor
from .shell import Shell, moment, show, with_constant_lifetime


def lead_on(request, name, *args):
    """301 to the page `name` (of newsroom/urls.py), at the reader's place in its list. Raises Http404 for no place."""
    before = request.GET.get("before", "")
    if before or "before" in request.GET:
        read_cursor(before)  # nothing of a request but what we wrote ourselves goes into an answer
    address = reverse(name, args=args) + (f"?before={before}" if before else "")
    return with_constant_lifetime(HttpResponsePermanentRedirect(address))


def section_once_at(path):
    """The section that was at a path (text). Raises Http404 where none was."""
    here = FormerSectionPath.objects.thing_at(path)
    if not here:
        raise Http404
    return here


def by_hand(request):
    """What the table of redirects answers to a request that nothing else answered: 301, 410, or None."""
    at, path = moment(request), request.path_info
    if is_door(path):
        return None
    row = Redirect.objects.for_path(path)
    if not row:
        return _without_its_slash(path, at)
    if row.answer == RedirectAnswer.GONE:
        return show(request, "site/gone.html", {}, shell=Shell(), status=410)
    target = _present(row.target, at) if row.target_path else row.target
    return target and with_constant_lifetime(HttpResponsePermanentRedirect(target))


def _without_its_slash(path, at):
    """A former address typed without the slash at its end, in one step; whatever is there with it, Django leads to."""
    if path.endswith("/") or path.startswith("//") or not _page(f"{path}/"):
        return None
    now = present_address(f"{path}/", at)
    if not now or unquote(now) == f"{get_script_prefix()}{path[1:]}/":
        return None
    return with_constant_lifetime(HttpResponsePermanentRedirect(now))


def _present(target, at):
    parts = urlsplit(target)
    now = present_address(unquote(parts.path), at)
    return now and parts._replace(path=now).geturl()


def present_address(path, at):
    """Where the page that a path of ours (text) means, or once meant, stands for readers `at` a moment; "" for none.

    In at most four queries.
    """
    page = _page(path)
    if not page:
        return ""
    find = _FINDERS.get(page.url_name)
    if not find:
        return get_script_prefix().rstrip("/") + quote(path, safe="/-._~!$&'()*+,;=:@")
    args = find(at, **{name: value for name, value in page.kwargs.items() if name != "name"})
    feed = [page.kwargs["name"]] if "name" in page.kwargs else []
    return reverse(page.url_name, args=[*args, *feed]) if args else ""


def _page(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def _section(_at, section_path):
    here = Section.objects.filter(path=section_path).first() or FormerSectionPath.objects.thing_at(section_path)
    return here and [here.path]


def _topic(at, slug):
    here = Topic.objects.at_address(slug)
    return [here.slug] if here and EditionTopic.objects.live(at).filter(topic=here).exists() else None


def _contributor(at, slug):
    here = Contributor.objects.at_address(slug)
    return [here.slug] if here and EditionContributor.objects.live(at).filter(contributor=here).exists() else None


def _story(at, public_id, **_rest):
    here = Edition.objects.live(at).for_link().filter(public_id=public_id).first()
    return here and [here.section.path, here.slug, here.public_id]


_FINDERS = {
    "section": _section,
    "section_feed": _section,
    "topic": _topic,
    "topic_feed": _topic,
    "contributor": _contributor,
    "contributor_feed": _contributor,
    "story": _story,
}
