"""The right of reply, for readers: each reply's own page, all of them in a list, those to one story."""

from django.http import Http404
from django.views.decorators.http import require_safe

from ..models import Edition, Reply
from .paging import page
from .shell import Shell, moment, show


@require_safe
def reply(request, public_id):
    """A reply, word for word, as long as it lasts: whether or not the story it answers is still there."""
    at = moment(request)
    here = Reply.objects.live(at).filter(public_id=public_id).first()
    if not here:
        raise Http404
    answered = Edition.objects.live(at).for_link().filter(public_id=here.story_public_id).first()
    shell = Shell(language=here.language)
    shell.section = shell.by_path.get(answered.section.path) if answered else None
    return show(request, "site/reply.html", {"reply": here, "answered": answered}, shell=shell)


@require_safe
def replies(request):
    """All replies readers have, newest first."""
    rows, older = page(request, Reply.objects.live(moment(request)))
    return show(request, "site/replies.html", {"replies": rows, "older": older}, shell=Shell())


def replies_to(told, at):
    """The replies readers have `at` a moment to an edition or a withdrawal (list), the newest first.

    An edition read `for_page` knows whether there are any; then nothing is asked where there are none.
    """
    if not getattr(told, "has_replies", True) or not told.pk:
        return []
    return list(Reply.objects.live(at).answering(told.public_id).newest_first())
