"""What follows from an act and happens outside the database: the outbox, and who works it off."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EffectQuerySet(models.QuerySet):
    """Which effects wait."""

    def waiting(self):
        """Neither done nor parked."""
        return self.filter(done_at__isnull=True, parked_at__isnull=True)

    def due(self, at=None):
        """Waiting, and their time (aware datetime; None is now) has come."""
        return self.waiting().filter(due_at__lte=at or timezone.now())


class Effect(models.Model):
    """One thing to do once, at `due_at` or soon after: written in the transaction that caused it.

    `key` names it: while its row is there, the same effect is not written again. That is until a week after it
    was done, so a key holds something that never comes again (outbox.add). A worker holds the effect until
    `lease_until`; one that failed too often is parked for somebody to look at.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    parked_at = models.DateTimeField(_("parked"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
                name="effect_waiting",
            ),
            models.Index(fields=["-parked_at"], condition=Q(parked_at__isnull=False), name="effect_parked"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="effect_done"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Worker(models.Model):
    """A process that works off effects, and when it last did a round."""

    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField(_("started"))
    ran_at = models.DateTimeField(_("last run"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-ran_at"]

    def __str__(self):
        return self.name
