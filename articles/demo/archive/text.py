"""Texts that read like news and mean nothing, from a random.Random."""

import random
from functools import cache
from html import escape

from .words import LANGUAGES

PARAGRAPHS, SENTENCES = 4, 3
POOL = 5_000


def headline(rng, language):
    """A headline (text) in `language` (de or en)."""
    return _fill(rng, language, rng.choice(LANGUAGES[language].headlines))


def kicker(rng, language):
    """A short label above the headline (text)."""
    return rng.choice(LANGUAGES[language].kickers)


def place(rng, language):
    """Where a story is from (text)."""
    return rng.choice(LANGUAGES[language].places)


def dek(rng, language):
    """One or two sentences under the headline (text)."""
    return _fill(rng, language, LANGUAGES[language].dek)


def body(rng, language):
    """Four paragraphs (HTML as `clean_body` would leave it)."""
    return "".join(paragraph(rng, language) for _each in range(PARAGRAPHS))


def paragraph(rng, language):
    """One paragraph (HTML) of three sentences and an aside."""
    aside = escape(rng.choice(LANGUAGES[language].asides), quote=False)
    return f"<p>{' '.join(rng.choices(_sentences(language), k=SENTENCES))} {aside}</p>"


@cache
def _sentences(language):
    """Some thousands of sentences (tuple of HTML), always the same: making each anew would take most of the time."""
    rng = random.Random(language)
    templates = LANGUAGES[language].sentences
    return tuple(escape(_fill(rng, language, rng.choice(templates)), quote=False) for _each in range(POOL))


def subjects(language, text):
    """What a headline and its dek are about: those of the vocabulary's subjects that stand there (list of text)."""
    lower = text.lower()
    return [what for what in LANGUAGES[language].what if what.lower() in lower]


def _fill(rng, language, template):
    words = LANGUAGES[language]
    who, when, what = rng.choice(words.who), rng.choice(words.when), rng.choice(words.what)
    return template.format(
        who=who,
        Who=who[0].upper() + who[1:],
        when=when,
        When=when[0].upper() + when[1:],
        what=what,
        what_cap=what[0].upper() + what[1:],
        did=rng.choice(words.did),
        how=rng.choice(words.how),
        aside=rng.choice(words.asides),
        place=rng.choice(words.places),
    )
