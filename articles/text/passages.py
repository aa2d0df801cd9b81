"""A body as the passages it consists of: where each stands, what it says, where its links lead."""

import re
from dataclasses import dataclass, field
from html import unescape

from .blocks import TAG

HEADINGS = ("h2", "h3")
_PLACES = {"blockquote": "blockquote", "ul": "list", "ol": "list", "table": "table"}
_BREAKS = (*HEADINGS, *("p", "li", "td", "th", "tr", "thead", "tbody", "hr", "aside", "figure", "figcaption"), *_PLACES)
_HREF = re.compile(r'href="([^"]*)"')
_BLOCK = re.compile(r'data-block="([^"]*)"')


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
    reader, at = _Reader(), 0
    for tag in TAG.finditer(html):
        reader.text(html[at : tag.start()])
        reader.tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
        at = tag.end()
    reader.text(html[at:])
    reader.end()
    return reader.found


class _Reader:
    def __init__(self):
        self.found, self.words, self.links = [], [], []
        self.kind, self.around, self.groups = "p", [], 0

    def text(self, words):
        self.words.append(words.replace("\n", " "))

    def tag(self, name, attributes, *, closing):
        if name == "br":
            self.words.append("\n")
        elif name == "a" and not closing:
            self.links += map(unescape, _HREF.findall(attributes))
        elif name in _BREAKS:
            self.end()
            self.kind = name if name in HEADINGS and not closing else "p"
            self._surround(name, attributes, closing)

    def _surround(self, name, attributes, closing):
        """Note which quote, box, list or table begins or ends here."""
        if name != "aside" and name not in _PLACES:
            return
        if not closing:
            self.groups += 1
            block = _BLOCK.search(attributes)
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
