"""The small markup of the demo's texts, turned into a story's body."""

import re
from html import escape

from ..text.embeds import written

_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"\[(.+?)\]\((https://[^\s)]+)\)"), r'<a href="\2">\1</a>'),
)
_EMBED = re.compile(r"\{([a-z]+:\S+) (.+)\}")
_PICTURES = re.compile(r"\{([1-9](?: [1-9])*)\}")


def to_html(text):
    """HTML of `text`: paragraphs between blank lines, `## ` subheads, `> ` quotes, `- ` lists, `!! ` fact boxes.

    `{1}` stands for a picture, `{1 2 3}` for a gallery; `with_pictures` puts them in.
    `{map:11/53.86/8.70 Caption}` is something from elsewhere.
    """
    return "".join(_block(block.strip("\n").split("\n")) for block in re.split(r"\n\s*\n", text.strip()) if block)


def with_pictures(html, keys):
    """`html` with the pictures whose `keys` (list of text) its numbers name, from 1."""

    def drawn(numbers):
        figures = [f'<figure data-picture="{keys[int(number) - 1]}"></figure>' for number in numbers[1].split()]
        return figures[0] if len(figures) == 1 else f'<section data-block="gallery">{"".join(figures)}</section>'

    return _PICTURES.sub(drawn, html)


def _block(lines):
    first = lines[0]
    if _PICTURES.fullmatch(first):
        return first  # which pictures these are is not known yet
    if embed := _EMBED.fullmatch(first):
        return written(embed[1], embed[2])
    if first.startswith("## "):
        return f"<h2>{_inline(first[3:])}</h2>"
    if first.startswith("> "):
        quote = " ".join(line.removeprefix("> ") for line in lines)
        return f'<aside data-block="pullquote"><p>{_inline(quote)}</p></aside>'
    if first.startswith("!! "):
        facts = "".join(f"<p>{_inline(line)}</p>" for line in lines[1:])
        return f'<aside data-block="factbox"><p><strong>{_inline(first[3:])}</strong></p>{facts}</aside>'
    if first.startswith("- "):
        return "<ul>" + "".join(f"<li><p>{_inline(line.removeprefix('- '))}</p></li>" for line in lines) + "</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text):
    html = escape(text, quote=False)
    for pattern, replacement in _INLINE:
        html = pattern.sub(replacement, html)
    return html
