"""Lists of stories in the interface: filters, places, pages, fields."""

from itertools import count

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_contributor, make_live, make_scheduled, make_section, rewrite
from painted import figure, painted_picture

from articles import press
from articles.api import finding
from articles.models import Contributor, Edition, Section, Topic, TopicAlias, TopicPin
from articles.vocabulary import Change


def ids(answer):
    return [story["id"] for story in answer["stories"]]


def walk(ask, path, *, meanwhile=lambda: None):
    """The ids of all stories of a list, page after page, and how many pages there were."""
    found, pages = [], 0
    while path:
        answer = ask(path)
        found, pages = found + ids(answer), pages + 1
        path = answer["next"] and answer["next"].partition("/api/v1/")[2]
        meanwhile()
    return found, pages


@pytest.fixture
def archive(clock):
    """Twelve stories, an hour apart, the newest last (list)."""
    clock.move_to(NOON - DAY)
    europe, sport = make_section("politik/europa"), make_section("city", language="en")
    ada, jo = make_contributor("Ada Brook", has_page=True), make_contributor("Jo Licht", has_page=True)
    stories = []
    for number in range(12):
        clock.shift(HOUR)
        language, section = ("en", sport) if number % 4 == 3 else ("de", europe)
        stories.append(
            make_live(
                f"Nummer {number}",
                section=section,
                language=language,
                kind="opinion" if number % 6 == 0 else "news",
                topics=["Hafen"] if number % 3 == 0 else ["Kai"],
                bylines=[(ada if number < 8 else jo, "text")],
            )
        )
    clock.move_to(NOON)
    return stories


FILTERS = {
    "": range(12),
    "section=politik": [0, 1, 2, 4, 5, 6, 8, 9, 10],
    "section=politik/europa": [0, 1, 2, 4, 5, 6, 8, 9, 10],
    "section=city": [3, 7, 11],
    "topic=hafen": [0, 3, 6, 9],
    "contributor=jo-licht": [8, 9, 10, 11],
    "language=en": [3, 7, 11],
    "kind=opinion": [0, 6],
    "kind=sponsored": [],
    "topic=hafen&section=city": [3],
    "topic=hafen&language=de&kind=opinion": [0, 6],
    "contributor=ada-brook&topic=hafen&section=politik&kind=news": [],
    "contributor=ada-brook&section=politik&topic=kai&language=de": [1, 2, 4, 5],
    "from=2026-11-23": [10, 11],
    "to=2026-11-22": range(10),
    "from=2026-11-22&to=2026-11-22": range(10),
    "from=2026-11-22T15:00:00Z&to=2026-11-22T17:00:00Z": [2, 3],
    "from=2026-11-22T16:00:00%2B01:00&to=2026-11-22T18:00:00+01:00": [2, 3],
    "topic=nobody-knows": [],
    "contributor=nobody": [],
    "to=1900-01-01": [],
    "from=2199-12-31": [],
}


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("limit", [2, 100])
def test_a_list_has_what_fits_every_filter_newest_first(ask, archive, query, limit):
    wanted = [archive[number].public_id for number in reversed(FILTERS[query])]
    found, _pages = walk(ask, f"stories/?{query}&limit={limit}&fields=id")
    assert found == wanted
    if limit == 100:
        assert [item["altIds"][0]["value"] for item in ask(f"ninjs/?{query}&limit=100")["items"]] == wanted


def test_a_walk_meets_every_story_once_while_others_are_published(ask, archive, clock):
    more = count(100)

    def publish():
        clock.shift(SECOND)
        make_live(f"Neu {next(more)}", section=make_section("politik/europa"))
        press.publish(rewrite(archive[1], f"Neuer Stand {next(more)}."), by=None, change=Change.UPDATE)

    found, pages = walk(ask, "stories/?limit=3", meanwhile=publish)
    assert (found, pages) == ([story.public_id for story in reversed(archive)], 4)


