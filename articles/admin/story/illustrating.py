"""Pictures on the story's form: the chooser, the look of the lead picture, and those in a text that is only read."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ...rules.pictures import uses_in
from ...text.figures import hang_figures, number_figures
from ..pictures.choosing import choice
from ..pictures.rights import may_add, may_view
from ..pictures.upload import FORMATS
from .features import Panel
from .layout import WRITE, mode_for


def urls(admin):
    """None of its own: the chooser's is the library's."""
    return []


def panels(request, story, line):
    """The dialog, for those who write and may see the library (list of Panel)."""
    if mode_for(request.user, story) != WRITE or not may_view(request.user):
        return []
    upload = reverse("admin:articles_picture_add") if may_add(request.user) else ""
    shown = {"upload": upload, "formats": FORMATS}
    return [Panel("admin/articles/picture/chooser.html", shown, place="beside")]


def lead_look(story):
    """The lead picture of a story (None: a new one) as its form shows it (safe text)."""
    picture = story.lead_picture if story else None
    shown = {"each": choice(picture, timezone.now()) if picture else None}
    return render_to_string("admin/articles/story/_lead_picture.html", shown)


def drawn(body):
    """A cleaned body with its pictures to look at, as it is shown to those who do not write it (HTML)."""
    if "<figure" not in body:
        return body
    return hang_figures(number_figures(body), _Draw(uses_in(body)))


class _Draw:
    def __init__(self, uses):
        self.uses = {use.number: use for use in uses}

    def __call__(self, number, in_gallery):
        use = self.uses.get(number)
        shown = {"use": use, "each": choice(use.picture, timezone.now()) if use else None}
        return render_to_string("admin/articles/story/_figure.html", shown)

    def gallery(self, pictures):
        """Side by side, each under what it says itself."""
        return render_to_string("admin/articles/story/_gallery.html", {"pictures": pictures})
