"""When two names are nearly one, and which words of a text are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.topics import LONGEST, likeness, likenesses, one_letter_off
from articles.text.words import phrases, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hafenausbau", "Hafen-Ausbau"),
        ("Hafenausbau", "hafen ausbau"),
        ("Schule", "Schulen"),
        ("Haus", "Häuser"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Election", "Elections"),
        ("Straßenbau", "Strassenbau"),
    ],
)
def test_spellings_of_one_name_have_one_likeness(one, other):
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Hafen", "Kai"), ("Bundestag", "Bundesrat"), ("C", "C++"), ("2024", "2025")]
)
def test_other_names_have_another(one, other):
    assert likeness(one) != likeness(other)


def test_words_may_stand_in_any_order():
    assert likeness("Angela Merkel") in likenesses("Merkel, Angela")
    assert likeness("Angela Merkel") not in likenesses("Merkel, Otto")


@given(st.text(max_size=120))
def test_any_name_has_a_short_likeness_among_its_likenesses(name):
    assert len(likeness(name)) <= LONGEST
    assert (likeness(name) in likenesses(name)) == bool(likenesses(name))


def test_one_mistake_is_a_letter_too_many_missing_wrong_or_two_in_the_wrong_order():
    near = one_letter_off("hafenfest")
    assert {"hafenfes", "haffenfest", "hafenfist", "haefnfest"} <= near
    assert near.isdisjoint({"hafenfest", "hafenfe", "kafenfest"})


def test_short_names_and_years_are_never_nearly_another():
    assert one_letter_off("hand") == set()
    assert "wahlen2025" not in one_letter_off("wahlen2024")


def test_stems_are_words_without_endings_and_without_the_commonest():
    assert stems("Die Schulen und das Häuschen der Schule, 2024", "de") == ["schul", "hausch", "schul"]
    assert stems("The elections and an election", "en") == ["elect", "elect"]
    assert stems("elections", "xx") == ["elect"]


def test_phrases_are_sequences_of_words_within_a_sentence():
    found = phrases("Der Rat der Stadt tagt. Wiebke Dornbusch kommt.")
    assert {"rat", "rat-der-stadt", "wiebke-dornbusch"} <= found
    assert found.isdisjoint({"der", "der-rat", "tagt-wiebke"})
    assert len(phrases("wort eins zwei drei " * 2_000 + "x" * 50, most=7)) == 7
