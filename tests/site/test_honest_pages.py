"""Corrections by kind, what changed, withdrawn stories and the right of reply, as readers meet them."""

import re
import time

import feedparser
import pytest
from cast import HOUR, NOON, SECOND, make_cleared, make_corrected, make_live, make_reply, make_section, rewrite
from django.test import Client
from front_pages import address

from articles import press
from articles.models import Correction, Edition, Reply
from articles.views.history import _cursor
from articles.vocabulary import Change, CorrectionKind, CorrectionPlace

SIX = NOON + 18 * HOUR  # the next morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def reader():
    return Client()


def text(reader, path, status=200):
    response = reader.get(path)
    assert response.status_code == status
    return response.content.decode()


def changes(story):
    return f"{address(story)}changes/"


def english(headline="", **values):
    """A story readers have, on a page whose words are the program's own."""
    return make_live(headline, language="en", section=make_section("city", language="en"), **values)


@pytest.fixture
def corrected(clock):
    """Makes stories put right a second after they were published."""

    def make(kind=CorrectionKind.CORRECTION, **said):
        story = english()
        clock.shift(SECOND)
        return make_corrected(story=story, note=f"Gesagt als {kind}.", correction_kind=kind, **said)

    return make


# Corrections


def test_a_correction_stands_where_the_desk_wants_it_under_its_word_with_an_address_of_its_own(reader, corrected):
    story = corrected(CorrectionKind.RETRACTION, text="Der Satz.", correction_place=CorrectionPlace.END)
    html = text(reader, address(story))
    anchor = f'id="correction-{Correction.objects.get().public_id}"'
    assert html.index("Der Satz.", html.index("<h1")) < html.index(anchor)
    assert re.search(rf"{anchor}>\s*<h2>([^<]+)</h2>", html)[1] == "Retraction"
    above = corrected(text="Der Satz.")
    html = text(reader, address(above))
    assert html.index('class="correction-note"') < html.index("Der Satz.", html.index("<h1"))


def test_an_edition_printed_before_corrections_had_kinds_shows_its_note_above_the_text(reader, corrected):
    story = corrected()
    Edition.objects.filter(story=story).update(corrections=[{"text": "Alte Note.", "at": NOON.isoformat()}])
    html = text(reader, address(story))
    assert re.search(r'correction-note">\s*<h2>([^<]+)</h2>', html)[1] == "Correction"
    assert "Alte Note." in html


def test_the_list_tells_kinds_apart_and_shows_one_of_them(reader, corrected):
    for kind in CorrectionKind:
        corrected(kind)
    whole = text(reader, "/corrections/")
    assert set(re.findall(r"Gesagt als (\w+)\.", whole)) == set(CorrectionKind.values)
    for kind in CorrectionKind:
        assert re.findall(r"Gesagt als (\w+)\.", text(reader, f"/corrections/?kind={kind}")) == [kind]
    for nonsense in ("?kind=gossip", "?kind=", "?kind=%00", "?kind=note&before=x"):
        assert reader.get(f"/corrections/{nonsense}").status_code == 404


def test_the_list_goes_on_by_its_cursor_within_a_kind(reader, clock):
    for number in range(45):
        story = make_live()
        clock.shift(SECOND)
        make_corrected(story=story, note=f"Note {number}.", correction_kind="note" if number % 2 else "correction")
    pages, path = [], "/corrections/?kind=note"
    while path:
        html = text(reader, path)
        pages.append(re.findall(r"Note (\d+)\.", html))
        more = re.search(r'href="(\?[^"]*)" rel="next"', html)
        path = more and "/corrections/" + more[1].replace("&amp;", "&")
    assert pages == [[str(n) for n in range(43, 3, -2)], ["3", "1"]]


