"""How the text is built: the order of its subheads, where its links lead, whether its address is free."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from ...vocabulary import Kind
from .finding import Finding, around

_ADDRESS = re.compile(r"(?<![\w@/.-])(?:http://|www\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}[^\s<>\"”“]{0,80}", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)


def headings(copy):
    """Subheads in an order nobody can follow: a lower one first, two in a row, one with nothing under it."""
    running = [each for each in copy.passages if each.place != "factbox"]
    if running and running[0].is_heading and copy.kind != Kind.LIVE:  # there each entry has one, its hour
        yield Finding(_("The text begins with a subhead: put a paragraph before it."), "body", running[0].text[:80])
    if running and running[-1].is_heading:
        yield Finding(_("The last subhead has no text under it."), "body", running[-1].text[:80])
    yield from _levels(running)
    for one, other in pairwise(running):
        if one.is_heading and other.is_heading:
            sentence = _("Two subheads in a row: put text between “%(one)s” and “%(other)s”.")
            yield Finding(sentence % {"one": one.text[:60], "other": other.text[:60]}, "body", other.text[:80])


def _levels(running):
    higher = False
    for each in running:
        higher = higher or each.kind == "h2"
        if each.kind == "h3" and not higher:
            sentence = _("“%(subhead)s” is a subhead of the second level, and there is none of the first above it.")
            yield Finding(sentence % {"subhead": each.text[:60]}, "body", each.text[:80])


def links(copy):
    """Links that are not secure, and addresses that are no links."""
    for passage in copy.passages:
        for address in passage.links:
            if address.strip().lower().startswith("http:"):
                sentence = _("The link to %(address)s is not secure: use https.")
                yield Finding(sentence % {"address": address[:80]}, "body", passage.text[:60])
            elif _WITHOUT_SCHEME.match(address.strip()):
                sentence = _("The link to %(address)s leads nowhere: begin it with https://.")
                yield Finding(sentence % {"address": address[:80]}, "body", passage.text[:60])
    for field, text in copy.lines:
        for found in _ADDRESS.finditer(text):
            if field != "body" or found[0].lower().startswith("http:"):
                sentence = _("%(address)s is not a secure address: write it with https, or without its beginning.")
                yield Finding(sentence % {"address": found[0][:80]}, field, around(text, *found.span(), margin=0))


def slug(copy):
    """The slug of another story readers have in the same section: two addresses that look like one."""
    if copy.slug_taken:
        sentence = _("Another live story of this section has the slug “%(slug)s”: “%(story)s”. Choose another.")
        yield Finding(sentence % {"slug": copy.slug, "story": copy.slug_taken}, "slug", copy.slug)
