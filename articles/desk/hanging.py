"""Pictures in a story's text: only those the library has, and where each is used."""

from django.utils.translation import gettext as _

from ..models import Picture, StoryPicture
from ..rules.refusal import Refused
from ..text.figures import figures, without_figures

MOST = 200  # pictures in one text


def refuse_strange_pictures(body):
    """Raises Refused where a cleaned body shows more pictures than a story may have, or one the library has not."""
    keys = _keys(body)
    if len(keys) > MOST:
        raise Refused(_("The text shows %(count)d pictures; at most %(most)d can stand in one story.") % _many(keys))
    if _missing(keys):
        raise Refused(
            _("A picture in the text is not in the library (any more): take it out of the text, or upload it again.")
        )


def _many(keys):
    return {"count": len(keys), "most": MOST}


def without_missing(body):
    """A cleaned body of an earlier time without the pictures that were deleted since."""
    missing = _missing(_keys(body))
    return without_figures(body, missing) if missing else body


def note_pictures(story, before=""):
    """Write down which pictures stand in the text of a story (saved, locked), which was `before` (HTML) until now."""
    keys = _keys(story.body)
    if keys == _keys(before):
        return
    pictures = Picture.objects.filter(key__in=keys)
    story.text_pictures.exclude(picture__in=pictures).delete()
    StoryPicture.objects.bulk_create(
        (StoryPicture(story=story, picture=each) for each in pictures), ignore_conflicts=True
    )


def _keys(body):
    return {each.key for each in figures(body)} if "<figure" in body else set()


def _missing(keys):
    return keys.difference(Picture.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
