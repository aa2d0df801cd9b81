"""What is no press story: one sentence, with its line."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press_texts import BERLIN, HEADER, parsed

from articles.ingest import ParseError
from articles.ingest.plaintext import parse, recognises


def refusal(raw):
    """Line and sentence with which the bytes are refused."""
    with pytest.raises(ParseError) as caught:
        parse(raw, zone=BERLIN)
    return caught.value.line, caught.value.sentence


def dated(day, hour):
    """A story of that date and time, as text."""
    return f"Nordwind Presse\n{day}\n{hour}\nKai wird neu\nDer Kai wird neu gebaut.\n"


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
    st.from_regex(r"[0-9]{1,2}:[0-9]{2} Uhr", fullmatch=True),
)
def test_any_date_and_time_are_a_moment_or_a_parse_error(day, hour):
    try:
        assert parsed(dated(day, hour)).published_at.tzinfo is UTC
    except ParseError as error:
        assert error.line in (2, 3)
