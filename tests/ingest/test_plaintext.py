"""From bytes to a draft, or to a sentence with its line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest import ItemDraft, ParseError, read
from articles.ingest.draft import LONGEST_HEADLINE, LONGEST_SOURCE
from articles.ingest.plaintext import parse, recognises
from articles.models import Contributor, ImportedItem, Story

BERLIN = ZoneInfo("Europe/Berlin")
HEADER = "Nordwind Presse\n12.03.2024\n18:05 Uhr\nKai wird neu\n"


def parsed(text):
    """The draft of a text."""
    return parse(text.encode(), zone=BERLIN)


def refusal(raw):
    """Line and sentence with which the bytes are refused."""
    with pytest.raises(ParseError) as caught:
        parse(raw, zone=BERLIN)
    return caught.value.line, caught.value.sentence


def dated(day, hour):
    """A story of that date and time, as text."""
    return f"Nordwind Presse\n{day}\n{hour}\nKai wird neu\nDer Kai wird neu gebaut.\n"


def test_a_german_story_is_read_whole(german):
    draft = parse(german, zone=BERLIN)
    assert draft == ItemDraft(
        source="Nordwind Presse",
        guid="2024-03-12T17:05Z hafenrat-beschließt-neuen-westkai-fähren-ziehen-im-herbst-um".replace("ß", "ss"),
        digest=draft.digest,
        headline="Hafenrat beschließt „neuen“ Westkai: Fähren ziehen im Herbst um",
        body="<p>Der Hafenrat von Norderhafen hat am Dienstag den Umbau des Westkais beschlossen. "
        "Die Fähren sollen im Herbst an ihre neuen Liegeplätze ziehen.</p>\n"
        "<h2>Umbau kostet 14 Millionen Euro</h2>\n"
        "<p>Die Kosten werden mit 14 Millionen Euro angegeben. Davon trägt das Land die Hälfte, "
        "wie die Kämmerei mitteilte.</p>\n"
        "<p>Aus dem Rat kam Kritik an der &lt;langen&gt; Bauzeit &amp; am Lärm.</p>\n"
        "<h2>Anwohner fordern ein „ruhiges Ufer“</h2>\n"
        "<p>Eine Bürgerinitiative hat 1.200 Unterschriften gesammelt. „Wir wollen nachts schlafen“, "
        "sagte ihre Sprecherin. „Das ist alles.“</p>\n"
        "<p>Die Arbeiten beginnen im April und dauern bis September.</p>",
        language="de",
        published_at=datetime(2024, 3, 12, 17, 5, tzinfo=UTC),
        left_out="Mehr zum Thema",
    )


def test_an_english_story_keeps_every_paragraph(english):
    draft = parse(english, zone=BERLIN)
    assert (draft.language, draft.left_out) == ("en", "")
    assert (draft.headline, draft.body.count("<p>")) == ("Harbour council approves new quay", 3)
    assert draft.body.endswith("<p>The ferries are to be back by September.</p>")


def test_line_ends_white_space_and_a_byte_order_mark_do_not_change_the_draft(german):
    text = german.decode()
    expected = parse(german, zone=BERLIN)
    loose = "\n".join(f" \u00a0{line}\t\u200b" for line in text.replace(" ", "\u00a0").split("\n"))
    for variant in (
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        "\ufeff" + text,
        text.replace("\n\n", "\n"),
        "\n \n" + text.replace("\n", "\n\n\n"),
        text.replace("ä", "a\u0308").replace("ü", "u\u0308"),
        loose,
    ):
        assert parsed(variant) == expected


def test_a_headline_printed_once_twice_or_three_times_is_one_headline():
    drafts = {parsed(HEADER + "Kai wird neu\n" * times + "Der Kai wird neu gebaut.") for times in (0, 1, 2)}
    assert [draft.body for draft in drafts] == ["<p>Der Kai wird neu gebaut.</p>"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Lead.\nKurz und knapp\nText.", ["p", "h2", "p"]),
        ("Kurzer Lead ohne Punkt\nText.", ["p", "p"]),
        ("Lead.\nDas war es.\nText.", ["p", "p", "p"]),
        ("Lead.\nEr sagte: „Nein.“\nText.", ["p", "p", "p"]),
        ("Lead.\nWie geht es weiter?\nText.", ["p", "p", "p"]),
        ("Lead.\n" + "x" * 100 + "\nText.", ["p", "h2", "p"]),
        ("Lead.\n" + "x" * 101 + "\nText.", ["p", "p", "p"]),
        ("Lead.\nErstens\nZweitens\nText.", ["p", "p", "h2", "p"]),
        ("Lead.\nFazit\nMehr zum Thema", ["p", "p"]),
        ("Lead ohne Punkt", ["p"]),
    ],
)
def test_a_subhead_is_short_has_no_full_stop_and_stands_above_a_paragraph(text, tags):
    body = parsed(HEADER + text).body
    assert [line.partition(">")[0][1:] for line in body.split("\n")] == tags


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        ("22.10.2024", "21:04 Uhr", datetime(2024, 10, 22, 19, 4, tzinfo=UTC)),
        ("22.01.2024", "21:04 Uhr", datetime(2024, 1, 22, 20, 4, tzinfo=UTC)),
        ("1.2.2024", "9:04 Uhr", datetime(2024, 2, 1, 8, 4, tzinfo=UTC)),
        ("29.02.2024", "00:00\u00a0Uhr", datetime(2024, 2, 28, 23, 0, tzinfo=UTC)),
        ("31.10.2027", "02:30 Uhr", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_date_and_time_are_berlin_wall_time_and_the_earlier_of_two_moments(day, hour, moment):
    assert parsed(dated(day, hour)).published_at == moment


@pytest.mark.parametrize(
    ("day", "hour", "line", "sentence"),
    [
        ("28.03.2027", "02:30 Uhr", 3, "The clocks of Europe/Berlin skip 02:30 Uhr on 28.03.2027."),
        ("31.02.2024", "18:05 Uhr", 2, "There is no such date as 31.02.2024."),
        ("00.00.0000", "18:05 Uhr", 2, "There is no such date as 00.00.0000."),
        ("01.01.9999", "18:05 Uhr", 2, "There is no such date as 01.01.9999."),
        ("12.03.2024", "25:00 Uhr", 3, "There is no such time as 25:00 Uhr."),
        ("12.03.2024", "24:00 Uhr", 3, "There is no such time as 24:00 Uhr."),
        ("12.03.2024", "18:05", 3, "The time (HH:MM Uhr) should stand here, not “18:05”."),
        ("12.03.2024", "18.05 Uhr", 3, "The time (HH:MM Uhr) should stand here, not “18.05 Uhr”."),
        ("2024-03-12", "18:05 Uhr", 2, "The date (DD.MM.YYYY) should stand here, not “2024-03-12”."),
        ("١٢.٠٣.٢٠٢٤", "18:05 Uhr", 2, "The date (DD.MM.YYYY) should stand here, not “١٢.٠٣.٢٠٢٤”."),
    ],
)
def test_a_date_or_time_that_is_none_is_refused_on_its_line(day, hour, line, sentence):
    assert refusal(dated(day, hour).encode()) == (line, sentence)


@pytest.mark.parametrize(
    ("raw", "line", "sentence"),
    [
        (b"", 1, "The file is empty."),
        (b"\xef\xbb\xbf \r\n\n\t\n", 1, "The file is empty."),
        (b"Nordwind Presse", 1, "The file ends here, where the date (DD.MM.YYYY) should follow."),
        (b"A\n\n12.03.2024", 3, "The file ends here, where the time (HH:MM Uhr) should follow."),
        (b"A\n12.03.2024\n18:05 Uhr\n", 3, "The file ends here, where the headline should follow."),
        (HEADER.encode(), 4, "The file ends here, where the text of the story should follow."),
        (
            HEADER.encode() + b"\nKai wird neu\n",
            6,
            "The file ends here, where the text of the story should follow.",
        ),
        (b"A\nKai wird neu\nText.", 2, "The date (DD.MM.YYYY) should stand here, not “Kai wird neu”."),
        (b"12.03.2024\n18:05 Uhr\nKai", 1, "The source should stand here, above the date."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "This is not a text file (byte 9 is a control byte)."),
        (b"abc\x1b\x01", 1, "This is not a text file (byte 4 is a control byte)."),
        (
            "Nordwind\nKämmerei".encode("latin-1"),
            2,
            "The file is not UTF-8 (byte 11 is 0xE4); save it as UTF-8.",
        ),
        (HEADER.encode("utf-16"), 1, "The file is not UTF-8 (byte 1 is 0xFF); save it as UTF-8."),
        (b"A" * 121 + b"\n", 1, "The source has 121 characters; 120 are the most."),
    ],
)
def test_what_is_no_story_is_refused_in_one_sentence_with_its_line(raw, line, sentence):
    assert refusal(raw) == (line, sentence)


def test_a_headline_too_long_is_refused_on_its_line():
    text = f"Nordwind Presse\n\n12.03.2024\n18:05 Uhr\n{'x' * 201}\nText."
    assert refusal(text.encode()) == (5, "The headline has 201 characters; 200 are the most.")
    assert parsed(text.replace("x" * 201, "x" * 200)).headline == "x" * 200


def test_the_longest_source_and_headline_fit_their_columns():
    columns = [Story._meta.get_field("source"), Contributor._meta.get_field("name")]
    columns.append(ImportedItem._meta.get_field("source"))
    assert [column.max_length for column in columns] == [LONGEST_SOURCE] * 3
    assert Story._meta.get_field("headline").max_length == LONGEST_HEADLINE


def test_a_corrected_text_is_the_same_item_and_another_headline_or_minute_is_another():
    first = parsed(HEADER + "Der Kai wird neu gebaut.")
    corrected = parsed(HEADER.replace("Kai wird neu", "Kai wird „neu“!") + "Der Kai wird 2025 neu gebaut.")
    assert (corrected.guid, corrected.digest == first.digest) == (first.guid, False)
    others = [
        HEADER.replace("neu", "alt"),
        HEADER.replace("18:05", "18:06"),
        HEADER.replace("Kai wird neu", "码头"),
    ]
    others.append(HEADER.replace("Kai wird neu", "港口"))
    assert len({first.guid, *(parsed(other + "Text.").guid for other in others)}) == 5


def test_a_text_without_evidence_has_no_language():
    assert parsed(HEADER.replace("Kai wird neu", "Xyz") + "Lorem ipsum dolor.").language == ""


def test_the_format_is_recognised_by_its_date_and_tried_where_none_is(german):
    assert (recognises(german), recognises(b"A\nB\nC"), recognises(b"")) == (True, False, False)
    assert read(german) == read(german, name="plaintext") == parse(german, zone=BERLIN)
    with pytest.raises(ParseError, match="should stand here"):
        read(b"A\nB\nC")


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: (HEADER + text).encode()))
def test_any_bytes_are_a_draft_or_a_parse_error(raw):
    try:
        draft = parse(raw, zone=BERLIN)
    except ParseError as error:
        assert (error.line >= 1, error.sentence[-1]) == (True, ".")
    else:
        assert draft.body.startswith("<p>")
    assert recognises(raw) in (True, False)


@given(
    st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}:[0-9]{2} Uhr"),
)
def test_any_date_and_time_are_a_moment_or_a_parse_error(day, hour):
    try:
        assert parsed(dated(day, hour)).published_at.tzinfo is UTC
    except ParseError as error:
        assert error.line in (2, 3)
