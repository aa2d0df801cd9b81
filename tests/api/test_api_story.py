"""One story in the interface."""

import pytest
from cast import DAY, HOUR, NOON, make_contributor, make_live, make_scheduled, make_section, rewrite
from django.test import Client
from painted import figure, painted_picture

from articles import press
from articles.models import Correction
from articles.vocabulary import Change

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def rich(clock):
    """A story with everything a story can have."""
    clock.move_to(NOON - DAY)
    ada = make_contributor("Ada Brook", has_page=True, job="Reporterin")
    beside = make_live("Daneben")
    lead = painted_picture("harbour", alt="Ein Kai", caption="Der Kai", credit="Jo Licht", symbol_photo=True)
    story = make_live(
        "Kai gesperrt",
        section=make_section("politik/europa"),
        kicker="Hafen",
        dek="Seit Mittag ruht der Verkehr.",
        dateline="Norderhafen",
        source="dpa",
        slug="kai-gesperrt",
        topics=["Hafen", "Kai"],
        bylines=[(ada, "text"), (make_contributor("Jo Licht", kind="photographer"), "photo")],
        body='<p>Der <a href="/politik/">Kai</a> ist zu.</p>' + figure(painted_picture("night")) + "<p>Ende.</p>",
        lead_picture=lead,
        related=[beside],
    )
    make_live("Quay closed", language="en", translation_key=story.translation_key, section=make_section("city"))
    clock.move_to(NOON)
    return story


def test_a_story_is_told_whole(ask, rich):
    told = ask(f"stories/{rich.public_id}/")
    page = f"{SITE}/politik/europa/kai-gesperrt-{rich.public_id}/"
    assert {name: told[name] for name in ("id", "url", "headline", "kicker", "dek", "dateline", "source")} == {
        "id": rich.public_id,
        "url": page,
        "headline": "Kai gesperrt",
        "kicker": "Hafen",
        "dek": "Seit Mittag ruht der Verkehr.",
        "dateline": "Norderhafen",
        "source": "dpa",
    }
    assert told["bylines"] == [
        {
            "name": "Ada Brook",
            "role": "text",
            "kind": "writer",
            "job": "Reporterin",
            "slug": "ada-brook",
            "url": f"{SITE}/by/ada-brook/",
            "api_url": f"{SITE}/api/v1/contributors/ada-brook/",
        },
        {
            "name": "Jo Licht",
            "role": "photo",
            "kind": "photographer",
            "job": "",
            "slug": None,
            "url": None,
            "api_url": None,
        },
    ]
    assert [each["slug"] for each in told["topics"]] == ["hafen", "kai"]
    assert [each["path"] for each in told["section"]["lineage"]] == ["politik", "politik/europa"]
    assert (told["published_at"], told["updated_at"]) == ("2026-11-22T13:00:00+01:00",) * 2
    assert (told["language"], told["kind"], told["word_count"], told["reading_minutes"]) == ("de", "news", 5, 1)
    assert told["body_text"] == "Der Kai ist zu.\nEnde."
    assert told["body_html"].startswith(f'<p>Der <a href="{SITE}/politik/">Kai</a> ist zu.</p><figure>')
    assert [each["headline"] for each in told["related"]] == ["Daneben"]
    assert [(each["headline"], each["language"]) for each in told["translations"]] == [("Quay closed", "en")]
    assert (told["picture"]["caption"], told["picture"]["symbol_photo"]) == ("Der Kai", True)
    assert len(told["picture"]["renditions"]) == 30
    assert len(told["pictures"]) == 1
    assert told["corrections"] == []


def test_what_is_hidden_stands_beside_nothing(ask, rich, clock):
    other = make_scheduled("Morgen", at=NOON + HOUR, related=[rich])
    assert ask(f"stories/{other.public_id}/", status=404) == ask("stories/0000000000/", status=404)
    press.withdraw(rich, by=None, reason="error", notice="Es war falsch.")
    clock.shift(HOUR)
    assert ask(f"stories/{other.public_id}/?fields=related") == {"id": other.public_id, "related": []}


def test_a_correction_is_told_with_its_kind_its_hour_and_where_it_stands(ask, rich):
    told = {"change": Change.CORRECTION, "note": "Wir meinten den Westkai."}
    press.publish(rewrite(rich, "Berichtigt."), by=None, correction_kind="clarification", **told)
    told = ask(f"stories/{rich.public_id}/?fields=url,corrections,updated_at")
    name = Correction.objects.get().public_id
    note = {
        "id": name,
        "kind": "clarification",
        "text": "Wir meinten den Westkai.",
        "at": "2026-11-23T13:00:00+01:00",
        "url": f"{told['url']}#correction-{name}",
    }
    assert told["corrections"] == [note]
    assert f'id="correction-{name}"' in Client().get(told["url"]).content.decode()
    listed = ask("corrections/")["corrections"]
    assert [{key: each[key] for key in note} for each in listed] == [note]
    assert told["updated_at"] == "2026-11-23T13:00:00+01:00"


def test_a_withdrawn_story_is_gone_and_says_why(ask, rich):
    press.withdraw(rich, by=None, reason="error", notice="Es war falsch.")
    assert ask(f"stories/{rich.public_id}/", status=410) == {
        "error": "This story has been withdrawn.",
        "id": rich.public_id,
        "reason": "error",
        "reason_text": "Der Beitrag enthielt schwerwiegende Fehler.",
        "notice": "Es war falsch.",
        "withdrawn_at": "2026-11-23T13:00:00+01:00",
    }
    item = ask(f"stories/{rich.public_id}/ninjs/", status=410)
    assert (item["uri"], item["pubStatus"]) == (f"tag:127.0.0.1,2026:{rich.public_id}", "canceled")
    assert item["edNote"] == "Der Beitrag enthielt schwerwiegende Fehler. Es war falsch."


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fields=headline", ["id", "headline"]),
        ("fields=headline&body=html", ["id", "headline", "body_html"]),
        ("fields=body_text", ["id", "body_text"]),
        ("fields=id", ["id"]),
    ],
)
def test_a_story_is_told_in_part(ask, rich, query, names):
    assert list(ask(f"stories/{rich.public_id}/?{query}")) == names


def test_a_story_comes_without_its_text_on_demand(ask, rich):
    whole, without = (ask(f"stories/{rich.public_id}/{query}") for query in ("", "?body=none"))
    assert set(whole) - set(without) == {"body_html", "body_text"}
    assert len(ask(f"stories/{rich.public_id}/?renditions=few")["picture"]["renditions"]) == 4
