"""What readers get: one version of one story, complete, live in its own interval of time.

Only `articles/press` writes here. The text is frozen when it is printed (the
database refuses to change it, see promises.py); its times and the list of
corrections may still be set until it goes live, and its end later.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..vocabulary import Change, Kind
from .contributor import Contributor
from .reply import Reply
from .section import Section
from .shown_picture import live_numbers
from .timeline import Listing, LiveQuerySet, OnTimeline
from .topic import Topic

# Not needed where an edition is one line in a list; the body alone is most of the row.
_PAGE_ONLY = ("body", "pictures", "related", "corrections", "seo_title", "seo_description")

_LINK = ("slug", "public_id", "published_at", "updated_at", "headline", "language", "kind", "section__path")


class EditionQuerySet(LiveQuerySet):
    """Editions by address and for the pages that show them."""

    def for_page(self, at):
        """With all that a story's own page prints `at` a moment (aware datetime)."""
        return self.select_related("section")._with_pictures(at)._with_past(at)

    def had(self, at):
        """Editions readers have had by `at` (aware datetime), over or not: never a cancelled nor a coming one.

        What a story says about its past is built on it; what readers may see now is asked of `live`.
        """
        return self.filter(live_from__lte=at)

    def _with_past(self, at):
        """With `has_history`, whether readers had another edition before it, and `has_replies`."""
        earlier = Edition.objects.had(at).filter(public_id=OuterRef("public_id"), live_from__lt=OuterRef("live_from"))
        replies = Reply.objects.live(at).answering(OuterRef("public_id"))
        return self.annotate(has_history=Exists(earlier), has_replies=Exists(replies))

    def for_river(self, at):
        """With what a list prints of each `at` a moment (aware datetime), without the text."""
        return self.select_related("section").defer(*_PAGE_ONLY)._with_pictures(at)

    def _with_pictures(self, at):
        """With the numbers of the pictures readers see of each: `live_pictures`, which views/pictures.py hangs."""
        return self.annotate(live_pictures=live_numbers(OuterRef("pk"), at))

    def starting(self, start, end=None):
        """Editions whose interval begins from `start` until before `end` (aware datetimes; None: ever).

        For the desk, not for readers' pages: it tells what is scheduled.
        """
        # No number is below 1: saying so lets this query, and no readers' list, use the index by start.
        begun = self.filter(number__gte=1, live_from__gte=start)
        return begun.filter(live_from__lt=end) if end else begun

    def for_link(self):
        """With address, times, headline and language only."""
        return self.select_related("section").only(*_LINK)

    def for_sitemap(self, at):
        """The same with the lead picture `at` a moment (aware datetime)."""
        return self.only(*_LINK, "picture")._with_pictures(at)

    def indexed(self):
        """Without those that search engines are asked to leave out."""
        return self.filter(noindex=False)

    def for_feed(self, at):
        """With the full text, as feeds carry it `at` a moment (aware datetime)."""
        return self.select_related("section").defer("related", "corrections")._with_pictures(at)


