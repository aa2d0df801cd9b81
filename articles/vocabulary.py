"""The words of the trade: every choice a story, an edition or a person can have."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_ROLES = {
    "contributor": pgettext_lazy("role", "Contributor"),
    "editor": pgettext_lazy("role", "Editor"),
    "chief": pgettext_lazy("role", "Chief editor"),
    "picture editor": pgettext_lazy("role", "Picture editor"),
    "topic librarian": pgettext_lazy("role", "Topic librarian"),
    "administrator": pgettext_lazy("role", "Administrator"),
}


def role_label(name):
    """What the role called `name` in the database is called on a screen (text); a house's own role as it is."""
    return str(_ROLES.get(name, name))


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
    REPORTAGE = "reportage", _("Reportage")
    BACKGROUND = "background", _("Background")
    REVIEW = "review", _("Review")
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


class RedirectAnswer(TextChoices):
    """What readers get at an old address."""

    MOVED = "moved", _("It moved (301)")
    GONE = "gone", _("It is gone (410)")


class TopicKind(TextChoices):
    """What a topic is about."""

    SUBJECT = "subject", _("Subject")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    ORGANISATION = "organisation", _("Organisation")
    EVENT = "event", _("Event")
    SERIES = "series", pgettext_lazy("kind of topic", "Series")


class Change(TextChoices):
    """What an edition changes for readers; decides whether `updated_at` moves."""

    FIRST = "first", _("First publication")
    MINOR = "minor", _("Minor: readers need no note")
    UPDATE = "update", _("Update: something new in the story")
    CORRECTION = "correction", _("Correction: readers get a note at the story")


