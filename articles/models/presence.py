"""Who has a story open, and who of them is writing it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHOWN_FOR = timedelta(minutes=10)  # that somebody left is worth knowing so long


class Presence(models.Model):
    """That somebody has a story's form open; kept alive by the form's heartbeat.

    `holds`: who began first, or took the story over. It is advice to the others, never a lock on saving.
    """

    story = models.ForeignKey("articles.Story", models.CASCADE, related_name="presences", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("editing since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    typed_at = models.DateTimeField(_("last typed"), null=True)
    left_at = models.DateTimeField(_("left"), null=True)
    holds = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        indexes = [models.Index(fields=["seen_at"], name="presence_by_seen")]
        constraints = [
            models.UniqueConstraint(fields=["story", "user"], name="presence_once"),
            models.UniqueConstraint(fields=["story"], condition=Q(holds=True), name="presence_one_holder"),
        ]

    def __str__(self):
        return f"{self.user}: {self.story}"