class Edition(OnTimeline):
    """One version of one story exactly as readers get it."""

    # Printed: never changes again. Keep in step with FROZEN below.
    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="editions", db_index=False, editable=False
    )  # edition_number_once begins with it
    story_version = models.PositiveIntegerField(editable=False)
    number = models.PositiveIntegerField(_("edition"), editable=False)
    headline = models.CharField(_("headline"), max_length=200, editable=False)
    kicker = models.CharField(_("kicker"), max_length=60, editable=False)
    dek = models.TextField(_("dek"), editable=False)
    lede = models.TextField(_("lede"), editable=False)
    slug = models.CharField(_("slug"), max_length=80, editable=False)
    body = models.TextField(_("text"), editable=False)
    word_count = models.PositiveIntegerField(_("words"), editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    language = models.CharField(_("language"), max_length=5, editable=False)
    dateline = models.CharField(_("dateline"), max_length=80, editable=False)
    source = models.CharField(_("source"), max_length=120, editable=False)
    urgency = models.PositiveSmallIntegerField(_("urgency"), editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", editable=False)
    bylines = models.JSONField(_("bylines"), default=list, editable=False)
    topics = models.JSONField(_("topics"), default=list, editable=False)
    picture = models.JSONField(_("picture"), null=True, editable=False)
    pictures = models.JSONField(_("pictures in the text"), default=list, editable=False)
    related = models.JSONField(_("related"), default=list, editable=False)
    translation_key = models.UUIDField(db_index=True, editable=False)
    seo_title = models.CharField(max_length=120, editable=False)
    seo_description = models.CharField(max_length=300, editable=False)
    noindex = models.BooleanField(_("kept out of search engines"), default=False, editable=False)
    live_over = models.BooleanField(_("live coverage is over"), default=False, editable=False)
    embargo_until = models.DateTimeField(_("embargo"), null=True, editable=False)
    embargo_broken = models.TextField(_("why the embargo was broken"), editable=False)
    printed_at = models.DateTimeField(_("printed"), editable=False)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    # Settled until it goes live.
    change = models.CharField(_("change"), max_length=12, choices=Change, editable=False)
    updated_at = models.DateTimeField(_("updated"), editable=False)
    corrections = models.JSONField(_("corrections"), default=list, editable=False)

    objects = EditionQuerySet.as_manager()

    FROZEN = (
        *(
            "story_id",
            "story_version",
            "number",
            "public_id",
            "headline",
            "kicker",
            "dek",
            "lede",
            "slug",
            "body",
        ),
        *(
            "word_count",
            "kind",
            "language",
            "dateline",
            "source",
            "urgency",
            "section_id",
            "bylines",
            "topics",
        ),
        *("picture", "pictures", "related", "translation_key", "seo_title", "seo_description"),
        *("noindex", "live_over", "embargo_until", "embargo_broken", "printed_at", "printed_by_id"),
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-published_at", "-public_id"]
        indexes = [
            models.Index(fields=["public_id", "-live_from"], name="edition_by_address"),
            models.Index(fields=["-published_at", "-public_id"], name="edition_newest"),
            models.Index(fields=["language", "-published_at", "-public_id"], name="edition_newest_in_language"),
            models.Index(fields=["kind", "language", "-published_at", "-public_id"], name="edition_newest_of_kind"),
            models.Index(fields=["live_from"], condition=Q(number__gte=1), name="edition_by_start"),
        ]
        constraints = [
            models.CheckConstraint(
                name="edition_starts_before_it_ends",
                condition=Q(live_until__isnull=True) | Q(live_from__isnull=False, live_from__lt=F("live_until")),
                violation_error_message=_("An edition starts before it ends."),
            ),
            models.CheckConstraint(
                name="edition_respects_embargo",
                condition=Q(embargo_until__isnull=True)
                | Q(live_from__isnull=True)
                | Q(live_from__gte=F("embargo_until"))
                | ~Q(embargo_broken=""),
                violation_error_message=_("No edition starts before the story's embargo ends."),
            ),
            models.CheckConstraint(
                name="edition_published_by_its_start",
                condition=Q(live_from__isnull=True) | Q(published_at__lte=F("live_from")),
                violation_error_message=_("A story was published no later than any of its editions starts."),
            ),
            models.CheckConstraint(
                name="edition_updated_since_published",
                condition=Q(updated_at__gte=F("published_at")),
                violation_error_message=_("A story is not updated before it is published."),
            ),
            models.CheckConstraint(
                name="edition_is_complete",
                condition=~Q(headline="") & ~Q(body="") & ~Q(slug=""),
                violation_error_message=_("An edition has a headline, a text and a slug."),
            ),
            models.UniqueConstraint(
                fields=["story", "number"],
                name="edition_number_once",
                violation_error_message=_("This edition was printed already."),
            ),
            models.UniqueConstraint(
                fields=["story", "live_from"],
                name="edition_starts_alone",
                violation_error_message=_("Another edition of this story starts at the same moment."),
            ),
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(live_from__isnull=False, live_until__isnull=True),
                name="edition_open_once",
                violation_error_message=_("Another edition of this story has no end yet."),
            ),
        ]

    def __str__(self):
        return f"{self.headline} ({self.number})"

    def get_absolute_url(self):
        """The story's page; `section` has to be loaded."""
        return reverse("story", args=[self.section.path, self.slug, self.public_id])

    @property
    def reading_minutes(self):
        """Minutes it takes to read (whole number, at least 1), at 220 words a minute."""
        return max(1, round(self.word_count / 220))

    @property
    def is_updated(self):
        """Whether something that matters to readers changed since first publication."""
        return self.updated_at > self.published_at


class ListingQuerySet(LiveQuerySet):
    """Places in lists, with the editions that stand there."""

    def for_river(self, at):
        """With what a list prints of each edition `at` a moment (aware datetime), without the text."""
        rows = self.select_related("edition__section").defer(*(f"edition__{name}" for name in _PAGE_ONLY))
        return rows._with_pictures(at)

    def for_feed(self, at):
        """With the full text of each edition, as feeds carry it `at` a moment (aware datetime)."""
        rows = self.select_related("edition__section").defer("edition__related", "edition__corrections")
        return rows._with_pictures(at)

    def _with_pictures(self, at):
        return self.annotate(live_pictures=live_numbers(OuterRef("edition_id"), at))


class EditionSection(Listing):
    """An edition's place in a section: its own, further ones, and all above them."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="+", db_index=False, editable=False)
    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["section", "-published_at", "-public_id"], name="section_newest")]
        constraints = [models.UniqueConstraint(fields=["edition", "section"], name="edition_once_in_section")]

    def __str__(self):
        return f"{self.section}: {self.public_id}"


class EditionTopic(Listing):
    """An edition's place under a topic."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", db_index=False, editable=False)
    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["topic", "-published_at", "-public_id"], name="topic_newest")]
        constraints = [models.UniqueConstraint(fields=["edition", "topic"], name="edition_once_in_topic")]

    def __str__(self):
        return f"{self.topic}: {self.public_id}"


class EditionContributor(Listing):
    """An edition's place on the page of somebody named in its byline."""

    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="+", db_index=False, editable=False)
    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contributor", "-published_at", "-public_id"], name="contributor_newest")]
        constraints = [models.UniqueConstraint(fields=["edition", "contributor"], name="edition_once_in_contributor")]

    def __str__(self):
        return f"{self.contributor}: {self.public_id}"
