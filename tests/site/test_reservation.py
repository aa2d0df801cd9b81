"""Training machines on what we publish is reserved, in every form machines read, unless the house allows it."""

import json
from urllib.robotparser import RobotFileParser

import pytest
from cast import make_live
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from front_pages import address

from articles.views.crawlers import AI_TRAINING
from newsroom import settings as project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"


def robots():
    """robots.txt as the standard library reads it."""
    response = Client().get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    return parser


def test_search_may_read_everything_but_the_desk():
    parser = robots()
    assert parser.site_maps() == [f"{SITE}/sitemap.xml", f"{SITE}/news-sitemap.xml"]
    for name in ("Googlebot", "bingbot", "OAI-SearchBot", "Applebot", "SomethingNew"):
        assert [parser.can_fetch(name, path) for path in ("/", "/politik/x-0123456789/", "/feed.xml")] == [True] * 3
        assert [parser.can_fetch(name, path) for path in ("/admin/", "/accounts/login/")] == [False] * 2


def test_who_trains_machines_is_kept_out_unless_allowed(settings):
    parser = robots()
    assert [name for name in AI_TRAINING if parser.can_fetch(name, "/politik/x-0123456789/")] == []
    settings.AI_RESERVED = False
    parser = robots()
    assert [name for name in AI_TRAINING if not parser.can_fetch(name, "/politik/x-0123456789/")] == []


def test_the_reservation_stands_in_its_file_in_every_answer_and_on_every_page(settings):
    story = make_live()
    assert json.loads(Client().get("/.well-known/tdmrep.json").content) == [{"location": "/", "tdm-reservation": 1}]
    for url in ("/", address(story), "/feed.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/nothing/"):
        response = Client().get(url)
        assert (response["TDM-Reservation"], response.get("TDM-Policy")) == ("1", None)
        if response["Content-Type"].startswith("text/html"):
            assert '<meta name="tdm-reservation" content="1">' in response.content.decode()
    settings.TDM_POLICY = "https://example.org/mining.json?a=1&b=2"
    response = Client().get("/")
    assert response["TDM-Policy"] == settings.TDM_POLICY
    policy = '<meta name="tdm-policy" content="https://example.org/mining.json?a=1&amp;b=2">'
    assert policy in response.content.decode()
    [rule] = json.loads(Client().get("/.well-known/tdmrep.json").content)
    assert rule == {"location": "/", "tdm-reservation": 1, "tdm-policy": settings.TDM_POLICY}


def test_a_house_that_allows_it_says_so(settings):
    settings.AI_RESERVED, settings.TDM_POLICY = False, "https://example.org/mining.json"
    assert json.loads(Client().get("/.well-known/tdmrep.json").content) == [{"location": "/", "tdm-reservation": 0}]
    response = Client().get("/")
    assert "TDM-Reservation" not in response
    assert "tdm-" not in response.content.decode()


def test_the_desk_says_nothing_of_mining():
    assert "TDM-Reservation" not in Client().get("/accounts/login/")


def test_security_txt_is_there_where_a_contact_is_set(settings):
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    assert Client().get("/.well-known/security.txt").content.decode().startswith("Contact: mailto:security@example.org")


def test_settings_that_make_no_sense_are_refused(monkeypatch):
    monkeypatch.setenv("NEWSROOM_AI", "maybe")
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_AI must be reserved or allowed, not 'maybe'"):
        project._one_of("NEWSROOM_AI", ("reserved", "allowed"))
    for bad in ("hub.example.org", "javascript:alert(1)", "https://x/\r\nSet-Cookie: a=b", 'https://x/">', "https://"):
        monkeypatch.setenv("NEWSROOM_WEBSUB_HUB", bad)
        with pytest.raises(ImproperlyConfigured, match="NEWSROOM_WEBSUB_HUB must be a web address"):
            project._address("NEWSROOM_WEBSUB_HUB")
    for good in ("", "https://hub.example.org", "http://127.0.0.1:9000/hub?x=1"):
        monkeypatch.setenv("NEWSROOM_WEBSUB_HUB", good)
        assert project._address("NEWSROOM_WEBSUB_HUB") == good
