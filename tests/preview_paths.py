"""Where somebody outside opens a preview link."""

from django.conf import settings

from articles.desk.sharing import address_of


def path_of_link(link):
    """The link's address on this server, without its host (text)."""
    return address_of(link).removeprefix(settings.SITE_URL)