@pytest.mark.parametrize("window", [1, 2, 3])
def test_a_comparing_list_goes_on_behind_its_window(ask, archive, monkeypatch, window):
    monkeypatch.setattr(finding, "WINDOW", window)
    for query in ("kind=opinion", "topic=hafen&section=politik", "contributor=ada-brook&language=en"):
        wanted = [archive[number].public_id for number in reversed(_fitting(query))]
        found, pages = walk(ask, f"stories/?{query}&limit=100")
        assert found == wanted
        assert pages > 1
    first = ask("stories/?kind=opinion&limit=100")
    assert (first["stories"], bool(first["next"])) == ([], True)


def _fitting(query):
    return {"kind=opinion": [0, 6], "topic=hafen&section=politik": [0, 6, 9]}.get(query, [3, 7])


def test_of_several_editions_only_the_live_one_is_listed(ask, archive):
    make_scheduled("Morgen", at=NOON + DAY, section=make_section("politik/europa"), topics=["Hafen"])
    press.publish(rewrite(archive[0], "Anders.", headline="Anders"), by=None, change=Change.MINOR)
    press.withdraw(archive[3], by=None, reason="error", notice="")
    answer = ask("stories/?topic=hafen&fields=headline")
    assert [story["headline"] for story in answer["stories"]] == ["Nummer 9", "Nummer 6", "Anders"]
    assert answer["next"] is None


def test_a_topic_is_found_by_its_aliases_and_by_what_was_merged_into_it(ask, archive):
    harbour = Topic.objects.get(slug="hafen")
    TopicAlias.objects.create(topic=harbour, name="Port")
    Topic.objects.create(name="Hafenviertel", merged_into=harbour)
    for name in ("port", "hafenviertel"):
        assert len(ask(f"stories/?topic={name}")["stories"]) == 4
        assert ask(f"topics/{name}/", status=301)["moved_to"] == "http://127.0.0.1:8000/api/v1/topics/hafen/"


def test_only_the_fields_asked_for_come_and_always_the_id(ask, archive):
    newest = archive[-1].public_id
    first = ask("stories/?limit=1&fields=headline,section")["stories"][0]
    assert list(first) == ["id", "headline", "section"]
    assert first["section"] == {
        "path": "city",
        "name": "City",
        "url": "http://127.0.0.1:8000/city/",
        "api_url": "http://127.0.0.1:8000/api/v1/sections/city/",
        "lineage": [
            {
                "path": "city",
                "name": "City",
                "url": "http://127.0.0.1:8000/city/",
                "api_url": "http://127.0.0.1:8000/api/v1/sections/city/",
            }
        ],
    }
    assert ask("stories/?limit=1&fields=")["stories"] == [{"id": newest}]
    assert list(ask("stories/?limit=1&fields=headline&body=text")["stories"][0]) == ["id", "headline", "body_text"]
    usual = ask("stories/?limit=1")["stories"][0]
    assert not {"body_html", "body_text", "pictures", "corrections", "related", "translations"} & set(usual)
    both = ask("stories/?limit=1&body=both")["stories"][0]
    assert set(both) - set(usual) == {"body_html", "body_text"}
    assert ask("stories/?fields=headline,password", status=400)["error"].startswith(
        "The parameter “fields” cannot be used: There is no field “password”. There are: id, url, "
    )


def test_a_list_names_few_files_of_a_picture_unless_all_are_wanted(ask, clock):
    picture = painted_picture("harbour", alt="Ein Kai", caption="Der Kai", credit="Jo Licht")
    make_live("Kai", lead_picture=picture, body=f"<p>Eins.</p>{figure(painted_picture('night'))}<p>Zwei.</p>")
    told = ask("stories/?fields=picture")["stories"][0]["picture"]
    assert [(each["crop"], each["width"], each["height"], each["type"]) for each in told["renditions"]] == [
        ("original", 320, 180, "image/jpeg"),
        ("original", 640, 360, "image/jpeg"),
        ("16x9", 320, 180, "image/jpeg"),
        ("16x9", 640, 360, "image/jpeg"),
    ]
    every = ask("stories/?fields=picture,pictures&renditions=all")["stories"][0]
    assert {len(each["renditions"]) for each in [every["picture"], *every["pictures"]]} == {30}
    assert (told["alt"], told["credit"], told["symbol_photo"]) == ("Ein Kai", "Jo Licht", False)


