"""Three-way merge: what two people made of one version; nothing is lost without being offered."""

import pytest
from growth import FOUR_TIMES, growth, usual_growth
from hypothesis import given, settings
from hypothesis import strategies as st
from paragraphs import body

from articles.text.blocks import split_blocks
from articles.text.merging import UNKNOWN, Conflict, Merged, merge_body, merge_list, merge_set, merge_value, settle


def said(result):
    """(merged, conflicts as (base, mine, theirs)) of a merge."""
    return result.merged, [(conflict.base, conflict.mine, conflict.theirs) for conflict in result.conflicts]


# Blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p>a</p>\n<h2>b</h2><hr><p>c</p>", ["<p>a</p>\n", "<h2>b</h2>", "<hr>", "<p>c</p>"]),
        ("<ul><li><p>a</p></li></ul><p>b</p>", ["<ul><li><p>a</p></li></ul>", "<p>b</p>"]),
        ('<aside data-block="factbox"><h3>a</h3></aside>b', ['<aside data-block="factbox"><h3>a</h3></aside>', "b"]),
        ('<figure data-picture="1"></figure><p>a</p>', ['<figure data-picture="1"></figure>', "<p>a</p>"]),
        ('<p><a title="</p>">a</a></p><p>b</p>', ['<p><a title="</p>">a</a></p>', "<p>b</p>"]),
        ("<p>a<p>b", ["<p>a", "<p>b"]),
        ("loose <em>text</em><p>a</p></p>", ["loose <em>text</em>", "<p>a</p>", "</p>"]),
        (" \n<p>a</p> ", [" \n<p>a</p> "]),
        ("<ul><li>never closed<p>a</p>", ["<ul><li>never closed<p>a</p>"]),
    ],
)
def test_a_body_is_cut_into_its_top_level_blocks(html, blocks):
    assert split_blocks(html) == blocks


pieces_of_html = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<hr>",
        "</hr>",
        "a",
        " ",
        '<a title="',
        '">',
        "<",
        ">",
        "'",
        "<aside",
        "\0",
    ]
)


@given(st.text() | st.lists(pieces_of_html).map("".join))
def test_no_character_is_lost_in_cutting(html):
    assert "".join(split_blocks(html)) == html


# Plain values


def test_who_changed_a_value_wins():
    assert merge_value("a", "b", "a") == Merged("b")
    assert merge_value("a", "a", "b") == Merged("b", took_theirs=True)
    assert merge_value("a", "b", "b") == Merged("b")
    assert merge_value(None, None, "b") == Merged("b", took_theirs=True)


def test_a_value_changed_by_both_is_offered():
    assert merge_value("a", "b", "c") == Merged("b", conflicts=[Conflict("a", "b", "c")])
    assert merge_value(UNKNOWN, None, "c") == Merged(None, conflicts=[Conflict(UNKNOWN, None, "c")])


# Bodies


def test_changes_of_neighbouring_paragraphs_merge():
    assert merge_body(body("a", "b", "c", "d"), body("a", "b", "c1", "d"), body("a", "b", "c", "d2")) == Merged(
        body("a", "b", "c1", "d2"), took_theirs=True
    )


def test_two_new_paragraphs_at_one_place_are_both_kept_theirs_first():
    assert merge_body(body("a", "b"), body("a", "m", "b"), body("a", "t", "b")) == Merged(
        body("a", "t", "m", "b"), took_theirs=True
    )


def test_the_same_new_paragraph_stands_once():
    assert merge_body(body("a"), body("a", "n", "m"), body("a", "n")) == Merged(body("a", "n", "m"))


def test_two_versions_of_one_new_paragraph_are_a_conflict():
    text = "The minister said on Tuesday that nobody had told her about the {} report before"
    mine, theirs = body("a", text.format("second")), body("a", text.format("first"))
    result = merge_body(body("a"), mine, theirs)
    assert said(result) == (mine, [("", body(text.format("second")), body(text.format("first")))])


def test_whether_there_is_a_conflict_does_not_depend_on_who_saves_last():
    one = "<p>k l m n o p q r s</p><hr><p>k l m n o p q r t</p>"
    other = "<hr><p>k l m n o p q r s</p>"
    assert bool(merge_body("", one, other).conflicts) == bool(merge_body("", other, one).conflicts)


def test_a_paragraph_changed_by_both_is_offered_with_its_place():
    result = merge_body(body("a", "b", "c"), body("a", "b1", "c"), body("a", "b2", "c"))
    assert result == Merged(body("a", "b1", "c"), conflicts=[Conflict("<p>b</p>", "<p>b1</p>", "<p>b2</p>", at=8)])


