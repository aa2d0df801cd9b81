"""What every request to the interface passes: methods, headers, bad questions."""

import json

import pytest
from cast import make_contributor, make_live, make_section
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_addresses import public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def addresses(clock):
    """One address of each operation that has one."""
    person = make_contributor("Ada Brook", has_page=True)
    for _number in range(3):
        story = make_live(section=make_section("politik/europa"), topics=["Hafen"], bylines=[(person, "text")])
    one = f"stories/{story.public_id}/"
    names = ("", "stories/", "ninjs/", "sections/", "sections/politik/europa/", "topics/hafen/", "openapi.json")
    return [f"/api/v1/{name}" for name in (*names, "contributors/ada-brook/", "corrections/", one, f"{one}ninjs/")]


def test_reading_needs_no_cookie_and_sets_none_and_any_page_may_do_it(addresses):
    for address in addresses:
        response = Client().get(address, headers={"Origin": "https://example.org"})
        assert (response.status_code, address) == (200, address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert (response.cookies, "Cookie" in response.get("Vary", "")) == ({}, False)
        assert response["X-Content-Type-Options"] == "nosniff"


def test_head_has_the_headers_of_get(addresses):
    for address in [*addresses, "/api/v1/nothing/", "/api/v1/stories/?limit=0"]:
        got, head = Client().get(address), Client().head(address)
        assert (head.status_code, sorted(head.items())) == (got.status_code, sorted(got.items()))


def test_who_has_the_bytes_already_gets_none_and_may_still_read_the_answer(addresses):
    for address in addresses:
        etag = Client().get(address)["ETag"]
        again = Client().get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Access-Control-Allow-Origin"] == "*"
        assert Client().head(address, headers={"If-None-Match": etag}).status_code == 304
    stories = next(address for address in addresses if address.endswith("stories/"))
    etag = Client().get(stories)["ETag"]
    make_live("Neu")
    assert Client().get(stories, headers={"If-None-Match": etag}).status_code == 200


def test_a_browser_may_ask_first(addresses):
    for address in [*addresses, "/api/v1/nothing/"]:
        response = Client().options(address, headers={"Origin": "https://example.org"})
        assert (response.status_code, response.content) == (204, b"")
        assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(addresses, method):
    client = Client(enforce_csrf_checks=True)
    for address in [*addresses, "/api/v1/nothing/"]:
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json() == {"error": "This interface is read-only: it answers GET, HEAD and OPTIONS."}


ONE_OF_THEM = "stories/0000000000/"
BAD = {
    "stories/?limit=0": (400, "The parameter “limit” cannot be used: Input should be greater than or equal to 1"),
    "stories/?limit=101": (400, "The parameter “limit” cannot be used: Input should be less than or equal to 100"),
    "stories/?limit=1e9": (400, "The parameter “limit” cannot be used: "),
    "stories/?limit=" + "9" * 1500: (400, "The parameter “limit” cannot be used: "),
    "stories/?limit=%00": (400, "The parameter “limit” cannot be used: "),
    "stories/?limit=": (400, "The parameter “limit” cannot be used: "),
    "stories/?page=1000000000": (400, "There is no parameter “page”. There are: before, body, "),
    "stories/?<script>=1": (400, "There is no parameter “?script?”. There are: "),
    "stories/?limit=1&limit=2": (400, "The parameter “limit” is given more than once."),
    "stories/?" + "&".join(f"a{number}=1" for number in range(21)): (400, "A query has at most 20 parameters."),
    "stories/?q=" + "x" * 2000: (414, "A query has at most 2000 characters."),
    "stories/?topic=" + "x" * 101: (400, "The parameter “topic” cannot be used: String should match pattern"),
    "stories/?topic=%00": (400, "The parameter “topic” cannot be used: "),
    "stories/?topic=%FF%FE": (400, "The parameter “topic” cannot be used: "),
    "stories/?contributor=a'--": (400, "The parameter “contributor” cannot be used: "),
    "stories/?section=Politik": (400, "The parameter “section” cannot be used: "),
    "stories/?section=nirgends": (400, "There is no section of this path; /api/v1/sections/ lists them."),
    "stories/?section=a/b/c/d": (400, "The parameter “section” cannot be used: "),
    "stories/?language=fr": (400, "The parameter “language” cannot be used: Input should be 'de' or 'en'"),
    "stories/?kind=gossip": (400, "The parameter “kind” cannot be used: Input should be 'news', "),
    "stories/?body=pdf": (400, "The parameter “body” cannot be used: Input should be 'html', 'text', 'both' or 'none'"),
    "stories/?renditions=many": (400, "The parameter “renditions” cannot be used: "),
    "stories/?fields=related": (400, "The parameter “fields” cannot be used: There is no field “related”. There are: "),
    "stories/?fields=%22%3E%00": (400, "The parameter “fields” cannot be used: There is no field “???”. There are: "),
    "stories/?before=nonsense": (400, "“before” is not a place in a list; take it from “next” of the page before."),
    "stories/?before=": (400, "The parameter “before” cannot be used: "),
    "stories/?before=" + "A" * 59: (400, "“before” is not a place in a list"),
    "corrections/?before=nonsense": (400, "“before” is not a place in a list"),
    "corrections/?limit=-1": (400, "The parameter “limit” cannot be used: "),
    "ninjs/?fields=id": (400, "There is no parameter “fields”. There are: before, body, "),
    "stories/?from=yesterday": (400, "The parameter “from” cannot be used: Write a day (2026-11-23) or a moment"),
    "stories/?from=2026-02-30": (400, "The parameter “from” cannot be used: There is no such day or time"),
    "stories/?from=2026-11-23T06:00:00": (400, "The parameter “from” cannot be used: Write a day"),
    "stories/?to=2026-11-23T25:00:00Z": (400, "The parameter “to” cannot be used: There is no such day or time"),
    "stories/?to=2999-12-31": (400, "The parameter “to” cannot be used: There is no such day or time"),
    "stories/?to=1000-01-01T00:00Z": (400, "The parameter “to” cannot be used: There is no such day or time"),
    "sections/?limit=1": (400, "There is no parameter “limit”. This address takes none."),
    "openapi.json?x=1": (400, "There is no parameter “x”. This address takes none."),
    f"{ONE_OF_THEM}?limit=1": (400, "There is no parameter “limit”. There are: body, fields, renditions."),
    ONE_OF_THEM: (404, "There is nothing at this address."),
    "stories/%00/": (404, "There is nothing at this address."),
    "stories/" + "9" * 9000 + "/": (404, "There is nothing at this address."),
    "stories/0000000000": (404, "There is nothing at this address."),
    "stories/%FF%FE/ninjs/": (404, "There is nothing at this address."),
    "sections/../../admin/": (404, "There is nothing at this address."),
    "sections/%0A/": (404, "There is nothing at this address."),
    "docs": (404, "There is nothing at this address."),
    "%0A": (404, "There is nothing at this address."),
    "nothing/?anything=1": (404, "There is nothing at this address."),
}


@pytest.mark.parametrize("path", BAD)
def test_a_bad_question_gets_one_sentence(path):
    status, sentence = BAD[path]
    response = Client().get(f"/api/v1/{path}")
    said = response.json()
    assert (response.status_code, list(said)) == (status, ["error"])
    assert said["error"].startswith(sentence)
    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("application/json", "*")


def test_below_the_versions_too_there_is_only_json():
    for path in ("/api/", "/api/v2/", "/api/v1", "/api/x%00y"):
        assert Client().get(path).json()["error"].startswith("There is nothing at this address.")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.sampled_from(["limit", "before", "section", "topic", "contributor", "from", "to", "fields", "body", "x"]),
    st.one_of(st.binary(max_size=60), st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))),
    st.sampled_from(["stories/", "ninjs/", "corrections/", "stories/0000000000/"]),
)
def test_no_bytes_break_it(name, value, path):
    quoted = "".join(f"%{byte:02X}" for byte in value)
    for address in (f"/api/v1/{path}?{name}={quoted}", f"/api/v1/{path}?{quoted}={name}", f"/api/v1/{path}{quoted}/"):
        response = Client().get(address)
        assert response.status_code in (200, 400, 404)
        assert response["Content-Type"] == "application/json"
        json.loads(response.content)


def test_a_strange_host_and_a_fault_of_ours_are_json_too(monkeypatch):
    strange = Client().get("/api/v1/", headers={"Host": "evil.example"})
    assert (strange.status_code, strange.json()) == (400, {"error": "The request cannot be read."})
    assert Client().get("/", headers={"Host": "evil.example"})["Content-Type"].startswith("text/html")

    def fail(*_arguments):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("articles.models.timeline.LiveQuerySet.live", fail)
    for path in ("/api/v1/stories/", "/api/v1/stories/0000000000/"):
        broken = Client(raise_request_exception=False).get(path)
        assert broken.status_code == 500
        assert broken.json() == {"error": "Something went wrong here, and we have been told. Try again later."}


def test_every_operation_is_among_the_public_addresses():
    make_live(topics=["Hafen"], bylines=[(make_contributor("Ada Brook", has_page=True), "text")])
    names = {name for name in public_addresses() if name.startswith("api:")}
    assert len(names) == 11
