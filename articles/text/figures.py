"""Pictures in a body: `<figure data-picture="…">`, alone or several in `<section data-block="gallery">`.

In a working copy the value is the picture's key; a caption of its own stands in `<figcaption>` and a credit of its own
in `data-credit`, both plain text. In a printed body the value is the picture's number and nothing else is said: what
readers see of it is decided when the page is read. What comes from elsewhere (embeds.py) is put in its place here too.
All of this takes time linear in the text.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from .blocks import BLOCKS, TAG
from .embeds import is_embed, written
from .ids import ALPHABET

CAPTION, CREDIT = 500, 200  # characters; as much as a story's form takes for its lead picture
_KEY = re.compile(f"[{ALPHABET}]{{26}}")
_ATTRIBUTE = re.compile(r'\b(data-[a-z]+)="([^"]*)"')
_ANY = re.compile(r"</?(?:figure|figcaption|section)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r'<figure data-picture="([^"<>]*)"(?: data-credit="([^"<>]*)")?>(?:<figcaption>([^<]*)</figcaption>)?</figure>'
)
_GALLERY = '<section data-block="gallery">'
_PIECE = re.compile(f"{_GALLERY}|</section>|{_FIGURE.pattern}")
_VOID = ("br", "hr", "img")


@dataclass(frozen=True)
class Figure:
    """A picture's place in a body: its `key` (text), its own caption and credit (empty: the picture's)."""

    key: str
    caption: str = ""
    credit: str = ""
    in_gallery: bool = False


def is_picture_key(value):
    """Whether `value` (text) could be the key of a picture."""
    return bool(_KEY.fullmatch(value))


def figures(html):
    """The pictures in a cleaned body (list of Figure), in order."""
    found, inside = [], False
    for piece in _PIECE.finditer(html):
        if piece[1] is None:
            inside = piece[0] == _GALLERY
        else:
            credit, caption = (unescape(text or "") for text in (piece[2], piece[3]))
            found.append(Figure(piece[1], caption, credit, inside))
    return found


def number_figures(html):
    """A cleaned body with numbers (from 1) in place of keys, captions and credits: as it is printed."""
    numbers = iter(range(1, html.count("<figure ") + 1))
    return _FIGURE.sub(lambda _figure: f'<figure data-picture="{next(numbers)}"></figure>', html)


def name_figures(html, titles):
    """A cleaned body for people to compare: each picture under its title (`titles`: text by key) instead of its key."""

    def named(figure):
        title = escape(titles.get(figure[1], figure[1]))
        return figure[0].replace(f'data-picture="{figure[1]}"', f'data-picture="{title}"', 1)

    return _FIGURE.sub(named, html) if "<figure" in html else html


def hang_figures(html, draw):
    """A printed body with `draw(number, in_gallery)` (HTML; empty: nothing) in place of each picture.

    `draw.gallery(pictures)`, where there is one, puts a gallery's drawn pictures (list of HTML) together.
    """
    out, at, gallery = [], 0, None
    for piece in _PIECE.finditer(html):
        out.append(html[at : piece.start()])
        at = piece.end()
        if piece[1] is None:
            if gallery:
                out.append(draw.gallery(gallery))
            gallery = [] if piece[0] == _GALLERY else None
            continue
        drawn = draw(int(piece[1]), gallery is not None) if piece[1].isdecimal() else ""
        if gallery is None:
            out.append(drawn)
        elif drawn:
            gallery.append(drawn)
    return "".join([*out, html[at:]])


def without_figures(html, keys):
    """A cleaned body without the pictures whose key is in `keys`; a gallery of one is none."""
    gone = set(keys)
    return place_figures(_FIGURE.sub(lambda figure: "" if figure[1] in gone else figure[0], html))


def without_captions(html):
    """A body without its pictures and what is said below them: the running text."""
    return _PIECE.sub("", html) if "<figure" in html else html


def place_figures(html):
    """A sanitised body with its pictures in the one form they are stored in, each between two blocks.

    A picture inside a paragraph, list or table comes after that block; a figure that names no picture is taken apart:
    its text stays.
    """
    return _Placer().place(html) if _ANY.search(html) else html


class _Placer:
    """One walk over the tags of a balanced text."""

    def __init__(self):
        self.out, self.waiting, self.tags, self.depth = [], [], [], 0
        self.open, self.gallery, self.caption = [], None, None

    def place(self, html):
        at = 0
        for tag in TAG.finditer(html):
            self._text(html[at : tag.start()])
            at = tag.end()
            name = tag[2].lower()
            step = {"figure": self._figure, "figcaption": self._figcaption, "section": self._section}.get(name)
            if step:
                step(tag)
            else:
                self._other(tag, name)
        self._text(html[at:])
        while self.open:
            self._close_figure()
        self._end_stray_caption()
        self._end_gallery()
        return "".join([*self.out, *self.waiting])

    def _text(self, text):
        (self.out if self.caption is None else self.caption).append(text)

    def _other(self, tag, name):
        if self.caption is not None:  # a caption is plain text
            self.caption.append(" " if name in BLOCKS or name in _VOID else "")
        shown = self.caption is None
        if name not in _VOID:
            if not tag[1]:
                self.tags.append(shown)
            else:
                shown = bool(self.tags) and self.tags.pop()
            self.depth += shown and (-1 if tag[1] else 1)
        if shown:
            self.out.append(tag[0])
            self._flush()

    def _figure(self, tag):
        if tag[1]:
            if self.open:
                self._close_figure()
            return
        if self.open:
            self._end_caption(self.open[-1])
        self._end_stray_caption()
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[3])}
        embed = said.get("data-embed", "")
        figure = {"key": said.get("data-picture", ""), "credit": said.get("data-credit", ""), "caption": ""}
        self.open.append(figure | ({"embed": embed} if is_embed(embed) else {}))

    def _close_figure(self):
        figure = self.open.pop()
        self._end_caption(figure)
        if embed := figure.pop("embed", ""):
            self.waiting.append(written(embed, figure["caption"]))
        elif is_picture_key(figure["key"]):
            (self.waiting if self.gallery is None else self.gallery).append(_written(**figure))
        elif figure["caption"]:
            self.waiting.append(f"<p>{escape(figure['caption'], quote=False)}</p>")
        self._flush()

    def _figcaption(self, tag):
        if not tag[1]:
            self.caption = [] if self.caption is None else self.caption
        elif self.open:
            self._end_caption(self.open[-1])
        else:
            self._end_stray_caption()

    def _end_caption(self, figure):
        if self.caption is not None:
            said = unescape("".join(self.caption))
            figure["caption"] = _plain(f"{figure['caption']} {said}", CAPTION)
            self.caption = None

    def _end_stray_caption(self):
        if self.caption is not None:
            words = _plain(unescape("".join(self.caption)), None)
            self.waiting += [f"<p>{escape(words, quote=False)}</p>"] if words else []
            self.caption = None
            self._flush()

    def _section(self, tag):
        if not tag[1] and "gallery" in tag[3] and self.gallery is None:
            self.gallery = []
        elif tag[1]:
            self._end_gallery()

    def _end_gallery(self):
        pictures, self.gallery = self.gallery or [], None
        whole = [_GALLERY, *pictures, "</section>"] if len(pictures) > 1 else pictures
        self.waiting += whole
        self._flush()

    def _flush(self):
        if self.depth <= 0 and self.waiting:
            self.out += self.waiting
            self.waiting = []


def _plain(text, limit):
    words = " ".join(text.split())
    if limit is None or len(words) <= limit:
        return words
    return words[: limit - 1].rstrip() + "…"


def _written(key, caption, credit):
    # Written as browsers write it, which leave an apostrophe as it is.
    said = escape(_plain(credit, CREDIT), quote=False).replace('"', "&quot;")
    said = f' data-credit="{said}"' if said else ""
    below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure data-picture="{key}"{said}>{below}</figure>'
