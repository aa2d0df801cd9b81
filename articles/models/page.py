"""Standing pages: imprint, privacy, and what the newsroom holds itself to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Policy


class Page(models.Model):
    """A page that is not journalism. The imprint's also lists who answers for which section.

    One with a `policy` is listed under "How we work", and named to machines as that property of the publisher.
    """

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    policy = models.CharField(
        _("policy"),
        max_length=40,
        choices=Policy,
        blank=True,
        help_text=_("Listed under “How we work”, one page each in a language. The masthead also names its people."),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "language"],
                condition=~Q(policy=""),
                name="page_policy_once_in_language",
                violation_error_message=_("Another page in this language is that policy already."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The page's address."""
        return reverse("page", args=[self.slug])
