"""The working copy: a story's identity and its text at the desk. Readers never see one."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from ..text.ids import new_public_id
from ..vocabulary import Kind, Stage
from .byline import Byline
from .edition import Edition
from .picture import Picture
from .presence import SHOWN_FOR, Presence
from .section import Section
from .topic import StoryTopic, TopicsOfStory
from .withdrawal import Withdrawal

_URGENCY = _("Urgency goes from 1 (most urgent) to 8.")


class StoryQuerySet(models.QuerySet):
    """Finding working copies, locking one, and asking what readers have of them."""

    def lock(self, story):
        """The story as stored now, its row held until the transaction ends.

        PostgreSQL locks the row; SQLite's transactions begin IMMEDIATE, so there the whole file is held.
        """
        return self.select_for_update(of=("self",)).select_related("section", "lead_picture").get(pk=story.pk)

    def make(self, **fields):
        """A new story under a random public id: insert, and on the rare collision try another id."""
        for _try in range(8):
            try:
                with transaction.atomic():
                    return self.create(public_id=new_public_id(), **fields)
            except IntegrityError as error:
                if "public_id" not in str(error):
                    raise
        raise IntegrityError("No free public id in eight tries.")

    def with_readers_state(self, at=None):
        """Adds what readers have of each story at `at` (aware datetime; None is now), in the same query.

        `reader_live_since`, `reader_version` and `reader_ends` describe the live edition (its first
        publication, the working copy it was printed from, its end); `reader_next` is when the next
        edition begins, `reader_last` when the last one ended, `reader_withdrawn` whether the address
        answers 410.
        """
        at = at or timezone.now()
        editions = Edition.objects.filter(story=OuterRef("pk"))
        live = editions.live(at)[:1]
        return self.annotate(
            reader_live_since=Subquery(live.values("published_at")),
            reader_version=Subquery(live.values("story_version")),
            reader_ends=Subquery(live.values("live_until")),
            reader_next=Subquery(editions.filter(live_from__gt=at).order_by("live_from").values("live_from")[:1]),
            reader_last=Subquery(editions.filter(live_until__lte=at).order_by("-live_until").values("live_until")[:1]),
            reader_withdrawn=Exists(Withdrawal.objects.in_force(at).filter(story=OuterRef("pk"))),
        )

    def overdue(self, at):
        """Those that should have been ready before `at` (aware datetime) and of which nothing is printed.

        A scheduled story has been printed; a spiked one is not wanted any more.
        """
        return self.filter(printed_version__isnull=True, due_at__lt=at).exclude(stage=Stage.SPIKED)

    def of_person(self, user, *, in_work=False):
        """Those that `user` made, is assigned or is named in.

        `in_work` leaves out what was printed, but not what they were assigned and has to be cleared again.
        """
        every = self.model.objects.order_by()
        ahead = every.filter(printed_version__isnull=True) if in_work else every
        wanted = every.filter(Q(printed_version__isnull=True) | ~Q(stage=Stage.CLEARED)) if in_work else every
        keys = [
            ahead.filter(created_by=user).values("pk"),
            wanted.filter(assignee=user).values("pk"),
            ahead.filter(bylines__contributor__user=user).values("pk"),
        ]
        # A union of keys: told "or" instead, PostgreSQL reads the whole table.
        return self.filter(pk__in=keys[0].union(*keys[1:]))

    def for_list(self, reader=None):
        """What the desk's list shows of each story to `reader` (a user), without its text.

        `here` has who else is at it, or left minutes ago.
        """
        bylines = Prefetch("bylines", Byline.objects.select_related("contributor"))
        recent = Presence.objects.filter(seen_at__gte=timezone.now() - SHOWN_FOR).exclude(user=reader)
        here = Prefetch("presences", recent.select_related("user").order_by("since"), to_attr="here")
        return (
            self.select_related("section", "saved_by", "assignee").prefetch_related(bylines, here).defer("body", "dek")
        )


class Story(models.Model):
    """A story at the desk. The press prints Editions from it; nothing else of it reaches readers."""

    public_id = models.CharField(_("public id"), max_length=10, unique=True, editable=False)

    headline = models.CharField(_("headline"), max_length=200)
    kicker = models.CharField(_("kicker"), max_length=60, blank=True, help_text=_("Short label above the headline."))
    dek = models.TextField(
        _("dek"), max_length=500, blank=True, help_text=_("One or two sentences under the headline.")
    )
    slugline = models.CharField(_("slugline"), max_length=60, blank=True, help_text=_("Working name, staff only."))
    slug = models.SlugField(_("slug"), max_length=80, blank=True, help_text=_("Empty: made from the headline."))
    body = models.TextField(_("text"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEWS)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("The place the story is from."))
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Agency or publication the text is taken from.")
    )
    urgency = models.PositiveSmallIntegerField(
        _("urgency"),
        default=5,
        help_text=_("1 is most urgent, 8 least."),
        validators=[MinValueValidator(1, _URGENCY), MaxValueValidator(8, _URGENCY)],
    )

    section = models.ForeignKey(
        Section, models.PROTECT, related_name="stories", db_index=False, verbose_name=_("section")
    )
    further_sections = models.ManyToManyField(
        Section, blank=True, related_name="further_stories", verbose_name=_("also in")
    )
    topics = TaggableManager(
        through=StoryTopic, manager=TopicsOfStory, blank=True, verbose_name=_("topics"), help_text=""
    )
    lead_picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="stories", verbose_name=_("lead picture")
    )
    picture_caption = models.CharField(
        _("caption here"), max_length=500, blank=True, help_text=_("Empty: the picture's own caption.")
    )
    picture_credit = models.CharField(
        _("credit here"), max_length=200, blank=True, help_text=_("Empty: the picture's own credit.")
    )
    related = models.ManyToManyField("self", through="RelatedStory", symmetrical=False, related_name="related_from")
    translation_key = models.UUIDField(default=uuid.uuid4, editable=False)

    seo_title = models.CharField(_("title for search engines"), max_length=120, blank=True)
    seo_description = models.CharField(_("description for search engines"), max_length=300, blank=True)
    noindex = models.BooleanField(
        _("keep out of search engines"),
        default=False,
        help_text=_("Search engines are asked not to list it. Readers still find it in every list and feed."),
    )

    live_over = models.BooleanField(
        _("live coverage is over"),
        default=False,
        help_text=_("Of a live blog: tick it and publish. Readers are told, and their pages stop asking for news."),
    )

    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_stories",
        db_index=False,  # story_by_assignee: of a full one, nearly all NULL, SQLite thinks it finds nothing
        verbose_name=_("assigned to"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("For planning; publishes nothing."))
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("No edition may start earlier.")
    )
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    # The working copy last printed; lets "changed since" be asked of an index that holds only such stories.
    printed_version = models.PositiveIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("saved by"),
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-saved_at"]
        permissions = [
            ("all_sections", _("Works in all sections")),
            ("clear_story", _("Clears, sends back and spikes stories")),
            ("publish_story", _("Publishes and schedules stories")),
            ("withdraw_story", _("Withdraws and restores stories")),
            ("break_embargo", _("Breaks an embargo")),
            ("tag_story", _("Changes the topics of any story")),
            ("read_all_stories", _("Reads all stories at the desk")),
            ("check_copy", _("Does copy checks")),
            ("check_legal", _("Does legal checks")),
            ("check_picture", _("Does picture checks")),
            ("bypass_checks", _("Clears urgent stories without their checks")),
            ("override_preflight", _("Prints against required rules")),
            ("share_story", _("Shows stories to people outside")),
            ("see_site_ahead", _("Sees the site as it will stand")),
        ]
        indexes = [
            # As the desk's list orders them, with and without its commonest filters.
            models.Index(fields=["-saved_at", "-id"], name="story_by_saved"),
            models.Index(fields=["stage", "-saved_at", "-id"], name="story_by_stage"),
            models.Index(fields=["section", "-saved_at", "-id"], name="story_by_section"),
            models.Index(fields=["due_at"], name="story_by_due"),
            models.Index(fields=["assignee"], condition=Q(assignee__isnull=False), name="story_by_assignee"),
            models.Index(
                fields=["-saved_at", "-id"],
                condition=Q(printed_version__lt=F("version")),
                name="story_changed_since_printed",
            ),
            # Of the few stories that are still ahead of readers, so that the desk's first page reads no archive.
            models.Index(
                fields=["created_by", "-saved_at"],
                condition=Q(printed_version__isnull=True),
                name="story_unprinted_by_maker",
            ),
            models.Index(fields=["due_at"], condition=Q(printed_version__isnull=True), name="story_unprinted_by_due"),
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="story_by_end"),
            models.Index(fields=["embargo_until"], condition=Q(embargo_until__isnull=False), name="story_by_embargo"),
        ]
        constraints = [
            models.CheckConstraint(
                name="story_has_headline",
                condition=~Q(headline=""),
                violation_error_message=_("A story needs a headline, if only a working one."),
            ),
            models.CheckConstraint(
                name="story_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("The slug needs at least one letter or digit."),
            ),
            models.CheckConstraint(
                name="story_stage_is_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message=_("There is no such stage."),
            ),
            models.CheckConstraint(
                name="story_urgency_from_1_to_8",
                condition=Q(urgency__range=(1, 8)),
                violation_error_message=_URGENCY,
            ),
            models.UniqueConstraint(
                fields=["translation_key", "language"],
                name="story_translated_once_a_language",
                violation_error_message=_("There is a translation into this language already."),
            ),
        ]

    def __str__(self):
        return self.headline

    def is_overdue(self, at):
        """Whether the story is one of `Story.objects.overdue(at)` (`at`: aware datetime)."""
        wanted = self.printed_version is None and self.stage != Stage.SPIKED
        return wanted and self.due_at is not None and self.due_at < at


class RelatedStory(models.Model):
    """A story an editor chose to stand beneath another one."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="related_rows")
    other = models.ForeignKey(Story, models.CASCADE, related_name="+", verbose_name=_("story"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "other"],
                name="related_story_once",
                violation_error_message=_("This story is listed already."),
            ),
            models.UniqueConstraint(
                fields=["story", "position"],
                name="related_position_once",
                violation_error_message=_("Two related stories stand at the same position."),
            ),
            models.CheckConstraint(
                name="related_story_is_another",
                condition=~Q(story=F("other")),
                violation_error_message=_("A story is not related to itself."),
            ),
        ]

    def __str__(self):
        return str(self.other)
