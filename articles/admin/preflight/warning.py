"""What somebody is told who moved an edition to a day its words do not fit."""

from django.contrib import messages

from ...rules.preflight import made_wrong


def warn_of_moving(request, edition, *, was):
    """Say what of the printed text is wrong now that the edition does not go out at `was` (aware datetime)."""
    for remark in made_wrong(edition, was=was, at=edition.live_from):
        messages.warning(request, remark.sentence)
