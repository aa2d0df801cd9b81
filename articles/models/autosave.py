"""Text that somebody has typed and not saved: private to them, and in no history."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..text.packing import unpack


class Autosave(models.Model):
    """One user's unsaved form of one story, or of a new one (`story` empty, `key` says which)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves", db_index=False)
    story = models.ForeignKey("articles.Story", models.CASCADE, null=True, related_name="autosaves")
    key = models.CharField(max_length=26, blank=True, default="")
    # The working copy it was typed on; empty for a new story.
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    packed = models.BinaryField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "story"], name="autosave_once_a_story"),
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(story__isnull=True), name="autosave_once_a_new_story"
            ),
            models.CheckConstraint(
                condition=Q(story__isnull=False, key="", version__isnull=False)
                | Q(story__isnull=True, version__isnull=True) & ~Q(key=""),
                name="autosave_is_of_one_story",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.story or self.key}"

    @cached_property
    def typed(self):
        """What the form would have sent: field name to list of texts (dict)."""
        return unpack(self.packed)
