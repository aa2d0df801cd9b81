"""A body as the passages it consists of: where each stands, what it says, where its links lead."""

import re
from dataclasses import dataclass, field
from html import unescape

HEADINGS = ("h2", "h3")
_PLACES = {"blockquote": "blockquote", "ul": "list", "ol": "list", "table": "table"}
_BREAKS = (*HEADINGS, "p", "li", "td", "th", "tr", "thead", "tbody", "hr", "aside", *_PLACES)
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r'href="([^"]*)"')
_BLOCK = re.compile(r'data-block="([^"]*)"')
_END = re.compile(r'[">]')


@dataclass
class Passage:
    """One subhead, paragraph, item of a list or cell of a table.

    `kind` is h2, h3 or p; `place` is where it stands: "" for the running text, else blockquote, pullquote,
    factbox, list or table; `group` is the number of that quote, box or list, the same for all its passages.
    `text` has single spaces and a new line for each <br>; `links` are the addresses it points to.
    """

    kind: str
    place: str = ""
    group: int = 0
    text: str = ""
    links: list = field(default_factory=list)

    @property
    def is_heading(self):
        """Whether it is a subhead."""
        return self.kind in HEADINGS


def passages(html):
    """The passages (list of Passage) of a cleaned body, in order; those without words and links are left out.

    Takes any text whatever, in time proportional to its length.
    """
    reader = _Reader()
    for is_tag, token in _tokens(html):
        if is_tag:
            reader.tag(token)
        else:
            reader.words.append(token.replace("\n", " "))
    reader.end()
    return reader.found


def _tokens(html):
    """(is it a tag, its inside or the text) for all of `html`; a tag that is never closed is text."""
    at = 0
    while at < len(html):
        start = html.find("<", at)
        stop = _end_of_tag(html, start) if start >= 0 else -1
        if stop < 0:
            yield False, html[at:]
            return
        if start > at:
            yield False, html[at:start]
        yield True, html[start + 1 : stop]
        at = stop + 1


def _end_of_tag(html, start):
    """Where the tag that begins at `start` is closed, no `>` inside quotes counting; -1 where it is not."""
    quoted = False
    for sign in _END.finditer(html, start):
        if sign[0] == '"':
            quoted = not quoted
        elif not quoted:
            return sign.start()
    return -1


class _Reader:
    def __init__(self):
        self.found, self.words, self.links = [], [], []
        self.kind, self.around, self.groups = "p", [], 0

    def tag(self, token):
        match = _TAG.match(token)
        if not match:
            return
        closing, name = bool(match[1]), match[2].lower()
        if name == "br":
            self.words.append("\n")
        elif name == "a" and not closing:
            self.links += map(unescape, _HREF.findall(token))
        elif name in _BREAKS:
            self.end()
            self.kind = name if name in HEADINGS and not closing else "p"
            self._surround(name, closing, token)

    def _surround(self, name, closing, token):
        """Note which quote, box, list or table begins or ends here."""
        if name != "aside" and name not in _PLACES:
            return
        if not closing:
            self.groups += 1
            block = _BLOCK.search(token)
            self.around.append((_PLACES.get(name) or (block[1] if block else "factbox"), self.groups))
        elif self.around:
            self.around.pop()

    def end(self):
        """Close the passage that is being read."""
        lines = (" ".join(line.split()) for line in unescape("".join(self.words)).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text or self.links:
            place, group = self.around[-1] if self.around else ("", 0)
            self.found.append(Passage(self.kind, place, group, text, self.links))
        self.words, self.links = [], []
