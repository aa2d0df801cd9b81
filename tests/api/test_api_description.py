"""The OpenAPI description: complete, and held to by every answer."""

import re

import pytest
from cast import HOUR, make_contributor, make_live, make_section, rewrite
from django.test import Client
from django.urls import get_resolver
from jsonschema import Draft202012Validator, FormatChecker
from painted import figure, painted_picture
from site_addresses import public_addresses

from articles import press
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def document():
    return Client().get("/api/v1/openapi.json").json()


def operations(document):
    return [(path, item["get"]) for path, item in document["paths"].items()]


def test_it_describes_every_address_and_no_other(document):
    patterns = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "api")
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern)) for each in patterns.url_patterns}
    assert {f"/api/v1/{route}" for route in routes - {"openapi.json"}} == set(document["paths"])
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://127.0.0.1:8000"}]
    assert {name for item in document["paths"].values() for name in item} == {"get", "head"}


def test_everything_in_it_is_explained(document):
    tags = {tag["name"] for tag in document["tags"]}
    seen = []
    for path, item in document["paths"].items():
        for operation in item.values():
            seen.append(operation["operationId"])
            assert operation["summary"] and operation["description"], path
            assert set(operation["tags"]) <= tags
            assert {"200", "304", "400", "405", "414"} <= set(operation["responses"])
            in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path))
            for parameter in operation["parameters"]:
                assert parameter["in"] == "path" or parameter["description"], parameter
    assert len(seen) == len(set(seen))


def test_its_bounds_are_those_of_the_parameters(document):
    taken = {each["name"]: each["schema"] for each in document["paths"]["/api/v1/stories/"]["get"]["parameters"]}
    assert (taken["limit"]["minimum"], taken["limit"]["maximum"], taken["limit"]["default"]) == (1, 100, 20)
    assert (taken["before"]["maxLength"], taken["from"]["maxLength"], taken["section"]["maxLength"]) == (60, 35, 130)


def test_every_reference_leads_somewhere(document):
    found = set(re.findall(r"'\$ref': '([^']+)'", str(document)))
    assert found
    assert {each.removeprefix("#/components/schemas/") for each in found} <= set(document["components"]["schemas"])


def test_its_bytes_never_change(document):
    first, second = (Client().get("/api/v1/openapi.json") for _time in range(2))
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])


@pytest.fixture
def archive(clock):
    ada = make_contributor("Ada Brook", has_page=True)
    values = {"section": make_section("politik/europa"), "topics": ["Hafen"], "bylines": [(ada, "text")]}
    stories = [make_live(**values, lead_picture=painted_picture("harbour")) for _number in range(4)]
    stories.append(make_live(**values, related=stories[:1], body="<p>Eins.</p>" + figure(painted_picture("night"))))
    make_live(language="en", translation_key=stories[-1].translation_key, section=make_section("city", language="en"))
    press.publish(rewrite(stories[0], "Berichtigt."), by=None, change=Change.CORRECTION, note="Es war anders.")
    clock.shift(HOUR)
    press.withdraw(stories[1], by=None, reason="error", notice="Es war falsch.")
    return stories


def test_every_answer_has_the_shape_it_describes(document, archive):
    addresses = {name: found for name, found in public_addresses().items() if name.startswith("api:")}
    gone = f"/api/v1/stories/{archive[1].public_id}/"
    addresses |= {"gone": [gone, f"{gone}ninjs/", "/api/v1/nothing/", f"/api/v1/stories/{archive[4].public_id}/"]}
    seen = set()
    for address in {each for found in addresses.values() for each in found} - {"/api/v1/openapi.json"}:
        response = Client().get(address)
        operation = _operation(document, address)
        if not operation:
            continue
        shape = operation["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
        schema = _closed(shape | {"components": document["components"]})
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(response.json())
        seen.add((operation["operationId"], response.status_code))
    assert {name for name, status in seen if status == 200} == {
        operation["operationId"] for _path, operation in operations(document)
    }
    assert {("story", 410), ("story_ninjs", 410), ("story", 404), ("stories", 400)} <= seen


def _operation(document, address):
    path = address.partition("?")[0]
    for described, operation in operations(document):
        slot = r"(?:[^/]+(?:/[^/]+){0,2})" if "{section_path}" in described else r"[^/]+"
        if re.fullmatch(re.sub(r"{\w+}", slot, described), path):
            return operation
    return None


def _closed(node):
    """The schema, with nothing allowed that it does not name (where it does not say so itself)."""
    if isinstance(node, list):
        return [_closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    closed = {name: _closed(value) for name, value in node.items()}
    if isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
        closed["additionalProperties"] = False
    return closed
