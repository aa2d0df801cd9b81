"""Show me the site at …: byte for byte what readers got or will get, for staff only, and it sticks nowhere."""

import itertools
import re
from urllib.parse import quote

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_cleared, make_contributor, make_live, make_section, rewrite
from django.test import Client
from django.urls import get_script_prefix, resolve
from painted import painted_picture
from site_addresses import BY_INVITATION, NOT_ABOUT_STORIES, STAFF, names_of_all_patterns, public_addresses

from articles import press
from articles.admin.planning.site_at import READERS_PAGES, address
from articles.models import Edition
from articles.vocabulary import Change

pytestmark = pytest.mark.django_db
BAR = re.compile(rb'\n<aside class="elsewhen".*?</aside>\n', re.DOTALL)
SHEET = re.compile(rb'\n<link rel="stylesheet" href="[^"]*site_at[^"]*">')


@pytest.fixture
def history(clock):
    """A story with a past and a future, neighbours, a withdrawal, a picture: what differs from hour to hour."""
    section, person = make_section("politik/europa"), make_contributor("Ada Brook", has_page=True)
    shared = {"section": section, "topics": ["Hafen"], "bylines": [(person, "text")]}
    story = make_live("Gestern", lead_picture=painted_picture("harbour"), slug="kai", **shared)
    gone = make_live("Zurückgezogen", slug="weg", **shared)
    clock.shift(HOUR)
    press.publish(rewrite(story, "Anders.", headline="Heute"), by=None, change=Change.CORRECTION, note="Es war anders.")
    press.withdraw(gone, by=None, reason="legal", notice="Auf Anordnung.")
    rewrite(story, "Morgen.", headline="Morgen", lead_picture=painted_picture("night"))
    press.schedule(story, by=None, at=NOON + DAY, change=Change.UPDATE)
    coming = make_cleared("Noch geheim", slug="geheim", **shared)
    press.schedule(coming, by=None, at=NOON + DAY)
    ending = make_live("Endet", slug="endet", **shared)
    press.set_end(ending, by=None, at=NOON + 2 * DAY)
    clock.shift(HOUR)
    return {"story": story, "gone": gone, "coming": coming, "ending": ending}


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def at(client, moment, path="/", **more):
    return client.get(address(moment, path), **more)


def text_at(client, moment, path):
    response = at(client, moment, path)
    return response.status_code, response.content.decode()


def page_of(story):
    return f"/politik/europa/{story.slug}-{story.public_id}/"


@pytest.mark.parametrize("moment", [NOON, NOON + HOUR - SECOND, NOON + HOUR, NOON + DAY - SECOND, NOON + DAY])
def test_every_public_page_is_byte_for_byte_what_readers_get_at_that_moment(sign_in, history, clock, moment):
    now = NOON + 2 * HOUR
    clock.move_to(moment)
    addresses = list(itertools.chain.from_iterable(public_addresses().values()))
    addresses += [page_of(story) for story in history.values()] + ["/politik/x-0000000000/", "/politik", "/nichts/da/"]
    addresses = [each for each in addresses if _asked_of_the_site(each)]
    public = {each: Client().get(each) for each in addresses}
    expected = {each: (response.status_code, body(response)) for each, response in public.items()}
    clock.move_to(now)
    chief, prefix = sign_in("chief"), address(moment).removesuffix("/").encode()
    quoted, differ = quote(prefix, safe="").encode(), []  # as links to share it hold it
    for each, (status, real) in expected.items():
        response = chief.get(prefix.decode() + each)
        shown = SHEET.sub(b"", BAR.sub(b"", body(response))).replace(prefix, b"").replace(quoted, b"")
        if (response.status_code, shown) != ((302 if status == 301 and each == "/politik" else status), real):
            differ.append(each)
    assert differ == []
    assert len(expected) > 40


def _asked_of_the_site(path):
    try:
        match = resolve(path.partition("?")[0])
        return not match.namespaces and match.url_name in READERS_PAGES
    except Exception:
        return True


def test_every_page_that_changes_with_time_is_among_them():
    timeless = {*STAFF, *NOT_ABOUT_STORIES, *BY_INVITATION, "robots", "favicon", "security_txt", "tdm_reservation"}
    of_the_api = {name for name in names_of_all_patterns() if name.startswith("api")}
    assert names_of_all_patterns() - timeless - of_the_api == READERS_PAGES


