"""What a story is about: taggit's tag, ours."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from ..text.slugs import slugify
from ..text.topics import LONGEST, is_name, likeness, likenesses, name_key, one_letter_off, tidy_name
from ..vocabulary import TopicKind
from .prefix import begins_with


class TopicQuerySet(models.QuerySet):
    """Finding topics by what people type."""

    def called(self, name):
        """The topic of that name or alias, whatever its case or punctuation; None where there is none."""
        key = name_key(name)
        return self.at_address(key) if key else None

    def in_use(self):
        """Topics that stand for themselves, not those merged into others."""
        return self.filter(merged_into__isnull=True)

    def at_address(self, slug):
        """The topic whose page an address (text) means or meant, of a merged one the kept; None where there is none."""
        rows = self.select_related("merged_into")
        found = rows.filter(slug=slug).first() or rows.filter(aliases__key=slug).first()
        return found and (found.merged_into or found)

    def nearly_called(self, name, *, limit=5):
        """Topics in use (list) that `name` may be another spelling of, the most used first; not the one of that name.

        Nearly the same are two names of one likeness, in any order of their words, or one typing mistake apart. What
        such names could be is listed and looked up in the index: it costs the same among any number of topics.
        """
        key, alike = name_key(name), likenesses(name)
        near = {other for each in alike for other in one_letter_off(each)} if len(alike) <= 2 else set()
        own = self.model.objects
        keys = one_letter_off(key, letters="abcdefghijklmnopqrstuvwxyz-") | _other_endings(key)
        by_alias = TopicAlias.objects.filter(key__in=keys).values("topic")
        found = own.in_use().filter(Q(pk__in=own.filter(likeness__in=alike | near).values("pk")) | Q(pk__in=by_alias))
        same = own.called(name)
        return [topic for topic in found.order_by("-uses", "name")[: limit + 1] if topic != same][:limit]

    def beginning(self, typed):
        """Topics whose name, one of its words or an alias begins like `typed` (text)."""
        key = name_key(typed)
        if not key:
            return self.none()
        # As a list of keys, which the index of addresses alone can give: asked of each row, this read the whole table.
        aliases = TopicAlias.objects.filter(begins_with("key", key)).order_by().values("topic")
        begins = self.model.objects.filter(begins_with("slug", key)).order_by().values("pk")
        has_word = self.model.objects.filter(slug__contains=f"-{key}").order_by().values("pk")
        return self.filter(pk__in=begins.union(has_word, aliases))

    def for_name(self, name):
        """The topic `name` means, made if there is none yet. Two calls at once get the same row.

        Raises ValidationError for what cannot be a topic's name.
        """
        if not is_name(name):
            raise ValidationError(no_name(name))
        found = self.called(name)
        if found:
            return found
        try:
            with transaction.atomic():
                return self.create(name=tidy_name(name), slug=name_key(name))
        except IntegrityError:
            return self.called(name) or self.get(name=tidy_name(name))

    def get_by_natural_key(self, name):
        """By name, as fixtures and taggit address a topic."""
        return self.get(name=name)


_ENDINGS = ("s", "n", "en", "e", "er", "es")


def _other_endings(key):
    """The same key with other endings of grammar (set)."""
    bare = {key.removesuffix(end) for end in _ENDINGS if len(key) > len(end) + 3}
    return {f"{each}{end}" for each in {key, *bare} for end in ("", *_ENDINGS)} - {key}


class Topic(TagBase):
    """A person, place, organisation, event or subject that stories are about.

    Two names with one slug are one topic, so there are no `_1` twins.
    """

    name = models.CharField(
        _("name"),
        max_length=LONGEST,
        unique=True,
        error_messages={"unique": _("There is a topic of this name already.")},
    )
    slug = models.SlugField(
        _("slug"),
        max_length=LONGEST,
        unique=True,
        blank=True,
        error_messages={"unique": _("There is a topic with this address already; it may be the same topic.")},
    )
    kind = models.CharField(_("kind"), max_length=12, choices=TopicKind, default=TopicKind.SUBJECT)
    description = models.TextField(_("description"), blank=True, help_text=_("Stands on the topic's page."))
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("A longer text below the description, such as the background.")
    )
    uses = models.PositiveIntegerField(_("stories"), default=0, editable=False)
    # What nearly identical names share (text/topics.py); finds them by index among any number of topics.
    likeness = models.CharField(max_length=LONGEST, default="", editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name=_("merged into")
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["-uses", "name"], name="topic_by_use"),
            models.Index(fields=["likeness"], name="topic_by_likeness"),
        ]
        constraints = [
            models.CheckConstraint(
                name="topic_is_not_merged_into_itself",
                condition=~models.Q(merged_into=models.F("id")),
                violation_error_message=_("A topic cannot be merged into itself."),
            ),
            models.CheckConstraint(
                name="topic_has_slug",
                condition=~models.Q(slug=""),
                violation_error_message=_("A topic needs a name with at least one letter or digit."),
            ),
        ]

    def clean(self):
        """Raises ValidationError where the name is none, or already means another topic."""
        if not self.name:  # of which the field itself complains, or the form had something else to say about it
            return
        if not is_name(self.name):
            raise ValidationError({"name": no_name(self.name)})
        taken = Topic.objects.called(self.name)
        if taken and taken.pk != self.pk:
            raise ValidationError({"name": _taken(self.name, taken)})
        self.slug = self.slug or self.slugify(self.name)

    def save(self, *args, **kwargs):
        """Saves under the slug its name gives. Raises IntegrityError where another topic has it."""
        self.name = tidy_name(self.name)
        self.slug = self.slug or self.slugify(self.name)
        self.likeness = likeness(self.name)
        models.Model.save(self, *args, **kwargs)

    def slugify(self, tag, i=None):
        """The slug of a name; taggit's numbered second tries are not made."""
        return slugify(tag, limit=LONGEST)

    def get_absolute_url(self):
        """The topic's page."""
        return reverse("topic", args=[self.slug])


