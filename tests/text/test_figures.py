"""Pictures in a body: one form, in whatever form they come, and nothing of the text lost."""

import pytest
from growth import FOUR_TIMES, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.comparing import compare_bodies
from articles.text.figures import (
    Figure,
    figures,
    hang_figures,
    name_figures,
    number_figures,
    place_figures,
    without_captions,
    without_figures,
)
from articles.text.html import clean_body, count_words, lede, plain_text

ONE, TWO, THREE = (f"{number}123456789abcdefghjkmnpqrs"[:26] for number in (1, 2, 3))


def figure(key, caption="", credit=""):
    """A picture as a working copy has it."""
    said = f' data-credit="{credit}"' if credit else ""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-picture="{key}"{said}>{below}</figure>'


def gallery(*keys):
    """Several together."""
    return f'<section data-block="gallery">{"".join(map(figure, keys))}</section>'


SOUND = [
    figure(ONE),
    f"<p>Vorher.</p>{figure(ONE, 'Der Kai &lt; das Meer', 'dpa &amp; AP')}<p>Nachher.</p>",
    f"<p>Vorher.</p>{gallery(ONE, TWO)}",
]


@pytest.mark.parametrize("body", SOUND)
def test_what_is_sound_stays_as_it_is(body):
    assert clean_body(body) == body


