"""Which pictures readers see, and when: the place of a picture in an edition, and a section's stand-in for it.

Rights are part of the timeline. A row is live where its edition is and the rights allow it, so a picture whose
rights end at midnight is gone at midnight, from pages and from its own address, and no job has to run for that.
"""

from django.conf import settings
from django.db import models
from django.db.models import Aggregate, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Place
from .picture import Picture
from .section import Section
from .timeline import Listing, LiveQuerySet


class ShownQuerySet(LiveQuerySet):
    """Pictures where and while readers may see them."""

    def live(self, at=None):
        """Rows whose interval holds `at` (aware datetime; None is now) and whose rights do so too."""
        at = at or timezone.now()
        begun = super().live(at).filter(Q(allowed_from=None) | Q(allowed_from__lte=at))
        return begun.filter(Q(allowed_until=None) | Q(allowed_until__gt=at))


class _Numbers(Aggregate):
    """Numbers as one text, separated by commas."""

    function = "group_concat"
    output_field = models.TextField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="string_agg((%(expressions)s)::text, ',')", **extra)


def live_numbers(edition, at):
    """For a query: the numbers of the pictures readers see of an `edition` (OuterRef) `at` a moment (text or NULL)."""
    rows = EditionPicture.objects.live(at).filter(edition=edition).order_by()
    return Subquery(rows.values("edition").annotate(numbers=_Numbers("position")).values("numbers"))


class EditionPicture(Listing):
    """A picture's place in an edition, as long as the rights to it last.

    `position` is 0 for the lead picture, else the number of the picture in the text (from 1). Rights that ended and
    came back make a second row: what readers had in between stays true. All times are UTC.
    """

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="edition_pictures", editable=False)
    key = models.CharField(max_length=26, editable=False)
    place = models.CharField(_("place"), max_length=8, choices=Place, editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    allowed_from = models.DateTimeField(null=True, editable=False)
    allowed_until = models.DateTimeField(null=True, editable=False)

    objects = ShownQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key", "-live_from"], name="edition_picture_by_key"),
            models.Index(
                fields=["allowed_until"], condition=Q(allowed_until__isnull=False), name="edition_picture_rights_end"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], condition=Q(allowed_until=None), name="edition_picture_open_once"
            ),
            models.UniqueConstraint(fields=["edition", "position", "allowed_until"], name="edition_picture_ends_once"),
        ]

    def __str__(self):
        return f"{self.picture}: {self.public_id}"


class SectionPicture(models.Model):
    """What stands in for a lead picture whose rights ended, in a section and those below it, from one time to another.

    A history like that of editions: another stand-in closes the one before. All times are UTC.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="stand_ins", verbose_name=_("section"))
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="stands_in", verbose_name=_("picture"))
    shown = models.JSONField(editable=False)
    key = models.CharField(max_length=26, db_index=True, editable=False)
    live_from = models.DateTimeField(_("live from"), editable=False)
    live_until = models.DateTimeField(_("live until"), null=True, editable=False)
    allowed_from = models.DateTimeField(null=True, editable=False)
    allowed_until = models.DateTimeField(null=True, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("set by")
    )

    objects = ShownQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["section"],
                condition=Q(live_until=None, allowed_until=None),
                name="section_picture_open_once",
            )
        ]

    def __str__(self):
        return f"{self.section}: {self.picture}"
