"""How much each preflight rule weighs in which section."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Level
from .section import Section


class PreflightLevel(models.Model):
    """The level of one rule in a section and below it, or (no section) everywhere; none: the rule's own default."""

    section = models.ForeignKey(
        Section, models.CASCADE, null=True, related_name="preflight_levels", verbose_name=_("section")
    )
    rule = models.CharField(_("rule"), max_length=40)
    level = models.CharField(_("level"), max_length=12, choices=Level)

    class Meta:
        verbose_name = _("level of a rule")
        verbose_name_plural = _("levels of rules")
        constraints = [
            models.UniqueConstraint(fields=["section", "rule"], name="preflight_level_once"),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(section__isnull=True), name="preflight_level_everywhere_once"
            ),
        ]

    def __str__(self):
        return f"{self.rule}: {self.get_level_display()}"
