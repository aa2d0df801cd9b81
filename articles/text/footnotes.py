"""Addresses of links as footnotes: on paper, nothing can be clicked."""

import re
from html import unescape

_LINK = re.compile(r'<a [^<>]*?href="([^"<>]*)"[^<>]*>((?:[^<]+|<(?!/?a\b))*)</a>')
_PLAIN = ("mailto:", "tel:")


def number_links(html, *, host=""):
    """A cleaned body with a number behind each link, and the addresses by number from 1 on (pair: HTML, list of text).

    The same address has the same number; one on our own site gets `host` (such as `https://example.org`) before it.
    A link whose words are its address gets no number. Takes time linear in the text.
    """
    numbers = {}

    def numbered(link):
        target = unescape(link[1])
        address = host + target if target.startswith("/") and not target.startswith("//") else target
        shown = re.sub(r"^(?:mailto:|tel:|https?://)", "", address).rstrip("/")
        words = re.sub(r"<[^>]*>", "", unescape(link[2])).strip()
        if not address or words.removeprefix("https://").removeprefix("http://").rstrip("/") == shown:
            return link[0]
        number = numbers.setdefault(_without_scheme(address), len(numbers) + 1)
        return f'{link[0]}<sup class="link-number">[{number}]</sup>'

    return _LINK.sub(numbered, html), list(numbers)


def _without_scheme(address):
    """A mail address or telephone number as one writes it; anything else as it is."""
    scheme = next((each for each in _PLAIN if address.startswith(each)), "")
    return address.removeprefix(scheme)
