"""What people outside were given to read before publication, and when they read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_file_key


class PreviewLink(models.Model):
    """A link to one text of a story: a revision of the working copy, or an edition.

    Its address is signed over `key`; it ends by itself and can be revoked.
    """

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="preview_links")
    edition = models.ForeignKey("articles.Edition", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(_("revision"), null=True)
    key = models.CharField(max_length=26, unique=True, default=new_file_key, editable=False)
    name = models.CharField(_("for"), max_length=120, help_text=_("Who gets the link."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))
    passphrase = models.CharField(max_length=128, blank=True, editable=False)
    asks_answer = models.BooleanField(_("asks for an answer"), default=False)
    opened = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, revision__isnull=True)
                | Q(edition__isnull=True, revision__isnull=False),
                name="preview_link_shows_one_text",
            )
        ]

    def __str__(self):
        return self.name


class PreviewVisit(models.Model):
    """That somebody opened a preview link, or answered there. No address of theirs is kept."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="visits")
    at = models.DateTimeField(_("at"), default=timezone.now)
    browser = models.CharField(_("browser"), max_length=200, blank=True)
    answer = models.CharField(_("answer"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.link}: {self.at:%Y-%m-%d %H:%M}"
