"""What a story got wrong, said openly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CorrectionQuerySet(models.QuerySet):
    """Which corrections readers can see."""

    def shown(self, at=None):
        """Corrections printed in an edition that had begun by `at` (aware datetime; None is now)."""
        return self.filter(edition__live_from__lte=at or timezone.now())

    def newest_first(self):
        """By the time they appeared, newest first."""
        return self.order_by("-published_at", "-public_id")

    def older_than(self, published_at, public_id):
        """What follows the correction of that time (aware datetime) and public id in `newest_first` order."""
        return self.filter(published_at__lte=published_at).exclude(published_at=published_at, public_id__gte=public_id)


class Correction(models.Model):
    """One correction, bound to the edition that repaired the story (Pressekodex, Richtlinie 3.1)."""

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="corrections")
    edition = models.ForeignKey("articles.Edition", models.PROTECT, related_name="corrections_made")
    public_id = models.CharField(max_length=10, editable=False)
    text = models.TextField(_("correction"))
    published_at = models.DateTimeField(_("appeared"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-published_at"]
        indexes = [models.Index(fields=["-published_at", "-public_id"], name="correction_newest")]
        constraints = [
            models.UniqueConstraint(fields=["edition"], name="correction_once_an_edition"),
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Say what was wrong and what is right."),
            ),
        ]

    def __str__(self):
        return self.text[:80]
