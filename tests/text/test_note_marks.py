"""Marks of notes in a body: which may stand, which go, and that nothing else of the text does."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from articles.text.blocks import split_blocks
from articles.text.html import clean_body, count_words, lede, plain_text
from articles.text.merging import UNKNOWN, merge_body
from articles.text.notes import is_note_key, keep_marks, marked_keys, merge_noted, without_marks

ONE, TWO = "1" * 26, "2" * 26


def mark(text, key=ONE):
    return f'<mark data-note="{key}">{text}</mark>'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (f"<p>a {mark('b <strong>c</strong>')} d</p>", f"<p>a {mark('b <strong>c</strong>')} d</p>"),
        (f"<p>{mark('a ' + mark('b', TWO))}</p>", f"<p>{mark('a ' + mark('b', TWO))}</p>"),
        (f'<p><mark class="x" data-note="{ONE}" id="y">a</mark></p>', f"<p>{mark('a')}</p>"),
        ("<p><mark>a</mark></p>", "<p>a</p>"),
        ('<p><mark data-note="short">a</mark></p>', "<p>a</p>"),
        (f'<p><mark data-note="{"u" * 26}">a</mark></p>', "<p>a</p>"),
        (f'<p><mark data-note="{ONE} ">a</mark></p>', "<p>a</p>"),
        (f"<p>a{mark('')}b{mark('  ')}c</p>", "<p>ab  c</p>"),
        (f"<p>{mark('')}</p><p>a</p>", "<p>a</p>"),
        (mark("<p>a</p><p>b</p>"), "<p>a</p><p>b</p>"),
        (f"<ul>{mark('<li>a</li>')}</ul>", "<ul><li>a</li></ul>"),
        (f'<p><mark data-note="{ONE}">never closed</p>', f"<p>{mark('never closed')}</p>"),
        ("<p>never opened</mark></p>", "<p>never opened</p>"),
        (f'<p><a href="/x" title="{ONE}<mark>">a</a></p>', f'<p><a href="/x" title="{ONE}&lt;mark&gt;">a</a></p>'),
        (f'<p><em data-note="{ONE}">a</em></p>', "<p><em>a</em></p>"),
    ],
)
def test_only_sound_marks_survive_cleaning_and_no_text_is_lost(dirty, clean):
    assert clean_body(dirty) == clean
    assert clean_body(clean) == clean


def test_only_marks_of_the_given_keys_are_kept():
    html = f"<p>{mark('a ' + mark('b', TWO))} c</p>"
    assert marked_keys(html) == [ONE, TWO]
    assert keep_marks(html, [TWO]) == f"<p>a {mark('b', TWO)} c</p>"
    assert keep_marks(html, []) == without_marks(html) == "<p>a b c</p>"
    assert (is_note_key(ONE), is_note_key(ONE + "1"), is_note_key("\n" + ONE[1:])) == (True, False, False)


def test_a_marked_text_reads_and_counts_like_the_same_without():
    html = f"<p>Ein Donau{mark('dampf')}schiff <em>f{mark('ähr', TWO)}t</em>.</p><p>{mark('Zwei')} Sätze.</p>"
    bare = "<p>Ein Donaudampfschiff <em>fährt</em>.</p><p>Zwei Sätze.</p>"
    for read in (plain_text, count_words, lede, without_marks):
        assert read(html) == read(bare)
    assert count_words(html) == 5
    assert [without_marks(block) for block in split_blocks(html)] == split_blocks(bare)


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<li>",
            f'<mark data-note="{ONE}">',
            "<mark>",
            "</mark>",
            "<b>",
            "</b>",
            "a",
            " ",
            "&lt;",
            "<",
            '"',
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_cleaning_any_markup_is_final_and_its_text_does_not_depend_on_marks(html):
    once = clean_body(html)
    assert clean_body(once) == once
    assert plain_text(once) == plain_text(without_marks(once))
    assert keep_marks(once, marked_keys(once)) == once
    assert "mark" not in without_marks(once)


def test_who_notes_does_not_conflict_with_who_writes():
    base = "<p>Eins zwei drei.</p><p>Vier fünf sechs.</p>"
    noted = base.replace("zwei", mark("zwei")).replace("sechs", mark("sechs", TWO))
    written = base.replace("Eins", "Jetzt")
    merged = f"<p>Jetzt zwei drei.</p><p>Vier fünf {mark('sechs', TWO)}.</p>"
    for mine, theirs in ((noted, written), (written, noted)):
        result = merge_noted(base, mine, theirs)
        assert (result.merged, result.conflicts) == (merged, [])
    assert merge_body(base, noted, written).conflicts  # the control: to the plain merge a mark is a change


def test_texts_in_conflict_are_offered_with_their_marks():
    base, mine, theirs = (f"<p>{word} zwei drei.</p>" for word in ("Eins", "Meins", "Deins"))
    theirs = theirs.replace("zwei", mark("zwei"))
    result = merge_noted(base, mine, theirs)
    assert [conflict.theirs for conflict in result.conflicts] == [theirs]
    (conflict,) = result.conflicts
    assert result.merged[conflict.at : conflict.at + len(mine)] == mine
    assert merge_noted(UNKNOWN, mine, mine).merged == mine


def test_without_marks_it_is_the_plain_merge():
    assert merge_noted("<p>a</p>", "<p>a</p><p>b</p>", "<p>c</p>") == merge_body(
        "<p>a</p>", "<p>a</p><p>b</p>", "<p>c</p>"
    )
