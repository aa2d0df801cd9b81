"""Stories: lists of them and one alone, as our JSON and as ninjs."""

import re
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404
from django.utils import translation
from ninja import Query, Router

from ..models import Edition, Withdrawal
from ..templatetags.newspaper import absolute, iso
from ..text.ids import PUBLIC_ID
from ..views.pictures import hang
from ..views.policies import policy_urls_of_all
from ..views.shell import moment
from . import answers, ninjs
from .asking import Renditions, WantedItems, WantedStories, WantedStory, names_in
from .finding import find, sections_by_path
from .refusing import Refusal, write
from .telling import BODIES, LARGE, LISTED, TOLD, Around, tell

router = Router()
_PROBLEMS = {304: None, 400: answers.Problem, 405: answers.Problem, 414: answers.Problem}
_BODY_FIELDS = BODIES["both"]


def problems(*more):
    """What else an operation answers with (dict), by status: what all do, and 404 or 410 where `more` names it."""
    return _PROBLEMS | {status: answers.Withdrawn if status == 410 else answers.Problem for status in more}


def paged(request, data, cursor, *, language=None):
    """A page of a list as a response: `data` (dict) and the address of the next page, in the body and as a link."""
    following = None
    if cursor:
        asked = {name: value for name, value in request.GET.items() if name != "before"}
        following = absolute(f"{request.path}?{urlencode(asked | {'before': cursor})}")
    response = write(data | {"next": following})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return in_language(response, language)


def in_language(response, language):
    """The response, saying that all of it is in one `language` (code, or None)."""
    if language:
        response["Content-Language"] = str(language)
    return response


@router.get(
    "/stories/", response={200: answers.StoryList} | problems(), summary="Stories, newest first", tags=["Stories"]
)
def stories(request, asked: Query[WantedStories]):
    """Live stories by first publication, newest first, that fit every filter.

    A page may hold fewer stories than its limit, or none, and still have a next one: go on until `next` is null.
    """
    names = _names(asked, default=set(LISTED) - LARGE)
    around = Around(sections_by_path(), few=asked.renditions == Renditions.few)
    found = find(asked, moment(request), sections=around.sections, whole=bool(names & LARGE))
    told = [tell(edition, names, around) for edition in found.editions]
    return paged(request, {"stories": told}, found.cursor, language=asked.language)


@router.get("/ninjs/", response={200: answers.NinjsList} | problems(), summary="Stories as ninjs", tags=["ninjs 3.1"])
def ninjs_list(request, asked: Query[WantedItems]):
    """The same lists as `/stories/`, each story as an item of ninjs 3.1; without `body`, partial ones."""
    found = find(asked, moment(request), sections=sections_by_path() if asked.section else {}, whole=True)
    kinds, bodies = ninjs.kinds_of_topics(found.editions), asked.bodies or set()
    about = {"bodies": bodies, "kinds": kinds, "policies": policy_urls_of_all(), "few": not bodies}
    items = [ninjs.item(edition, **about) for edition in found.editions]
    return paged(request, {"items": items}, found.cursor, language=asked.language)


@router.get(
    "/stories/{public_id}/",
    response={200: answers.Story} | problems(404, 410),
    summary="One story",
    tags=["Stories"],
)
def story(request, public_id: str, asked: Query[WantedStory]):
    """A live story with everything there is to it; 410 with the reason where it was withdrawn."""
    at = moment(request)
    edition = _live(public_id, at) or _gone(public_id, at)
    names = _names(asked, default=set(TOLD) - _BODY_FIELDS, bodies=_BODY_FIELDS)
    around = Around(sections_by_path(), few=asked.renditions == Renditions.few)
    if names & {"related", "translations"}:
        around.related, around.translations = _beside(edition, at)
    return in_language(write(tell(edition, names, around)), edition.language)


@router.get(
    "/stories/{public_id}/ninjs/",
    response={200: answers.NinjsItem} | problems(404) | {410: answers.NinjsItem},
    summary="One story as ninjs",
    tags=["ninjs 3.1"],
)
def story_ninjs(request, public_id: str):
    """A live story as an item of ninjs 3.1; 410 with an item whose `pubStatus` is `canceled` where it was withdrawn."""
    at = moment(request)
    edition = _live(public_id, at)
    if not edition:
        withdrawal = _withdrawal(public_id, at)
        return in_language(write(ninjs.cancelled(withdrawal), status=HTTPStatus.GONE), withdrawal.language)
    about = {"kinds": ninjs.kinds_of_topics([edition]), "policies": policy_urls_of_all()}
    told = ninjs.item(edition, bodies=_BODY_FIELDS, **about)
    return in_language(write(told), edition.language)


def _names(asked, *, default, bodies=frozenset()):
    """The fields to tell (set): those named or the default, and the bodies asked for."""
    named = names_in(asked.fields)
    if asked.bodies is not None:
        bodies = asked.bodies
    elif named is not None:
        bodies = set()
    return (default if named is None else named) | bodies


def _live(public_id, at):
    if not re.fullmatch(PUBLIC_ID, public_id):
        raise Http404
    found = Edition.objects.live(at).for_page(at).filter(public_id=public_id).first()
    return hang([found], at)[0] if found else None


def _withdrawal(public_id, at):
    found = Withdrawal.objects.in_force(at).filter(public_id=public_id).first()
    if not found:
        raise Http404
    return found


def _gone(public_id, at):
    """Raises Refusal with what readers are told of a withdrawn story, Http404 where there is none."""
    withdrawal = _withdrawal(public_id, at)
    with translation.override(withdrawal.language):
        reason_text = withdrawal.get_reason_display()
    told = {"id": public_id, "reason": withdrawal.reason, "reason_text": reason_text, "notice": withdrawal.notice}
    told["withdrawn_at"] = iso(withdrawal.withdrawn_at)
    raise Refusal("This story has been withdrawn.", status=HTTPStatus.GONE, more=told)


def _beside(edition, at):
    """The live stories an editor put beside this one, in their order, and its translations (two lists); one query."""
    live = Edition.objects.live(at).order_by()
    chosen = live.filter(public_id__in=edition.related).values("pk")
    same = live.filter(translation_key=edition.translation_key).values("pk")
    # One union of keys: told "or" instead, PostgreSQL reads the whole table.
    found = live.filter(pk__in=chosen.union(same)).exclude(public_id=edition.public_id).select_related("section")
    others = {each.public_id: each for each in found.only(*_BRIEF)}
    related = [others[public_id] for public_id in edition.related if public_id in others]
    translations = [each for each in others.values() if each.translation_key == edition.translation_key]
    return related, sorted(translations, key=lambda each: each.language)


_BRIEF = ("public_id", "headline", "language", "slug", "translation_key", "section__path")
