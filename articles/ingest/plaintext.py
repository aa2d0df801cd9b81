"""A press story as plain text: source, date, time, headline (often twice), then a paragraph a line.

Every line is one thing, with any number of blank lines around it. The first
paragraph is the lead and opens the body. A short line without a full stop, above
a paragraph, is a subhead; a last one with nothing under it is the heading of the
source's own topic box and is left out. Markup in the text is text.
"""

import re
from hashlib import sha256
from html import escape
from itertools import dropwhile, zip_longest

from django.utils.translation import gettext as _

from ..text.language import detect_language
from .clock import check_date, check_time, is_date, moment
from .decoding import decode, lines_of
from .draft import LONGEST_HEADLINE, LONGEST_SOURCE, ItemDraft, ParseError

LONGEST_SUBHEAD = 100
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'“”„‘’»«›‹)\]]*$")


def recognises(raw):
    """Whether `raw` (bytes) begins like this format: its second line is a date."""
    lines = lines_of(raw[:4096].decode("utf-8", "replace"))
    return len(lines) > 1 and is_date(lines[1].text)


def parse(raw, *, zone):
    """The story in `raw` (bytes) as an ItemDraft; its date and time are wall time in `zone` (tzinfo).

    Raises ParseError, and nothing else.
    """
    lines = lines_of(decode(raw))
    for position, check in enumerate((_check_source, check_date, check_time, _check_headline)):
        check(_line(lines, position))
    source, day, hour, headline, *text = lines
    published_at = moment(day, hour, zone)
    text = [line.text for line in dropwhile(lambda line: line.text == headline.text, text)]
    if not text:
        raise _end(lines, _("the text of the story"))
    blocks, left_out = _blocks(text)
    return _draft(source.text, published_at, headline.text, blocks, left_out)


def _line(lines, position):
    if position < len(lines):
        return lines[position]
    if not lines:
        raise ParseError(_("The file is empty."), line=1)
    expected = ["", _("the date (DD.MM.YYYY)"), _("the time (HH:MM Uhr)"), _("the headline")]
    raise _end(lines, expected[position])


def _end(lines, what):
    sentence = _("The file ends here, where %(what)s should follow.")
    return ParseError(sentence % {"what": what}, line=lines[-1].number)


def _check_source(line):
    if is_date(line.text):
        raise ParseError(_("The source should stand here, above the date."), line=line.number)
    _check_length(line, LONGEST_SOURCE, _("The source has %(length)d characters; %(longest)d are the most."))


def _check_headline(line):
    _check_length(line, LONGEST_HEADLINE, _("The headline has %(length)d characters; %(longest)d are the most."))


def _check_length(line, longest, sentence):
    if len(line.text) > longest:
        raise ParseError(sentence % {"length": len(line.text), "longest": longest}, line=line.number)


def _draft(source, published_at, headline, blocks, left_out):
    words = "\n".join([headline, *(text for _tag, text in blocks)])
    return ItemDraft(
        source=source,
        guid=_guid(published_at, headline),
        digest=sha256(f"{source}\n{published_at.isoformat()}\n{words}".encode()).hexdigest(),
        headline=headline,
        body="\n".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in blocks),
        language=detect_language(words) or "",
        published_at=published_at,
        left_out=left_out,
    )


def _guid(published_at, headline):
    """The minute and the words of the headline: its punctuation and capitals may be corrected."""
    words = "-".join(re.findall(r"\w+", headline.casefold())) or headline
    return f"{published_at:%Y-%m-%dT%H:%MZ} {words}"[:200]


def _blocks(text):
    """The body's lines (list of text, the lead first) as (tag, text) pairs, and what was left out (text)."""
    lead, *lines = text
    left_out = lines.pop() if lines and _is_subhead(lines[-1]) else ""
    blocks = [("p", lead)]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        heads_text = _is_subhead(line) and following and not _is_subhead(following)
        blocks.append(("h2" if heads_text else "p", line))
    return blocks, left_out


def _is_subhead(line):
    return len(line) <= LONGEST_SUBHEAD and not _SENTENCE_END.search(line)
