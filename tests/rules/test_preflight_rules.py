"""Every rule of preflight, with what it must find and what it must leave alone, in German and in English."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.rules.preflight import RULES, Copy, findings_for
from articles.rules.preflight.copy import Pictured
from articles.vocabulary import Level

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOUND = {
    "headline": "Rat stimmt für den Westkai",
    "dek": "43 Ja-Stimmen.",
    "body": "<p>Der Rat hat beschlossen.</p>",
    "topics": ("Hafen",),
    "bylines": (("Anke Petersen", "text"),),
    "zone": BERLIN,
    "written": MONDAY,
}


def said(rule, **fields):
    """What one rule says of an otherwise sound story (list of pairs of field and excerpt)."""
    levels = {name: Level.RECOMMENDED if name == rule else Level.OFF for name in RULES}
    return [(one.field, one.excerpt) for one in findings_for(Copy(**SOUND | fields), levels)]


def excerpts(rule, text, **fields):
    """What one rule finds in a body of one paragraph (list of text)."""
    return [excerpt for _field, excerpt in said(rule, body=f"<p>{text}</p>", **fields)]


def test_a_sound_story_has_nothing_to_mend():
    assert findings_for(Copy(**SOUND), dict.fromkeys(RULES, Level.REQUIRED)) == []


def test_what_is_required_unless_a_section_says_otherwise():
    required = {name for name, rule in RULES.items() if rule.level == Level.REQUIRED}
    assert required == {"placeholder", "alt", "picture_credit", "opinion_author"}
    assert {name for name, rule in RULES.items() if rule.level == Level.OFF} == {"straight_marks"}


# What is missing


def pictured(**said_of):
    """A lead picture of which that is said."""
    return {"pictures": (Pictured(**said_of),)}


def in_text(**said_of):
    """The third picture in the text of which that is said."""
    return {"pictures": (Pictured(alt="Kai", credit="dpa"), Pictured(number=3, title="Kranhaus", **said_of))}


def test_a_picture_needs_an_alternative_text_that_is_no_file_name():
    assert said("alt") == []
    assert said("alt", **pictured(alt="Ein Kran am Kai")) == []
    assert said("alt", **pictured(alt=" ")) == [("lead_picture", "")]
    for name in ("kran.jpg", "IMG_2231", "DSC01234.JPG", "kai-am-abend.webp", "PXL_20261123"):
        assert said("alt", **pictured(alt=name)) == [("lead_picture", name)]
    assert said("alt", **in_text()) == [("body", "Kranhaus")]
    assert said("alt", **in_text(alt="kran.jpg")) == [("body", "kran.jpg")]


def test_a_picture_in_the_text_is_told_by_its_number():
    levels = {name: Level.RECOMMENDED if name in ("alt", "picture_credit") else Level.OFF for name in RULES}
    found = findings_for(Copy(**SOUND | in_text()), levels)
    assert [str(one.sentence) for one in found] == [
        "Picture 3 in the text has no alternative text: describe what it shows.",
        "Picture 3 in the text (“Kranhaus”) has no credit.",
    ]


def test_a_picture_needs_a_credit():
    assert said("picture_credit") == []
    assert said("picture_credit", **pictured(credit="Foto: Falk")) == []
    assert said("picture_credit", **pictured()) == [("picture_credit", "")]
    assert said("picture_credit", **in_text(credit="Foto: Falk")) == []
    assert said("picture_credit", **in_text()) == [("body", "Kranhaus")]


def test_an_alternative_text_says_something_else_than_the_caption():
    assert said("alt_repeats", **pictured(alt="Kran am Kai", caption="kran  am Kai")) == [
        ("lead_picture", "Kran am Kai")
    ]
    assert said("alt_repeats", **pictured(alt="Kran am Kai", caption="Der Kran wird verkauft")) == []
    assert said("alt_repeats", **in_text(alt="Kran am Kai", caption="Kran am Kai")) == [("body", "Kran am Kai")]


def test_topic_dek_and_author_are_missed():
    assert said("topic", topics=()) == [("topics", "")]
    assert said("dek", dek=" ") == [("dek", "")]
    assert said("opinion_author", kind="opinion", bylines=(("dpa", "agency"),)) == [("bylines", "")]
    assert said("opinion_author", kind="opinion") == []
    assert said("opinion_author", bylines=()) == []


def test_a_headline_fits_the_front():
    assert said("headline_length", headline="x " * 45) == []
    assert said("headline_length", headline="Wort " * 19) == [("headline", ("Wort " * 19)[:80])]
    long = "Rindfleischetikettierungsüberwachung"
    assert said("headline_length", headline=f"{long} kommt") == [("headline", long)]
    assert said("headline_length", headline="Hafenarbeiter-Gewerkschaftsmitglieder kommen") == []


# What was left


@pytest.mark.parametrize(
    "text",
    [
        *("Es kamen TK Menschen.", "The mayor, TKTK, said so.", "tktk", "Rund XX Prozent.", "Um XX,X Grad.", "XXX"),
        *("xxx", "Am ??? kommt er.", "[Name] sagte das.", "[to come]", "[Zitat Meier]", "____", "TODO: anrufen"),
        *("Lorem ipsum dolor", "Er kam [...] an.", "Er kam […] an.", "###", "TBC"),
    ],
)
def test_a_placeholder_is_found(text):
    assert len(excerpts("placeholder", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Die TK ist eine Krankenkasse.",
            "Die Techniker Krankenkasse (TK) zahlt.",
            "Shoppers at TK Maxx",
            "Größe XXL",
        ),
        *("Super Bowl XXX", "Papst Johannes XX. starb.", "Warum? Warum!", "„Wir haben […] entschieden“, sagte er."),
        *("“We have [...] decided,” she said.", "Das [neue] Haus", "A box_with_one", "Foxx sang.", "XX-Chromosom"),
    ],
)
def test_what_only_looks_like_a_placeholder_is_left_alone(text):
    assert excerpts("placeholder", text) == []


def test_placeholders_are_found_in_every_text_readers_get():
    fields = ("headline", "kicker", "dek", "dateline", "source", "seo_title", "seo_description")
    for name in fields:
        assert said("placeholder", **{name: "Hier XXX noch"}) == [(name, "Hier XXX noch")]
    for name in ("caption", "credit", "alt"):
        assert said("placeholder", **pictured(**{name: "Hier XXX noch"})) == [(f"picture_{name}", "Hier XXX noch")]
        assert said("placeholder", **in_text(**{name: "Hier XXX noch"})) == [("body", "Hier XXX noch")]


def test_doubled_words_but_not_those_that_may_be():
    assert excerpts("doubled_word", "Der Rat hat hat beschlossen.") == ["Der Rat hat hat beschlossen."]
    assert excerpts("doubled_word", "It was the the end.") == ["It was the the end."]
    for fine in ("Die, die die Stadt lieben", "She had had enough", "In Baden Baden", "Sie sah, dass das das Ende war"):
        assert excerpts("doubled_word", fine) == []


def test_typewriter_marks_are_found_where_the_rule_is_on():
    assert excerpts("straight_marks", 'Er sagte "nein" dazu.') == ['Er sagte "nein" dazu.']
    assert excerpts("straight_marks", "Er sagte „nein“, she doesn’t, a 12″ disc, 5' lang") == []


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("„Gut“, sagte sie.", True),
        ("„Gut, sagte sie.", False),
        ("Gut“, sagte sie.", False),
        ("“Good,” she said.", True),
        ("“Good, she said.", False),
        ("Good,” she said.", False),
        ("»Gut«, sagte sie.", True),
        ("»Gut, sagte sie.", False),
        ('"Good," she said.', True),
        ('"Good, she said.', False),
        ('Ein 12"-Rohr und the owners’ ‘house’.', True),
    ],
)
def test_quotation_marks_match(text, sound):
    assert (excerpts("quotation_marks", text) == []) is sound


def test_a_quotation_over_several_paragraphs_opens_again_in_each():
    assert said("quotation_marks", body="<p>“It was dark.</p><p>“It was cold,” she said.</p>") == []
    assert len(said("quotation_marks", body="<p>“It was dark.</p><p>It was cold.</p>")) == 1


# Days


@pytest.mark.parametrize(
    "text",
    [
        *("am Mittwoch, 24. November 2026", "Mittwochabend, dem 24. November", "Mi., 24.11.", "Sonntag, 24.11.2026"),
        *(
            "Wednesday, November 24",
            "Wednesday 24 November 2026",
            "Wed., Nov. 24th, 2026",
            "am 24. November (Mittwoch)",
        ),
        *("Freitag, 31. November", "Montag, 30. Februar 2026"),
    ],
)
def test_a_wrong_weekday_is_found(text):
    assert len(excerpts("weekday", f"Das war {text} so.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("am Dienstag, 24. November 2026", "Dienstagabend, dem 24. November", "Di., 24.11.", "Dienstag, 24.11.2026"),
        *("Tuesday, November 24", "Tuesday 24 November 2026", "Tues., Nov. 24th", "am 24. November (Dienstag)"),
        *("Montag bis Mittwoch, 23.11.–25.11.", "Monday to Wednesday, November 23-25", "am Mittwoch, 3.500 Menschen"),
        *("Samstag und Sonntag, 28./29. November", "Freitag, 1. Januar", "Thursday, 31 December", "Sonnabend, 28.11."),
        *("Tuesday, November 24, 1992 was long ago", "am Mittwoch um 24 Uhr", "So 5 went home"),
    ],
)
def test_a_right_weekday_and_what_is_no_date_is_left_alone(text):
    assert excerpts("weekday", f"Das war {text} so.") == []


def test_the_sentence_says_which_day_it_is():
    (one,) = findings_for(Copy(**SOUND | {"dek": "Am Mittwoch, 24. November 2026."}))
    assert one.sentence == "“Mittwoch, 24. November 2026” is wrong: Nov. 24, 2026 is a Tuesday."
    (one,) = findings_for(Copy(**SOUND | {"dek": "Am Freitag, 31. November."}))
    assert one.sentence == "“Freitag, 31. November”: there is no such day."


def test_a_date_without_a_year_is_the_nearest_to_when_the_story_goes_out():
    # 4 January is a Monday in 2027 and was a Sunday in 2026.
    assert excerpts("weekday", "am Montag, 4. Januar", starts=MONDAY) == []
    assert excerpts("weekday", "am Sonntag, 4. Januar", starts=MONDAY) == ["Sonntag, 4. Januar"]
    assert excerpts("weekday", "am Sonntag, 4. Januar", starts=MONDAY - timedelta(days=320)) == []


TOMORROW = MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "Der Rat tagt heute.", "heute"),
        ("de", "Das war gestern.", "gestern"),
        ("de", "Er kommt morgen.", "morgen"),
        ("de", "Sie kam an. Morgen entscheidet der Rat.", "Morgen"),
        ("de", "Heute Morgen kam er.", "Heute"),
        ("de", "Er kommt übermorgen.", "übermorgen"),
        ("en", "The council met yesterday.", "yesterday"),
        ("en", "Today it votes.", "Today"),
        ("en", "It ends tomorrow’s debate.", "tomorrow"),
        ("en", "The show is tonight.", "tonight"),
    ],
)
def test_today_is_found_in_what_goes_out_on_another_day(language, text, word):
    (found,) = excerpts("passing_day", text, language=language, starts=TOMORROW)
    assert word in found
    assert excerpts("passing_day", text, language=language, starts=MONDAY) == []
    assert excerpts("passing_day", text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Guten Morgen! Der Morgen kam. Am Morgen, Dienstagmorgen, morgens und heutzutage."),
        ("de", "„Heute ist ein guter Tag“, sagte sie. Das gilt bis heute. Die Stadt von morgen. Mehr als heute."),
        ("en", "“Today is fine,” she said. USA Today wrote it. Until today. The city of tomorrow. More than today."),
    ],
)
def test_the_morning_quotations_and_names_are_left_alone(language, text):
    assert excerpts("passing_day", text, language=language, starts=TOMORROW) == []


def test_the_day_changes_at_midnight_by_the_newsrooms_clock():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    assert excerpts("passing_day", "Er kam heute.", starts=late) == []
    assert len(excerpts("passing_day", "Er kam heute.", starts=late + timedelta(minutes=30))) == 1


# How it is built

P = "<p>Ein Absatz.</p>"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"{P}<h2>Eins</h2>{P}<h3>Zwei</h3>{P}", []),
        (f"{P}<h3>Zwei</h3>{P}", ["Zwei"]),
        (f"{P}<h2>Eins</h2>", ["Eins"]),
        (f"{P}<h2>Eins</h2><h2>Zwei</h2>{P}", ["Zwei"]),
        (f"<h2>Eins</h2>{P}", ["Eins"]),
        (f'{P}<aside data-block="factbox"><h3>Zahlen</h3>{P}</aside>', []),
        ("", []),
    ],
)
def test_order_of_subheads(body, found):
    assert [excerpt for _field, excerpt in said("headings", body=body)] == found


def test_a_live_blog_begins_with_the_hour_of_its_newest_entry():
    assert said("headings", body=f"<h2>6.20 Uhr</h2>{P}", kind="live") == []


def test_links_are_secure():
    assert said("links", body='<p>Mehr <a href="http://a.example/x">hier</a>.</p>') == [("body", "Mehr hier.")]
    assert said("links", body='<p><a href="www.a.example">hier</a></p>') == [("body", "hier")]
    assert excerpts("links", "Siehe http://a.example/x dort.") == ["http://a.example/x"]
    assert said("links", dek="Mehr auf www.a.example.") == [("dek", "www.a.example.")]
    for sound in ("https://a.example/", "/politik/", "mailto:a@b.example", "tel:+4930"):
        assert said("links", body=f'<p><a href="{sound}">hier</a></p>') == []
    assert excerpts("links", "Siehe https://www.a.example/ und www.a.example.") == []


def test_a_slug_of_another_live_story_is_told_with_its_headline():
    (one,) = findings_for(Copy(**SOUND | {"slug": "kai", "slug_taken": "Kai eröffnet"}))
    assert (one.field, one.excerpt) == ("slug", "kai")
    assert one.sentence == "Another live story of this section has the slug “kai”: “Kai eröffnet”. Choose another."


# Whose words


def pull(text):
    return f'<aside data-block="pullquote"><p>{text}</p></aside>'


@pytest.mark.parametrize(
    "quote",
    [
        *(pull("„Wir zahlen.“ Merle Oltmanns, Küstenbündnis"), pull("„Wir zahlen.“</p><p>— Merle Oltmanns")),
        *(pull("„Wir zahlen“, sagte die Kämmerin."), pull("“We pay.” A member of the council")),
        *(
            pull("„Wir zahlen.“</p><p>Merle Oltmanns, Kämmerin"),
            "<blockquote><p>Wir zahlen.<br>— Oltmanns</p></blockquote>",
        ),
        "<p>Der Rat sagte dazu:</p><blockquote><p>Wir zahlen.</p></blockquote>",
        "<blockquote><p>Wir zahlen.</p></blockquote><p>So steht es, laut Oltmanns, im Brief.</p>",
        f"<p>Wir zahlen, wie immer.</p>{P}{pull('Wir zahlen, wie immer.')}",
    ],
)
def test_a_quote_that_says_whose_words_it_is(quote):
    assert said("attribution", body=f"{P}{quote}{P}") == []


def test_a_quote_that_does_not_say_whose_words_it_is():
    assert said("attribution", body=f"{P}<blockquote><p>Wir zahlen.</p></blockquote>{P}") == [("body", "Wir zahlen.")]
    assert said("attribution", body=f"{P}{pull('„Wir zahlen alles.“')}{P}") == [("body", "„Wir zahlen alles.“")]
    assert said("attribution", body=f"{P}{pull('We pay.')}{P}", language="en") == [("body", "We pay.")]


def test_a_line_set_apart_in_an_opinion_is_its_authors():
    assert said("attribution", body=f"{P}{pull('Wir zahlen.')}{P}", kind="opinion") == []
    assert len(said("attribution", body=f"{P}{pull('„Wir zahlen.“')}{P}", kind="opinion")) == 1


@pytest.mark.parametrize(
    ("language", "fields", "where"),
    [
        ("de", {"kicker": "Kommentar"}, "kind"),
        ("de", {"headline": "Kommentar: So nicht"}, "kind"),
        ("en", {"kicker": "Opinion"}, "kind"),
        ("de", {"body": "<p>Das ist meiner Meinung nach falsch.</p>"}, "body"),
        ("de", {"body": "<p>Ich finde das gut.</p>"}, "body"),
        ("de", {"body": "<p>Er zeigte mir den Kai.</p>"}, "body"),
        ("en", {"body": "<p>In my view this is wrong.</p>"}, "body"),
        ("en", {"body": "<p>The mayor and I walked there.</p>"}, "body"),
    ],
)
def test_news_that_speaks_like_an_opinion(language, fields, where):
    assert [field for field, _excerpt in said("unlabelled_opinion", language=language, **fields)] == [where]
    assert said("unlabelled_opinion", language=language, kind="opinion", **fields) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Ich finde das gut“, sagte sie. Er gab keinen Kommentar ab. Das Mein-Team gewann."),
        ("en", "“I think so,” she said. World War I was long. Elizabeth I and part I. “My” town."),
    ],
)
def test_first_persons_in_quotations_and_numbers_of_kings_are_left_alone(language, text):
    assert excerpts("unlabelled_opinion", text, language=language) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das sagte Katrin Meier. Danach ging Kathrin Meier.", ["Katrin Meier"]),
        ("Das sagte Katrin Meier. Danach ging Katrin Meyer.", ["Katrin Meier"]),
        ("Katrin Meier kam. Katrin Meier blieb. Nur Katrin Maier ging.", ["Katrin Maier"]),
        ("Mit Anke Müller kam er. Mit Anke Mueller ging er.", ["Anke Müller"]),
        ("Die Universität Giessen und die Universität Gießen.", ["Universität Giessen"]),
        ("Then John Smith spoke. Later Jon Smith left.", ["John Smith"]),
        ("Mayor Margaret Thompson spoke. Margaret Thomson left.", ["Margaret Thompson"]),
        ("Das sagte Katrin Meier. Später lobte Meyer den Rat.", ["Meyer"]),
        ("Das sagte Katrin Meier. Katrin Meiers Hund bellte.", []),
        ("Martin Huber und Martina Huber kamen.", []),
        ("Anfang Juni und Anfang Juli, eine Million Euro, zwei Millionen Euro.", []),
        ("Mr Smith met Mrs Smith. The Council met. The Councils met.", []),
        ("Bürgermeister Jan Kraft, Bürgermeisterin Jana Kraft.", []),
        ("Die Stadt Hamburg und der Stadtrat Homburg.", []),
    ],
)
def test_names_spelled_two_ways(text, found):
    assert excerpts("names", text) == found


def test_names_are_compared_with_bylines_topics_and_those_known():
    assert excerpts("names", "Dann kam Wibke Dornbusch.", topics=("Wiebke Dornbusch",)) == ["Wibke Dornbusch"]
    assert excerpts("names", "Von Anke Peterson.") == ["Anke Peterson"]
    both = "Katrin Meier kam. Kathrin Meier ging."
    assert excerpts("names", both, known_names=("Katrin Meier", "Kathrin Meier")) == []
    assert excerpts("names", both, known_names=("Katrin Meier",)) == ["Kathrin Meier"]
    assert said("names", headline="Katrin Meier kommt", body="<p>Kathrin Meier kam. Kathrin Meier ging.</p>") == [
        ("headline", "Katrin Meier")
    ]
