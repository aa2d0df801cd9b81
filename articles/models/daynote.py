"""What the desk has to know about a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .section import Section


class DayNote(models.Model):
    """A line in the calendar: an election, a press conference, who is on duty. Publishes nothing."""

    day = models.DateField(_("day"), db_index=True)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    text = models.CharField(_("note"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("day note")
        verbose_name_plural = _("day notes")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="day_note_says_something",
                violation_error_message=_("Say what is that day."),
            )
        ]

    def __str__(self):
        return self.text