def test_the_list_and_the_story_lead_to_each_other(reader, corrected):
    story = corrected()
    public_id = Correction.objects.get().public_id
    html = text(reader, "/corrections/")
    assert f'href="{address(story)}#correction-{public_id}"' in html
    assert f'<li id="correction-{public_id}">' in html


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_the_feed_of_corrections_says_what_was_wrong(reader, corrected, name):
    story = corrected(CorrectionKind.CLARIFICATION)
    feed = feedparser.parse(reader.get(f"/corrections/{name}").content)
    assert feed.bozo is False
    (entry,) = feed.entries
    public_id = Correction.objects.get().public_id
    headline = Edition.objects.live().get().headline
    assert entry.title == f"Clarification: {headline}"
    assert entry.link == f"http://127.0.0.1:8000{address(story)}#correction-{public_id}"
    assert entry.content[0].value == "<p>Gesagt als clarification.</p>"
    assert entry.id.endswith(f":correction-{public_id}")


def test_a_coming_correction_is_nowhere_before_its_time(reader, clock):
    story = make_live()
    press.schedule(rewrite(story, "A"), by=None, at=SIX, change=Change.CORRECTION, note="Kommt noch.")
    places = (address(story), "/corrections/", "/corrections/feed.xml", changes(story))
    assert [path for path in places if "Kommt noch." in text(reader, path)] == []
    clock.move_to(SIX)
    assert [path for path in places if "Kommt noch." in text(reader, path)] == list(places)


# What changed


def test_the_history_shows_what_each_version_changed_the_newest_first(reader, clock):
    story = english("Erster Titel", body="<p>Es waren 34 Boote.</p>")
    clock.shift(HOUR)
    make_corrected("Es waren 43 Boote.", story=story, note="Nicht 34.")
    clock.shift(HOUR)
    press.publish(rewrite(story, "Es waren 43 Boote.", headline="Zweiter Titel"), by=None, change=Change.UPDATE)
    html = text(reader, changes(story))
    assert re.findall(r"<h2>([^<]+)</h2>\s*<p><time datetime=\"([^\"]+)", html) == [
        ("Updated", "2026-11-23T15:00:00+01:00"),
        ("Correction", "2026-11-23T14:00:00+01:00"),
        ("First published", "2026-11-23T13:00:00+01:00"),
    ]
    told = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)
    assert re.findall(r"<(del|ins)>([^<]*)</", told[told.index("versions") :]) == [
        ("del", "Erster"),
        ("ins", "Zweiter"),
        ("del", "34"),
        ("ins", "43"),
    ]
    assert "Nicht 34." in html
    public_id = Correction.objects.get().public_id
    assert f'id="correction-{public_id}"' in html
    assert f'href="{changes(story)}#correction-{public_id}"' in text(reader, address(story))
    assert '<meta name="robots" content="noindex">' in html


def test_changes_are_told_in_words_as_well(reader, clock):
    story = english(body="<p>Es waren 34 Boote.</p>")
    clock.shift(HOUR)
    make_corrected("Es waren 43 Boote.", story=story)
    html = text(reader, changes(story))
    assert '<del><span class="visually-hidden">[removed: </span>34<span class="visually-hidden">]</span></del>' in html
    assert '<ins><span class="visually-hidden">[added: </span>43<span class="visually-hidden">]</span></ins>' in html


def test_small_changes_are_folded_away_and_others_are_not(reader, clock):
    story = make_live()
    clock.shift(HOUR)
    press.publish(rewrite(story, "Komma, gesetzt."), by=None, change=Change.MINOR)
    assert text(reader, changes(story)).count("<details>") == 1
    clock.shift(HOUR)
    press.publish(rewrite(story, "Neuer Stand."), by=None, change=Change.UPDATE)
    assert text(reader, changes(story)).count("<details>") == 1


def test_the_story_leads_to_its_history_once_there_is_one(reader, clock):
    story = make_cleared()
    press.schedule(story, by=None, at=SIX)
    press.cancel(story, by=None)
    press.publish(story, by=None)
    assert changes(story) not in text(reader, address(story))  # its second edition, but readers had no first
    clock.shift(HOUR)
    make_corrected(story=story)
    assert changes(story) in text(reader, address(story))


