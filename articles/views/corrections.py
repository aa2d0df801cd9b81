"""What stories got wrong: the list of corrections, whole or of one kind."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.views.decorators.http import require_safe

from ..models import Correction, Edition, Reply
from ..vocabulary import CorrectionKind
from .paging import page
from .shell import Shell, moment, show

REPLIES = 5


@require_safe
def corrections(request):
    """Corrections, newest first, as long as readers can read the story; `?kind=` (CorrectionKind) chooses some."""
    at, kind = moment(request), request.GET.get("kind", "")
    if "kind" in request.GET and kind not in CorrectionKind.values:
        raise Http404
    rows = readable_corrections(at)
    rows, older = page(request, rows.filter(kind=kind) if kind else rows)
    whole = not kind and "before" not in request.GET
    replies = list(Reply.objects.live(at).newest_first()[: REPLIES + 1]) if whole else []
    context = {
        "corrections": with_stories(rows, at),
        "older": older,
        "kind": kind,
        "kinds": CorrectionKind,
        "replies": replies[:REPLIES],
        "more_replies": len(replies) > REPLIES,
    }
    return show(request, "site/corrections.html", context, shell=Shell())


def readable_corrections(at):
    """Corrections (QuerySet) readers have seen by `at` (aware datetime), of stories they can read then."""
    readable = Exists(Edition.objects.live(at).filter(public_id=OuterRef("story_public_id")))
    return Correction.objects.shown(at).filter(readable)


def with_stories(corrections, at):
    """Each correction with the edition readers have of its story `at` a moment (list of pairs)."""
    found = Edition.objects.live(at).for_link().filter(public_id__in={row.story_public_id for row in corrections})
    stories = {each.public_id: each for each in found}
    return [(row, stories[row.story_public_id]) for row in corrections if row.story_public_id in stories]
