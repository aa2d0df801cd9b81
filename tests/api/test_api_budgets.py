"""How many questions the interface asks the database: literal numbers, the same for 3 stories and for 300."""

import pytest
import time_machine
from cast import HOUR, NOON, SECOND, make_contributor, make_live, make_section
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from painted import painted_picture

pytestmark = pytest.mark.django_db
BUDGETS = {
    "": 0,
    "openapi.json": 0,
    "stories/": 3,
    "stories/?limit=100&fields=corrections,pictures,headline&body=both&renditions=all": 3,
    "stories/?section=politik": 3,
    "stories/?contributor=ada-brook": 4,
    "stories/?language=de&kind=news": 3,
    "stories/?topic=hafen": 4,
    "stories/?topic=hafen&section=politik&kind=news": 5,  # what stands in both lists is looked up by key
    "ninjs/?limit=100&body=both": 4,
    "ninjs/?section=politik": 5,
    "stories/{id}/": 3,
    "stories/{id}/?fields=headline": 2,
    "stories/{id}/ninjs/": 3,
    "stories/0000000000/": 2,
    "sections/": 1,
    "sections/politik/": 1,
    "topics/hafen/": 3,
    "contributors/ada-brook/": 2,
    "corrections/": 1,
    "nothing/": 0,
}


@pytest.fixture(params=[3, 300])
def archive(request):
    """So many stories readers have (the newest's public id)."""
    with time_machine.travel(NOON - HOUR, tick=False) as clock:
        if request.param > 3:
            call_command("seed", stories=request.param - 3, seed=1, verbosity=0)
        person = make_contributor("Ada Brook", has_page=True)
        rich = {"topics": ["Hafen"], "bylines": [(person, "text")], "section": make_section("politik/europa")}
        stories = []
        for _number in range(3):
            clock.shift(SECOND)
            stories.append(make_live(**rich, related=stories[-1:], lead_picture=painted_picture("harbour")))
    return stories[-1].public_id


def test_no_operation_asks_more_than_its_budget(archive):
    found = {}
    for path in BUDGETS:
        with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as asked:
            response = Client().get(f"/api/v1/{path.format(id=archive)}")
        assert response.status_code == (404 if path in ("stories/0000000000/", "nothing/") else 200)
        found[path] = len(asked)
    assert found == BUDGETS