STRANGE = {
    "an image from elsewhere": ('<p>Ein <img src="https://x.example/a.png">Bild.</p>', "<p>Ein Bild.</p>"),
    "a figure without a picture": (
        "<figure><img src=x><figcaption>Nur Worte</figcaption></figure>",
        "<p>Nur Worte</p>",
    ),
    "a key that is none": ('<figure data-picture="../../etc/passwd"></figure><p>a</p>', "<p>a</p>"),
    "marks in a caption": (
        f'<figure data-picture="{ONE}"><figcaption>Der <em>alte</em> <a href="https://a.de">Kai</a></figcaption></figure>',
        figure(ONE, "Der alte Kai"),
    ),
    "inside a paragraph": (f"<p>Ein</p>{figure(ONE)}<p>Wort</p>", f"<p>Ein</p>{figure(ONE)}<p>Wort</p>"),
    "inside a list": (f"<ul><li><p>a</p>{figure(ONE)}</li></ul>", f"<ul><li><p>a</p></li></ul>{figure(ONE)}"),
    "inside a table": (
        f"<table><tbody><tr><td>a{figure(ONE)}</td></tr></tbody></table><p>b</p>",
        f"<table><tbody><tr><td>a</td></tr></tbody></table>{figure(ONE)}<p>b</p>",
    ),
    "a gallery of one": (gallery(ONE), figure(ONE)),
    "a gallery of none": ('<section data-block="gallery"><p>Worte</p></section>', "<p>Worte</p>"),
    "words in a gallery": (
        f'<section data-block="gallery">{figure(ONE)}<p>Worte</p>{figure(TWO)}</section>',
        f"<p>Worte</p>{gallery(ONE, TWO)}",
    ),
    "another section": (f"<section>{figure(ONE)}</section>", figure(ONE)),
    "one in another": (
        f'<figure data-picture="{ONE}"><figcaption>aus{figure(TWO, "in")}sen</figcaption></figure>',
        f"{figure(TWO, 'in')}sen{figure(ONE, 'aus')}",
    ),
    "a script in its caption": (
        f'<figure data-picture="{ONE}" onclick="x()"><figcaption>a<script>b()</script></figcaption></figure>',
        figure(ONE, "a"),
    ),
    "a credit that would end its attribute": (
        f'<figure data-picture="{ONE}" data-credit=\'"&gt;&lt;b&gt;\'></figure>',
        figure(ONE, credit="&quot;&gt;&lt;b&gt;"),
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_comes_is_put_into_the_one_form(name):
    sent, stored = STRANGE[name]
    assert clean_body(sent) == stored
    assert clean_body(stored) == stored


def test_a_caption_and_a_credit_are_cut_to_what_the_desk_can_store():
    body = clean_body(figure(ONE, "Wort " * 200, "a" * 300))
    [found] = figures(body)
    assert (len(found.caption), found.caption[-2:], len(found.credit)) == (500, "t…", 200)


PIECES = st.sampled_from(
    [
        *(
            "<figure>",
            "</figure>",
            f'<figure data-picture="{ONE}">',
            f'<figure data-picture="{TWO}" data-credit="a\'b">',
        ),
        *("<figcaption>", "</figcaption>", '<section data-block="gallery">', "<section>", "</section>", "<p>", "</p>"),
        *(
            "<ul><li>",
            "</li></ul>",
            "<em>",
            "</em>",
            "<br>",
            "wort ",
            "&lt;",
            '<aside data-block="factbox">',
            "</aside>",
        ),
        *("<table><tr><td>", "</td></tr></table>", f'<mark data-note="{ONE}">', "</mark>", "<hr>"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_comes_to_rest_with_all_its_pictures_readable(html):
    body = clean_body(html)
    assert clean_body(body) == body
    assert body.count("<figure") == len(figures(body))
    assert "<figcaption" not in body.replace("><figcaption>", "")
    keep = html.count("wort")
    assert body.count("wort") == keep


@pytest.mark.parametrize("piece", ["<figure>", f'<figure data-picture="{ONE}"><figcaption>', "<section>", figure(ONE)])
def test_four_times_the_figures_are_not_sixteen_times_the_work(piece):
    assert growth(place_figures, lambda size: [(piece * (size // len(piece) + 1))[:size]], 200_000) < FOUR_TIMES


def test_the_pictures_of_a_body_are_told_in_order():
    body = f"<p>a</p>{figure(ONE, 'Der &lt;Kai&gt;', 'dpa &amp; AP')}{gallery(TWO, THREE)}{figure(ONE)}"
    assert figures(body) == [
        Figure(ONE, "Der <Kai>", "dpa & AP"),
        Figure(TWO, in_gallery=True),
        Figure(THREE, in_gallery=True),
        Figure(ONE),
    ]


def test_a_picture_taken_out_leaves_no_gallery_of_one():
    assert without_figures(f"<p>a</p>{gallery(ONE, TWO)}", [ONE]) == f"<p>a</p>{figure(TWO)}"
    assert without_figures(f"<p>a</p>{figure(ONE, 'weg')}", [ONE]) == "<p>a</p>"


def test_words_below_pictures_are_no_words_of_the_text():
    body = f"{figure(ONE, 'Hier steht der Kai', 'dpa')}<p>Zwei Worte.</p>{gallery(TWO, THREE)}"
    assert count_words(body) == 2
    assert without_captions(body) == "<p>Zwei Worte.</p>"
    assert plain_text(body) == "Hier steht der Kai\nZwei Worte."
    assert lede(number_figures(body)) == "Zwei Worte."


class Wall:
    """Draws pictures as words; those in `hidden` not at all."""

    def __init__(self, *hidden):
        self.hidden = hidden

    def __call__(self, number, in_gallery):
        return "" if number in self.hidden else f"[{number}{'g' if in_gallery else ''}]"

    def gallery(self, drawn):
        return f"({''.join(drawn)})"


def test_a_printed_body_says_of_its_pictures_nothing_but_their_number():
    body = f"<p>a</p>{figure(ONE, 'Kai', 'dpa')}{gallery(TWO, THREE)}<p>b</p>"
    printed = number_figures(body)
    assert not {ONE, TWO, THREE, "Kai", "dpa"} & {word for word in (ONE, TWO, THREE, "Kai", "dpa") if word in printed}
    assert hang_figures(printed, Wall()) == "<p>a</p>[1]([2g][3g])<p>b</p>"
    assert hang_figures(printed, Wall(1, 3)) == "<p>a</p>([2g])<p>b</p>"
    assert hang_figures(printed, Wall(1, 2, 3)) == "<p>a</p><p>b</p>"


def test_a_comparison_shows_a_picture_by_its_title():
    old, new = (name_figures(figure(key, "Der Kai", "dpa"), {ONE: "Kai <1>", TWO: "Kran"}) for key in (ONE, TWO))
    [row] = compare_bodies(old, new)
    assert (row.kind, row.tag, row.note) == ("changed", "figure", "link")
    assert "".join(text for _op, text in row.old) == "Der Kai\n[Kai <1>][dpa]"
    assert "".join(text for _op, text in row.new) == "Der Kai\n[Kran][dpa]"
