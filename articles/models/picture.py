"""A picture: the private original and the files readers may get once a live edition shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_file_key


class Picture(models.Model):
    """An uploaded picture and what has to be said about it."""

    key = models.CharField(max_length=26, unique=True, default=new_file_key, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    suffix = models.CharField(max_length=5, editable=False)
    width = models.PositiveIntegerField(_("width (pixels)"), editable=False)
    height = models.PositiveIntegerField(_("height (pixels)"), editable=False)
    widths = models.JSONField(default=list, editable=False)
    title = models.CharField(_("working title"), max_length=120)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, verbose_name=_("uploaded by")
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["-uploaded_at"], condition=Q(credit=""), name="picture_without_credit")]
        constraints = [
            models.CheckConstraint(
                name="picture_has_size",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message=_("A picture has a width and a height."),
            ),
            models.CheckConstraint(
                name="picture_has_alt",
                condition=~Q(alt=""),
                violation_error_message=_("Describe the picture for readers who do not see it."),
            ),
        ]

    def __str__(self):
        return self.title
