"""Words as the search compares them: one form for all endings and spellings of a word, in each language.

The search stores these forms and no others, on every database, so that all of them find the same. A form begins
with a letter for its language: `new` in an English text is another word than `neue` in a German one. Forms are letters
and digits only, in lower case; what else is indexed (see articles/search) begins with an underscore.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from itertools import product

import snowballstemmer

LONGEST = 40  # characters of a form; longer words are cut
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # an apostrophe between letters does not end a word
_STEMMERS = {"de": snowballstemmer.stemmer("german"), "en": snowballstemmer.stemmer("english")}
_LETTER = {"de": "d", "en": "e"}  # of other languages: x
_GENITIVE = re.compile(r"['’]s\Z")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LATIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "’": None, "'": None})
_UMLAUT_SPELLED = re.compile(r"([ao])e|(?<![aeq])(u)e")
_INLINE = re.compile(r"</?(?:strong|em|a|mark|sub|sup)(?=[\s>])[^>]*>")
_TAG = re.compile(r"<[^>]+>")
MOST_PHRASES = 16


def plain(html):
    """The words of a printed body as one text: quick, and good for finding words, not for showing paragraphs."""
    return unescape(_TAG.sub(" ", _INLINE.sub("", html)))


@lru_cache(200_000)
def form(word, language):
    """The form of one word as it stands in a text of that language (code)."""
    if language == "de":
        stem = _STEMMERS["de"].stemWord(_tidy(word, keep_umlauts=True))
        return ("d" + (stem if stem.isascii() else bare(stem)))[:LONGEST]
    stem = bare(word)
    if language == "en":
        stem = _STEMMERS["en"].stemWord(stem)
    return (_LETTER.get(language, "x") + stem)[:LONGEST]


@lru_cache(50_000)
def spelled_form(word, language):
    """The form of a word whose umlauts are spelled out (Mueller for Müller), where that makes another one; else "".

    The German stemmer takes both spellings for one word; other languages need the second form beside the first.
    """
    if language == "de":
        return ""
    other = form(spelled(word), language)
    return "" if other == form(word, language) else other


def words_of(text):
    """The words of a plain text as they stand there (list)."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def forms(text, language):
    """The forms of a plain text's words, in their order (list)."""
    return [form(word, language) for word in words_of(text)]


def wanted(word):
    """Every form under which what a reader typed can stand in a text, of whatever language (tuple)."""
    found = {form(word, language): None for language in ("de", "en", "other")}
    for language in ("en", "other"):
        found[form(spelled(word), language)] = None
    return tuple(found)


def wanted_phrases(words):
    """Every sequence of forms in which `words` (list) can stand side by side in a text (list of tuples, at most 48)."""
    found = dict.fromkeys([tuple(form(word, "de") for word in words)])
    for language in ("en", "other"):
        ways = [dict.fromkeys((form(w, language), form(spelled(w), language), _unspelled(w, language))) for w in words]
        for number, sequence in enumerate(product(*ways)):
            if number == MOST_PHRASES:
                break
            found[sequence] = None
    return list(found)


def _unspelled(word, language):
    """The form of a word whose ae, oe and ue are taken for umlauts: what somebody without those keys meant."""
    return form(_UMLAUT_SPELLED.sub(lambda pair: pair[1] or pair[2], word.lower()), language)


@lru_cache(100_000)
def bare(word):
    """A word in lower case without any accents (Zürich: zurich), as a name is remembered and typed."""
    return _tidy(word, keep_umlauts=False)[:LONGEST]


@lru_cache(100_000)
def spelled(word):
    """The same with umlauts spelled out (Zürich: zuerich)."""
    return bare(unicodedata.normalize("NFC", word).lower().translate(_SPELLED))


def _tidy(word, *, keep_umlauts):
    word = _GENITIVE.sub("", word.lower()).translate(_LATIN)
    if word.isascii():
        return word
    word = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).lower())
    return "".join(c if keep_umlauts and c in "äöü" else _without_marks(c) for c in word)


def _without_marks(letter):
    """A letter without its accents; nothing of it that would not be a letter or a digit."""
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if each.isalnum())
