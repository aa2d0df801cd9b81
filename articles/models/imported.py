"""What was imported, so that importing it again changes nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """An item of a source, by the source's name for it (`guid`), and the story it became."""

    source = models.CharField(_("source"), max_length=120)
    guid = models.CharField(_("identifier"), max_length=200)
    digest = models.CharField(_("digest"), max_length=64)
    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="imports")
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "guid"],
                name="imported_once",
                violation_error_message=_("This item was imported already."),
            )
        ]

    def __str__(self):
        return f"{self.source}: {self.guid}"
