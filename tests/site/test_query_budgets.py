"""How many questions a page asks the database: a literal number, the same for 3 stories and for 300."""

import pytest
import time_machine
from cast import HOUR, NOON, SECOND, make_contributor, make_live, make_reply, make_section, make_user
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from painted import painted_picture

from articles import desk, press
from articles.models import Edition, Page, Reply, Topic, Withdrawal

pytestmark = pytest.mark.django_db
# The promise is at most 3 for a story, 4 for a section, 6 for the front page, 4 for a topic, 2 for a feed.
BUDGETS = {
    "story": 3,
    "section": 3,
    "home": 5,
    "topic": 3,
    "feed": 1,
    "section feed": 2,
    "latest": 2,
    "contributor": 3,
    "corrections": 4,
    "corrections of a kind": 3,
    "corrections feed": 2,
    "changes": 4,
    "reply": 3,
    "replies": 2,
    "policies": 2,
    "masthead": 3,
    "withdrawn": 5,
    "a story with replies": 4,
    "archive": 4,
    "archive month": 2,
    "archive year": 2,
    "archive years": 4,
    "sitemap index": 6,
    "sitemap": 2,
    "news sitemap": 2,
    "language feed": 1,
    "JSON feed": 1,
    "TDM reservation": 0,
    "picture": 1,
    "missing": 5,
    "missing section": 5,
    "missing person": 5,
    "missing topic": 5,
    "missing anything": 3,
    "search": 5 if connection.vendor == "postgresql" else 4,
    "search suggestions": 2 if connection.vendor == "postgresql" else 1,
}


@pytest.fixture(params=[3, 300])
def archive(request):
    """So many stories readers have, the newest with everything a story can have."""
    with time_machine.travel(NOON - HOUR, tick=False) as clock:
        if request.param > 3:
            call_command("seed", stories=request.param - 3, seed=1, verbosity=0)
        section = make_section("politik/europa")
        person = make_contributor("Ada Brook", has_page=True)
        rich = {"topics": ["Hafen", "Kai", "Rat"], "bylines": [(person, "text")], "section": section}
        stories = []
        for _number in range(3):
            clock.shift(SECOND)
            stories.append(make_live(**rich, related=stories[-1:], lead_picture=painted_picture("harbour")))
        desk.save(stories[-1], by=None, values={"kicker": "Neu"})
        clock.shift(SECOND)
        press.publish(stories[-1], by=None, change="correction", note="Es war anders.")
        make_reply(stories[0])
        gone = make_live(section=section)
        make_reply(gone)
        clock.shift(SECOND)
        press.withdraw(gone, by=None, reason="error")
        person.on_masthead = True
        person.save()
        Page.objects.create(slug="masthead", title="Masthead", policy="masthead")
    with time_machine.travel(NOON, tick=False):
        yield Edition.objects.live().get(story=stories[-1])


def _answered():
    return Edition.objects.live().get(public_id=Reply.objects.earliest("pk").story_public_id)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_asks_no_more_than_its_budget(archive, name):
    topic = Topic.objects.get(name="Hafen")
    addresses = {
        "story": archive.get_absolute_url(),
        "section": "/politik/",
        "home": "/",
        "topic": topic.get_absolute_url(),
        "feed": "/feed.xml",
        "section feed": "/politik/atom.xml",
        "latest": "/latest/",
        "contributor": "/by/ada-brook/",
        "corrections": "/corrections/",
        "corrections of a kind": "/corrections/?kind=correction",
        "corrections feed": "/corrections/atom.xml",
        "changes": f"{archive.get_absolute_url()}changes/",
        "reply": Reply.objects.earliest("pk").get_absolute_url(),
        "replies": "/replies/",
        "policies": "/pages/",
        "masthead": "/pages/masthead/",
        "withdrawn": f"/politik/fort-{Withdrawal.objects.get().public_id}/",
        "a story with replies": _answered().get_absolute_url(),
        "archive": "/archive/2026/11/23/",
        "archive month": "/archive/2026/11/",
        "archive year": "/archive/2026/",
        "archive years": "/archive/",
        "sitemap index": "/sitemap.xml",
        "sitemap": "/sitemap-2026-11.xml",
        "news sitemap": "/news-sitemap.xml",
        "language feed": "/latest/de/feed.xml",
        "JSON feed": "/feed.json",
        "TDM reservation": "/.well-known/tdmrep.json",
        "picture": f"/media/{archive.picture['key']}/3x2-320.webp",
        "missing": "/politik/nothing-0000000000/",
        "missing section": "/nothing/of-the-hafen/",
        "missing person": "/by/nobody/",
        "missing topic": "/topic/nothing/",
        "missing anything": "/2019/der-hafen-von-gestern.html",
        "search": "/search/?q=der+Satz",
        "search suggestions": "/search/suggest?q=haf",
    }
    if name == "picture":
        Client().get(addresses[name])  # the first to ask has the file made
    with CaptureQueriesContext(connection) as asked:
        response = Client().get(addresses[name])
    status = 404 if name.startswith("missing") else 410 if name == "withdrawn" else 200
    assert response.status_code == status
    assert len(asked) == BUDGETS[name], [query["sql"][:200] for query in asked]


def test_the_desks_story_list_asks_at_most_thirteen_times(archive):
    client = Client()
    client.force_login(make_user("chief"))
    client.get("/admin/articles/story/")
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/admin/articles/story/")
    assert response.status_code == 200
    assert len(asked) <= 13, [query["sql"][:200] for query in asked]
