"""Who can be named in a byline."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..text.slugs import slugify
from ..vocabulary import ContributorKind
from .former import FormerContributorSlug


class AgencyExists(IntegrityError):
    """There is an agency of that name already."""


class ContributorQuerySet(models.QuerySet):
    """Finding and making people."""

    def at_address(self, slug):
        """Whoever has a page and is, or once was, at an address; None where nobody is."""
        found = self.filter(slug=slug).first() or FormerContributorSlug.objects.thing_at(slug)
        return found if found and found.has_page else None

    def named(self, name, *, kind=ContributorKind.WRITER):
        """The contributor of that name and kind, made (without a page) if there is none yet."""
        found = self.filter(name__iexact=name, kind=kind).order_by("pk").first()
        if found:
            return found
        try:
            return self.make(name=name, kind=kind)
        except AgencyExists:
            return self.get(name=name, kind=kind)

    def make(self, *, name, kind=ContributorKind.WRITER, **fields):
        """A new contributor under the first slug that nobody has or had: `anna-berg`, `anna-berg-2`, …

        Raises AgencyExists for an agency of the same name: people share names, agencies do not.
        """
        stem = slugify(name, limit=60) or "person"
        for number in range(1, 1000):
            slug = stem if number == 1 else f"{stem}-{number}"
            if FormerContributorSlug.objects.filter(address=slug).exists():  # printed bylines still lead there
                continue
            try:
                with transaction.atomic():
                    return self.create(name=name, kind=kind, slug=slug, **fields)
            except IntegrityError as error:
                if kind == ContributorKind.AGENCY and self.filter(name=name, kind=kind).exists():
                    raise AgencyExists from error
        raise IntegrityError(f"No free slug for {name!r}.")


class Contributor(models.Model):
    """A writer, photographer or agency; with a page of their own, or only a name."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"),
        max_length=70,
        unique=True,
        error_messages={"unique": _("This address is taken by somebody else.")},
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ContributorKind, default=ContributorKind.WRITER)
    has_page = models.BooleanField(
        _("has a page"), default=False, help_text=_("Bylines printed from now on link to the page.")
    )
    job = models.CharField(_("job title"), max_length=120, blank=True)
    bio = models.TextField(_("biography"), blank=True)
    on_masthead = models.BooleanField(
        _("on the masthead"), default=False, help_text=_("Named on the masthead page, with the job title.")
    )
    masthead_position = models.PositiveSmallIntegerField(
        _("place on the masthead"), default=100, help_text=_("Lower numbers stand first; equal ones by name.")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("account"),
        help_text=_("Stories with this person's byline count as the account's own."),
    )

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(kind=ContributorKind.AGENCY),
                name="agency_named_once",
                violation_error_message=_("There is an agency of this name already."),
            ),
            models.CheckConstraint(
                name="contributor_has_name_and_slug",
                condition=~models.Q(name="") & ~models.Q(slug=""),
                violation_error_message=_("A contributor needs a name and a slug."),
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Saves; a former slug goes on leading here."""
        stored = Contributor.objects.select_for_update().filter(pk=self.pk)
        before = stored.values_list("slug", flat=True).first() if self.pk else ""
        super().save(*args, **kwargs)
        FormerContributorSlug.objects.moved(self, before=before, now=self.slug)

    def get_absolute_url(self):
        """The contributor's page."""
        return reverse("contributor", args=[self.slug])
