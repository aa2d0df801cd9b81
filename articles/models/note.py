"""What the desk says to each other about a story; readers never see it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_file_key


class Note(models.Model):
    """A note on a story or on a passage of its text, or the answer to one (`answers`).

    `key` marks the passage in the working copy (`<mark data-note="key">`), `passage` is what it said. Notes
    from outside (a preview link) have no `by` but an `outsider`.
    """

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="notes", db_index=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    key = models.CharField(max_length=26, unique=True, default=new_file_key, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outsider = models.CharField(_("from outside"), max_length=120, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    text = models.TextField(_("note"), max_length=4000)
    passage = models.TextField(_("passage"), blank=True, max_length=1000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["story", "at"], name="note_by_story")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="note_says_something", violation_error_message=_("A note says something.")
            ),
            models.CheckConstraint(condition=Q(by__isnull=False) | ~Q(outsider=""), name="note_is_from_somebody"),
        ]

    def __str__(self):
        return self.text[:80]
