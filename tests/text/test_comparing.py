"""Two versions side by side: words, paragraphs, moves, marks; nothing that changed is hidden."""

import pytest
from growth import FOUR_TIMES, growth
from hypothesis import given, settings
from hypothesis import strategies as st
from paragraphs import body

from articles.text import wording
from articles.text.comparing import Fold, Row, compare_bodies, compare_rows, compare_words, fold
from articles.text.reading import readable


def seen(rows):
    """(kind, old_at, new_at) of each row."""
    return [(row.kind, row.old_at, row.new_at) for row in rows]


def sides(row):
    return "".join(text for _op, text in row.old), "".join(text for _op, text in row.new)


# Words


def test_whole_words_are_compared():
    assert compare_words("The minister resigned today.", "The ministers resigned yesterday.") == [
        ("same", "The "),
        ("gone", "minister"),
        ("new", "ministers"),
        ("same", " resigned "),
        ("gone", "today"),
        ("new", "yesterday"),
        ("same", "."),
    ]


def test_a_rewritten_sentence_is_no_salad_of_single_words():
    old = "The minister said on Monday in Berlin that he would not resign"
    new = "According to the opposition the minister has in that meeting answered no question on it"
    assert compare_words(old, new) == [("gone", old), ("new", new)]


def test_an_address_counts_as_one_word():
    assert compare_words("here[https://a.example/b]", "here[https://a.example/c]") == [
        ("same", "here"),
        ("gone", "[https://a.example/b]"),
        ("new", "[https://a.example/c]"),
    ]


def test_nothing_compares_to_nothing():
    assert compare_words("", "") == []
    assert compare_words("a", "") == [("gone", "a")]
    assert compare_words("", "a") == [("new", "a")]


wild = st.text(st.characters(exclude_categories=()) | st.sampled_from("ab .\0\ud800"))
repeating = st.lists(st.sampled_from(["a ", "b ", "c", "\ud800", "."])).map("".join)


def joins(old, new):
    runs = compare_words(old, new)
    assert "".join(text for op, text in runs if op != "new") == old
    assert "".join(text for op, text in runs if op != "gone") == new
    assert all(text for _op, text in runs)


@given(wild | repeating, wild | repeating)
def test_the_runs_join_to_both_texts(old, new):
    joins(old, new)


@pytest.mark.parametrize("limit", ["_LONG", "_MOST", "_BOOK"])
def test_the_runs_of_long_texts_join_to_both_texts(limit, monkeypatch):
    monkeypatch.setattr(wording, "_LONG", 3)
    monkeypatch.setattr(wording, limit, 3)
    given(repeating, repeating)(joins)()


def test_the_runs_join_when_time_is_up():
    assert compare_words("a b c", "x b z", seconds=0) == [("gone", "a b c"), ("new", "x b z")]
    assert compare_words("a b c d", "x b c z", seconds=1)[2:3] == [("same", " b c ")]


# Bodies


def test_paragraphs_are_lined_up():
    rows = compare_bodies(
        body("one", "two words here", "three", "four"), body("one", "two words there", "four", "five")
    )
    assert seen(rows) == [("same", 1, 1), ("changed", 2, 2), ("gone", 3, 0), ("same", 4, 3), ("new", 0, 4)]
    assert rows[1].old == [("same", "two words "), ("gone", "here")]
    assert rows[1].new == [("same", "two words "), ("new", "there")]
    assert rows[2] == Row("gone", [("gone", "three")], [], "p", "p", old_at=3)


def test_a_moved_paragraph_is_one_row_at_its_new_place():
    rows = compare_bodies(body("one", "two", "three", "four"), body("one", "three", "four", "two"))
    assert seen(rows) == [("same", 1, 1), ("same", 3, 2), ("same", 4, 3), ("moved", 2, 4)]
    assert rows[3].old == rows[3].new == [("same", "two")]


def test_a_paragraph_moved_and_changed_a_little_shows_both():
    text = "The minister of the interior said nothing about {} in parliament"
    rows = compare_bodies(body(text.format("it"), "b", "c", "d"), body("b", "c", "d", text.format("this")))
    assert seen(rows) == [("same", 2, 1), ("same", 3, 2), ("same", 4, 3), ("moved", 1, 4)]
    assert rows[3].new[1] == ("new", "this")


@pytest.mark.parametrize(
    ("old", "new", "note", "texts"),
    [
        ('<a href="https://a">x</a>', '<a href="https://b">x</a>', "link", ("x[https://a]", "x[https://b]")),
        ("x", '<a href="https://b">x</a>', "link", ("x", "x[https://b]")),
        ("one two", "one <strong>two</strong>", "formatting", ("one two", "one **two**")),
        ("<strong>one</strong> two", "one <strong>two</strong>", "formatting", ("**one** two", "one **two**")),
        ('a <mark data-note="5">b</mark>', "a b", "formatting", ("a ==b==[5]", "a b")),
        ("<a>x</a>", "x", "source", ("<p><a>x</a></p>", "<p>x</p>")),
    ],
)
def test_what_changed_beside_the_words_is_shown(old, new, note, texts):
    (row,) = compare_bodies(body(old), body(new))
    assert (row.kind, row.note, sides(row)) == ("changed", note, texts)


