"""What topic librarians leave behind: merges that can be undone, pinned stories, what words hint at a topic."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .topic import Topic


class TopicMerge(models.Model):
    """That `gone` was merged into `kept`: with the keys of every row it touched, so that it can be undone."""

    kept = models.ForeignKey(Topic, models.PROTECT, related_name="merges", verbose_name=_("kept"))
    gone = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("merged"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("merged at"), default=timezone.now)
    packed = models.BinaryField()
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("merge of topics")
        verbose_name_plural = _("merges of topics")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="topic_merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="topic_merge_in_force_once"
            ),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"


class TopicPin(models.Model):
    """A story that stands first on a topic's page, as long as readers have it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="pins", db_index=False)
    story = models.ForeignKey("articles.Story", models.CASCADE, related_name="+")
    # The story's own, so that readers' pages need not know the story.
    public_id = models.CharField(max_length=10, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "story"],
                name="topic_pin_once",
                violation_error_message=_("This story is pinned already."),
            )
        ]

    def __str__(self):
        return f"{self.topic}: {self.public_id}"

    def save(self, *args, **kwargs):
        """Saves with the story's own public id."""
        self.public_id = self.story.public_id
        super().save(*args, **kwargs)


class TopicClue(models.Model):
    """How strongly a word (its stem) speaks for a topic, learned from how stories were tagged."""

    word = models.CharField(max_length=40)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="clues")
    weight = models.FloatField()

    class Meta:
        verbose_name = _("clue to a topic")
        verbose_name_plural = _("clues to topics")
        constraints = [models.UniqueConstraint(fields=["word", "topic"], name="topic_clue_once")]

    def __str__(self):
        return f"{self.word}: {self.topic_id}"
