"""From bytes to a draft, or to a sentence with its line."""

from datetime import UTC, datetime

import pytest
from press_texts import BERLIN, HEADER, parsed

from articles.ingest import ItemDraft, ParseError, read
from articles.ingest.draft import LONGEST_HEADLINE, LONGEST_SOURCE
from articles.ingest.plaintext import parse, recognises
from articles.models import Contributor, ImportedItem, Story


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
    assert parsed(HEADER.replace("12.03.2024", day).replace("18:05 Uhr", hour) + "Text.").published_at == moment


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
