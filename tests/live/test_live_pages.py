"""A live blog as readers get it: its page, the fragment that is asked again, older pages, data for machines."""

import json
import re
from datetime import timedelta

import pytest
from cast import HOUR, NOON, make_contributor, make_live, make_story
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk, press
from articles.models import Edition
from articles.views import live

pytestmark = pytest.mark.django_db


@pytest.fixture
def blog(clock):
    """A live blog readers have."""
    return make_live("Sturmflut", kind="live", topics=["Hafen"])


def address(story):
    return Edition.objects.live().select_related("section").get(story=story).get_absolute_url()


def page(url):
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


def post(blog, clock, number):
    """So many entries, one a minute."""
    made = []
    for place in range(number):
        clock.shift(60)
        made.append(press.post_entry(blog, by=None, headline=f"Stand {place}", body=f"Meldung {place}"))
    return made


def shown(html):
    """The ids of the entries on a page, in order."""
    return re.findall(r'<article class="live-entry[^"]*" id="e-(\w+)"', html)


def test_the_pinned_entry_comes_first_then_the_newest(blog, clock):
    one, two, three = post(blog, clock, 3)
    press.pin_entry(blog, one.public_id, by=None)
    assert shown(page(address(blog))) == [one.public_id, three.public_id, two.public_id]


def test_an_entry_pinned_for_later_takes_the_place_when_it_comes_and_not_before(blog, clock):
    one, two = post(blog, clock, 2)
    press.pin_entry(blog, one.public_id, by=None)
    before = page(address(blog))
    clock.shift(1)
    later = press.post_entry(blog, by=None, body="Später", pinned=True, at=timezone.now() + timedelta(hours=1))
    assert page(address(blog)) == before
    clock.shift(3600)
    assert shown(page(address(blog))) == [later.public_id, two.public_id, one.public_id]
    assert page(address(blog)).count('class="live-mark">Angeheftet') == 1
    clock.shift(1)
    press.pin_entry(blog, one.public_id, by=None)
    assert shown(page(address(blog))) == [one.public_id, later.public_id, two.public_id]


def test_the_printable_page_has_the_entries(blog, clock, monkeypatch):
    monkeypatch.setattr(live, "ON_PAPER", 3)
    one, two, three = post(blog, clock, 3)
    press.pin_entry(blog, one.public_id, by=None)
    paper = page(f"{address(blog)}print/")
    assert shown(paper) == [three.public_id, two.public_id, one.public_id]
    assert "?before=" not in paper
    [four] = post(blog, clock, 1)
    paper = page(f"{address(blog)}print/")
    assert shown(paper) == [four.public_id, three.public_id, two.public_id]
    assert f"{address(blog)}?before=" in paper


@pytest.mark.parametrize("number", [1, 45])
def test_a_page_and_a_fragment_ask_a_fixed_number_of_times(blog, clock, number):
    post(blog, clock, number)
    url = address(blog)
    for path, asked in ((url, 4), (f"{url}live/", 2)):
        with CaptureQueriesContext(connection) as queries:
            page(path)
        assert len(queries) == asked, [query["sql"][:200] for query in queries]


def test_older_entries_are_a_page_further(blog, clock):
    made = [entry.public_id for entry in reversed(post(blog, clock, 45))]
    url, found = address(blog), []
    for _page in range(3):
        html = page(url)
        found += shown(html)
        older = re.search(r'href="([^"]+)#live" rel="next"', html)
        url = older and older[1]
    assert (found, url) == (made, None)
    assert Client().get(f"{address(blog)}?before=nonsense").status_code == 404


def test_a_key_event_that_is_pages_away_leads_to_its_page(blog, clock):
    old = post(blog, clock, 1)[0]
    press.mark_entry(blog, old.public_id, by=None)
    post(blog, clock, 40)
    html = page(address(blog))
    path, anchor = re.search(r'<a href="([^"#]+)(#e-\w+)">Stand 0</a>', html).groups()
    assert anchor == f"#e-{old.public_id}"
    assert shown(page(path))[0] == old.public_id
    press.mark_entry(blog, (new := post(blog, clock, 1)[0]).public_id, by=None)
    assert f'<a href="#e-{new.public_id}">' in page(address(blog))


