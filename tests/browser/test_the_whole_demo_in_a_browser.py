"""Every kind of page of the demo as readers get it: what it weighs, what it keeps, whom it asks, whom it shuts out."""

import gzip
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from browsing import axe
from walk import pages_by_kind, walk

from articles.demo.loading import load
from articles.models import Edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE_BYTES = 40_000  # compressed, all but its pictures
SCRIPT_BYTES = 10_000  # as they are written
UNLINKED = ("/search/?q=Hafen", "/search/?q=xyzzyq", "/no-such-page/")
LOOKS = (("light", 1280), ("dark", 1280), ("light", 320))


def test_every_link_of_the_demo_leads_somewhere_and_every_kind_of_page_is_light_private_and_accessible(
    new_page, live_server, settings
):
    settings.SITE_URL = live_server.url
    load(paint_size=(320, 180))
    seen = walk(_asking(live_server.url), live_server.url)
    kinds = pages_by_kind(seen)
    assert {"home", "section", "story", "story_changes", "story_print", "topic", "contributor", "reply"} <= set(kinds)
    stories = {edition.kind: edition.get_absolute_url() for edition in Edition.objects.live()}
    paths = [each[0] for name, each in kinds.items() if name != "story"] + [*stories.values(), *UNLINKED]
    for scheme, width in LOOKS:
        page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        for path in paths:
            _look_at(page, path, width)
        assert page.context.cookies() == []
        page.complaints[:] = [said for said in page.complaints if "status of 404" not in said]  # we asked for one


def _asking(site):
    connection = HTTPConnection(urlsplit(site).netloc)

    def get(path):
        connection.request("GET", path)
        answer = connection.getresponse()
        body, kind = answer.read(), answer.headers.get("Content-Type", "")
        return answer.status, kind, body.decode() if kind.startswith("text/html") else ""

    return get


def _look_at(page, path, width):
    answers = []

    def note(answer):
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", note)
    sent = {name: [] for name in ("document", "stylesheet", "script", "image", "font", "fetch", "manifest", "other")}
    for answer in answers:
        kind = answer.request.resource_type
        bodiless = kind == "image" or 300 <= answer.status < 400
        sent[kind].append(b"" if bodiless else answer.body())
    scripts = sum(map(len, sent["script"]))
    weight = sum(len(gzip.compress(body)) for kind, bodies in sent.items() for body in bodies if kind != "image")
    assert (path, len(sent["document"]), len(sent["stylesheet"])) == (path, 1, 1)
    assert (path, scripts) <= (path, SCRIPT_BYTES)
    assert (path, weight) <= (path, PAGE_BYTES)
    assert (path, page.evaluate("document.scrollingElement.scrollWidth")) == (path, width)
    assert (path, axe(page)) == (path, [])
