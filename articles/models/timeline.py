"""Time as readers know it: the one gate, and the order of every list."""

from datetime import UTC, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LiveQuerySet(models.QuerySet):
    """What readers may see, and in which order."""

    def live(self, at=None):
        """Rows whose interval [live_from, live_until) holds `at` (aware datetime; None is now).

        This is the only place that decides what is public: pages, lists, counts, feeds, sitemaps and
        pictures all ask here. A row whose `live_from` is NULL was cancelled and is never live.
        """
        at = at or timezone.now()
        # Nothing is asked of published_at, though it is no later than live_from: a second upper bound on it would
        # keep SQLite from starting to read a list at its cursor.
        begun = self.filter(live_from__lte=at)
        return begun.filter(Q(live_until__isnull=True) | Q(live_until__gt=at))

    def newest_first(self):
        """By first publication, newest first; ties by public id, which says nothing about hidden stories."""
        return self.order_by("-published_at", "-public_id")

    def older_than(self, published_at, public_id):
        """What follows the row of that time (aware datetime) and public id in `newest_first` order."""
        # A plain range first: it lets both databases start reading the index at the right place.
        return self.filter(published_at__lte=published_at).exclude(published_at=published_at, public_id__gte=public_id)

    def oldest_first(self):
        """The other way round: as the parts of a series are read."""
        return self.order_by("published_at", "public_id")

    def newer_than(self, published_at, public_id):
        """What follows the row of that time (aware datetime) and public id in `oldest_first` order."""
        return self.filter(published_at__gte=published_at).exclude(published_at=published_at, public_id__lte=public_id)

    @staticmethod
    def day_bounds(day, zone):
        """The first moments (UTC) of `day` (date) and of the day after it by the clocks of `zone` (tzinfo)."""
        starts = (datetime.combine(each, time.min, tzinfo=zone) for each in (day, day + timedelta(days=1)))
        return [start.astimezone(UTC) for start in starts]

    def published_on(self, day, zone):
        """Rows first published on `day` (date) by the clocks of `zone` (tzinfo)."""
        start, end = self.day_bounds(day, zone)
        return self.filter(published_at__gte=start, published_at__lt=end)


class OnTimeline(models.Model):
    """The columns by which readers' lists are cut and ordered. All times are UTC."""

    public_id = models.CharField(_("public id"), max_length=10, editable=False)
    published_at = models.DateTimeField(_("first published"), editable=False)
    live_from = models.DateTimeField(_("live from"), null=True, editable=False)
    live_until = models.DateTimeField(_("live until"), null=True, editable=False)

    objects = LiveQuerySet.as_manager()

    class Meta:
        abstract = True


class Listing(OnTimeline):
    """An edition's place in one list; repeats its times so that the list is one index and no join.

    Written by the press together with the edition, in `articles/press/timeline.py` and nowhere else.
    """

    # No index of its own here or in the lists: their unique constraints and orders begin with the same columns.
    edition = models.ForeignKey("articles.Edition", models.CASCADE, db_index=False, editable=False)

    class Meta:
        abstract = True