def test_the_past_is_what_readers_had_then(sign_in, history):
    chief, page = sign_in("chief"), page_of(history["story"])
    assert "<h1>Gestern</h1>" in re.sub(r"<h1[^>]*>", "<h1>", text_at(chief, NOON, page)[1])
    assert text_at(chief, NOON - SECOND, page)[0] == 404
    assert text_at(chief, NOON, page_of(history["gone"]))[0] == 200
    status, text = text_at(chief, NOON + HOUR, page_of(history["gone"]))
    assert (status, "Auf Anordnung." in text) == (410, True)
    assert "Es war anders." in text_at(chief, NOON + HOUR, "/corrections/")[1]
    assert "Es war anders." not in text_at(chief, NOON, "/corrections/")[1]


def test_the_future_is_what_is_scheduled_to_the_second(sign_in, history):
    chief, page = sign_in("chief"), page_of(history["coming"])
    assert text_at(chief, NOON + DAY - SECOND, page)[0] == 404
    assert text_at(chief, NOON + DAY, page)[0] == 200
    for path in ("/", "/politik/", "/topic/hafen/", "/feed.xml", "/politik/atom.xml", "/latest/", "/news-sitemap.xml"):
        assert "Noch geheim" not in text_at(chief, NOON + DAY - SECOND, path)[1], path
        assert "Noch geheim" in text_at(chief, NOON + DAY, path)[1], path
    assert text_at(chief, NOON + 2 * DAY - SECOND, page_of(history["ending"]))[0] == 200
    assert text_at(chief, NOON + 2 * DAY, page_of(history["ending"]))[0] == 404


def test_pictures_are_those_of_that_moment(sign_in, history):
    chief = sign_in("chief")
    editions = Edition.objects.filter(story=history["story"]).order_by("number")
    first, last = editions.first().picture["key"], editions.last().picture["key"]
    assert first != last
    for key, now, then in ((first, 200, 404), (last, 404, 200)):
        assert at(chief, NOON, f"/media/{key}/3x2-320.webp").status_code == now
        assert at(chief, NOON + DAY, f"/media/{key}/3x2-320.webp").status_code == then


def test_every_link_and_picture_stays_inside(sign_in, history):
    chief = sign_in("chief")
    prefix = address(NOON + DAY, "")
    for path in ("/", "/politik/", page_of(history["story"]), "/latest/", "/nichts/da/"):
        html = at(chief, NOON + DAY, path).content.decode()
        links = re.findall(r'(?:href|src)="(/[^"]*)"', BAR.sub(b"", html.encode()).decode())
        links += [each.split()[0] for each in ",".join(re.findall(r'srcset="([^"]*)"', html)).split(",") if each]
        outside = [link for link in links if not link.startswith((prefix, "/static/"))]
        assert outside == [], path
        assert len(links) > 8


def test_a_wrong_slug_leads_to_the_right_one_inside(sign_in, history):
    chief, story = sign_in("chief"), history["story"]
    response = at(chief, NOON + DAY, f"/politik/falsch-{story.public_id}/")
    assert (response.status_code, response["Location"]) == (301, address(NOON + DAY, page_of(story)))
    missing = at(chief, NOON + DAY, "/politik")
    assert (missing.status_code, missing["Location"]) == (302, address(NOON + DAY, "/politik/"))


def test_the_bar_says_when_and_leads_out(sign_in, history):
    html = at(sign_in("chief"), NOON + DAY, "/politik/").content.decode()
    bar = html[html.index('<aside class="elsewhen"') : html.index("</aside>")]
    assert "24.11.2026 13:00 +01:00" in bar
    assert re.findall(r'href="([^"]*)"', bar) == [
        "/admin/articles/story/at/?at=20261124T120000Z&amp;path=/politik/",
        "/politik/",
    ]


def test_headers_keep_it_to_whoever_asked(sign_in, history):
    chief = sign_in("chief")
    key = Edition.objects.filter(story=history["story"]).first().picture["key"]
    paths = [
        "/",
        "/politik/",
        "/feed.xml",
        "/sitemap.xml",
        f"/media/{key}/3x2-320.webp",
        "/nichts/",
        page_of(history["gone"]),
    ]
    for path in paths:
        response = at(chief, NOON, path, headers={"If-None-Match": '"x"', "Accept-Encoding": "gzip"})
        assert response["Cache-Control"] == "private, no-store", path
        assert response["X-Robots-Tag"] == "noindex", path
        assert {"ETag", "Last-Modified", "Content-Encoding"} & set(response.headers) == set(), path
        assert "Cookie" in response["Vary"]


