"""What a member of staff chose for themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..vocabulary import MailKind


def all_mails():
    """Every kind of mail: what somebody gets who chose nothing."""
    return list(MailKind.values)


class Preferences(models.Model):
    """Which mails somebody wants, and the secret address of their calendar (empty: none)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    mails = models.JSONField(_("mails"), default=all_mails)
    calendar_key = models.CharField(max_length=26, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["calendar_key"], condition=~Q(calendar_key=""), name="calendar_key_once")
        ]

    def __str__(self):
        return str(self.user)
