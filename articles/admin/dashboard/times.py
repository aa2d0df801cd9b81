"""What the clock brings: what goes out, ends or is late, what was corrected, what went out without topics."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from ...models import Correction, Edition
from ...rules.policy import scoped
from ...rules.readiness import name_of
from ...text.html import shorten
from ...vocabulary import Stage
from .row import light, of_stories, story_list, story_row

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def scheduled(user, now, most):
    """Editions that begin within 24 hours, the next first."""
    coming = Edition.objects.starting(now + timedelta(microseconds=1), now + DAY).defer("body", "related")
    found = of_stories(user, "read", coming).select_related("printed_by").order_by("live_from", "pk")[:most]
    return {
        "title": _("Going out in the next 24 hours"),
        "rows": [_scheduled_row(edition) for edition in found],
        "url": reverse("admin:articles_story_outgoing"),
        "empty": _("Nothing is scheduled until this time tomorrow."),
    }


def _scheduled_row(edition):
    story = edition.story
    row = story_row(story, _("by %(who)s") % {"who": name_of(edition.printed_by)}, time=edition.live_from)
    row.title = edition.headline
    if edition.story_version != story.version:
        row.badges = [("badge-changed", _("printed from an older text"))]
    return row


def overdue(user, now, most):
    """Stories that should have been ready and of which nothing is printed, the latest first."""
    found = light(scoped(user, "read").overdue(now)).select_related("assignee").order_by("-due_at", "-pk")[:most]
    return {
        "title": _("Overdue"),
        "rows": [
            story_row(story, name_of(story.assignee) if story.assignee else "", time=story.due_at, stage=True)
            for story in found
        ],
        "url": story_list(due="late"),
        "empty": _("Everything is in time."),
    }


def ending(user, now, most):
    """Stories whose embargo or whose time with readers ends within 24 hours, the next first."""
    stories = scoped(user, "read").exclude(stage=Stage.SPIKED)
    columns = {"embargo_until": _("embargo ends"), "ends_at": _("ends for readers")}
    found = []
    for name, words in columns.items():
        soon = light(stories.filter(**{f"{name}__gt": now, f"{name}__lte": now + DAY})).annotate(moment=F(name))
        found += [(story.moment, story, words) for story in soon.order_by(name, "pk")[:most]]
    found.sort(key=lambda each: (each[0], each[1].pk))
    return {
        "title": _("Embargoes and ends, next 24 hours"),
        "rows": [story_row(story, words, time=moment) for moment, story, words in found[:most]],
        "url": reverse("admin:articles_story_outgoing"),
        "empty": _("No embargo and no story ends until this time tomorrow."),
    }


def corrections(user, now, most):
    """Corrections readers have seen in the last seven days, the latest first."""
    # By their time first: asked by their editions, SQLite reads all of those.
    week = Correction.objects.filter(published_at__gt=now - WEEK, published_at__lte=now)
    week = week.filter(Exists(Correction.objects.shown(now).filter(pk=OuterRef("pk"))))
    found = of_stories(user, "read", week).select_related("by").newest_first()[:most]
    return {
        "title": _("Corrections this week"),
        "rows": [_correction_row(correction) for correction in found],
        "url": reverse("corrections"),
        "empty": _("No correction in the last seven days."),
    }


def _correction_row(correction):
    row = story_row(correction.story, name_of(correction.by) if correction.by else "", time=correction.published_at)
    row.facts = [shorten(" ".join(correction.text.split()), limit=110), *row.facts]
    return row


def untagged(user, now, most):
    """Stories readers got within 24 hours, and still have, without a topic."""
    bare = Edition.objects.live(now).filter(published_at__gt=now - DAY, topics=[]).defer("body", "related")
    found = of_stories(user, "tag", bare).newest_first()[:most]
    return {
        "title": _("Live since yesterday without a topic"),
        "rows": [story_row(each.story, time=each.published_at) for each in found],
        "empty": _("Everything that went out since yesterday has its topics."),
    }
