"""ninjs 3.1: every demo story is what the standard says it has to be."""

import pytest
from cast import NOON, make_contributor, make_live, make_section, make_topic, rewrite
from django.test import Client
from ninjs_shape import official, own
from painted import figure, painted_picture

from articles import press
from articles.demo.loading import load
from articles.models import Edition, Page, Withdrawal
from articles.vocabulary import Change, Policy

SITE = "http://127.0.0.1:8000"


@pytest.mark.django_db(transaction=True)
def test_every_demo_story_is_valid(record_property):
    load(paint_size=(320, 180))
    judges = [judge for judge in (own(), official()) if judge]
    record_property("judges of ninjs (the second is the IPTC's own schema)", len(judges))
    client, ids = Client(), list(Edition.objects.live().values_list("public_id", flat=True))
    items = [client.get(f"/api/v1/stories/{each}/ninjs/").json() for each in ids]
    listed = client.get("/api/v1/ninjs/?limit=100&body=both").json()["items"]
    gone = [client.get(f"/api/v1/stories/{each.public_id}/ninjs/").json() for each in Withdrawal.objects.in_force()]
    assert (len(items), len(listed), len(gone)) == (len(ids), len(ids), 1)
    assert len(ids) >= 30
    for judge in judges:
        for item in [*items, *listed, *client.get("/api/v1/ninjs/").json()["items"], *gone]:
            assert [error.message for error in judge.iter_errors(item)] == [], item["uri"]


def test_control_the_judges_refuse_what_is_wrong():
    good = {"uri": "tag:example.org,2026:1", "type": "text", "pubStatus": "usable"}
    for judge in [judge for judge in (own(), official()) if judge]:
        assert list(judge.iter_errors(good)) == []
        for bad in ({"uri": None}, {"pubstatus": "usable"}, {"headlines": [{"role": "main"}]}, {"urgency": 0}):
            assert list(judge.iter_errors(good | bad)), bad


def test_a_story_as_an_item(ask):
    ada = make_contributor("Ada Brook", has_page=True)
    quay, town = make_topic("Kai"), make_topic("Norderhafen")
    town.kind = "place"
    town.save()
    story = make_live(
        "Kai gesperrt",
        kicker="Hafen",
        dek="Seit Mittag.",
        kind="analysis",
        dateline="Norderhafen",
        section=make_section("politik/europa"),
        topics=[quay.name, town.name],
        bylines=[(ada, "text"), (make_contributor("dpa", kind="agency"), "agency")],
        lead_picture=painted_picture("harbour", alt="Ein Kai", caption="Der Kai", credit="Jo Licht"),
        body="<p>Zu.</p>" + figure(painted_picture("night")) + "<p>Ende.</p>",
    )
    item = ask(f"stories/{story.public_id}/ninjs/")
    assert item["uri"] == f"tag:127.0.0.1,2026:{story.public_id}"
    assert item["headlines"] == [
        {"role": "main", "contentType": "text/plain", "value": "Kai gesperrt"},
        {"role": "kicker", "contentType": "text/plain", "value": "Hafen"},
    ]
    assert [(each["contentType"], each["wordCount"]) for each in item["bodies"]] == [
        ("text/html", 2),
        ("text/plain", 2),
    ]
    assert item["bodies"][1]["value"] == "Zu.\nEnde."
    assert item["people"] == [
        {"name": "Ada Brook", "rel": "author", "uri": f"{SITE}/by/ada-brook/", "literal": "ada-brook"}
    ]
    assert item["infoSources"] == [{"name": "dpa", "role": "agency"}]
    assert [each["literal"] for each in item["subjects"]] == ["politik/europa", "kai"]
    assert [each["name"] for each in item["places"]] == ["Norderhafen"]
    assert item["genres"] == [
        {"name": "Analyse", "literal": "analysis", "uri": "http://cv.iptc.org/newscodes/genre/Analysis"}
    ]
    assert (item["pubStatus"], item["representationType"], item["located"]) == ("usable", "full", "Norderhafen")
    assert item["firstCreated"] == item["versionCreated"] == "2026-11-23T13:00:00+01:00"
    assert [(each["name"], len(each["renditions"])) for each in item["associations"]] == [
        ("lead", 30),
        ("picture-1", 30),
    ]
    assert item["associations"][0]["uri"].endswith("/original-640.jpg")
    assert "expires" not in item and "embargoedUntil" not in item


def test_a_new_version_says_when_it_was_made_and_what_was_wrong(ask, clock):
    story = make_live("Kai")
    clock.shift(3600)
    press.publish(rewrite(story, "Berichtigt."), by=None, change=Change.CORRECTION, note="Es war anders.")
    item = ask(f"stories/{story.public_id}/ninjs/")
    assert (item["firstCreated"], item["versionCreated"]) == ("2026-11-23T13:00:00+01:00", "2026-11-23T14:00:00+01:00")
    assert item["edNote"] == "2026-11-23T14:00:00+01:00: Es war anders."
    partial = ask("ninjs/")["items"][0]
    assert (partial["representationType"], "bodies" in partial, NOON.year) == ("partial", False, 2026)


def test_an_item_names_the_policies_in_its_own_language_or_the_sites(ask):
    for slug, policy, language in (
        ("ethik", Policy.ETHICS, "de"),
        ("ethics", Policy.ETHICS, "en"),
        ("fehler", Policy.CORRECTIONS, "de"),
    ):
        Page.objects.create(slug=slug, title=slug, policy=policy, language=language, body="<p>So.</p>")
    german, english = make_live("Kai"), make_live("Quay", section=make_section("world", language="en"), language="en")
    items = {each["language"]: each for each in ask("ninjs/")["items"]}
    assert items["de"]["trustIndicators"] == ask(f"stories/{german.public_id}/ninjs/")["trustIndicators"]
    assert items["en"]["trustIndicators"] == ask(f"stories/{english.public_id}/ninjs/")["trustIndicators"]
    assert {each["role"]: each["href"] for each in items["de"]["trustIndicators"]} == {
        "https://schema.org/correctionsPolicy": f"{SITE}/pages/fehler/",
        "https://schema.org/ethicsPolicy": f"{SITE}/pages/ethik/",
    }
    assert {each["title"]: each["href"] for each in items["en"]["trustIndicators"]} == {
        "Corrections policy": f"{SITE}/pages/fehler/",
        "Ethics policy": f"{SITE}/pages/ethics/",
    }
    assert items["de"]["rightsInfo"] == {"linkedRights": f"{SITE}/pages/imprint/"}


def test_without_pages_of_policies_the_list_of_corrections_is_named(ask):
    Page.objects.exclude(policy="").delete()
    item = ask(f"stories/{make_live('Kai').public_id}/ninjs/")
    assert [each["href"] for each in item["trustIndicators"]] == [f"{SITE}/corrections/"]