def test_what_was_scheduled_or_cancelled_is_no_history(reader, clock):
    story = make_live(body="<p>Erste.</p>")
    press.schedule(rewrite(story, "GEHEIM"), by=None, at=SIX, change=Change.UPDATE)
    before = reader.get(changes(story)).content
    assert b"GEHEIM" not in before
    press.cancel(story, by=None)
    assert reader.get(changes(story)).content == before
    clock.shift(HOUR)
    press.publish(rewrite(story, "Zweite."), by=None, change=Change.UPDATE)
    html = text(reader, changes(story))
    assert (html.count('class="version"'), "GEHEIM" in html) == (2, False)


def test_the_history_of_a_restored_story_begins_anew_and_says_so(reader, clock):
    story = english(body="<p>Verbotener Satz.</p>")
    clock.shift(HOUR)
    press.publish(rewrite(story, "Erlaubter Satz."), by=None, change=Change.MINOR)
    assert "Verbotener" in text(reader, changes(story))
    clock.shift(HOUR)
    place = changes(story)
    press.withdraw(story, by=None, reason="legal")
    assert "Verbotener" not in text(reader, place, 410)
    clock.shift(HOUR)
    press.restore(story, by=None)
    html = text(reader, place)
    assert re.findall(r'version-head">\s*<h2>([^<]+)</h2>', html) == ["Restored"]
    clock.shift(HOUR)
    press.publish(rewrite(story, "Noch ein Satz."), by=None, change=Change.UPDATE)
    html = text(reader, place)
    assert re.findall(r'version-head">\s*<h2>([^<]+)</h2>', html) == ["Updated", "Restored"]
    assert ("Verbotener" in html, "Erlaubter" in html) == (False, True)


def test_the_history_goes_on_by_its_cursor(reader, clock):
    story = make_live(body="<p>Stand 0.</p>")
    for number in range(1, 23):
        clock.shift(SECOND)
        press.publish(rewrite(story, f"Stand {number}."), by=None, change=Change.UPDATE)
    seen, path = [], changes(story)
    while path:
        html = text(reader, path)
        seen.append(re.findall(r"</span>(\d+)<span class=\"visually-hidden\">\]</span></ins>", html))
        more = re.search(r'href="(\?[^"]*)" rel="next"', html)
        path = more and changes(story) + more[1]
    assert seen == [[str(n) for n in range(22, 12, -1)], [str(n) for n in range(12, 2, -1)], ["2", "1"]]


def test_an_address_that_is_no_history_is_not_found_and_an_old_one_leads_to_it(reader):
    story, other = make_live(), make_live()
    response = reader.get(f"/politik/alter-titel-{story.public_id}/changes/")
    assert (response.status_code, response.url) == (301, changes(story))
    assert reader.get("/politik/nichts-0000000000/changes/").status_code == 404
    assert reader.get(f"/politik/x-{make_cleared().public_id}/changes/").status_code == 404
    foreign = _cursor(Edition.objects.live().get(story=other))
    first = _cursor(Edition.objects.live().get(story=story))
    for before in ("", "nonsense", "%00", "9" * 59, foreign, first):
        assert reader.get(f"{changes(story)}?before={before}").status_code == 404


def test_hostile_words_in_a_history_stay_words(reader, clock):
    story = make_live("Titel", body="<p>Alt.</p>")
    clock.shift(HOUR)
    press.publish(
        rewrite(story, "&lt;script&gt;alert(1)&lt;/script&gt;", headline="<b>x</b>"), by=None, change=Change.UPDATE
    )
    html = text(reader, changes(story))
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_a_page_of_ten_versions_of_usual_length_is_quick_and_one_of_huge_ones_too(reader, clock, record_property):
    body = "".join(f"<p>Absatz {n}: " + "ein Satz mit Wörtern darin. " * 12 + "</p>" for n in range(12))
    story = make_live(body=body)
    for number in range(11):
        clock.shift(SECOND)
        text_now = body.replace("Absatz 5", f"Stand {number}")
        rewrite(story, "x", body=text_now)
        press.publish(story, by=None, change=Change.UPDATE)
    reader.get(changes(story))
    began = time.perf_counter()
    reader.get(changes(story))
    usual = time.perf_counter() - began
    huge = english(body="<p>wort und wort und wort</p>" * 60_000)
    clock.shift(SECOND)
    rewrite(huge, "x", body="<p>anders und wort und wort</p>" * 60_000)
    press.publish(huge, by=None, change=Change.UPDATE)
    began = time.perf_counter()
    assert "The text is too long to be compared here." in text(reader, changes(huge))
    record_property("ms for ten versions of usual length", round(usual * 1000))
    assert usual < 1
    assert time.perf_counter() - began < 1


