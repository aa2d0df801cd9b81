"""What readers see of a story: its own address, its headline in a list."""

import re

from articles.models import Edition


def address(story):
    """The path of the story's page, from the edition that readers have now."""
    return Edition.objects.live().select_related("section").get(story=story).get_absolute_url()


def headlines(response):
    """The headlines of the cards on a page, in order (list of text)."""
    return re.findall(r'class="card-headline"[^>]*>\s*<a[^>]*>([^<]+)</a>', response.content.decode())
