"""Where a story runs: a tree of at most three levels, and who edits which part of it."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..text.ids import PUBLIC_ID
from .former import FormerSectionPath

LEVELS = 3
# Words that are addresses of their own (newsroom/urls.py).
RESERVED = (
    *(
        "accounts",
        "admin",
        "api",
        "archive",
        "by",
        "corrections",
        "latest",
        "livez",
        "media",
        "pages",
        "preview",
        "readyz",
        "replies",
    ),
    *("search", "static", "topic"),
)
SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Use lower-case letters, digits and single hyphens."))


class SectionQuerySet(models.QuerySet):
    """Ways to walk the tree."""

    def top_level(self):
        """Sections without a parent."""
        return self.filter(level=1)

    def under(self, *sections):
        """The given sections and everything below them."""
        found = Q(pk__in=[])
        for section in sections:
            found |= Q(path=section.path) | Q(path__startswith=section.path + "/")
        return self.filter(found)


class Section(models.Model):
    """A part of the newspaper, such as Politics or Politics > Europe."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=60)
    slug = models.CharField(_("slug"), max_length=40, validators=[SLUG])
    path = models.CharField(_("address"), max_length=130, unique=True, editable=False)
    level = models.PositiveSmallIntegerField(_("level"), editable=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    description = models.CharField(_("description"), max_length=300, blank=True)
    responsible_person = models.CharField(
        _("responsible person"),
        max_length=200,
        blank=True,
        help_text=_(
            "Named in the imprint as answerable for this section (§ 18 (2) MStV). Empty: as for the section above."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    required_checks = models.JSONField(
        _("required checks"),
        default=list,
        blank=True,
        help_text=_("Every story here, and in the sections below, needs these before it can be cleared."),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "path"]
        constraints = [
            models.CheckConstraint(
                name="section_has_three_levels",
                condition=Q(level__range=(1, LEVELS)),
                violation_error_message=_("Sections go at most three levels deep."),
            ),
            models.CheckConstraint(
                name="section_level_fits_parent",
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
                violation_error_message=_("A top-level section has no parent, any other has one."),
            ),
            models.CheckConstraint(
                name="section_is_not_its_own_parent",
                condition=~Q(parent=F("id")),
                violation_error_message=_("A section cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="section_path_is_free",
                condition=~Q(path__in=("", *RESERVED)),
                violation_error_message=_("This address is used by the site itself; choose another slug."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Work out path and level. Raises ValidationError with a sentence for the field that is wrong."""
        if re.search(rf"-{PUBLIC_ID}$", self.slug):
            raise ValidationError({"slug": _("This slug could be mistaken for a story's address; choose another.")})
        if self.parent and self.parent.level >= LEVELS:
            raise ValidationError({"parent": _("Sections go at most three levels deep.")})
        stored = Section.objects.filter(pk=self.pk).first()
        if stored and self.parent and Section.objects.under(stored).filter(pk=self.parent_id).exists():
            raise ValidationError({"parent": _("A section cannot be part of itself.")})
        self.place()
        if stored and stored.depth_below() + self.level > LEVELS:
            raise ValidationError({"parent": _("Sections go at most three levels deep.")})
        if self.path in RESERVED:
            raise ValidationError({"slug": _("This address is used by the site itself; choose another slug.")})
        if Section.objects.filter(path=self.path).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("There is a section with this address already.")})

    def place(self):
        """Set `path` and `level` from the parent and the slug."""
        self.path = f"{self.parent.path}/{self.slug}" if self.parent else self.slug
        self.level = self.parent.level + 1 if self.parent else 1

    def depth_below(self):
        """How many levels of sections lie below this one (number)."""
        deepest = Section.objects.under(self).order_by("-level").values_list("level", flat=True).first()
        return deepest - self.level

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Saves with the path its parent and slug give, and everything below it with theirs; old ones lead here."""
        stored = Section.objects.select_for_update().filter(pk=self.pk)
        before = stored.values_list("path", flat=True).first() if self.pk else ""
        self.place()
        super().save(*args, **kwargs)
        FormerSectionPath.objects.moved(self, before=before, now=self.path)
        for child in self.children.select_related("parent"):
            child.save()

    def get_absolute_url(self):
        """The section's page."""
        return reverse("section", args=[self.path])

    @property
    def lineage(self):
        """The paths of this section and all above it (list of text), topmost first."""
        parts = self.path.split("/")
        return ["/".join(parts[: end + 1]) for end in range(len(parts))]


class SectionAssignment(models.Model):
    """A section somebody edits, with everything below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="section_assignments", verbose_name=_("person")
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="assignments", verbose_name=_("section"))

    class Meta:
        verbose_name = _("assigned section")
        verbose_name_plural = _("assigned sections")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section"],
                name="section_assigned_once",
                violation_error_message=_("This section is assigned already."),
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.section}"
