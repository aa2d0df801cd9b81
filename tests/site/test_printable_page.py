"""The printable page of a story: the story alone, with where it came from."""

import re

import pytest
from cast import DAY, NOON, make_contributor, make_live, make_scheduled, make_section, rewrite
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from front_pages import address
from painted import painted_picture

from articles import press
from articles.models import Edition
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def story():
    return make_live(
        "Kai gesperrt",
        section=make_section("politik/europa"),
        dek="Seit Mittag.",
        source="Stadtrat",
        topics=["Hafen"],
        bylines=[(make_contributor("Ada Brook", has_page=True), "text")],
        lead_picture=painted_picture("harbour", caption="Der Kai", credit="Jo Licht"),
        body='<p>Der <a href="https://a.example/plan">Plan</a> und <a href="/politik/">mehr</a>.</p>',
    )


def test_it_is_the_story_alone(story):
    here = address(story)
    page = Client().get(f"{here}print/")
    html = page.content.decode()
    assert (page.status_code, page["Content-Language"]) == (200, "de")
    assert re.findall("<(?:nav|form|script|iframe)", html) == []
    assert html.count("<h1>Kai gesperrt</h1>") == html.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{SITE}{here}">' in html
    assert f">{SITE}{here}</a>" in html
    assert "© 2026 Hafenkurier" in html
    assert '<time datetime="2026-11-23T13:00:00+01:00">' in html
    assert '>Plan</a><sup class="link-number">[1]</sup>' in html
    assert re.findall(r"<li>(.*?)</li>", html) == ["https://a.example/plan", f"{SITE}/politik/"]
    for words in ("Ada Brook", "Seit Mittag.", "Der Kai", "Jo Licht", "Stadtrat"):
        assert words in html


def test_the_storys_page_leads_there(story):
    here = address(story)
    assert f'href="{here}print/"' in Client().get(here).content.decode()


def test_it_has_one_address_and_the_same_gate_as_the_story(story):
    here = address(story)
    moved = Client().get(f"/politik/anders-{story.public_id}/print/")
    assert (moved.status_code, moved["Location"]) == (301, f"{here}print/")
    hidden = make_scheduled("Morgen", at=NOON + DAY)
    nothing = Client().get(f"/politik/x-{hidden.public_id}/print/")
    assert nothing.status_code == 404
    assert Client().post(f"{here}print/").status_code == 405


def test_a_withdrawn_story_cannot_be_printed(story, clock):
    here = address(story)
    clock.shift(1)
    press.withdraw(story, by=None, reason="error", notice="Es war falsch.")
    gone = Client().get(f"{here}print/")
    assert gone.status_code == 410
    assert "Es war falsch." in gone.content.decode()


def test_it_shows_corrections_and_asks_once(story, clock):
    clock.shift(1)
    press.publish(rewrite(story, "Berichtigt."), by=None, change=Change.CORRECTION, note="Es war anders.")
    with CaptureQueriesContext(connection) as asked:
        html = Client().get(f"{address(story)}print/").content.decode()
    assert "Es war anders." in html
    assert len(asked) - 1 == 1  # the first looked up the address
    assert Edition.objects.live().count() == 1


def test_staff_see_it_at_another_moment(story, chief, clock):
    clock.shift(60)
    html = chief.get(f"/admin/at/20261123T120030Z{address(story)}print/").content.decode()
    assert "<h1>Kai gesperrt</h1>" in html
    assert f'href="/admin/at/20261123T120030Z{address(story)}"' in html
