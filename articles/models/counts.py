"""What readers looked for and found nothing, and what they read: numbers, and nothing about the readers.

Both tables are written to by `articles/views/counting.py` alone, in bulk, by statements that add to what another
process wrote meanwhile.
"""

import math
from datetime import timedelta

from django.db import connection, models
from django.db.models import Exists, Max, Min, OuterRef, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .edition import Edition

NEW_A_DAY = 5_000
KEPT = timedelta(days=90)
AT_ONCE = 500
HALF_LIFE = 6 * 60 * 60  # seconds
READS_KEPT = timedelta(days=30)  # a read then counts 2 ** -120 of a new one
LONGEST_PATH = 200
LN_2 = math.log(2)


class MissingPageQuerySet(models.QuerySet):
    """Adding to the counts, and the report of them."""

    def add(self, missed, *, at, day):
        """Add `missed` (dict of path to (hits, path of the page of ours that led there)) of `day` (date), seen `at`.

        On a day at most NEW_A_DAY different paths are taken in; those known already are counted on.
        """
        today = self.filter(day=day)
        known = set(today.filter(path__in=list(missed)).values_list("path", flat=True))
        room = max(0, NEW_A_DAY - today.count())
        fresh = sorted((path for path in missed if path not in known), key=lambda path: -missed[path][0])
        at = connection.ops.adapt_datetimefield_value(at)
        day = connection.ops.adapt_datefield_value(day)
        rows = [(path, day, missed[path][0], missed[path][1], at, at) for path in sorted([*known, *fresh[:room]])]
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (path, day, hits, linked_from, first_at, last_at) "  # noqa: S608 (our own names)
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (path, day) DO UPDATE SET "
                f"hits = {table}.hits + excluded.hits, last_at = excluded.last_at, linked_from = "
                f"CASE WHEN excluded.linked_from = '' THEN {table}.linked_from ELSE excluded.linked_from END",
                rows,
            )

    def report(self, today, *, limit):
        """Paths (list of dicts) with their hits of 30 and 7 days up to `today` (date), most hit first."""
        week = Coalesce(Sum("hits", filter=models.Q(day__gt=today - timedelta(days=7))), 0)
        rows = self.filter(day__gt=today - timedelta(days=30)).order_by().values("path")
        rows = rows.annotate(
            month=Sum("hits"), week=week, first=Min("first_at"), last=Max("last_at"), linked=Max("linked_from")
        )
        return list(rows.order_by("-month", "-last", "path")[:limit])

    def forget_old(self, today):
        """Delete up to AT_ONCE rows of days that ended KEPT before `today` (date)."""
        old = list(self.filter(day__lt=today - KEPT).values_list("pk", flat=True)[:AT_ONCE])
        if old:
            self.filter(pk__in=old).delete()


class MissingPage(models.Model):
    """How often browsers asked on a day for a page that is not there. No reader, no address of one, no query."""

    path = models.CharField(_("address"), max_length=LONGEST_PATH)
    day = models.DateField(_("day"))
    hits = models.PositiveIntegerField(_("hits"))
    linked_from = models.CharField(_("linked from"), max_length=LONGEST_PATH, blank=True)
    first_at = models.DateTimeField(_("first seen"))
    last_at = models.DateTimeField(_("last seen"))

    objects = MissingPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("missing page")
        verbose_name_plural = _("missing pages")
        ordering = ["-day", "-hits"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["day"], name="missing_page_by_day")]
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="missing_page_once_a_day")]

    def __str__(self):
        return self.path


class StoryReadsQuerySet(models.QuerySet):
    """Adding reads, and what is read most."""

    def add(self, reads, *, at):
        """Add `reads` (dict of public id to number) that happened about `at` (aware datetime)."""
        rows = [(public_id, score(count, at)) for public_id, count in sorted(reads.items())]
        table = connection.ops.quote_name(self.model._meta.db_table)
        old, new = f"{table}.score", "excluded.score"
        # log2(2^a + 2^b) from a and b; beyond 60 apart the smaller one is less than the larger one's rounding.
        apart, larger = f"abs({old} - {new})", f"(({old} + {new} + abs({old} - {new})) / 2)"
        both = f"{larger} + CASE WHEN {apart} > 60 THEN 0 ELSE ln(1 + exp({apart} * -{LN_2})) / {LN_2} END"
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (public_id, score) VALUES (%s, %s) "  # noqa: S608 (our own names)
                f"ON CONFLICT (public_id) DO UPDATE SET score = {both}",
                rows,
            )

    def most_read(self, limit, *, at=None):
        """Public ids (list) of the stories read most by now, hottest first: a look at the top of one index.

        With `at` (aware datetime) only of stories that are live then; ask so wherever readers see the outcome, for a
        withdrawn story keeps its reads.
        """
        rows = self.order_by("-score", "public_id")
        if at is not None:
            rows = rows.filter(Exists(Edition.objects.live(at).filter(public_id=OuterRef("public_id"))))
        return list(rows.values_list("public_id", flat=True)[:limit])

    def forget_old(self, at):
        """Delete up to AT_ONCE stories that were hardly read for READS_KEPT before `at` (aware datetime)."""
        old = self.filter(score__lt=score(1, at - READS_KEPT)).order_by("score")
        cold = list(old.values_list("pk", flat=True)[:AT_ONCE])
        if cold:
            self.filter(pk__in=cold).delete()


def score(count, at):
    """`count` reads at a moment (aware datetime) as the logarithm to base 2 of what they weigh (float).

    Forward decay (Cormode and others, 2009): a read at time t weighs 2 ** (t / HALF_LIFE), so all that was counted
    before loses half of its weight against new reads in every HALF_LIFE, and no row needs to be touched for it.
    """
    return math.log2(count) + at.timestamp() / HALF_LIFE


class StoryReads(models.Model):
    """How much a story is read: one number, in which the readers are not."""

    public_id = models.CharField(_("public id"), max_length=10, primary_key=True)
    score = models.FloatField(_("score"))

    objects = StoryReadsQuerySet.as_manager()

    class Meta:
        verbose_name = _("reads of a story")
        verbose_name_plural = _("reads of stories")
        default_permissions = ()
        indexes = [models.Index(fields=["-score", "public_id"], name="story_reads_most")]

    def __str__(self):
        return self.public_id