def test_neighbouring_conflicts_are_one():
    result = merge_body(body("a", "b", "c"), body("a1", "b1", "c"), body("a2", "b2", "c"))
    assert said(result) == (body("a1", "b1", "c"), [(body("a", "b"), body("a1", "b1"), body("a2", "b2"))])


def test_a_paragraph_deleted_by_one_and_changed_by_the_other_is_a_conflict():
    deleted, changed = body("a", "c"), body("a", "b2", "c")
    assert said(merge_body(body("a", "b", "c"), deleted, changed)) == (deleted, [("<p>b</p>", "", "<p>b2</p>")])
    assert said(merge_body(body("a", "b", "c"), changed, deleted)) == (changed, [("<p>b</p>", "<p>b2</p>", "")])


def test_a_paragraph_cut_in_two_and_changed_by_the_other_is_one_conflict():
    start, rest = "The court met in the morning and heard the case.", "It then adjourned until the first of March."
    base, cut = body("x", f"{start} {rest}", "y"), body("x", start, rest, "y")
    changed = body("x", f"{start} {rest} Nobody spoke.", "y")
    assert said(merge_body(base, cut, changed)) == (
        cut,
        [(body(f"{start} {rest}"), body(start, rest), body(f"{start} {rest} Nobody spoke."))],
    )


def test_a_paragraph_moved_by_one_and_changed_by_the_other_is_changed_at_its_new_place():
    moved, changed = body("a", "c", "d", "b"), body("a", "b2", "c", "d")
    both = body("a", "c", "d", "b2")
    assert said(merge_body(body("a", "b", "c", "d"), moved, changed)) == (both, [])
    assert said(merge_body(body("a", "b", "c", "d"), changed, moved)) == (both, [])


def test_a_paragraph_moved_by_both_stands_once_where_mine_has_it():
    base, mine, theirs = body("a", "b", "c", "d"), body("a", "c", "d", "b"), body("b", "a", "c", "d")
    assert said(merge_body(base, mine, theirs)) == (mine, [])


def test_with_an_unknown_base_every_difference_is_a_conflict():
    mine, theirs = body("a", "m", "c"), body("a", "t", "c", "d")
    conflicts = [(None, "<p>m</p>", "<p>t</p>"), (None, "", "<p>d</p>")]
    assert said(merge_body(None, mine, theirs)) == (mine, conflicts)
    assert said(merge_body(UNKNOWN, mine, theirs)) == (mine, conflicts)
    assert merge_body(None, mine, mine) == Merged(mine)


def test_conflicts_can_be_settled_one_by_one():
    result = merge_body(body("a", "b", "c"), body("a1", "b", ""), body("a2", "b", "c2"))
    assert settle(result, theirs={}) == result.merged
    assert settle(result, theirs={0}) == body("a2", "b", "")
    assert settle(result, theirs={0, 1}) == body("a2", "b", "c2")


def test_loose_texts_that_meet_are_kept_apart():
    assert merge_body("<p>a</p>", "mine<p>a</p>", "theirs<p>a</p>").merged == "theirs\nmine<p>a</p>"


paragraph = st.sampled_from(["a", "b", "c", "d", "e f g h", "e f g i", "x"])
blocks = st.lists(paragraph.map(lambda text: f"<p>{text}</p>") | st.just("<hr>") | st.just("loose"), max_size=8)
bodies = blocks.map("".join)


@given(bodies | st.text(), bodies | st.text())
def test_what_only_one_changed_is_taken_whole(base, changed):
    assert said(merge_body(base, base, changed)) == (changed, [])
    assert said(merge_body(base, changed, base)) == (changed, [])
    assert merge_body(base, changed, changed) == Merged(changed)


@settings(max_examples=400)
@given(bodies, bodies, bodies)
def test_no_block_of_anybody_is_lost(base, mine, theirs):
    result = merge_body(base, mine, theirs)
    merged, before = split_blocks(result.merged), set(split_blocks(base))
    offered = "".join([result.merged, *(conflict.theirs for conflict in result.conflicts)])
    assert [block for block in split_blocks(mine) if block not in before and block.strip() not in result.merged] == []
    assert [block for block in split_blocks(theirs) if block not in before and block.strip() not in offered] == []
    assert all(result.merged[c.at : c.at + len(c.mine)] == c.mine for c in result.conflicts)
    assert bool(result.conflicts) == bool(merge_body(base, theirs, mine).conflicts)
    assert "".join(merged) == result.merged