class CorrectionKind(TextChoices):
    """What a note to readers about a story is; the word that stands above it."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", pgettext_lazy("kind of correction", "Update")
    RETRACTION = "retraction", _("Retraction")
    NOTE = "note", _("Editor’s note")


class CorrectionPlace(TextChoices):
    """Where at the story a correction stands."""

    TOP = "top", _("Above the text")
    END = "end", _("Below the text")


class Policy(TextChoices):
    """What a standing page says about how the newsroom works: the properties schema.org has for it.

    The values are those of NewsMediaOrganization, as search engines read them.
    """

    MASTHEAD = "masthead", _("Masthead")
    PRINCIPLES = "publishingPrinciples", _("Publishing principles")
    CORRECTIONS = "correctionsPolicy", _("Corrections policy")
    ETHICS = "ethicsPolicy", _("Ethics policy")
    VERIFICATION = "verificationFactCheckingPolicy", _("Verification and fact-checking")
    SOURCES = "unnamedSourcesPolicy", _("Unnamed sources")
    FEEDBACK = "actionableFeedbackPolicy", _("Feedback from readers")
    MISSION = "missionCoveragePrioritiesPolicy", _("Mission and coverage priorities")
    OWNERSHIP = "ownershipFundingInfo", _("Ownership and funding")
    DIVERSITY = "diversityPolicy", _("Diversity policy")
    STAFFING = "diversityStaffingReport", _("Diversity of the staff")
    NO_BYLINES = "noBylinesPolicy", _("Stories without a byline")


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
    RETIMED = "retimed", _("moved the scheduled edition")
    REVERTED = "reverted", _("brought back an earlier revision")
    TAKEN_OVER = "taken_over", _("took over the story")
    ASSIGNED = "assigned", _("assigned")
    CHECK_ASKED = "check_asked", _("asked for a check")
    CHECK_PASSED = "check_passed", _("passed a check")
    CHECK_FAILED = "check_failed", _("objected in a check")
    CHECK_REOPENED = "check_reopened", _("opened a check again")
    CHECK_DROPPED = "check_dropped", _("dropped a check")
    CHECKS_BYPASSED = "checks_bypassed", _("cleared without open checks")
    OVERRIDDEN = "overridden", _("printed against a required rule")
    NOTED = "noted", _("wrote a note")
    NOTE_RESOLVED = "note_resolved", _("resolved a note")
    SHARED = "shared", _("made a preview link")
    UNSHARED = "unshared", _("revoked a preview link")
    REPLY_PRINTED = "reply_printed", _("printed a reply")
    REPLY_ENDED = "reply_ended", _("set the end of a reply")
    LIVE_POSTED = "live_posted", _("posted a live entry")
    LIVE_CHANGED = "live_changed", _("changed a live entry")
    LIVE_REMOVED = "live_removed", _("took down a live entry")
    LIVE_PINNED = "live_pinned", _("pinned a live entry")
    LIVE_UNPINNED = "live_unpinned", _("unpinned a live entry")
    LIVE_MARKED = "live_marked", _("marked a live entry as a key event")
    LIVE_UNMARKED = "live_unmarked", _("no longer marks a live entry as a key event")


class CheckKind(TextChoices):
    """What somebody else has to look at before a story may be cleared."""

    COPY = "copy", pgettext_lazy("kind of check", "Copy")
    LEGAL = "legal", _("Legal")
    PICTURE = "picture", _("Picture")


class CheckState(TextChoices):
    """How a check stands."""

    OPEN = "open", _("Open")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Objected")


class Level(TextChoices):
    """How much a preflight rule weighs in a section."""

    REQUIRED = "required", _("Required")
    RECOMMENDED = "recommended", _("Recommended")
    OFF = "off", _("Off")


class MailKind(TextChoices):
    """What a member of staff can be told by mail."""

    ASSIGNED = "assigned", _("A story is assigned to me")
    SUBMITTED = "submitted", _("A story is submitted in a section I edit")
    SENT_BACK = "sent_back", _("A story of mine is sent back")
    CLEARED = "cleared", _("A story of mine is cleared")
    PUBLISHED = "published", _("A story of mine goes live")
    CHECK = "check", _("A check I can do is asked for")
    CHECKED = "checked", _("A check of a story of mine is done")
    NOTE = "note", _("Somebody writes a note on a story of mine")
    MENTION = "mention", _("Somebody mentions me")
    TAKEN_OVER = "taken_over", _("Somebody takes over a story I am writing")
    RIGHTS = "rights", _("Rights to a picture readers see come to an end")


class Rights(TextChoices):
    """On what ground the newsroom may print a picture."""

    UNCLEARED = "uncleared", _("Not cleared yet")
    OWN = "own", _("Own picture")
    AGENCY = "agency", _("Agency contract")
    SINGLE = "single", _("Bought for single use")
    OPEN = "open", _("Open licence")
    PUBLIC_DOMAIN = "public", _("Public domain")
    HANDOUT = "handout", _("Handout, free for the press")
    NONE = "none", _("No rights: do not use")


PRINTABLE_RIGHTS = tuple(each for each in Rights if each not in (Rights.UNCLEARED, Rights.NONE))


class Place(TextChoices):
    """Where in an edition a picture stands."""

    LEAD = "lead", _("Lead picture")
    BODY = "body", _("In the text")
    GALLERY = "gallery", _("In a gallery")


class Ratio(TextChoices):
    """The crops every picture has, width to height; the first part of a rendition's name."""

    ORIGINAL = "original", _("Whole picture")
    WIDE = "16x9", "16:9"
    CLASSIC = "3x2", "3:2"
    STANDARD = "4x3", "4:3"
    SQUARE = "1x1", "1:1"


class ContainerKind(TextChoices):
    """The containers a front is made of."""

    LEAD = "lead", _("Lead")
    SECONDARY = "secondary", _("Second stories")
    RIVER = "river", _("River: the newest, as a list")
    STRIP = "strip", _("Strip of a section or topic")
    MOST_READ = "most_read", _("Most read")
    OPINION = "opinion", _("Opinion")
    LIVE = "live", pgettext_lazy("kind of container", "Live")
    WORTH_KNOWING = "worth_knowing", _("Worth knowing")


class SlotSize(TextChoices):
    """How large a story is shown in its slot."""

    USUAL = "", _("As the container has it")
    LARGE = "large", _("Large")
    SMALL = "small", _("Small")
    TEXT = "text", _("Without picture")
