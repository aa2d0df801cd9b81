"""The words of the trade: every choice a story, an edition or a person can have."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a working copy stands at the desk; what readers have is never a stage."""

    PITCH = "pitch", _("Pitch")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CLEARED = "cleared", _("Cleared")
    SPIKED = "spiked", _("Spiked")


class Kind(TextChoices):
    """What sort of journalism it is; shown to readers wherever it is not plain news."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    INTERVIEW = "interview", _("Interview")
    LIVE = "live", pgettext_lazy("kind of story", "Live")
    SPONSORED = "sponsored", _("Advertisement")


class Credit(TextChoices):
    """What somebody named in a byline did."""

    TEXT = "text", _("Text")
    PHOTO = "photo", _("Photo")
    ADDITIONAL = "additional", _("Additional reporting")
    TRANSLATION = "translation", _("Translation")
    AGENCY = "agency", _("Agency")


class ContributorKind(TextChoices):
    """Who can be named in a byline."""

    WRITER = "writer", _("Writer")
    PHOTOGRAPHER = "photographer", _("Photographer")
    AGENCY = "agency", _("Agency")


class TopicKind(TextChoices):
    """What a topic is about."""

    SUBJECT = "subject", _("Subject")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    ORGANISATION = "organisation", _("Organisation")
    EVENT = "event", _("Event")


class Change(TextChoices):
    """What an edition changes for readers; decides whether `updated_at` moves."""

    FIRST = "first", _("First publication")
    MINOR = "minor", _("Minor: readers need no note")
    UPDATE = "update", _("Update: something new in the story")
    CORRECTION = "correction", _("Correction: something was wrong")


class WithdrawalReason(TextChoices):
    """Why a story was taken down, as readers may know it."""

    ERROR = "error", _("The story contained serious errors.")
    LEGAL = "legal", _("The story was taken down for legal reasons.")
    RIGHTS = "rights", _("We no longer hold the rights to the story.")
    PRIVACY = "privacy", _("The story was taken down to protect personal rights.")
    OTHER = "other", _("The story was withdrawn by the newsroom.")


class Act(TextChoices):
    """What somebody did to a story; the log's vocabulary."""

    CREATED = "created", _("created")
    SAVED = "saved", _("saved")
    MOVED = "moved", _("moved")
    TAGGED = "tagged", _("tagged")
    IMPORTED = "imported", _("imported")
    PUBLISHED = "published", _("published")
    SCHEDULED = "scheduled", _("scheduled")
    REPLACED = "replaced", _("replaced the scheduled edition")
    CANCELLED = "cancelled", _("cancelled the scheduled edition")
    END_SET = "end_set", _("set an end date")
    END_LIFTED = "end_lifted", _("lifted the end date")
    WITHDRAWN = "withdrawn", _("withdrew")
    RESTORED = "restored", _("restored")
    EMBARGO_BROKEN = "embargo_broken", _("broke the embargo")
