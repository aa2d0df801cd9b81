"""How what comes from elsewhere is printed: nothing of it is loaded before a reader asks for it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from ..text.embeds import show_embeds


def with_embeds(html, template="site/_embed.html"):
    """A printed text with what it shows from elsewhere, each drawn with `template` (HTML)."""
    return show_embeds(html, lambda embed: render_to_string(template, {"embed": embed, "kind": _kind(embed)}))


def _kind(embed):
    """What a click makes of it: frame, audio or video; empty where only the link is given."""
    if not embed.is_file:
        return "frame"
    allowed = urlsplit(embed.id).netloc in settings.NEWSROOM_MEDIA_HOSTS
    return embed.provider if allowed else ""
