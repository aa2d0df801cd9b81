"""What changed: every version of a story that readers have had, and how it differs from the one before."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import Case, F, TextField, When
from django.db.models.functions import Length
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..models import Edition, Withdrawal
from ..text.versions import LONGEST, Differences, differences
from ..vocabulary import Change
from .paging import read_cursor, write_cursor
from .shell import Shell, moment, show, with_constant_lifetime
from .withdrawn import withdrawn

SIZE = 10
WORDS = {
    Change.FIRST: _("First published"),
    Change.MINOR: _("Small change"),
    Change.UPDATE: _("Updated"),
    Change.CORRECTION: _("Corrected"),
}


@dataclass(frozen=True)
class Version:
    """One edition readers have had: what it is called, what they were told (dict or None), what differs in it.

    `differs` is None for the first of all, and for the first after a withdrawal (`restored`).
    """

    edition: Edition
    word: str
    note: dict | None
    differs: Differences | None
    restored: bool

    @property
    def is_minor(self):
        """Whether it is folded away: a comma, a typing error."""
        return self.edition.change == Change.MINOR and self.differs is not None


@require_safe
def changes(request, section_path, slug, public_id):
    """The versions of a live story, the newest first, SIZE a page; its page's redirects and its 410 otherwise.

    What was taken down and came back begins anew: nobody reads here what may have been taken down for the law.
    """
    at = moment(request)
    edition = Edition.objects.live(at).for_link().filter(public_id=public_id).first()
    if not edition:
        return withdrawn(request, public_id)
    address = reverse("story_changes", args=[edition.section.path, edition.slug, public_id])
    if request.path != address:
        return with_constant_lifetime(HttpResponsePermanentRedirect(address))
    shell = Shell(language=edition.language)
    shell.section = shell.by_path[edition.section.path]
    versions, older = _versions(request, edition, at)
    context = {"edition": edition, "section": shell.section, "versions": versions, "older": older}
    return show(request, "site/changes.html", context, shell=shell)


def _versions(request, edition, at):
    """One page of versions (list of Version) and the cursor of the next ("" on the last)."""
    restored_at = Withdrawal.objects.filter(public_id=edition.public_id, restored_at__isnull=False)
    restored_at = restored_at.filter(restored_at__lte=at).order_by("-restored_at").values_list("restored_at", flat=True)
    restored_at = restored_at.first()
    rows = _had(edition, at)
    if restored_at:
        rows = rows.filter(live_from__gte=restored_at)
    if "before" in request.GET:
        before, public_id = read_cursor(request.GET["before"])
        if public_id != edition.public_id:
            raise Http404
        rows = rows.filter(live_from__lt=before)
    found = list(rows[: SIZE + 1])
    if not found:
        raise Http404
    for each in found:
        each.body = each.whole_body
    pairs = zip(found, [*found[1:], None], strict=True)
    versions = [_version(new, old, restored=new.live_from == restored_at) for new, old in pairs]
    return versions[:SIZE], _cursor(found[SIZE - 1]) if len(found) > SIZE else ""


def _had(edition, at):
    """Editions of the same story readers have had by then, newest first; texts too long to compare stay unread."""
    short = Case(When(body_length__lte=LONGEST, then=F("body")), default=None, output_field=TextField(null=True))
    rows = Edition.objects.had(at).filter(public_id=edition.public_id).annotate(body_length=Length("body"))
    names = ("public_id", "live_from", "change", "headline", "dek", "bylines", "corrections")
    return rows.annotate(whole_body=short).only(*names).order_by("-live_from")


def _version(new, old, *, restored):
    stamp = new.live_from.isoformat()
    note = next((note for note in new.corrections if note["at"] == stamp), None)
    return Version(new, WORDS[new.change], note, differences(old, new) if old else None, restored)


def _cursor(edition):
    return write_cursor(SimpleNamespace(published_at=edition.live_from, public_id=edition.public_id))
