"""What each deliberate save left: the working copy, complete."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..text.packing import unpack
from ..vocabulary import Act


class RevisionQuerySet(models.QuerySet):
    """Revisions in the order in which they were made."""

    def newest_first(self):
        """The latest first."""
        return self.order_by("-number")

    def for_list(self):
        """Who, when and what changed, without the text."""
        return self.select_related("by").defer("packed")


class Revision(models.Model):
    """The working copy as one save left it; each is whole, so that any can be dropped without the others.

    `number` is the story's version, so an edition's `story_version` names the revision it was printed from.
    """

    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(_("revision"))
    act = models.CharField(_("act"), max_length=16, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    changed = models.JSONField(_("changed"), default=list)
    words = models.PositiveIntegerField(_("words"), default=0)
    packed = models.BinaryField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "number"],
                name="revision_number_once",
                violation_error_message=_("Somebody else saved the story at the same moment."),
            )
        ]

    def __str__(self):
        return f"{self.number}, {self.at:%Y-%m-%d %H:%M}"

    @cached_property
    def content(self):
        """Everything a save can write: name of field or rows to a JSON value (dict); see desk/revising.py."""
        return unpack(self.packed)
