"""Old addresses of what was renamed lead to the present one, in one step, for as long as the thing is there."""

from urllib.parse import urlsplit

import pytest
from cast import SECOND, make_contributor, make_live, make_section, make_story, make_topic
from django.db import IntegrityError, transaction
from django.test import Client
from front_pages import address

from articles import press
from articles.desk.topic_keeping import merge
from articles.desk.topic_naming import rename
from articles.models import Contributor, FormerContributorSlug, FormerSectionPath, Section
from articles.views import paging

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def leads(path):
    """The statuses on the way from a path, and where it ends."""
    steps = []
    while True:
        response = Client().get(path)
        steps.append(response.status_code)
        if response.status_code != 301:
            return steps, path
        path = response.headers["Location"]
        assert urlsplit(path).netloc == ""


def move(section, **values):
    """The same section with another slug or parent."""
    fresh = Section.objects.get(pk=section.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    return fresh


def call(person, slug):
    fresh = Contributor.objects.get(pk=person.pk)
    fresh.slug = slug
    fresh.save()


def test_a_renamed_section_is_found_at_its_old_address_with_feeds_and_all_below():
    europe = make_section("politik/europa")
    story = make_live(section=europe)
    move(europe.parent, slug="welt")
    assert leads("/politik/") == ([301, 200], "/welt/")
    assert leads("/politik/europa/") == ([301, 200], "/welt/europa/")
    assert leads("/politik/feed.xml") == ([301, 200], "/welt/feed.xml")
    assert leads("/politik/europa/atom.xml") == ([301, 200], "/welt/europa/atom.xml")
    was = address(story)
    assert was.startswith("/welt/europa/")
    assert leads(was.replace("/welt/", "/politik/")) == ([301, 200], was)
    assert leads(was.replace("/welt/europa/", "/nie/gewesen/").replace("meldung", "falsch")) == ([301, 200], was)


def test_the_place_in_the_list_is_kept_and_nothing_else_of_the_question(monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 1)
    section = make_section("politik")
    first, _second = make_live(section=section), make_live(section=section)
    cursor = paging.write_cursor(first.editions.get())
    move(section, slug="welt")
    assert leads(f"/politik/?x=%3Cb%3E&before={cursor}")[1] == f"/welt/?before={cursor}"
    assert leads("/politik/?utm_source=x") == ([301, 200], "/welt/")
    assert leads("/politik/?before=nonsense")[0] == [404]


def test_renamed_again_and_again_every_old_address_is_one_step_from_the_last():
    section = make_section("a1")
    make_live(section=section)
    for slug in ("a2", "a3", "a4"):
        move(section, slug=slug)
    assert [leads(f"/a{number}/") for number in (1, 2, 3)] == [([301, 200], "/a4/")] * 3


def test_renamed_back_and_forth_there_is_no_circle():
    section = make_section("a1")
    for slug in ("a2", "a1", "a2", "a1"):
        move(section, slug=slug)
    assert (leads("/a1/"), leads("/a2/")) == (([200], "/a1/"), ([301, 200], "/a1/"))
    assert list(FormerSectionPath.objects.values_list("address", flat=True)) == ["a2"]


def test_two_sections_that_change_places_are_each_found_where_they_are():
    one, two = make_section("eins"), make_section("zwei")
    move(one, slug="drei")
    move(two, slug="eins")
    move(one, slug="zwei")
    assert (leads("/eins/"), leads("/zwei/"), leads("/drei/")) == (
        ([200], "/eins/"),
        ([200], "/zwei/"),
        ([301, 200], "/zwei/"),
    )


def test_a_new_section_at_an_old_address_wins():
    section = make_section("politik")
    move(section, slug="welt")
    make_section("politik", name="Neu")
    assert leads("/politik/") == ([200], "/politik/")
    assert not FormerSectionPath.objects.exists()


def test_a_section_moved_below_another_takes_its_subsections_along():
    europe = make_section("politik/europa/osten").parent
    move(europe, parent=None)
    assert leads("/politik/europa/") == ([301, 200], "/europa/")
    assert leads("/politik/europa/osten/") == ([301, 200], "/europa/osten/")
    assert leads("/politik/") == ([200], "/politik/")


def test_an_old_address_without_its_slash_is_one_step_too():
    move(make_section("politik"), slug="welt")
    assert leads("/politik") == ([301, 200], "/welt/")


def test_a_rename_that_fails_leaves_nothing_behind():
    section, _other = make_section("politik"), make_section("welt")
    section.slug = "welt"
    with pytest.raises(IntegrityError), transaction.atomic():
        section.save()
    assert not FormerSectionPath.objects.exists()


def test_whoever_was_renamed_is_found_at_the_old_address_that_bylines_still_print():
    person = make_contributor("Ada Brook", has_page=True)
    story = make_live(bylines=[(person, "text")])
    call(person, "ada-lang")
    call(person, "ada-kurz")
    assert 'href="/by/ada-brook/"' in Client().get(address(story)).content.decode()
    assert leads("/by/ada-brook/") == leads("/by/ada-lang/") == ([301, 200], "/by/ada-kurz/")
    assert leads("/by/ada-brook/feed.xml") == ([301, 200], "/by/ada-kurz/feed.xml")


def test_an_old_address_leads_to_nobody_readers_could_not_see():
    hidden = make_contributor("Ohne Text", has_page=True)
    make_story(bylines=[(hidden, "text")])
    call(hidden, "ohne")
    pageless = make_contributor("Ohne Seite")
    make_live(bylines=[(pageless, "text")])
    call(pageless, "seitenlos")
    for slug in ("ohne-text", "ohne-seite", "ohne", "seitenlos"):
        assert leads(f"/by/{slug}/")[0] == leads(f"/by/{slug}/feed.xml")[0] == [404]


def test_nobody_new_is_put_at_an_address_that_printed_bylines_lead_to():
    first = make_contributor("Ada Brook")
    call(first, "ada-lang")
    assert Contributor.objects.make(name="Ada Brook").slug == "ada-brook-2"
    Contributor.objects.create(name="Ada Brook", slug="ada-brook")  # on purpose
    assert not FormerContributorSlug.objects.filter(address="ada-brook").exists()


def test_topics_renamed_and_merged_are_one_step_away():
    topic = make_topic("Hafen")
    make_live(topics=["Hafen"])
    rename(topic, name="Seehafen", new_address=True)
    rename(topic, name="Großer Hafen", new_address=True)
    kept = make_topic("Häfen der Welt")
    merge(topic, into=kept, by=None)
    for slug in ("hafen", "seehafen", "grosser-hafen"):
        assert leads(f"/topic/{slug}/") == ([301, 200], "/topic/haefen-der-welt/")
        assert leads(f"/topic/{slug}/feed.xml") == ([301, 200], "/topic/haefen-der-welt/feed.xml")


def test_a_withdrawn_story_is_gone_at_every_address_it_had(clock):
    section = make_section("politik")
    story = make_live(section=section)
    was = address(story)
    clock.shift(SECOND)
    press.withdraw(story, by=None, reason="error")
    move(section, slug="welt")
    assert leads(was)[0] == [410]
