"""What may stand in a story's body, and plain text out of it.

`clean_body` is called once, when a working copy is saved; templates print what
it returned unchanged.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

from .embeds import is_embed
from .figures import is_picture_key, place_figures, without_captions
from .notes import is_note_key, sound_marks, without_marks

BLOCKS = {"aside": {"pullquote", "factbox"}, "section": {"gallery"}}
ATTRIBUTES = {
    "a": {"href", "title"},
    "aside": {"data-block"},
    "figure": {"data-picture", "data-credit", "data-embed"},
    "mark": {"data-note"},
    "section": {"data-block"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "strong",
        "em",
        "mark",
        "sub",
        "sup",
        "a",
        "br",
        "hr",
        "ul",
        "ol",
        "li",
        "blockquote",
        "aside",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "section"),
}
SCHEMES = {"http", "https", "mailto", "tel"}
_EMPTY = re.compile(r"<(p|h2|h3)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")


_MEANT = {"b": "strong", "i": "em"}
# Google Docs wraps what is copied into a <b> that is not bold.
_PRESENTATIONAL = re.compile(r"<(/?)([bi])(?=[\s>])(?![^>]{0,200}font-weight:\s*normal)", re.IGNORECASE)


def _allowed(tag, name, value):
    if name == "data-block" and value not in BLOCKS.get(tag, ()):
        return None
    if name == "data-picture" and not is_picture_key(value):
        return None
    if name == "data-embed" and not is_embed(value):
        return None
    if name == "data-note" and not is_note_key(value):
        return None
    if name in ("colspan", "rowspan") and not re.fullmatch(r"[1-9]\d?", value):
        return None
    return value


_OPTIONS = {"tags": TAGS, "attributes": ATTRIBUTES, "url_schemes": SCHEMES, "attribute_filter": _allowed}
_CLEANER = nh3.Cleaner(**_OPTIONS, link_rel=None)
_SPONSORED = nh3.Cleaner(**_OPTIONS, link_rel="sponsored")


def clean_body(html):
    """`html` with only the elements, attributes and links a story may have; empty paragraphs dropped.

    Marks of notes stand (see notes.py): whoever stores the result says which, whoever prints it drops them.
    """
    html = _PRESENTATIONAL.sub(lambda tag: f"<{tag[1]}{_MEANT[tag[2].lower()]}", printable(html))
    html = sound_marks(place_figures(_CLEANER.clean(html)))
    while (fuller := _EMPTY.sub("", html)) != html:  # what held nothing but an empty paragraph is empty now itself
        html = fuller
    return html.strip()


def mark_sponsored(html):
    """A cleaned body with every link marked as paid for (`rel="sponsored"`, as search engines ask)."""
    return _SPONSORED.clean(html)


def dress(html, *, table_label):
    """A cleaned body as it is printed: what accessibility asks for and no editor should have to think of.

    Tables scroll inside themselves, by keyboard too, under the name `table_label`; quotes and fact boxes
    are notes and not landmarks of the page (WAI-ARIA 1.2).
    """
    frame = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}">'
    html = html.replace("<table>", f"{frame}<table>").replace("</table>", "</table></div>")
    return html.replace("<aside data-block=", '<aside role="note" data-block=')


def with_fact_boxes(html):
    """A printed body, its pictures hung, with fact boxes as sections of it.

    They are part of the text; reading modes, archives and other outside readers drop whatever is an `<aside>`.
    """
    return _FACT_BOX.sub(r"<section\1>\2</section>", html)


_FACT_BOX = re.compile(r'<aside((?: role="note")? data-block="factbox")>(.*?)</aside>', re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def printable(text):
    """`text` without control characters: XML forbids some, PostgreSQL others, and some turn the writing around."""
    return _CONTROLS.sub("", text)


def one_line(text):
    """`text` in a single line, printable and with single spaces: as a headline, and as the header of a mail.

    A line break in a header could smuggle in more headers.
    """
    return " ".join(printable(text).split())


class _Reader(HTMLParser):
    PARAGRAPHS = {"p", "h2", "h3", "li", "td", "th", "blockquote", "aside", "hr", "br", "figure", "figcaption"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = [[]]  # of pieces: adding to one long text a word at a time would copy it every time

    def handle_starttag(self, tag, attrs):
        if tag in self.PARAGRAPHS and self.lines[-1]:
            self.lines.append([])

    handle_endtag = lambda self, tag: self.handle_starttag(tag, ())  # noqa: E731

    def handle_data(self, data):
        self.lines[-1].append(data)


def plain_text(html):
    """The words of a cleaned body, one paragraph a line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join("".join(line).split()) for line in reader.lines)
    return "\n".join(line for line in lines if line)


def lede(html, *, limit=300):
    """The first paragraph as plain text, cut between words at `limit` characters."""
    first = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    return shorten(plain_text(first[0]) if first else "", limit=limit)


def shorten(text, *, limit):
    """`text` cut between words to at most `limit` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    whole_words = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return whole_words.rstrip(" ,;:–-") + "…"


def count_words(html):
    """How many words a cleaned body has, without what stands below its pictures."""
    text = re.sub(r"<[^>]+>", " ", without_marks(without_captions(html)))
    return len(re.findall(r"\w+(?:[-’'.]\w+)*", unescape(text)))