@pytest.mark.parametrize(
    "path", ["/admin/", "/accounts/login/", "/preview/x/", "/livez", "/robots.txt", "/admin/at/20261123T120000Z/"]
)
def test_nothing_but_readers_pages_is_shown(sign_in, history, path):
    assert at(sign_in("chief"), NOON, path).status_code == 404


def test_the_future_needs_a_right_and_the_past_a_seat_at_the_desk(sign_in, history):
    reporter = sign_in("contributor")
    refused = at(reporter, NOON + DAY)
    assert (refused.status_code, "as it was, not as it will be" in refused.content.decode()) == (403, True)
    assert at(reporter, NOON).status_code == 200
    for role in ("editor", "picture editor", "topic librarian"):
        assert at(sign_in(role), NOON + DAY).status_code == 200, role
    anonymous = at(Client(), NOON)
    assert (anonymous.status_code, anonymous["Location"]) == (302, f"/admin/login/?next={address(NOON)}")


def test_it_is_read_only(sign_in, history):
    assert sign_in("chief").post(address(NOON)).status_code == 405


def test_an_ordinary_request_afterwards_sees_now(sign_in, history):
    chief = sign_in("chief")
    before = Client().get("/politik/").content
    for path in ("/politik/", "/nichts/", "/politik", f"/politik/falsch-{history['story'].public_id}/"):
        at(chief, NOON + DAY, path)
        assert get_script_prefix() == "/"
        assert Client().get("/politik/").content == before
        assert chief.get("/politik/").content == before
    assert b"Noch geheim" not in before


def test_a_view_that_fails_leaves_nothing_behind(sign_in, history, monkeypatch):
    from articles.views import lists

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(lists, "page", broken)
    with pytest.raises(RuntimeError):
        at(sign_in("chief"), NOON + DAY, "/latest/")
    assert get_script_prefix() == "/"


@pytest.mark.parametrize(
    "when",
    ["20270230T000000Z", "20261123T250000Z", "19891231T235959Z", "22000101T000000Z", "99991231T235959Z", "0", "now"],
)
def test_a_moment_that_is_none_is_not_found(sign_in, when):
    assert sign_in("chief").get(f"/admin/at/{when}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/%00/", "/politik/%0a/", "/..%2f..%2fadmin/", "/%ff%fe/", "/latest/?before=%00", "//evil.example/"]
)
def test_bad_paths_are_not_found(sign_in, path):
    assert sign_in("chief").get(f"/admin/at/20261123T120000Z{path}").status_code == 404


def test_the_page_picks_a_moment_on_the_newsrooms_clock_and_goes_there(sign_in, clock):
    chief = sign_in("chief")
    assert chief.get("/admin/articles/story/at/").status_code == 200
    for path, leads in (
        ("", "/"),
        ("/politik/", "/politik/"),
        ("http://127.0.0.1:8000/latest/?x=1", "/latest/"),
        ("//evil.example/x/", "/x/"),
        ("/admin/at/20261123T120000Z/latest/", "/latest/"),
    ):
        response = chief.get("/admin/articles/story/at/", {"at": "24.11.2026 06:00", "path": path})
        assert (response.status_code, response["Location"]) == (302, f"/admin/at/20261124T050000Z{leads}")
    again = chief.get("/admin/articles/story/at/?at=20261124T050000Z&path=/politik/").content.decode()
    assert ('value="2026-11-24T06:00:00"' in again, 'value="/politik/"' in again) == (True, True)


@pytest.mark.parametrize(
    "typed, said",
    [
        ("29.03.2026 02:30", "This time does not exist"),
        ("25.10.2026 02:30", "This hour happens twice"),
        ("gestern", "This is not a date and time"),
        ("01.01.1950 00:00", "Choose a moment between 1990 and 2199."),
        ("", "This field is required."),
    ],
)
def test_the_page_refuses_what_is_no_moment(sign_in, clock, typed, said):
    page = sign_in("chief").get("/admin/articles/story/at/", {"at": typed})
    assert (page.status_code, said in page.content.decode()) == (200, True)


def test_whoever_may_not_look_ahead_is_told_on_the_page(sign_in, clock):
    page = sign_in("contributor").get("/admin/articles/story/at/", {"at": "24.11.2026 06:00"})
    assert "Your role sees the site as it was, not as it will be. Choose a past moment." in page.content.decode()
