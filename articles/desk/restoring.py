"""Bring an earlier revision back into the working copy."""

from django.utils.translation import gettext as _

from ..models import Revision
from ..rules.refusal import Refused
from ..vocabulary import Act
from .revising import values_of
from .saving import save

# When, by whom and not before when: what holds for the story today and was no part of the old text.
PLANNING = {"assignee", "due_at", "embargo_until", "translation_key"}


def restore_revision(story, number, *, by, version=None, but=()):
    """Make the working copy say again what revision `number` said, as a save of its own; planning stays as it is.

    So do the fields named in `but`. `version` as for `save`. Returns which names changed (Saved). Raises Refused where
    the revision is not kept.
    """
    revision = Revision.objects.filter(story=story, number=number).first()
    if not revision:
        raise Refused(_("Revision %(number)d is not kept any more.") % {"number": number})
    values = values_of({name: value for name, value in revision.content.items() if name not in {*PLANNING, *but}})
    return save(story, by=by, values=values, version=version, act=Act.REVERTED, note=_("Revision %d") % number)
