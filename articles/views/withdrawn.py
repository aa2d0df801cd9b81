"""What stands at the address of a story that was taken down."""

from django.http import Http404

from ..models import Edition, Withdrawal
from .replies import replies_to
from .shell import Shell, moment, show


def withdrawn(request, public_id):
    """The 410 page of the story with that public id: what happened, and where else to go. Raises Http404 for others.

    Nothing of the story itself is said, not even its headline: the law may be why it is gone.
    """
    at = moment(request)
    withdrawal = Withdrawal.objects.in_force(at).filter(public_id=public_id).first()
    if not withdrawal:
        raise Http404
    shell = Shell(language=withdrawal.language)
    last = Edition.objects.had(at).filter(public_id=public_id).order_by("-live_from").for_link().first()
    shell.section = shell.by_path.get(last.section.path) if last else None
    context = {"withdrawal": withdrawal, "section": shell.section, "replies": replies_to(withdrawal, at)}
    return show(request, "site/410.html", context, shell=shell, status=410)
