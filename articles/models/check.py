"""What somebody else has to look at before a story may be cleared, and what they said."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..vocabulary import CheckKind, CheckState
from .section import Section


class StoryCheck(models.Model):
    """One check of one story. A save that changes what was checked opens it again."""

    story = models.ForeignKey("articles.Story", models.CASCADE, related_name="checks", db_index=False)
    kind = models.CharField(_("check"), max_length=12, choices=CheckKind)
    state = models.CharField(_("state"), max_length=12, choices=CheckState, default=CheckState.OPEN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("done"), null=True)
    version = models.PositiveIntegerField(null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["kind"]
        indexes = [models.Index(fields=["kind", "asked_at"], condition=Q(state="open"), name="check_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "kind"],
                name="check_once_a_kind",
                violation_error_message=_("This check was asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.OPEN) | Q(at__isnull=False, version__isnull=False),
                name="check_done_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class MoveRight(models.Model):
    """That in a section, and below it, only certain roles may make a move (a row for each role).

    It narrows what rules/policy.py allows and never widens it.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="move_rights", db_index=False)
    move = models.CharField(_("move"), max_length=20)
    role = models.ForeignKey(Group, models.CASCADE, related_name="+", verbose_name=_("role"))

    class Meta:
        verbose_name = _("right to a move")
        verbose_name_plural = _("rights to moves")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "move", "role"],
                name="move_right_once",
                violation_error_message=_("This role has the move already."),
            )
        ]

    def __str__(self):
        return f"{self.section}: {self.move} – {self.role}"
