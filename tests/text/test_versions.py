"""What readers are told changed: words, not markup; links by their address; never longer than it may take."""

import time
from types import SimpleNamespace

from articles.text.versions import LONGEST, Passage, differences


def printed(body="<p>Eins.</p>", *, headline="Titel", dek="", names=("Ada Brook",)):
    bylines = [{"name": name} for name in names]
    return SimpleNamespace(headline=headline, dek=dek, bylines=bylines, body=body)


def test_a_word_that_changed_is_told_in_place():
    found = differences(printed("<p>Es waren 34 Boote.</p>"), printed("<p>Es waren 43 Boote.</p>"))
    runs = [("same", "Es waren "), ("gone", "34"), ("new", "43"), ("same", " Boote.")]
    assert found.passages == [Passage("changed", runs)]
    assert found.lines == []


def test_paragraphs_come_go_and_move_and_what_stays_is_folded():
    same = "".join(f"<p>Absatz {word} bleibt, wie er war, und das Wort für Wort.</p>" for word in "ABCDE")
    found = differences(printed(f"<p>Alt weg.</p>{same}"), printed(f"{same}<h2>Ganz neu</h2>"))
    assert [(each.kind, each.count, each.tag) for each in found.passages] == [
        ("gone", 0, "p"),
        ("same", 0, "p"),
        ("fold", 3, "p"),
        ("same", 0, "p"),
        ("new", 0, "h2"),
    ]


def test_headline_dek_and_byline_are_compared_too():
    found = differences(printed(dek="Alt"), printed(headline="Neuer Titel", dek="Neu", names=("Ada Brook", "Bo Lind")))
    assert [name for name, _runs in found.lines] == ["headline", "dek", "byline"]
    assert found.passages == []


def test_bold_and_pictures_are_no_words_and_a_link_is_told_by_its_address():
    old = '<p>Ein <a href="https://example.org/a">Wort</a>.</p><figure data-picture="1"></figure>'
    new = '<p>Ein <strong>Wort</strong> <a href="https://example.org/b">.</a></p>'.replace("</strong> ", "</strong>")
    found = differences(printed(old), printed(new))
    assert found.passages == []
    assert (found.links_gone, found.links_new) == (["https://example.org/a"], ["https://example.org/b"])


def test_the_same_words_differ_in_nothing():
    assert differences(printed("<p>Eins.</p>"), printed("<p><em>Eins.</em></p>")).nothing is True
    assert differences(printed("<p>Eins.</p>"), printed("<p>Zwei.</p>")).nothing is False


def test_marks_of_one_text_do_not_pass_for_markup():
    found = differences(printed("<p>Eins.</p>"), printed("<p>&lt;script&gt;x&lt;/script&gt;</p>"))
    assert "".join(text for passage in found.passages for op, text in passage.runs if op == "new") == (
        "<script>x</script>"
    )


def test_a_text_too_long_is_said_to_be_and_costs_nothing():
    began = time.perf_counter()
    long = "<p>wort</p>" * 500_000
    found = differences(printed(long), printed(long + "<p>neu</p>", headline="Anders"))
    assert (found.too_long, found.passages) == (True, [])
    assert [name for name, _runs in found.lines] == ["headline"]
    assert differences(printed(None), printed("<p>Kurz.</p>")).too_long is True
    assert time.perf_counter() - began < 0.5


def test_the_longest_text_that_is_compared_is_compared_quickly():
    old = "".join(f"<p>Absatz {n} von vielen mit Wörtern {n * 7} und {n * 13}.</p>" for n in range(1000))[:LONGEST]
    new = old.replace("vielen", "allen")
    began = time.perf_counter()
    assert differences(printed(old), printed(new)).passages != []
    assert time.perf_counter() - began < 3
