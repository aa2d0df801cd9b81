"""Which stories wait for somebody's check."""

from django.db.models import Exists, OuterRef

from ..models import Section, Story, StoryCheck
from ..rules.policy import can, scoped
from ..vocabulary import CheckKind, CheckState, Stage


def awaiting_check(user):
    """Stories (QuerySet) with a check that `user` could do now: asked for and open, or required and submitted.

    Read from the index of open checks and that of submitted stories, so that it costs the same on any archive.
    """
    kinds = [kind for kind in CheckKind if can(user, f"check_{kind}")]
    keys = [part.order_by().values("pk") for kind in kinds for part in _parts(user, kind)]
    return Story.objects.filter(pk__in=keys[0].union(*keys[1:])) if keys else Story.objects.none()


def _parts(user, kind):
    checks = StoryCheck.objects.filter(kind=kind)
    asked = checks.filter(state=CheckState.OPEN).exclude(story__stage=Stage.SPIKED).values("story")
    yield scoped(user, f"check_{kind}", Story.objects.filter(pk__in=asked))
    sections = [each for each in Section.objects.exclude(required_checks=[]) if kind in each.required_checks]
    if sections:
        inside = Story.objects.filter(stage=Stage.SUBMITTED, section__in=Section.objects.under(*sections))
        untouched = inside.exclude(Exists(checks.filter(story=OuterRef("pk"))))
        yield scoped(user, f"check_{kind}", untouched)