def test_the_fragment_is_what_the_page_shows_and_answers_304(blog, clock):
    post(blog, clock, 2)
    url = address(blog)
    answer = Client().get(f"{url}live/")
    fragment = answer.content.decode()
    assert fragment in page(url)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("public, max-age=0, must-revalidate", "noindex")
    again = Client().get(f"{url}live/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    post(blog, clock, 1)
    assert Client().get(f"{url}live/", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_the_fragment_is_there_for_live_blogs_that_readers_have_and_for_nothing_else(blog, clock):
    wrong = address(blog).replace("sturmflut-", "anders-")
    assert Client().get(f"{wrong}live/")["Location"] == f"{address(blog)}live/"
    assert Client().get(f"{address(make_live('Nachricht'))}live/").status_code == 404
    hidden = make_story("Entwurf", kind="live")
    press.post_entry(hidden, by=None, body="GEHEIM")
    assert Client().get(f"/politik/entwurf-{hidden.public_id}/live/").status_code == 404
    url = address(blog)
    clock.shift(1)
    press.withdraw(blog, by=None, reason="error")
    assert Client().get(f"{url}live/").status_code == 404


def test_entries_wait_for_the_story(clock):
    story = make_story("Wahlabend", kind="live")
    press.post_entry(story, by=None, body="Vorab geschrieben")
    desk.move(story, "submit", by=None)
    desk.move(story, "clear", by=None)
    clock.shift(60)
    press.publish(story, by=None)
    assert "Vorab geschrieben" in page(address(story))


def test_the_page_asks_again_until_the_coverage_is_over(blog, clock):
    post(blog, clock, 1)
    html = page(address(blog))
    assert f'data-entries="{address(blog)}live/"' in html
    assert "site/live.js" in html
    desk.save(blog, by=None, values={"live_over": True})
    clock.shift(60)
    press.publish(blog, by=None, change="minor")
    html = page(address(blog))
    assert '<p class="live-over">' in html
    assert ("data-entries" in html, "site/live.js" in html) == (False, False)
    assert "data-over" in page(f"{address(blog)}live/")


def test_machines_are_told_of_the_newest_twenty_five(blog, clock):
    person = make_contributor("Ada Brook", has_page=True)
    first = press.post_entry(blog, by=None, body="<p>Ohne </script>Titel</p>", contributor=person, at=NOON - HOUR)
    data = json.loads(re.search(r'ld\+json">(\{[^<]*LiveBlogPosting[^<]*)</script>', page(address(blog)))[1])
    assert (data["coverageStartTime"], "coverageEndTime" in data) == ("2026-11-23T13:00:00+01:00", False)
    [told] = data["liveBlogUpdate"]
    assert (told["@type"], told["headline"]) == ("BlogPosting", "Ohne Titel")
    assert (told["articleBody"], told["datePublished"]) == ("Ohne Titel", "2026-11-23T12:00:00+01:00")
    assert told["author"][0]["name"] == "Ada Brook"
    assert told["url"].endswith(f"#e-{first.public_id}")
    made = post(blog, clock, 30)
    desk.save(blog, by=None, values={"live_over": True})
    press.publish(blog, by=None, change="minor")
    data = json.loads(re.search(r'ld\+json">(\{[^<]*LiveBlogPosting[^<]*)</script>', page(address(blog)))[1])
    assert [each["headline"] for each in data["liveBlogUpdate"]] == [f"Stand {place}" for place in range(29, 4, -1)]
    assert data["coverageEndTime"] == "2026-11-23T13:30:00+01:00"
    assert made[-1].published_at.isoformat() == "2026-11-23T12:30:00+00:00"
