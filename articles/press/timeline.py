"""A story's editions in time: which one readers have, which comes next, and their intervals.

Every interval is set here, in the edition and in all its places in lists at
once. What readers had in the past is never changed: an interval that is over
stays, and one that runs can only get another end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from .. import outbox, search
from ..models import (
    Edition,
    EditionContributor,
    EditionPicture,
    EditionSection,
    EditionTopic,
    Reply,
    Section,
    Story,
    Topic,
    Withdrawal,
)
from ..rules.pictures import picture_blockers
from ..rules.preflight import remarks_on
from ..rules.readiness import blockers
from ..vocabulary import Change
from .picturing import list_pictures, lock_pictures

LISTINGS = (EditionSection, EditionTopic, EditionContributor, EditionPicture)
INSTANT = timedelta(microseconds=1)


@dataclass
class Timeline:
    """A locked story with its editions as they stand at `now` (UTC)."""

    story: Story
    now: datetime
    live: Edition | None
    coming: Edition | None
    last: Edition | None
    withdrawal: Withdrawal | None

    @classmethod
    def lock(cls, story):
        """Lock the story and read its editions; every act of the press begins with this.

        The clock is read after the lock is held: whoever waited acts on what stands now.
        """
        return cls.read(Story.objects.lock(story))

    @classmethod
    def read(cls, story):
        """The same without a lock, for showing what could be done now."""
        now = timezone.now()
        editions = Edition.objects.filter(story=story, live_from__isnull=False).select_related("section")
        return cls(
            story=story,
            now=now,
            live=editions.live(now).first(),
            coming=editions.filter(live_from__gt=now).order_by("live_from").first(),
            last=editions.filter(live_from__lte=now).order_by("-live_from").first(),
            withdrawal=Withdrawal.objects.in_force(now).filter(story=story).first(),
        )

    @property
    def starts(self):
        """The earliest moment (UTC) at which another edition can begin: now, but after the live one began."""
        begun = [edition.live_from + INSTANT for edition in (self.live, self.last) if edition]
        return max([self.now, *begun])

    @property
    def published_at(self):
        """When readers first got the story (UTC); None while they never did."""
        return self.last.published_at if self.last else None

    @property
    def goes_out(self):
        """When the working copy is meant to go out (aware datetime): as scheduled, else as planned; None: unknown."""
        due = self.story.due_at
        return self.coming.live_from if self.coming else due if due and due > self.now else None

    @cached_property
    def remarks(self):
        """What preflight says of the working copy for that time (list of Remark); read once."""
        return remarks_on(self.story, starts=self.goes_out)

    @cached_property
    def blockers(self):
        """What keeps the working copy from being printed (list of text); read once."""
        return [*blockers(self.story), *picture_blockers(self.story)]

    @cached_property
    def replies(self):
        """The replies to the story that readers have now (list); read once."""
        return list(Reply.objects.live(self.now).filter(story=self.story))

    @property
    def last_number(self):
        """The highest number any edition of the story has; 0 before the first."""
        return Edition.objects.filter(story=self.story).aggregate(last=Max("number"))["last"] or 0

    def insert(self, edition, *, starts, ends):
        """Save a new edition live from `starts` until `ends` (UTC; None: no end) and put it into its lists."""
        edition.number = self.last_number + 1
        edition.live_from, edition.live_until = starts, ends
        edition.save(force_insert=True)
        list_edition(edition, self.story.further_sections.all())
        search.the_index().add([edition])
        announce(edition)
        return edition

    def drop_coming(self):
        """Take the coming edition out of the future; its text counts as printed only as far as readers had it."""
        never_live(self.coming)
        self.story.printed_version = self.last.story_version if self.last else None
        self.story.save(update_fields=["printed_version"])

    def end_by(self, start_of_next=None):
        """When an edition has to end: as the next starts, or at the story's own end (UTC or None) if earlier."""
        return min((end for end in (start_of_next, self.story.ends_at) if end), default=None)


def list_edition(edition, further_sections):
    """Put a saved edition into the lists of its sections, topics, contributors and pictures."""
    times = times_of(edition)
    paths = {path for section in (edition.section, *further_sections) for path in section.lineage}
    sections = Section.objects.filter(path__in=paths)
    EditionSection.objects.bulk_create(EditionSection(edition=edition, section=each, **times) for each in sections)
    topics = {each["id"] for each in edition.topics}
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, topic_id=each, **times) for each in topics)
    # Asked afterwards: a merge that we had to wait for is seen now, and an edition brought back may be older than one.
    merged = Topic.objects.filter(pk__in=topics, merged_into__isnull=False).values_list("merged_into", flat=True)
    kept = set(merged).difference(topics)
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, topic_id=each, **times) for each in kept)
    people = dict.fromkeys(line["id"] for line in edition.bylines)
    EditionContributor.objects.bulk_create(
        EditionContributor(edition=edition, contributor_id=each, **times) for each in people
    )
    list_pictures(edition, times)


def times_of(edition):
    """What a place in a list repeats of its edition (dict)."""
    return {name: getattr(edition, name) for name in ("public_id", "published_at", "live_from", "live_until")}


def announce(edition):
    """Let what follows when an edition goes live (mails to its authors) be done then; readers do not wait for it."""
    at = edition.live_from.isoformat()
    outbox.add(
        "live",
        key=f"live:{edition.pk}:{at}",
        payload={"edition": edition.pk, "at": at, "story": edition.story_id},
        due_at=edition.live_from,
    )


def set_times(edition, **times):
    """Change an edition's times, and with them its places in lists.

    `times`: any of `live_from`, `live_until`, `published_at` (UTC or None); `updated_at` and `change` too,
    which lists do not repeat.
    """
    lock_pictures(edition)
    Edition.objects.filter(pk=edition.pk).update(**times)
    for name, value in times.items():
        setattr(edition, name, value)
    if times.get("live_from"):
        announce(edition)
    listed = {name: value for name, value in times.items() if name not in ("updated_at", "change")}
    for listing in LISTINGS:
        if listed:
            listing.objects.filter(edition=edition).update(**listed)
    if listed:
        search.the_index().retime(edition, listed)


def never_live(edition):
    """Take an edition that has not begun out of the future; its text stays on record."""
    set_times(edition, live_from=None, live_until=None)


def follow(coming, edition):
    """Make an edition that has not begun follow `edition`, which was just published before it.

    It becomes a change to something readers have, and carries the corrections they have seen by then.
    """
    change = Change.UPDATE if coming.change == Change.FIRST else coming.change
    updated_at = edition.updated_at if change == Change.MINOR else coming.live_from
    set_times(coming, published_at=edition.published_at, change=change, updated_at=updated_at)
    own = [note for note in coming.corrections if note["at"] == coming.live_from.isoformat()]
    Edition.objects.filter(pk=coming.pk).update(corrections=edition.corrections + own)
