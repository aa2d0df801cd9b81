"""What pages tell machines about themselves: JSON-LD, Open Graph, and whether search engines may list them."""

import json
import re

import pytest
from cast import HOUR, make_cleared, make_contributor, make_live, make_section, make_story, rewrite
from django.test import Client
from front_pages import address
from painted import painted_picture

from articles import desk, press
from articles.desk.revising import snapshot, values_of
from articles.models import Edition, Page, Topic
from articles.text.locales import og_locale
from articles.vocabulary import Change, Kind, Policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"
HOME = {"@type": "ListItem", "position": 1, "name": "Hafenkurier", "item": f"{SITE}/"}


def page(url):
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


def blocks(url):
    """The page's JSON-LD by type (dict)."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(url))
    return {block["@type"]: block for block in map(json.loads, found)}


def metas(url):
    """What the page's meta elements say, by name or property (dict)."""
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page(url)))


@pytest.mark.parametrize(
    ("kind", "sort"),
    [
        *((Kind.ANALYSIS, "AnalysisNewsArticle"), (Kind.OPINION, "OpinionNewsArticle")),
        *((Kind.REPORTAGE, "ReportageNewsArticle"), (Kind.BACKGROUND, "BackgroundNewsArticle")),
        *((Kind.REVIEW, "ReviewNewsArticle"), (Kind.SPONSORED, "AdvertiserContentArticle")),
    ],
)
def test_the_sort_of_journalism_is_said_to_readers_and_machines(kind, sort):
    url = address(make_live(kind=kind))
    found = blocks(url)
    assert found[sort]["@id"] == found["NewsArticle"]["@id"] == f"{SITE}{url}#article"
    assert f'<span class="kind kind-{kind}">' in page(url)


@pytest.mark.parametrize("kind", [Kind.NEWS, Kind.INTERVIEW])
def test_plain_news_is_a_news_article(kind):
    assert set(blocks(address(make_live(kind=kind)))) == {"NewsArticle", "BreadcrumbList"}


def test_the_way_from_the_front_page_is_told():
    story = make_live("Am Kai", section=make_section("politik/europa"), topics=["Hafen"])
    url = address(story)
    politics = {"@type": "ListItem", "position": 2, "name": "Politik", "item": f"{SITE}/politik/"}
    europe = {"@type": "ListItem", "position": 3, "name": "Europa", "item": f"{SITE}/politik/europa/"}
    last = {"@type": "ListItem", "position": 4, "name": "Am Kai", "item": SITE + url}
    assert blocks(url)["BreadcrumbList"]["itemListElement"] == [HOME, politics, europe, last]
    assert blocks("/politik/europa/")["BreadcrumbList"]["itemListElement"] == [HOME, politics, europe]
    topic = {"@type": "ListItem", "position": 2, "name": "Hafen", "item": f"{SITE}/topic/hafen/"}
    assert blocks("/topic/hafen/")["BreadcrumbList"]["itemListElement"] == [HOME, topic]


def test_the_front_page_is_a_site_that_can_be_searched_and_has_a_publisher():
    site = blocks("/")["WebSite"]
    assert (site["@id"], site["name"], site["url"]) == (f"{SITE}/#website", "Hafenkurier", f"{SITE}/")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"
    assert site["publisher"]["@type"] == "NewsMediaOrganization"
    assert blocks(address(make_live()))["NewsArticle"]["publisher"] == site["publisher"]


def test_the_front_page_tells_by_which_policies_the_publisher_works():
    Page.objects.create(slug="ethik", title="Ethik", policy=Policy.ETHICS, language="de", body="<p>Wir zahlen.</p>")
    Page.objects.create(slug="ethics", title="Ethics", policy=Policy.ETHICS, language="en", body="<p>We pay.</p>")
    publisher = blocks("/")["WebSite"]["publisher"]
    assert publisher["ethicsPolicy"] == f"{SITE}/pages/ethik/"
    story = blocks(address(make_live()))["NewsArticle"]["publisher"]
    assert (story["@id"], story["@type"]) == (publisher["@id"], publisher["@type"])


@pytest.mark.parametrize("url", ["/politik/", "/topic/hafen/"])
def test_a_list_names_its_stories_in_order(url, clock):
    older = make_live("Eins", topics=["Hafen"])
    clock.shift(HOUR)
    newer = make_live("Zwei", topics=["Hafen"])
    data = blocks(url)["CollectionPage"]
    stories = [(each["position"], each["name"], each["url"]) for each in data["mainEntity"]["itemListElement"]]
    assert stories == [(1, "Zwei", SITE + address(newer)), (2, "Eins", SITE + address(older))]
    assert (data["@id"], data["mainEntity"]["numberOfItems"], data["inLanguage"]) == (SITE + url, 2, "de")


