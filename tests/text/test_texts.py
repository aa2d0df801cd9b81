"""Pure functions on text: slugs, names of topics, HTML, wall times, dates, languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from articles.text.html import clean_body, count_words, dress, lede, plain_text, shorten
from articles.text.ids import PUBLIC_ID, new_public_id
from articles.text.language import detect_language
from articles.text.newsdates import news_date, news_datetime
from articles.text.slugs import slugify
from articles.text.topics import name_key, split_names
from articles.text.walltime import WallTimeError, moments, parse, write

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Straße über Öl & Mühe: Größe!", "strasse-ueber-oel-muehe-groesse"),
        ("C++ und C#", "cplusplus-und-csharp"),
        ("Café Łódź", "cafe-lodz"),
        ("  --  ", ""),
        ("日本語", ""),
        ("Wort " * 40, "-".join(["wort"] * 16)),
    ],
)
def test_slugs_are_ascii_words_cut_between_words(text, slug):
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_of_a_slug_is_itself_and_short(text):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert len(slug) <= 80


def test_public_ids_begin_with_a_digit_and_tell_nothing():
    import re

    ids = {new_public_id() for _number in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(PUBLIC_ID, each) for each in ids)


def test_only_a_comma_separates_topics():
    assert split_names(' New  York, "Klima und Energie" ,, klima, KLIMA,') == [
        "New York",
        '"Klima und Energie"',
        "klima",
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("Müller", "MÜLLER"), ("Klima-Wandel", "klima wandel"), ("E\u0301tat", "Étât")]
)
def test_spellings_of_one_topic_share_a_key(one, other):
    assert name_key(one) == name_key(other)


def test_c_and_its_children_are_different_topics():
    assert len({name_key(name) for name in ("C", "C++", "C#")}) == 3


DIRTY = [
    ("<p>gut</p><script>alert(1)</script><style>x</style>", "<p>gut</p>"),
    ('<p onclick="x()" style="color:red" class="y">gut</p>', "<p>gut</p>"),
    (
        '<p><a href="javascript:alert(1)">a</a><a href="https://e.org/" target="_blank">b</a></p>',
        '<p><a>a</a><a href="https://e.org/">b</a></p>',
    ),
    ("<p><b>fett</b> <i>schräg</i> <br></p>", "<p><strong>fett</strong> <em>schräg</em> <br></p>"),
    ("<p></p><p>&nbsp;</p><h2> </h2><p>da</p>", "<p>da</p>"),
    (
        '<aside data-block="pullquote"><p>Z</p></aside><aside data-block="evil">x</aside>',
        '<aside data-block="pullquote"><p>Z</p></aside><aside>x</aside>',
    ),
    ("<svg><script>x</script></svg><math><mi>x</mi></math><img src=x onerror=y>", ""),
    ("<p>a\x00b\x08c</p>", "<p>abc</p>"),
    (
        '<table><tr><td colspan="2" rowspan="999" onclick="x">c</td></tr></table>',
        '<table><tbody><tr><td colspan="2">c</td></tr></tbody></table>',
    ),
]


@pytest.mark.parametrize(("dirty", "clean"), DIRTY)
def test_a_body_keeps_what_it_may_have_and_nothing_else(dirty, clean):
    assert clean_body(dirty) == clean


@given(st.text(alphabet=st.sampled_from("<>/abipscriptdvhref=\"' &;#x0:!-[]\x00\u00a0"), max_size=80))
@example('<b onmouseover="x"><i/>')
@example("<p><p></p></p>")
@example("<h2><p></p></h2>")
@example("<h2> <p><br></p></h2><p>da</p>")
def test_cleaning_twice_is_cleaning_once_and_leaves_no_handler(html):
    once = clean_body(html)
    assert clean_body(once) == once
    assert "<script" not in once


def test_plain_text_lede_and_words():
    body = "<p>Erster  Satz &amp; mehr.</p><h2>Dann</h2><ul><li><p>eins</p></li><li><p>zwei</p></li></ul>"
    assert plain_text(body) == "Erster Satz & mehr.\nDann\neins\nzwei"
    assert lede(body) == "Erster Satz & mehr."
    assert count_words(body) == 6
    assert lede("<h2>Nur Titel</h2>") == ""


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("kurz", 10, "kurz"),
        ("ein langer Satz", 10, "ein…"),
        ("ein Wort, noch", 10, "ein Wort…"),
        ("x" * 20, 10, "x" * 9 + "…"),
    ],
)
def test_texts_are_shortened_between_words(text, limit, short):
    assert shorten(text, limit=limit) == short


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("23.11.2026 14:05", datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        ("2026-07-01T14:05:07", datetime(2026, 7, 1, 12, 5, 7, tzinfo=UTC)),
        (" 31.10.2027  02:30 +02:00 ", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("31.10.2027 02:30 +01:00", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        ("2027-10-31T00:30:00Z", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_typed_time_means_one_moment(typed, moment):
    assert parse(typed, BERLIN) == moment


@pytest.mark.parametrize(
    "typed", ["", "morgen", "32.01.2026 10:00", "01.01.2026 24:01", "01.01.1600 10:00", "2026-01-01 10:00 +9"]
)
def test_what_means_no_moment_is_refused(typed):
    with pytest.raises(WallTimeError) as refused:
        parse(typed, BERLIN)
    assert (refused.value.reason, refused.value.choices) == ("format", [])


ZONES = [BERLIN, *(ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "UTC"))]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(ZONES))
@example(datetime(2027, 10, 31, 0, 30), BERLIN)
@example(datetime(2027, 10, 31, 1, 30), BERLIN)
def test_every_moment_that_is_written_is_read_back(naive, zone):
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    assert parse(write(moment, zone), zone) == moment


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(ZONES))
def test_a_wall_time_means_none_one_or_two_moments_and_each_shows_it(naive, zone):
    found = moments(naive, zone)
    assert len(found) <= 2
    assert all(moment.astimezone(zone).replace(tzinfo=None) == naive for moment in found)


@pytest.mark.parametrize(
    ("zone", "naive"),
    [
        ("Europe/Berlin", datetime(2027, 3, 28, 2, 30)),
        ("America/New_York", datetime(2027, 3, 14, 2, 30)),
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15)),
    ],
)
def test_a_time_the_clocks_skip_offers_the_moments_around_it(zone, naive):
    with pytest.raises(WallTimeError) as never:
        parse(f"{naive:%Y-%m-%d %H:%M}", ZoneInfo(zone))
    before, after = never.value.choices
    assert never.value.reason == "never"
    assert before < after
    assert (
        before.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        < naive
        < after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    )


def test_dates_are_printed_as_newspapers_print_them():
    local = datetime(2024, 10, 22, 21, 4, tzinfo=BERLIN)
    assert news_datetime(local, "de") == "22.10.2024, 21:04 Uhr"
    assert news_datetime(local, "en") == "22 October 2024, 9:04 pm"
    assert news_datetime(local.replace(hour=0), "en") == "22 October 2024, 12:04 am"
    assert news_date(date(2024, 10, 22), "de") == "Dienstag, 22. Oktober 2024"
    assert news_date(date(2024, 3, 1), "en") == "Friday, 1 March 2024"


def test_the_language_is_the_one_whose_common_words_prevail():
    assert detect_language("Der Rat hat am Montag den Haushalt für das neue Jahr beschlossen.") == "de"
    assert detect_language("The council has agreed on the budget for the new year.") == "en"
    assert detect_language("Quo usque tandem") is None


def test_a_printed_body_has_tables_that_scroll_and_boxes_that_are_notes():
    assert dress('<table></table><aside data-block="factbox"></aside>', table_label='Tabelle "1"') == (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Tabelle &quot;1&quot;">'
        '<table></table></div><aside role="note" data-block="factbox"></aside>'
    )
