"""What the worker does about the desk's effects: it sends the mails, and tells authors that an edition is live."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from ..models import Edition, Story
from ..outbox import handles
from ..rules.policy import can
from ..rules.readiness import desk_time, name_of
from ..text.html import one_line, printable
from ..vocabulary import Change, MailKind
from .telling import authors_of, tell, wants

# kind: the subject, and the sentence with who did it
WORDS = {
    MailKind.ASSIGNED: (gettext_lazy("Assigned to you"), gettext_lazy("%(who)s assigned a story to you.")),
    MailKind.SUBMITTED: (gettext_lazy("Submitted"), gettext_lazy("%(who)s submitted a story in a section you edit.")),
    MailKind.SENT_BACK: (gettext_lazy("Sent back"), gettext_lazy("%(who)s sent back a story of yours.")),
    MailKind.CLEARED: (gettext_lazy("Cleared"), gettext_lazy("%(who)s cleared a story of yours for publication.")),
    MailKind.PUBLISHED: (gettext_lazy("Live"), gettext_lazy("Readers have a new edition of a story of yours.")),
    MailKind.CHECK: (gettext_lazy("Check wanted"), gettext_lazy("%(who)s asks for a check you can do.")),
    MailKind.CHECKED: (gettext_lazy("Checked"), gettext_lazy("%(who)s finished a check of a story of yours.")),
    MailKind.NOTE: (gettext_lazy("Note"), gettext_lazy("%(who)s wrote a note on a story of yours.")),
    MailKind.MENTION: (gettext_lazy("You are mentioned"), gettext_lazy("%(who)s mentioned you in a note.")),
    MailKind.TAKEN_OVER: (gettext_lazy("Taken over"), gettext_lazy("%(who)s took over a story you were writing.")),
}


@handles("mail", outside=True)
def send_mail(effect):
    """Send one mail that `telling.tell` added, in the newspaper's language.

    Whether its receiver may read the story, and wants such mails, is asked again now; if not, or without an
    address, nothing is sent. A second try carries the same Message-ID, by which mail programs know it again.
    """
    said = effect.payload
    people = get_user_model().objects.select_related("preferences").in_bulk([said["user"], said["by"] or 0])
    story = Story.objects.select_related("section").filter(pk=said["story"]).first()
    user, kind = people.get(said["user"]), MailKind(said["mail"])
    if not (story and user and user.email and wants(user, kind) and can(user, "read", story)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = _words(kind, story, by=people.get(said["by"]), text=said["text"])
    EmailMessage(subject, text, to=[user.email], headers=headers(effect)).send()


def _words(kind, story, *, by, text):
    what, sentence = WORDS[kind]
    context = {
        "sentence": sentence % {"who": name_of(by)},
        "story": story,
        "due": desk_time(story.due_at) if story.due_at else "",
        "text": printable(text),
        "address": settings.SITE_URL + reverse("admin:articles_story_change", args=[story.pk]),
        "choose": settings.SITE_URL + reverse("admin:articles_preferences_changelist"),
        "newspaper": settings.SITE_NAME,
    }
    return one_line(f"{what}: {story.headline}"), render_to_string("desk/mail/story.txt", context)


def headers(effect):
    """What every mail of the worker carries: a Message-ID that a second try repeats, and that no person wrote it."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    key = f"<effect-{effect.pk}.{int(effect.made_at.timestamp())}@{host}>"
    return {"Message-ID": key, "Auto-Submitted": "auto-generated"}


@handles("live")
def tell_authors(effect):
    """Tell its authors that an edition is live, if it is: not where it was cancelled, moved or withdrawn.

    A minor change is not worth a mail. Whoever printed the edition knows.
    """
    starts = parse_datetime(effect.payload["at"])
    editions = Edition.objects.live(starts).filter(pk=effect.payload["edition"], live_from=starts)
    edition = editions.exclude(change=Change.MINOR).select_related("story__section", "printed_by").first()
    if edition and Edition.objects.live().filter(story=edition.story).exists():
        address = settings.SITE_URL + edition.get_absolute_url()
        words = f"{edition.headline}\n{address}"
        once = f"live-{edition.pk}"
        story, by = edition.story, edition.printed_by
        tell(MailKind.PUBLISHED, story, by=by, to=authors_of(story), text=words, once=once)
