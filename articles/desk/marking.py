"""Which marks of notes a working copy's body may carry."""

from ..models import Note
from ..text.notes import keep_marks, marked_keys


def own_marks(story, html):
    """A cleaned body with the marks of the open notes of `story` (None: a new one, which has none), and no others."""
    keys = marked_keys(html)
    if not keys:
        return html
    notes = Note.objects.filter(story=story, resolved_at=None, answers=None) if story else Note.objects.none()
    return keep_marks(html, notes.filter(key__in=keys).values_list("key", flat=True))