@given(st.none() | st.text(), st.text(), st.text())
def test_any_text_at_all_can_be_merged(base, mine, theirs):
    assert isinstance(merge_body(base, mine, theirs).merged, str)


# Lists and sets


def test_rows_added_by_both_are_kept_and_removed_ones_are_not():
    assert merge_list(["a", "b", "c"], ["a", "b", "m"], ["a", "t", "c"]) == Merged(["a", "t", "m"], took_theirs=True)
    assert merge_list(["a"], ["m", "a"], ["t", "a"]) == Merged(["t", "m", "a"], took_theirs=True)
    assert merge_list(["a"], ["a", "m"], ["a", "t"]) == Merged(["a", "t", "m"], took_theirs=True)


def test_an_order_changed_by_one_is_taken_and_by_both_offered():
    assert merge_list("abc", "abcd", "cab").merged == ["c", "d", "a", "b"]
    assert merge_list("abc", "cab", "abcd").merged == ["c", "d", "a", "b"]
    conflict = Conflict(list("abc"), list("cab"), list("bac"))
    assert merge_list("abc", "cab", "bac") == Merged(list("cab"), conflicts=[conflict])


def test_a_row_known_by_its_key_and_changed_by_both_is_offered():
    base, mine, theirs = [("ann", "text")], [("ann", "photo"), ("bob", "")], [("ann", "video")]
    result = merge_list(base, mine, theirs, key=lambda row: row[0])
    assert result == Merged(mine, conflicts=[Conflict([("ann", "text")], [("ann", "photo")], [("ann", "video")])])
    result = merge_list(base, [], theirs, key=lambda row: row[0])
    assert result == Merged([], conflicts=[Conflict([("ann", "text")], [], [("ann", "video")])])


def test_lists_of_unknown_origin_are_offered_whole():
    assert merge_list(None, ["a"], ["b"]) == Merged(["a"], conflicts=[Conflict(None, ["a"], ["b"])])


rows = st.lists(st.sampled_from("abcdef"), max_size=7)


@settings(max_examples=300)
@given(rows, rows, rows)
def test_no_row_of_anybody_is_lost(base, mine, theirs):
    assert said(merge_list(base, base, theirs)) == (theirs, [])
    assert said(merge_list(base, mine, base)) == (mine, [])
    assert merge_list(base, mine, mine) == Merged(mine)
    result = merge_list(base, mine, theirs)
    assert ({*mine, *theirs} - {*base}) <= {*result.merged}
    assert bool(result.conflicts) == bool(merge_list(base, theirs, mine).conflicts)


def test_sets_never_conflict():
    assert merge_set({"a", "b", "c"}, ["a", "m", "b"], ["t", "c", "a"]) == Merged(["t", "a", "m"], took_theirs=True)
    assert merge_set({"a"}, ["a", "m"], ["a"]) == Merged(["a", "m"])
    assert merge_set(None, ["a"], ["b"]) == Merged(["b", "a"], took_theirs=True)


# Long texts

SHAPES = {
    "equal": lambda n: (["x"] * n, ["x"] * (n + 5), ["x"] * (n // 2) + ["y"] + ["x"] * (n // 2)),
    "different": lambda n: (range(n), [f"m {k}" for k in range(n)], [f"t {k}" for k in range(n + 1)]),
    "reversed": lambda n: (range(n), range(n, 0, -1), range(5, n)),
    "alternating": lambda n: ([k % 2 for k in range(n)], [k % 3 for k in range(n)], [k % 5 for k in range(n)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_paragraphs_are_not_sixteen_times_the_work(shape):
    def bodies_of(paragraphs):
        return [body(*texts) for texts in SHAPES[shape](paragraphs)]

    assert growth(merge_body, bodies_of, 1_500) < FOUR_TIMES


def test_control_quadratic_work_is_seen_as_such():
    def quadratic(numbers):
        return [numbers.count(each) for each in numbers]

    assert usual_growth(quadratic, lambda n: [list(range(n))], 1_500) > FOUR_TIMES


def test_a_word_changed_in_every_paragraph_by_both_merges_or_is_offered_in_a_long_story():
    words = [[f"word{(n * 7 + i * 13) % 997}" for i in range(45)] for n in range(100)]
    mine, theirs = (
        body(*(" ".join([*row[:at], new, *row[at + 1 :]]) for row in words)) for at, new in ((0, "a"), (3, "b"))
    )
    base = body(*(" ".join(row) for row in words))
    result = merge_body(base, mine, theirs)
    assert said(result) == (mine, [(base, mine, theirs)])
