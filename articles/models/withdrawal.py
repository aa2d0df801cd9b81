"""That a story was taken down, why, and whether it came back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..vocabulary import WithdrawalReason


class WithdrawalQuerySet(models.QuerySet):
    """Which withdrawals stand."""

    def in_force(self, at=None):
        """Withdrawals whose address answers 410 at `at` (aware datetime; None is now)."""
        at = at or timezone.now()
        return self.filter(withdrawn_at__lte=at).filter(Q(restored_at__isnull=True) | Q(restored_at__gt=at))


class Withdrawal(models.Model):
    """A takedown: the address answers 410 with `reason` and `notice` until the story is restored."""

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="withdrawals")
    public_id = models.CharField(max_length=10, db_index=True, editable=False)
    language = models.CharField(_("language"), max_length=5)
    reason = models.CharField(_("reason"), max_length=12, choices=WithdrawalReason)
    notice = models.TextField(_("notice to readers"), blank=True)
    note = models.TextField(_("internal note"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    restored_at = models.DateTimeField(_("restored"), null=True)
    restored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-withdrawn_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(restored_at__isnull=True),
                name="withdrawal_in_force_once",
                violation_error_message=_("The story is withdrawn already."),
            ),
            models.CheckConstraint(
                name="withdrawal_ends_after_it_began",
                condition=Q(restored_at__isnull=True) | Q(restored_at__gt=F("withdrawn_at")),
                violation_error_message=_("A story is restored after it was withdrawn."),
            ),
        ]

    def __str__(self):
        return f"{self.story} – {self.get_reason_display()}"