def test_a_paragraph_made_a_heading_says_so():
    (row,) = compare_bodies("<p>one two</p>", "<h2>one two</h2>")
    assert (row.kind, row.note, row.old_tag, row.tag) == ("changed", "tag", "p", "h2")


def test_lists_and_tables_show_their_items_as_lines():
    assert readable("<ul><li>a</li><li><p>b <em>c</em></p></li></ul>") == "• a\n• b *c*"
    assert readable("<table><tr><th>a</th><td colspan='2'>b</td></tr><tr><td>c</td></tr></table>") == "a | b[2] |\nc |"
    assert readable("<p>a<br>b &amp; c</p>") == "a\nb & c"


def test_boxes_and_pictures_are_named():
    rows = compare_bodies("", '<aside data-block="factbox"><p>a</p></aside><figure data-picture="7"></figure><hr>')
    assert [(row.tag, row.new) for row in rows] == [
        ("factbox", [("new", "a")]),
        ("figure", [("new", "[7]")]),
        ("hr", []),
    ]


def test_white_space_between_and_in_paragraphs_is_no_change():
    assert seen(compare_bodies("<p>a  b</p>\n<p>c</p>", "<p>a b</p><p>c</p>")) == [("same", 1, 1), ("same", 2, 2)]


pieces = st.sampled_from(
    ["<p>", "</p>", "<ul><li>", "</ul>", "<hr>", "a b c d e f ", "x ", '<a href="u">', "</a>", "&lt;"]
)
anything = wild | st.lists(pieces).map("".join)


@settings(max_examples=300)
@given(anything, anything)
def test_every_block_of_both_bodies_has_its_place_in_the_rows(old, new):
    rows = compare_bodies(old, new)
    assert sorted(row.old_at for row in rows if row.old_at) == list(range(1, sum(1 for row in rows if row.old_at) + 1))
    assert [row.new_at for row in rows if row.new_at] == list(range(1, sum(1 for row in rows if row.new_at) + 1))
    assert {row.kind for row in compare_bodies(old, old)} <= {"same"}


# Folding and lists


def test_unchanged_parts_are_folded():
    rows = compare_bodies(body(*"abcdefgh"), body(*"abcdXefgh"))
    a, b, c, d, new, e, f, g, h = rows
    assert fold(rows) == [Fold(3, [a, b, c]), d, new, e, Fold(3, [f, g, h])]
    assert fold(rows, context=0) == [Fold(4, [a, b, c, d]), new, Fold(4, [e, f, g, h])]
    assert fold(rows, context=3) == rows
    assert fold([]) == []


def test_a_list_without_changes_is_one_fold():
    rows = compare_rows(list("abc"), list("abc"))
    assert fold(rows) == [Fold(3, rows)]


def test_rows_of_a_list_are_added_removed_and_moved():
    rows = compare_rows(["Ann", "Bob", "Cem", "Dora"], ["Dora", "Ann", "Cem", "Eve"])
    assert seen(rows) == [("moved", 4, 1), ("same", 1, 2), ("gone", 2, 0), ("same", 3, 3), ("new", 0, 4)]
    assert rows[0] == Row("moved", [("same", "Dora")], [("same", "Dora")], old_at=4, new_at=1)
    assert rows[2].old == [("gone", "Bob")]
    assert rows[4].new == [("new", "Eve")]


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_no_row_of_a_list_is_left_out(old, new):
    rows = compare_rows(old, new)
    assert [old[at - 1] for at in sorted(row.old_at for row in rows if row.old_at)] == old
    assert [new[row.new_at - 1] for row in rows if row.new_at] == new


# Long texts


def test_four_times_the_paragraphs_are_not_sixteen_times_the_work():
    def bodies_of(paragraphs):
        return [body(*(f"{word} {n} said {word}" for n in range(paragraphs))) for word in ("one", "other")]

    assert growth(compare_bodies, bodies_of, 1_500) < FOUR_TIMES


SHAPES = {
    "shifted": lambda n: (" ".join(map(str, range(n))), " ".join(map(str, range(n // 2, n + n // 2)))),
    "equal": lambda n: ("x " * n, "x " * (n - 9) + "y " + "x " * 9),
    "alternating": lambda n: ("a b " * (n // 2), "b a a " * (n // 3)),
    "repeating": lambda n: (" ".join(str(k * k % 977) for k in range(n)), " ".join(str(k * 7 % 991) for k in range(n))),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_words_in_one_paragraph_are_not_sixteen_times_the_work(shape):
    assert growth(compare_bodies, lambda n: [body(text) for text in SHAPES[shape](n)], 40_000) < FOUR_TIMES
