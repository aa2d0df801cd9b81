"""The search: its page, what it suggests while one types, and its description for browsers."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from ..models import Edition
from ..search import LONGEST, MOST, Question, Unanswerable, read, the_index
from ..templatetags.newspaper import absolute
from ..text.highlighting import has_any, passage, pieces
from ..text.tokens import plain, wanted
from .pictures import hang
from .search_facets import Choices
from .search_filters import Filters
from .shell import Shell, moment, show, with_constant_lifetime

SIZE = 20


@require_safe
def search(request):
    """Live editions that answer `?q=`, twenty a page, with filters; 400 with a sentence for what is not asked."""
    shell = Shell()
    with translation.override(shell.language):
        try:
            filters = Filters.read(request.GET, shell, moment(request))
        except Unanswerable as refusal:
            return show(request, "site/search.html", {"refusal": str(refusal)}, shell=shell, status=400)
        context = {"filters": filters}
        if not filters.question.is_empty:
            context |= _answer(filters, shell, moment(request))
        elif filters.page > 1:
            raise Http404
        return show(request, "site/search.html", context, shell=shell)


def _answer(filters, shell, at):
    """What the page of results prints (dict). Raises Http404 for a page beyond the last."""
    index, question = the_index(), filters.question
    found = index.find(question, at=at)
    if not found.keys:
        if filters.page > 1:
            raise Http404
        return {"found": found, "bound": _bound(found), "meant": _meant(filters, at), "tries": _tries(filters, at)}
    start = (filters.page - 1) * SIZE
    keys = found.keys[start : start + SIZE]
    if not keys:
        raise Http404
    return {
        "found": found,
        "said": _said(found),
        "bound": _bound(found),
        "hits": _hits(keys, question, at),
        "facets": Choices(filters, found, shell).facets(at),
        "earlier": filters.query(page=filters.page - 1) if filters.page > 1 else "",
        "later": filters.query(page=filters.page + 1) if len(found.keys) > start + SIZE else "",
        "last_page": -(-len(found.keys) // SIZE),
    }


def _said(found):
    """How many were found (text)."""
    if found.more:
        return gettext("More than %(most)s stories. Counted and sorted are the newest %(most)s.") % {
            "most": _number(min(len(found.keys), MOST))
        }
    number = len(found.keys)
    return ngettext("%(number)s story", "%(number)s stories", number) % {"number": _number(number)}


def _bound(found):
    """That a phrase was not looked for everywhere, and how to look further (text); or nothing."""
    if not found.compared:
        return ""
    said = gettext(
        "Words side by side were looked for in the newest %(most)s stories that have all of them. "
        "Limit the search to an earlier time to find older ones."
    )
    return said % {"most": _number(found.compared)}


def _number(number):
    return f"{number:,}".replace(",", "." if get_language() == "de" else ",")


@dataclass(frozen=True)
class Hit:
    """An edition among the results, its headline and its best passage in pieces (see text/highlighting.py)."""

    edition: Edition
    headline: list
    passage: list


def _hits(keys, question, at):
    """The editions (list of Hit) with these keys, in their order, as far as they are live."""
    live = {each.pk: each for each in hang(Edition.objects.live(at).for_feed(at).filter(pk__in=keys), at)}
    sought = {each for word in question.sought for each in wanted(word)}
    return [_hit(live[key], sought) for key in keys if key in live]


def _hit(edition, sought):
    language = edition.language
    best = edition.dek or edition.lede
    if not has_any(best, sought, language):
        best = passage(plain(edition.body), sought, language) or best
    return Hit(edition, pieces(edition.headline, sought, language), pieces(best, sought, language))


def _meant(filters, at):
    """What was probably meant: text and address (tuple), or nothing."""
    meant = the_index().correct(filters.question, at=at)
    return (meant, filters.bare_query(meant)) if meant else ()


def _tries(filters, at):
    """What else to try where nothing was found: texts with addresses (list of pairs)."""
    question = filters.question
    tries = []
    if filters.chosen:
        tries.append((gettext("the same words without filters"), question.typed))
    if question.phrases:
        tries.append((gettext("the words without quotation marks"), " ".join(question.sought)))
    if len(question.sought) > 1:
        tries += [(gettext("only “%(word)s”") % {"word": word}, word) for word in question.sought[:4]]
    index = the_index()
    return [(text, filters.bare_query(typed)) for text, typed in tries if index.has(Question(**read(typed)), at=at)]


@require_safe
def suggest(request):
    """Completions of `?q=` as OpenSearch has them (JSON): what was typed, the texts, and what each is."""
    typed = request.GET.get("q", "")
    if len(typed) > LONGEST or len(request.GET.getlist("q")) > 1:
        return with_constant_lifetime(JsonResponse(["", [], []], safe=False, status=400))
    shown = the_index().suggest(typed, at=moment(request))
    with translation.override(settings.LANGUAGE_CODE):
        labels = {"word": "", "topic": gettext("Topic"), "person": gettext("Person")}
        answer = [typed, [each.text for each in shown], [labels[each.kind] for each in shown]]
    response = JsonResponse(answer, safe=False, content_type="application/x-suggestions+json; charset=utf-8")
    return with_constant_lifetime(response)


@require_safe
def opensearch(request):
    """The description (OpenSearch 1.1) by which a browser can search here from its own address bar."""
    names = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "language": settings.LANGUAGE_CODE}
    names["icon"] = absolute(static("site/logo.png"))
    text = render_to_string("site/opensearch.xml", names)
    return with_constant_lifetime(
        HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")
    )
