"""The ordered credits of a story."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Credit
from .contributor import Contributor


class Byline(models.Model):
    """Who did what for a story, in the order in which it is printed."""

    story = models.ForeignKey("articles.Story", models.CASCADE, related_name="bylines", db_index=False)
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="bylines", verbose_name=_("contributor"))
    credit = models.CharField(_("role"), max_length=12, choices=Credit, default=Credit.TEXT)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "position"],
                name="byline_position_once",
                violation_error_message=_("Two bylines stand at the same position."),
            ),
            models.UniqueConstraint(
                fields=["story", "contributor", "credit"],
                name="byline_named_once",
                violation_error_message=_("This person is named twice for the same work."),
            ),
        ]

    def __str__(self):
        return f"{self.contributor} ({self.get_credit_display()})"
