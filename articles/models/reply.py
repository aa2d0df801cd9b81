"""The right of reply (Gegendarstellung): what somebody a story is about has the law's right to say to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_public_id
from .timeline import LiveQuerySet, OnTimeline


class ReplyQuerySet(LiveQuerySet):
    """Replies by what they answer."""

    def answering(self, public_id):
        """Those to the story with that public id (text, or OuterRef in a query)."""
        return self.filter(story_public_id=public_id)


class Reply(OnTimeline):
    """One reply, printed word for word; never edited, and readable when its story is gone (§ 20 MStV).

    The database refuses to change or delete one (promises.py); only its end is set, later. `published_at` is the
    start of its interval. Another wording is another reply, the first one ended.
    """

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="replies", editable=False)
    # The story's own, so that readers' pages need not know the story.
    story_public_id = models.CharField(max_length=10, db_index=True, editable=False)
    party = models.CharField(_("who replies"), max_length=200)
    headline = models.CharField(_("headline"), max_length=200)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ReplyQuerySet.as_manager()

    FROZEN = (
        *("story_id", "story_public_id", "public_id", "published_at", "live_from"),
        *("party", "headline", "text", "language", "printed_by_id"),
    )

    class Meta:
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        ordering = ["-published_at", "-public_id"]
        indexes = [models.Index(fields=["-published_at", "-public_id"], name="reply_newest")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="reply_address_once"),
            models.CheckConstraint(
                name="reply_is_complete",
                condition=~Q(party="") & ~Q(headline="") & ~Q(text="") & Q(live_from__isnull=False),
                violation_error_message=_("A reply names who replies, and has a headline, a text and a start."),
            ),
            models.CheckConstraint(
                name="reply_starts_before_it_ends",
                condition=Q(live_until=None) | Q(live_from__lt=F("live_until")),
                violation_error_message=_("A reply starts before it ends."),
            ),
        ]

    def __str__(self):
        return f"{self.party}: {self.headline}"

    def save(self, *args, **kwargs):
        """Adds the reply under a public id of its own, dated when it starts."""
        self.public_id = self.public_id or new_public_id()
        self.published_at = self.live_from
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The reply's own page, which outlives the story's."""
        return reverse("reply", args=[self.public_id])
