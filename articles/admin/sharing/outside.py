"""What somebody outside sees at a preview link: a plain page with a button, then the one text it was made for.

It belongs to the desk's faces and not to readers' views: it reads a story's revision, which those must never be
able to. It answers people who have no account. Nothing here looks at a session or sets a cookie: who may read
is decided by the address alone, which nobody can guess, and by the passphrase where there is one.
"""

from functools import wraps

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.http.request import UnreadablePostError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ...desk import visiting
from ...desk.sharing import find, text_of
from ...models import Picture, RenditionSet
from ...press.picturing import printed_pictures
from ...rules.pictures import ever_printable
from ...rules.refusal import Refused
from ...views.media import rendition_response
from ...views.pictures import hang_all
from ...views.shell import Shell, show
from ...views.standing import bad_request

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is the key: no link out of the text may tell it
}
POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}


def sealed(*methods):
    """Makes a view answer only `methods`, and everything it answers private: kept, indexed and passed on by nobody.

    Django's check against forged posts is off: it needs a cookie, and none is used here. A forged post would have
    to know the address, and whoever knows it may post.
    """

    def seal(view):
        @csrf_exempt
        @wraps(view)
        def answer(request, *args, **kwargs):
            if request.method not in methods:
                response = HttpResponseNotAllowed(methods)
            else:
                response = _answered(view, request, *args, **kwargs)
            for name, value in HEADERS.items():
                response[name] = value
            response._csp_config = POLICY
            return response

        return answer

    return seal


def _answered(view, request, *args, **kwargs):
    try:
        request.POST  # noqa: B018 (reads the body, which may be anything)
        return view(request, *args, **kwargs)
    except (SuspiciousOperation, BadRequest, UnreadablePostError) as error:
        return bad_request(request, error)


@sealed("GET", "HEAD", "POST")
def preview(request, token):
    """The page of a link. GET shows no text and counts nothing: programs that look at links do no more than that."""
    link = find(token)
    if not link:
        return _nothing(request)
    with translation.override((link.edition or link.story).language):
        if request.method != "POST":
            return _door(request, link)
        if request.POST.get("do") == "answer":
            return _answer(request, link)
        return _open(request, link)


def _nothing(request):
    """The same page for what ended, was revoked, forged or never was."""
    return show(request, "desk/preview/nothing.html", {}, shell=Shell(), status=404)


def _door(request, link, *, reasons=(), status=200):
    context = {"link": link, "reasons": reasons, "typed": _typed(request)}
    language = (link.edition or link.story).language
    return show(request, "desk/preview/door.html", context, shell=Shell(language=language), status=status)


def _typed(request):
    """What somebody wrote on a page that was open for too long: it is carried through the door."""
    return {name: request.POST.get(name, "") for name in ("says", "text")}


def _open(request, link):
    try:
        if link.passphrase and not visiting.passphrase_fits(link, request.POST.get("passphrase", "")):
            return _door(request, link, reasons=[_("The passphrase is wrong.")], status=403)
        if not visiting.opened(link, user_agent=request.headers.get("User-Agent", "")):
            return _nothing(request)
    except Refused as refused:
        return _door(request, link, reasons=refused.reasons, status=429)
    return _text(request, link, typed=_typed(request))


def _answer(request, link):
    seen = visiting.seen_by_ticket(request.POST.get("ticket", ""))
    if link.passphrase and seen != link:
        said = _("This page was open for too long, so nothing was sent. Open it again: your text is kept.")
        return _door(request, link, reasons=[said], status=403)
    typed = _typed(request)
    try:
        agent = request.headers.get("User-Agent", "")
        if not visiting.answer(link, says=typed["says"], text=typed["text"], user_agent=agent):
            return _nothing(request)
    except Refused as refused:
        return _text(request, link, typed=typed, reasons=refused.reasons, status=400)
    return _text(request, link, thanks=True)


def _text(request, link, *, typed=None, reasons=(), thanks=False, status=200):
    """The readers' own page of a story, with a bar, without anything around it that readers do not have yet."""
    edition = text_of(link)
    ticket = visiting.ticket_of(link)
    may, printed = _may_be_shown(edition), printed_pictures(edition)
    shown = [each | {"ticket": ticket} for each in printed if each["id"] in may]
    edition.picture = next((each for each in shown if not each["number"]), None)
    edition.pictures = [each for each in shown if each["number"]]
    hang_all(edition)
    edition.topics = []  # their pages may not be there yet
    shell = Shell(language=edition.language)
    shell.section = shell.by_path[edition.section.path]
    context = {"edition": edition, "box": [], "translations": [], "section": shell.section}
    context |= {"link": link, "ticket": ticket, "typed": typed, "reasons": reasons, "thanks": thanks}
    context |= {"most": visiting.LONGEST_ANSWER, "embargo": _embargo(link, edition)}
    return show(request, "desk/preview/story.html", context, shell=shell, status=status)


def _embargo(link, edition):
    """The later of the embargo the text was written under and the story's today (aware datetime or None)."""
    return max(filter(None, [edition.embargo_until, link.story.embargo_until]), default=None)


def _may_be_shown(edition):
    """The keys (set) of its pictures that people outside may see: not those whose rights are over, or none."""
    pictures = Picture.objects.filter(pk__in={each["id"] for each in printed_pictures(edition)})
    return {picture.pk for picture in pictures if ever_printable(picture, timezone.now())}


@sealed("GET", "HEAD")
def picture(request, ticket, key, name):
    """A file of a picture of a text somebody has open; it need not be public, and may be cropped otherwise since."""
    link = visiting.seen_by_ticket(ticket)
    may = _may_be_shown(text_of(link)) if link else ()
    if not RenditionSet.objects.filter(key=key, picture__in=may).exists():
        return HttpResponse(status=404)
    try:
        return rendition_response(key, name)
    except Http404:
        return HttpResponse(status=404)
