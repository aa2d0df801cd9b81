"""Links as footnotes."""

import pytest
from growth import FOUR_TIMES, growth

from articles.text.footnotes import number_links

HOST = "https://example.org"


@pytest.mark.parametrize(
    ("html", "numbers", "links"),
    [
        ("<p>Nichts.</p>", [], []),
        ('<p><a href="https://a.example/x?y=1&amp;z=2">Hier</a>.</p>', [1], ["https://a.example/x?y=1&z=2"]),
        ('<a href="/politik/">Politik</a>', [1], ["https://example.org/politik/"]),
        ('<a href="//b.example/">B</a>', [1], ["//b.example/"]),
        ('<a href="/a/">A</a><a href="/b/">B</a><a href="/a/">A</a>', [1, 2, 1], [f"{HOST}/a/", f"{HOST}/b/"]),
        ('<a href="mailto:red@example.org">Schreiben</a>', [1], ["red@example.org"]),
        ('<a href="mailto:red@example.org">red@example.org</a>', [], []),
        ('<a href="https://a.example/x" rel="sponsored"><em>a.example/x</em></a>', [], []),
        ('<a title="T" href="https://a.example/"><strong>Da</strong></a>', [1], ["https://a.example/"]),
        ('<a href="">leer</a>', [], []),
    ],
)
def test_each_link_has_a_number_and_each_number_an_address(html, numbers, links):
    numbered, found = number_links(html, host=HOST)
    assert found == links
    marks = [f'</a><sup class="link-number">[{number}]</sup>' for number in numbers]
    assert numbered.count("link-number") == len(marks)
    assert all(mark in numbered for mark in marks)
    for number in set(numbers):
        numbered = numbered.replace(f'<sup class="link-number">[{number}]</sup>', "")
    assert numbered == html


@pytest.mark.parametrize("piece", ['<a href="/x/">x</a>', "<a ", '<a href="', '<a href="x">', 'href="'])
def test_the_work_grows_with_the_text(piece):
    assert growth(number_links, lambda count: [piece * count], 2_000) < FOUR_TIMES
