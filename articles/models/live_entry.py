"""What a live blog says between two editions: its entries, each on the timeline by itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .timeline import LiveQuerySet, OnTimeline


class LiveEntryQuerySet(LiveQuerySet):
    """Entries of one story, as readers and as the desk ask for them."""

    def of_story(self, public_id):
        """Those of the story with that public id (text)."""
        return self.filter(story_public_id=public_id)

    def standing(self, at):
        """Those the desk still has: readers have them `at` a moment (aware datetime), or will get them."""
        return self.live(at) | self.filter(live_from__gt=at)


class LiveEntry(OnTimeline):
    """One version of one entry of a live blog, exactly as readers get it.

    `public_id` is the entry's own and stays with it through its versions; `published_at` is the entry's own time,
    by which readers find it. Only `articles/press/live.py` writes here. A version is never changed: whoever edits,
    pins or marks an entry ends one and begins another. Readers get entries only below a live edition of the story.
    """

    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="live_entries", db_index=False, editable=False
    )
    story_public_id = models.CharField(max_length=10, editable=False)
    number = models.PositiveIntegerField(_("version"), editable=False)
    headline = models.CharField(_("headline"), max_length=200, blank=True, editable=False)
    body = models.TextField(_("text"), editable=False)
    bylines = models.JSONField(_("bylines"), default=list, editable=False)
    pinned = models.BooleanField(_("pinned"), default=False, editable=False)
    key_event = models.BooleanField(_("key event"), default=False, editable=False)
    updated_at = models.DateTimeField(_("updated"), null=True, editable=False)  # when its text last became another
    form_key = models.CharField(max_length=26, blank=True, editable=False)  # a form sent twice makes one entry
    made_at = models.DateTimeField(_("made"), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    objects = LiveEntryQuerySet.as_manager()

    FROZEN = (
        *("story_id", "story_public_id", "public_id", "number", "headline", "body", "bylines", "pinned", "key_event"),
        *("updated_at", "form_key", "made_at", "made_by_id", "published_at"),
    )

    class Meta:
        verbose_name = _("live entry")
        verbose_name_plural = _("live entries")
        ordering = ["-published_at", "-public_id"]
        indexes = [
            models.Index(fields=["story_public_id", "-published_at", "-public_id"], name="live_entry_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="live_entry_starts_before_it_ends",
                condition=Q(live_until__isnull=True) | Q(live_from__isnull=False, live_from__lt=F("live_until")),
                violation_error_message=_("An entry starts before it ends."),
            ),
            models.CheckConstraint(
                name="live_entry_is_not_early",
                condition=Q(live_from__isnull=True) | Q(published_at__lte=F("live_from")),
                violation_error_message=_("Readers get no entry before its own time."),
            ),
            models.CheckConstraint(
                name="live_entry_says_something",
                condition=~Q(body=""),
                violation_error_message=_("The entry has no text."),
            ),
            models.UniqueConstraint(
                fields=["public_id", "number"],
                name="live_entry_number_once",
                violation_error_message=_("This version of the entry exists already."),
            ),
            models.UniqueConstraint(
                fields=["public_id"],
                condition=Q(live_from__isnull=False, live_until__isnull=True),
                name="live_entry_open_once",
                violation_error_message=_("Another version of this entry has no end yet."),
            ),
            models.UniqueConstraint(
                fields=["story", "form_key"],
                condition=Q(number=1) & ~Q(form_key=""),
                name="live_entry_posted_once",
                violation_error_message=_("This entry was posted already."),
            ),
        ]

    def __str__(self):
        return self.headline or self.body[:60]
