"""Fronts: what stands where on the front page and at the head of a section, now and at every other moment.

Like a story, a front has a working copy at the desk and editions that readers get, each live in
its own interval. Only `articles/press` writes editions; `desk/fronts.py` writes the working copy.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .section import Section
from .timeline import LiveQuerySet

HOME = "home"


class FrontQuerySet(models.QuerySet):
    """Finding fronts."""

    def of(self, section):
        """The front of a section (Section; None: the front page), made where there is none yet."""
        key = f"section-{section.pk}" if section else HOME
        return self.get_or_create(key=key, defaults={"section": section})[0]

    def at_key(self, key):
        """The front of that key (text), not saved where nobody edited it yet; None where there is no such section."""
        front = self.select_related("section", "saved_by").filter(key=key).first()
        if front or key == HOME:
            return front or self.model(key=HOME)
        number = key.removeprefix("section-")
        known = number.isascii() and number.isdecimal() and len(number) < 19
        section = Section.objects.filter(pk=number).first() if known and key.startswith("section-") else None
        return section and self.model(key=key, section=section)

    def lock(self, front):
        """The front as stored now, its row held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("section").get(pk=front.pk)


class Front(models.Model):
    """The front page (no section) or the front of a section: its working copy, `containers` written by layout.py."""

    KEPT = 200  # revisions

    key = models.CharField(max_length=30, unique=True, editable=False)
    section = models.OneToOneField(
        Section, models.CASCADE, null=True, related_name="front", verbose_name=_("section"), editable=False
    )
    containers = models.JSONField(_("containers"), default=list, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    lead_hours = models.PositiveSmallIntegerField(
        _("a lead is old after (hours)"),
        default=12,
        help_text=_("Older than that, the desk is told that the lead is stale. 0: never."),
    )
    saved_at = models.DateTimeField(_("saved"), null=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("saved by"),
    )

    objects = FrontQuerySet.as_manager()

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        ordering = ["section__position", "section__path"]
        permissions = [("launch_front", "Can launch fronts")]
        constraints = [
            models.CheckConstraint(
                name="front_is_home_or_of_a_section",
                condition=Q(key=HOME, section__isnull=True) | (~Q(key=HOME) & Q(section__isnull=False)),
                violation_error_message=_("A front is the front page, or that of a section."),
            )
        ]

    def __str__(self):
        return self.section.name if self.section else str(_("Front page"))

    def get_absolute_url(self):
        """The page for readers."""
        return self.section.get_absolute_url() if self.section else reverse("home")


class FrontRevision(models.Model):
    """What a save left of a front's working copy, and what was placed where by whom."""

    front = models.ForeignKey(Front, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    containers = models.JSONField()
    changes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["front", "number"], name="front_revision_once")]

    def __str__(self):
        return f"{self.front} {self.number}"


class FrontEdition(models.Model):
    """A front as readers get it from `live_from` until `live_until` (UTC); cancelled where `live_from` is NULL."""

    front = models.ForeignKey(Front, models.CASCADE, related_name="editions", db_index=False, editable=False)
    number = models.PositiveIntegerField(_("edition"), editable=False)
    version = models.PositiveIntegerField(editable=False)
    containers = models.JSONField(_("containers"), editable=False)
    live_from = models.DateTimeField(_("live from"), null=True, editable=False)
    live_until = models.DateTimeField(_("live until"), null=True, editable=False)
    launched_at = models.DateTimeField(_("launched"), editable=False)
    launched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("launched front")
        verbose_name_plural = _("launched fronts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["front", "number"], name="front_edition_once"),
            models.UniqueConstraint(fields=["front", "live_from"], name="front_edition_starts_alone"),
            models.UniqueConstraint(
                fields=["front"],
                condition=Q(live_from__isnull=False, live_until__isnull=True),
                name="front_edition_open_once",
            ),
            models.CheckConstraint(
                name="front_edition_starts_before_it_ends",
                condition=Q(live_until__isnull=True) | Q(live_from__isnull=False, live_from__lt=F("live_until")),
            ),
        ]

    def __str__(self):
        return f"{self.front} ({self.number})"
