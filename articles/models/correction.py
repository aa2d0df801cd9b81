"""What a story got wrong, or owes its readers an explanation for, said openly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text.ids import new_public_id
from ..vocabulary import CorrectionKind, CorrectionPlace


class CorrectionQuerySet(models.QuerySet):
    """Which corrections readers can see."""

    def shown(self, at=None):
        """Corrections printed in an edition that had begun by `at` (aware datetime; None is now)."""
        return self.filter(edition__live_from__lte=at or timezone.now())

    def newest_first(self):
        """By the time they appeared, newest first."""
        return self.order_by("-published_at", "-public_id")

    def older_than(self, published_at, public_id):
        """What follows the correction of that time (aware datetime) and public id in `newest_first` order."""
        return self.filter(published_at__lte=published_at).exclude(published_at=published_at, public_id__gte=public_id)


class Correction(models.Model):
    """One correction, bound to the edition that carried it first (Pressekodex, Richtlinie 3.1).

    The database refuses to change or delete one (promises.py): what turns out wrong in it is put right by another.
    Only its time moves, with the edition's own, until that goes out.
    """

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="corrections", editable=False)
    # The story's own, so that readers' pages need not know the story.
    story_public_id = models.CharField(max_length=10, editable=False)
    edition = models.ForeignKey(
        "articles.Edition", models.PROTECT, related_name="corrections_made", editable=False, db_index=False
    )
    repairs = models.ForeignKey("articles.Edition", models.PROTECT, null=True, related_name="+", editable=False)
    public_id = models.CharField(max_length=10, default=new_public_id, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=13, choices=CorrectionKind, editable=False)
    place = models.CharField(_("place"), max_length=3, choices=CorrectionPlace, editable=False)
    text = models.TextField(_("correction"), editable=False)
    published_at = models.DateTimeField(_("appeared"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    objects = CorrectionQuerySet.as_manager()

    # Refused to every UPDATE; what is left is the time, which is that of its edition.
    FROZEN = (
        *("story_id", "story_public_id", "edition_id", "repairs_id", "public_id", "kind", "place", "text", "by_id"),
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-published_at"]
        indexes = [
            models.Index(fields=["-published_at", "-public_id"], name="correction_newest"),
            models.Index(fields=["kind", "-published_at", "-public_id"], name="correction_newest_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition"], name="correction_once_an_edition"),
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Say what was wrong and what is right."),
            ),
            models.CheckConstraint(
                name="correction_is_of_a_kind",
                condition=Q(kind__in=CorrectionKind.values, place__in=CorrectionPlace.values),
                violation_error_message=_("Say what kind of correction it is, and where it stands."),
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def printed(self):
        """The correction as editions carry it (dict for their JSON); "at" is ISO 8601 in UTC."""
        return {
            "id": self.public_id,
            "kind": str(self.kind),
            "place": str(self.place),
            "text": self.text,
            "at": self.published_at.isoformat(),
        }