def test_corrections_are_listed_as_long_as_their_story_can_be_read(ask, archive, clock):
    for number in (1, 2, 3):
        clock.shift(SECOND)
        told = {"by": None, "change": Change.CORRECTION, "note": f"Falsch war {number}."}
        press.publish(rewrite(archive[number], "Berichtigt."), **told)
    first = ask("corrections/?limit=2")
    assert [each["text"] for each in first["corrections"]] == ["Falsch war 3.", "Falsch war 2."]
    assert first["corrections"][0]["story"]["id"] == archive[3].public_id
    second = ask(first["next"].partition("/api/v1/")[2])
    assert ([each["text"] for each in second["corrections"]], second["next"]) == (["Falsch war 1."], None)
    clock.shift(SECOND)
    press.withdraw(archive[3], by=None, reason="legal", notice="")
    assert [each["text"] for each in ask("corrections/")["corrections"]] == ["Falsch war 2.", "Falsch war 1."]


def test_sections_topics_and_people_are_there_as_on_the_site(ask, archive):
    listed = {each["path"]: each for each in ask("sections/")["sections"]}
    assert {path: each["parent"] for path, each in listed.items()} == {
        "politik": None,
        "politik/europa": "politik",
        "city": None,
    }
    one = ask("sections/politik/")
    assert [each["path"] for each in one["children"]] == ["politik/europa"]
    assert one["stories_url"] == "http://127.0.0.1:8000/api/v1/stories/?section=politik"
    assert ask("topics/hafen/")["name"] == "Hafen"
    assert ask("contributors/ada-brook/")["url"] == "http://127.0.0.1:8000/by/ada-brook/"
    make_scheduled(
        "Morgen", at=NOON + DAY, topics=["Geheim"], bylines=[(make_contributor("Neu", has_page=True), "text")]
    )
    make_live("Heute", bylines=[(make_contributor("Ohne Seite"), "text")])
    for path in (
        "topics/geheim/",
        "contributors/neu/",
        "contributors/ohne-seite/",
        "sections/nirgends/",
        "topics/%00/",
    ):
        assert ask(path, status=404)["error"].startswith("There is nothing at this address.")


def test_pinned_stories_stand_with_their_topic(ask, archive):
    topic = Topic.objects.get(slug="hafen")
    TopicPin.objects.create(topic=topic, story=archive[1], public_id=archive[1].public_id)
    assert [each["headline"] for each in ask("topics/hafen/")["pinned"]] == ["Nummer 1"]


def test_the_index_leads_everywhere(ask, archive):
    index = ask()
    for name in ("stories", "ninjs", "sections", "corrections", "description"):
        ask(index[name].partition("/api/v1/")[2])
    assert Edition.objects.live().count() == 12


def test_who_asks_by_a_former_name_of_a_section_or_somebody_finds_them(ask, archive):
    before = {query: ids(ask(f"stories/?{query}")) for query in ("section=politik/europa", "contributor=jo-licht")}
    politics, jo = Section.objects.get(path="politik"), Contributor.objects.get(slug="jo-licht")
    for slug in ("lokales", "welt"):
        politics.slug = slug
        politics.save()
    jo.slug = "jo-hell"
    jo.save()
    api = "http://127.0.0.1:8000/api/v1/"
    for old, new in (
        ("sections/politik/", "sections/welt/"),
        ("sections/lokales/europa/", "sections/welt/europa/"),
        ("contributors/jo-licht/", "contributors/jo-hell/"),
    ):
        assert ask(old, status=301)["moved_to"] == f"{api}{new}"
        assert ask(new)["api_url"] == f"{api}{new}"
    assert {query: ids(ask(f"stories/?{query}")) for query in before} == before
    assert all(before.values())
