"""The demo's front page, launched by the desk's and the press's own verbs: every kind of container once."""

from django.conf import settings

from .. import press
from ..desk import fronts
from ..models import Edition, Front, Section, layout
from ..vocabulary import ContainerKind, Kind


def launch_front(by):
    """Launch the front page, if nobody has: the newest live blog leads, below it what a newspaper's page has."""
    front = Front.objects.of(None)
    if front.version:
        return
    press.launch(fronts.begin(front, containers=tuple(_containers())), by=by)


def _containers():
    lead = layout.container("lead", ContainerKind.LEAD)
    ticker = Edition.objects.live().filter(kind=Kind.LIVE, language=settings.LANGUAGE_CODE).newest_first().first()
    yield lead.with_slot(0, layout.Slot(ticker.public_id)) if ticker else lead
    yield layout.container("more", ContainerKind.SECONDARY)
    yield layout.container("newest", ContainerKind.RIVER)
    for number, section in enumerate(Section.objects.top_level()):
        yield layout.container(f"section{section.pk}", ContainerKind.STRIP, section=section.pk)
        if number == 0:
            yield layout.container("opinion", ContainerKind.OPINION, places=3)
    yield layout.container("known", ContainerKind.WORTH_KNOWING, places=3)
    yield layout.container("read", ContainerKind.MOST_READ)
