"""Addresses that sections and people once had: they lead to the present one for as long as the thing is there."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FormerAddressQuerySet(models.QuerySet):
    """Keeping former addresses in step with the present ones."""

    def moved(self, thing, *, before, now):
        """`thing` was at the address `before` (text; empty: nowhere) and is at `now`; inside the saving transaction.

        Whoever has an address now wins over whoever had it: so no former address leads past a page, and none in a
        circle. Each row names the thing and not its next address, so every old address is one step from the last.
        """
        self.filter(address=now).delete()
        if before and before != now:
            self.update_or_create(address=before, defaults={"thing": thing, "left_at": timezone.now()})

    def thing_at(self, address):
        """What once had the address (text); None where nothing had."""
        row = self.select_related("thing").filter(address=address).first()
        return row and row.thing


class FormerAddress(models.Model):
    """An address that was left, and what left it (`thing`)."""

    address = models.CharField(_("former address"), max_length=130, unique=True)
    left_at = models.DateTimeField(_("left"), default=timezone.now)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-left_at"]
        default_permissions = ()

    def __str__(self):
        return self.address


class FormerSectionPath(FormerAddress):
    """Where a section was."""

    thing = models.ForeignKey("articles.Section", models.CASCADE, related_name="former_addresses")

    class Meta(FormerAddress.Meta):
        verbose_name = _("former address of a section")
        verbose_name_plural = _("former addresses of sections")


class FormerContributorSlug(FormerAddress):
    """Under which slug somebody's page was."""

    thing = models.ForeignKey("articles.Contributor", models.CASCADE, related_name="former_addresses")

    class Meta(FormerAddress.Meta):
        verbose_name = _("former address of a contributor")
        verbose_name_plural = _("former addresses of contributors")
