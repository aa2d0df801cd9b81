"""How corrections are printed at a story: `{% load honesty %}`."""

from django import template

from ..vocabulary import CorrectionKind, CorrectionPlace

register = template.Library()


@register.filter
def placed(notes, place):
    """Those of an edition's printed corrections (list of dicts) that stand at `place` (CorrectionPlace)."""
    return [note for note in notes if note.get("place", CorrectionPlace.TOP) == place]


@register.filter
def correction_label(note):
    """The word that stands above a printed correction (dict), in the page's language."""
    return CorrectionKind(note.get("kind", CorrectionKind.CORRECTION)).label