def no_name(name):
    """The sentence for what cannot be a topic's name (text)."""
    return _("“%(name)s” cannot be a topic: a name has a Latin letter or a digit, and at most %(most)d characters.") % {
        "name": name[:40],
        "most": LONGEST,
    }


def _taken(name, topic):
    return _("“%(name)s” already means the topic “%(topic)s”.") % {"name": name, "topic": topic}


class TopicAlias(models.Model):
    """Another name for a topic: typing it finds the topic, its old address leads there."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=LONGEST)
    key = models.CharField(max_length=LONGEST, unique=True, editable=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="topic_alias_has_key",
                condition=~models.Q(key=""),
                violation_error_message=_("An alias needs at least one letter or digit."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Work out the key. Raises ValidationError where another topic answers to it."""
        if not self.name:  # of which the field itself complains
            return
        if not is_name(self.name):
            raise ValidationError({"name": no_name(self.name)})
        self.key = name_key(self.name)
        taken = Topic.objects.called(self.name)
        if taken and taken.pk != self.topic_id:
            raise ValidationError({"name": _taken(self.name, taken)})

    def save(self, *args, **kwargs):
        """Saves under the key its name gives."""
        self.name, self.key = tidy_name(self.name), name_key(self.name)
        super().save(*args, **kwargs)


class StoryTopic(ItemBase):
    """That a story is about a topic."""

    tag = models.ForeignKey(Topic, models.PROTECT, related_name="story_topics", verbose_name=_("topic"))
    content_object = models.ForeignKey("articles.Story", models.CASCADE, related_name="story_topics", db_index=False)

    class Meta:
        verbose_name = _("topic of a story")
        verbose_name_plural = _("topics of stories")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="story_topic_once")]


class TopicsOfStory(_TaggableManager):
    """taggit's manager, finding topics by name, alias or slug instead of by exact spelling; of merged ones the kept."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        topics = [Topic.objects.for_name(tag) if isinstance(tag, str) else tag for tag in tags]
        merged = {topic.pk for topic in topics if topic.merged_into_id}
        kept = Topic.objects.select_related("merged_into").in_bulk(merged) if merged else {}
        return list(dict.fromkeys(kept[topic.pk].merged_into if topic.pk in kept else topic for topic in topics))
