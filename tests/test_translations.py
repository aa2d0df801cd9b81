"""The German catalogue has every string the program can say, and nothing unfinished."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "articles" / "locale" / "de" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    "npgettext": ((1, "c"), 2, 3),
}


def said():
    """Every string marked for translation (set of text; of plural ones the first form)."""
    texts = [path.read_bytes() for folder in ("articles", "newsroom") for path in (ROOT / folder).rglob("*.py")]
    templates = [
        path.read_text("utf-8") for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")
    ]
    # The extractor reads Python, to which a template's indentation means nothing.
    texts += ["\n".join(line.lstrip() for line in templatize(each).splitlines()).encode() for each in templates]
    found = set()
    for text in texts:
        for _line, message, _comments, context in extract("python", io.BytesIO(text), KEYWORDS):
            messages = message if isinstance(message, tuple) else (message,)
            found.add((context, next(each for each in messages if each)))
    return {pair for pair in found if pair[1]}


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def test_every_string_is_in_the_german_catalogue_and_translated(catalogue):
    missing = sorted(
        text for context, text in said() if not (entry := catalogue.get(text, context)) or not all(_forms(entry))
    )
    assert missing == []


def _forms(entry):
    return entry.string if isinstance(entry.string, tuple | list) else (entry.string,)


def test_nothing_in_the_catalogue_is_unfinished(catalogue):
    assert [entry.id for entry in catalogue if entry.id and entry.fuzzy] == []


def test_translations_keep_their_placeholders(catalogue):
    wrong = [
        (entry.id, [str(error) for error in entry.check(catalogue)])
        for entry in catalogue
        if entry.id and list(entry.check(catalogue))
    ]
    assert wrong == []


def test_the_catalogue_says_nothing_that_is_not_asked_for(catalogue):
    asked = said()
    spare = [
        entry.id for entry in catalogue if entry.id and not any(_same(entry, context, text) for context, text in asked)
    ]
    assert spare == []


def _same(entry, context, text):
    first = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
    return (entry.context, first) == (context, text)
