"""Who did what to a story, when: a log that is only ever added to."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Act


class StoryEventQuerySet(models.QuerySet):
    """Refuses the ways in which a log could be changed or cut; the database refuses changes once more."""

    def update(self, **kwargs):
        """Always raises TypeError."""
        raise TypeError("The log of a story is only ever added to.")

    def delete(self):
        """Always raises TypeError."""
        raise TypeError("The log of a story is only ever added to.")


class StoryEvent(models.Model):
    """One act. `details` says what an act of its kind needs to be understood later (JSON object)."""

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="events", db_index=False)
    act = models.CharField(_("act"), max_length=16, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    edition = models.ForeignKey("articles.Edition", models.PROTECT, null=True, related_name="events")
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(default=dict)

    objects = StoryEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("log of stories")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["story", "-at"], name="event_by_story")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"

    @classmethod
    def record(cls, story, act, *, by, edition=None, note="", **details):
        """Add one line to the log; `by` is None where no person acted (an import, a command)."""
        return cls.objects.create(story=story, act=act, by=by, edition=edition, note=note, details=details)

    def save(self, *args, **kwargs):
        """Adds the event. Raises TypeError for one that was saved before."""
        if not self._state.adding:
            raise TypeError("The log of a story is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Always raises TypeError."""
        raise TypeError("The log of a story is only ever added to.")
