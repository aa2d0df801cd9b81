"""Preview links: give one text of a story to somebody outside, find it by its address, take it back."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import PreviewLink, Revision, Story, StoryEvent, Withdrawal
from ..press.compose import compose_earlier
from ..rules.refusal import act, refuse_if
from ..text.html import one_line
from ..text.notes import without_marks
from ..vocabulary import Act, Stage
from .revising import record_baseline, snapshot, values_of
from .saving import somebody_saved

HOURS = 72
MOST_HOURS = 30 * 24
SHORTEST_PASSPHRASE = 6
LONGEST_PASSPHRASE = 100
OPEN_LINKS = 50
# Named after what they sign for: a token made for anything else is none here. Raising the number ends all links.
LINK_SALT = "articles.preview.link.v1"


@act
def share(story, *, by, name, edition=None, hours=HOURS, passphrase="", asks_answer=False, version=None):
    """Let `name` (text, somebody outside) read one text of the story for `hours`; returns the PreviewLink.

    The text is `edition`, or for None the working copy as it stands now: what is saved later is not shown.
    `version` as for `save`. Whoever has the link also needs `passphrase` where one is given. Raises Refused.
    """
    story = Story.objects.lock(story)
    name = one_line(name)
    if edition:
        edition.refresh_from_db(fields=["live_from"])  # somebody may have cancelled it meanwhile
    refuse_if(_refusals(story, edition))
    refuse_if(_wishes(name, hours, passphrase))
    if edition is None and version is not None and version != story.version:
        refuse_if([somebody_saved(story)])
    if edition is None:
        record_baseline(story, snapshot(story))
    now = timezone.now()
    link = PreviewLink.objects.create(
        story=story,
        edition=edition,
        revision=None if edition else story.version,
        name=name,
        made_by=by,
        made_at=now,
        ends_at=now + timedelta(hours=hours),
        passphrase=make_password(passphrase) if passphrase else "",
        asks_answer=asks_answer,
    )
    text = {} if edition else {"revision": link.revision}
    StoryEvent.record(story, Act.SHARED, by=by, edition=edition, note=name, at=link.ends_at.isoformat(), **text)
    return link


def _refusals(story, edition):
    if story.stage == Stage.SPIKED:
        yield _("The story is spiked; revive it first.")
    if edition and _withdrawn(story):
        yield _("The story is withdrawn: none of its editions is shown to anybody. Share the working copy instead.")
    if edition and (edition.story_id != story.pk or edition.live_from is None):
        yield _("This edition is no longer scheduled. Choose another text.")
    now = timezone.now()
    if PreviewLink.objects.filter(story=story, revoked_at=None, ends_at__gt=now).count() >= OPEN_LINKS:
        yield _("%(number)d links to this story are open already. Revoke some first.") % {"number": OPEN_LINKS}


def _wishes(name, hours, passphrase):
    if not name:
        yield _("Say for whom the link is.")
    elif len(name) > PreviewLink._meta.get_field("name").max_length:
        yield _("The name is too long: write at most 120 characters.")
    if not 1 <= hours <= MOST_HOURS:
        yield _("A link lasts at least 1 hour and at most %(days)d days.") % {"days": MOST_HOURS // 24}
    if passphrase and not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        yield ngettext(
            "A passphrase has at least %(number)d character and at most 100.",
            "A passphrase has at least %(number)d characters and at most 100.",
            SHORTEST_PASSPHRASE,
        ) % {"number": SHORTEST_PASSPHRASE}


def _withdrawn(story):
    return Withdrawal.objects.in_force().filter(story=story).exists()


@act
def unshare(link, *, by):
    """Revoke a link: from now on its address shows nothing. Raises Refused where that is so already."""
    Story.objects.lock(link.story)
    link = PreviewLink.objects.select_related("story").get(pk=link.pk)
    if link.revoked_at:
        refuse_if([_("The link was revoked already.")])
    if link.ends_at <= timezone.now():
        refuse_if([_("The link has ended already.")])
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    StoryEvent.record(link.story, Act.UNSHARED, by=by, edition=link.edition, note=link.name)
    return link


def address_of(link):
    """The whole address (text) to give away: signed, so that nobody makes one up."""
    return settings.SITE_URL + reverse("preview", args=[_signer().sign(link.key)])


def find(token):
    """The PreviewLink of a token (any text) if it shows something now, else None: nobody is told why."""
    try:
        key = _signer().unsign(token)
    except BadSignature:
        return None
    return open_link(key)


def _signer():
    return Signer(salt=LINK_SALT, sep=".")


def open_link(key):
    """The PreviewLink of that key (text) if it shows something now, else None.

    It has to be neither ended nor revoked, made by somebody who still works here, and the story not spiked; an
    edition is not shown either while the story is withdrawn.
    """
    links = PreviewLink.objects.filter(key=key, revoked_at=None, ends_at__gt=timezone.now())
    links = links.filter(made_by__is_active=True, made_by__is_staff=True).exclude(story__stage=Stage.SPIKED)
    link = links.select_related("story", "edition__section", "made_by").first()
    if link and link.edition and _withdrawn(link.story):
        return None
    return link


def text_of(link):
    """The one text a link shows, as an Edition (saved, or composed from its revision), never a newer one."""
    if link.edition:
        return link.edition
    revision = Revision.objects.get(story=link.story_id, number=link.revision)
    # The box of related stories is not shown outside, and notes are nobody's business there.
    content = revision.content | {"related": [], "further_sections": []}
    content["body"] = without_marks(content["body"])
    return compose_earlier(link.story, values_of(content), number=revision.number, at=revision.at)