def test_a_persons_page_is_a_profile_and_their_stories_point_at_it():
    person = make_contributor("Ada Brook", has_page=True, job="Reporterin", bio="Schreibt über den Hafen.")
    story = make_live(bylines=[(person, "text")])
    about = blocks("/by/ada-brook/")["ProfilePage"]["mainEntity"]
    assert about.pop("worksFor")["@id"] == f"{SITE}/#publisher"
    author = {"@type": "Person", "@id": f"{SITE}/by/ada-brook/#person", "name": "Ada Brook"}
    author |= {"url": f"{SITE}/by/ada-brook/", "jobTitle": "Reporterin"}
    assert about == author | {"description": "Schreibt über den Hafen."}
    assert blocks(address(story))["NewsArticle"]["author"] == [author]


def test_the_lead_picture_says_whom_to_credit_and_no_more_than_readers_are_told():
    photographer = make_contributor("Jo Painter", kind="photographer")
    picture = painted_picture(
        "harbour", credit="Foto: Jo Painter", copyright_notice="© 2026 Jo Painter", creator="Josephine P., Kiel"
    )
    bylines = [(make_contributor("Ada Brook"), "text"), (photographer, "photo")]
    url = address(make_live(lead_picture=picture, bylines=bylines))
    images = blocks(url)["NewsArticle"]["image"]
    assert len(images) == 3
    for image in images:
        assert image["creditText"] == "Foto: Jo Painter"
        assert image["copyrightNotice"] == "© 2026 Jo Painter"
        assert image["creator"] == [{"@type": "Person", "name": "Jo Painter"}]
        assert image["contentUrl"] == image["url"]
    assert "Josephine" not in page(url)


def test_a_correction_is_a_comment_of_the_article(clock):
    story = make_live()
    clock.shift(HOUR)
    press.publish(rewrite(story, "Anders."), by=None, change=Change.CORRECTION, note="Es war anders.")
    [comment] = blocks(address(story))["NewsArticle"]["correction"]
    assert comment["@type"] == "CorrectionComment"
    assert comment["text"] == "Es war anders."


def test_names_cannot_break_out_of_the_data():
    Topic.objects.for_name("Hafen")
    make_live("</script><script>x</script>", topics=["Hafen"])
    Topic.objects.update(name="</script><b>")
    html = page("/topic/hafen/")
    assert "<script>x" not in html
    assert "</script><b>" not in html
    assert blocks("/topic/hafen/")["CollectionPage"]["name"] == "</script><b>"


def test_link_previews_have_the_headline_and_search_engines_their_own_title():
    story = make_live(
        "Die Überschrift", seo_title="Suchtitel", seo_description="Kurz.", lead_picture=painted_picture("harbour")
    )
    said = metas(address(story))
    assert "<title>Suchtitel – Hafenkurier</title>" in page(address(story))
    assert (said["og:title"], said["twitter:title"]) == ("Die Überschrift",) * 2
    assert (said["og:description"], said["twitter:description"]) == ("Kurz.",) * 2
    assert said["twitter:card"] == "summary_large_image"
    assert said["twitter:image"] == said["og:image"]
    assert said["twitter:image:alt"] == said["og:image:alt"] == "A harbour"
    assert said["og:locale"] == "de_DE"
    assert said["robots"] == "max-image-preview:large"
    assert not {"article:author", "twitter:creator"} & set(said)


@pytest.mark.parametrize(
    ("code", "locale"),
    [("de", "de_DE"), ("en", "en_GB"), ("sv", "sv_SE"), ("pt-br", "pt_BR"), ("zh-hant-tw", "zh_TW"), ("eo", "")],
)
def test_a_language_is_named_with_its_country_where_that_is_known(code, locale):
    assert og_locale(code) == locale


def test_keeping_out_of_search_engines_is_printed_and_kept_with_every_revision():
    story = make_cleared()
    assert desk.save(story, by=None, values={"noindex": True}) == ["noindex"]
    assert desk.save(story, by=None, values={"noindex": True}) == []
    press.publish(story, by=None)
    assert Edition.objects.live().get(story=story).noindex is True
    before = snapshot(story)
    desk.save(story, by=None, values={"noindex": False})
    assert Edition.objects.live().get(story=story).noindex is True
    desk.save(story, by=None, values=values_of(before))
    story.refresh_from_db()
    assert story.noindex is True


def test_a_revision_from_before_the_question_was_asked_leaves_the_answer():
    story = make_story(noindex=True)
    old = snapshot(story)
    del old["noindex"]
    desk.save(story, by=None, values=values_of(old) | {"kicker": "Neu"})
    story.refresh_from_db()
    assert (story.noindex, story.kicker) == (True, "Neu")