# Withdrawn


def test_a_withdrawn_story_says_what_happened_and_where_else_to_go(reader, clock):
    story = make_live("GEHEIM", section=make_section("politik/europa"), body="<p>GEHEIM</p>")
    place = address(story)
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="privacy", notice="Wir bitten um Entschuldigung.")
    html = text(reader, place, 410)
    main = html[html.index("<main") : html.index("</main")]
    assert "GEHEIM" not in html
    assert "Wir bitten um Entschuldigung." in main
    assert 'datetime="2026-11-23T14:00:00+01:00"' in main
    assert re.findall(r'href="([^"]+)"', main) == [
        *("/pages/imprint/", "/politik/europa/", "/latest/", "/corrections/", "/"),
    ]
    assert '<form action="/search/"' in main


# Right of reply


def test_a_reply_is_linked_from_its_story_and_printed_word_for_word(reader):
    story = make_live("Die Behauptung")
    reply = make_reply(story, party="Hafen & Co. GmbH", headline="Gegendarstellung", text="Falsch.\n\n<b>Richtig</b>.")
    html = text(reader, address(story))
    assert html.index(f'href="{reply.get_absolute_url()}"') < html.index('class="story-text"')
    html = text(reader, reply.get_absolute_url())
    main = html[html.index("<main") : html.index("</main")]
    assert re.search(r"<h1>([^<]+)</h1>", main)[1] == "Gegendarstellung"
    assert "Hafen &amp; Co. GmbH" in main
    assert "<p>Falsch.</p>\n\n<p>&lt;b&gt;Richtig&lt;/b&gt;.</p>" in main
    assert f'href="{address(story)}"' in main


def test_a_reply_outlives_its_story(reader, clock):
    story = make_live("GEHEIM")
    reply, place = make_reply(story), address(story)
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="legal")
    html = text(reader, reply.get_absolute_url())
    assert ("Das ist falsch." in html, "GEHEIM" in html) == (True, False)
    assert reply.get_absolute_url() in text(reader, place, 410)
    assert reply.get_absolute_url() in text(reader, "/corrections/")


def test_a_reply_that_ended_is_nowhere(reader, clock):
    story = make_live()
    reply = make_reply(story)
    press.end_reply(reply, by=None, note="Vergleich.", at=NOON + HOUR)
    places = (address(story), "/corrections/", "/replies/")
    assert [path for path in places if reply.get_absolute_url() in text(reader, path)] == list(places)
    clock.move_to(NOON + HOUR)
    assert [path for path in places if reply.get_absolute_url() in text(reader, path)] == []
    assert reader.get(reply.get_absolute_url()).status_code == 404


def test_the_corrections_page_shows_the_newest_replies_and_leads_to_all(reader, clock):
    story = make_live()
    for number in range(23):
        clock.shift(SECOND)
        make_reply(story, headline=f"Reply {number}")
    shown = re.findall(r"Reply (\d+)<", text(reader, "/corrections/"))
    assert shown == ["22", "21", "20", "19", "18"]
    assert 'href="/replies/"' in text(reader, "/corrections/")
    first = text(reader, "/replies/")
    more = re.search(r'href="(\?[^"]*)" rel="next"', first)[1]
    found = re.findall(r"Reply (\d+)<", first + text(reader, f"/replies/{more}"))
    assert found == [str(n) for n in range(22, -1, -1)]
    assert Reply.objects.count() == 23


def test_a_section_cannot_take_the_address_of_replies():
    from django.core.exceptions import ValidationError

    section = make_section("politik")
    section.slug = "replies"
    with pytest.raises(ValidationError):
        section.clean()
