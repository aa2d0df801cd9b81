"""What a preview link must not give away: to whom it was not given, and about anything it was not made for."""

import logging
import re

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_cleared, make_live, make_section, make_story, make_user
from django.test import Client
from painted import media_url, painted_picture
from preview_paths import path_of_link

from articles import press
from articles.admin.sharing import outside as shared_preview
from articles.desk import frame
from articles.desk.sharing import share, unshare
from articles.media import rendition_set
from articles.models import Picture, PreviewLink
from newsroom.logs import HidePreviewTokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SECRET = "GEHEIMSACHE"


def make_link(headline="Das Gutachten", *, story=None, **wishes):
    return share(story or make_story(headline), by=make_user("chief"), name="Dr. Weber", **wishes)


def answers_of(path, client=None):
    """Status, body and all headers of each kind of request to an address."""
    client = client or Client()
    posts = ({"do": "open"}, {"do": "answer", "says": "approve"}, {"do": "open", "passphrase": "x"}, {})
    responses = [client.get(path), *(client.post(path, data) for data in posts), client.head(path)]
    return [(each.status_code, each.content, dict(each.headers)) for each in responses]


def test_whatever_shows_nothing_says_the_same_byte_for_byte(clock):
    never = path_of_link(make_link(headline="Nie"))
    PreviewLink.objects.all().delete()
    links = {name: make_link() for name in ("revoked", "maker", "spiked", "ended", "withdrawn")}
    unshare(links["revoked"], by=None)
    type(links["maker"].made_by).objects.filter(pk=links["maker"].made_by_id).update(is_active=False)
    type(links["spiked"].story).objects.filter(pk=links["spiked"].story_id).update(stage="spiked")
    PreviewLink.objects.filter(pk=links["ended"].pk).update(ends_at=NOON)
    live = make_live()
    links["withdrawn"] = make_link(story=live, edition=live.editions.get())
    press.withdraw(live, by=None, reason="legal")
    clock.shift(SECOND)
    own = path_of_link(make_link())
    paths = [never, *(path_of_link(link) for link in links.values())]
    paths += [own[:-2] + "/", own[:-2] + "Ä/", own.replace(".", "/x/", 1).split("/x/")[0] + "/", "/preview/%00/"]
    paths += ["/preview/politik/", "/preview/" + "a" * 1900 + "/"]
    answers = [answers_of(path) for path in paths]
    assert [len({answer[0] for answer in each}) for each in answers] == [1] * len(answers)
    assert all(each == answers[0] for each in answers)
    assert answers[0][0][0] == 404
    assert answers_of(own)[0][0] == 200  # control: one that shows something says something else


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_answer_sets_a_cookie_looks_at_a_session_or_may_be_kept(signed_in):
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(make_user("chief"))
    link = make_link(story=make_story(lead_picture=painted_picture("harbour")), asks_answer=True)
    path = path_of_link(link)
    opened = client.post(path, {"do": "open"})
    picture = re.search(r'src="(/preview/[^"]+)"', opened.content.decode())[1]
    answered = client.post(path, {"do": "answer", "says": "approve"})
    tried = [client.get(path), client.head(path), opened, answered, client.get(picture), client.get("/preview/x/")]
    tried += [client.put(path), client.options(path), client.get(picture.replace("/preview/", "/preview/x"))]
    for response in tried:
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
        assert (response["Referrer-Policy"], "Set-Cookie" in response, response.cookies) == ("no-referrer", False, {})
        assert "ETag" not in response
        assert "Cookie" not in response.get("Vary", "")
        assert response.wsgi_request.session.accessed is False
        assert "script-src" not in response["Content-Security-Policy"]
        assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert [each.status_code for each in tried] == [200, 200, 200, 200, 200, 404, 405, 405, 404]


def test_a_conditional_request_gets_the_whole_answer():
    path = path_of_link(make_link())
    client = Client()
    given = {"If-None-Match": "*", "If-Modified-Since": "Mon, 23 Nov 2026 13:00:00 GMT"}
    assert client.get(path, headers=given).status_code == 200


def test_the_page_tells_nothing_that_is_not_the_text_itself():
    section = make_section()
    hidden = make_story(f"{SECRET} eins", section=section, topics=["Geheimthema"])
    scheduled = make_cleared(f"{SECRET} zwei", section=section, topics=["Hafen"])
    press.schedule(scheduled, by=None, at=NOON + HOUR)
    shown = make_live("Nachbar", section=section, topics=["Hafen"])
    story = make_story(
        "Das Gutachten",
        section=section,
        related=[hidden, shown, scheduled],
        topics=["Geheimthema", "Hafen"],
        slugline="INTERN-SLUG",
    )
    page = Client().post(path_of_link(make_link(story=story, asks_answer=True)), {"do": "open"}).content.decode()
    assert "Das Gutachten" in page
    for word in (SECRET, "Geheimthema", "INTERN-SLUG", "Nachbar", 'rel="canonical"', "ld+json", "og:", "twitter:"):
        assert word not in page
    assert story.public_id not in page
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_a_link_leaves_every_public_page_as_it_was():
    live = make_live(lead_picture=painted_picture("harbour"))
    url, client = live.editions.get().get_absolute_url(), Client()
    addresses = ["/", url, "/latest/", "/feed.xml", "/sitemap.xml", "/robots.txt"]
    before = [(client.get(each).content, dict(client.get(each).headers)) for each in addresses]
    draft = make_story(f"{SECRET}", lead_picture=painted_picture("harbour", 2))
    for story in (live, draft):
        client.post(path_of_link(make_link(story=story, asks_answer=True)), {"do": "open"})
    assert [(client.get(each).content, dict(client.get(each).headers)) for each in addresses] == before


def test_the_picture_is_shown_to_whoever_has_the_text_open_and_to_nobody_else(clock):
    picture, other = painted_picture("harbour"), painted_picture("harbour", 2)
    link = make_link(story=make_story(lead_picture=picture), passphrase="Kai und Kran")
    make_story(lead_picture=other)
    client = Client()
    assert client.get(media_url(picture)).status_code == 404
    page = client.post(path_of_link(link), {"do": "open", "passphrase": "Kai und Kran"}).content.decode()
    file = re.search(r'src="(/preview/[^"]+)"', page)[1]
    assert (picture.key in page, f"/media/{picture.key}" in page) == (False, False)
    response = client.get(file)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    token = path_of_link(link).split("/")[2]
    wrong = [file.replace(file.split("/")[2], token), re.sub(r"-\d+\.jpg", "-999.jpg", file)]
    wrong += [
        file.replace(rendition_set(picture).key, rendition_set(other).key),
        file.replace(rendition_set(picture).key, "../"),
    ]
    assert [client.get(each).status_code for each in wrong] == [404] * 4
    clock.shift(13 * HOUR)
    assert client.get(file).status_code == 404
    clock.move_to(NOON)
    unshare(link, by=None)
    assert client.get(file).status_code == 404


def test_staff_who_open_a_link_see_no_more_than_anybody(chief):
    link = make_link()
    anybody = [body for _status, body, _headers in answers_of(path_of_link(link))]
    tickets = re.compile(rb'value="[0-9a-z]{26}\.[^"]+"')
    with_session = [body for _status, body, _headers in answers_of(path_of_link(link), chief)]
    assert [tickets.sub(b"", each) for each in with_session] == [tickets.sub(b"", each) for each in anybody]


def test_no_log_line_has_the_token(monkeypatch, caplog):
    link = make_link()
    path, lines = path_of_link(link), []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    handler.addFilter(HidePreviewTokens())
    loggers = [logging.getLogger(name) for name in ("django.request", "django.server", "articles")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    try:
        monkeypatch.setattr(shared_preview, "find", _fails)
        Client(raise_request_exception=False).get(path)
        monkeypatch.setattr(shared_preview, "find", lambda token: None)
        Client().get(path)
        logging.getLogger("django.server").info('"%s" %s', f"GET {path} HTTP/1.1", 200)
        logging.getLogger("articles").info("a line about something else %s", 1)
    finally:
        for each, level in zip(loggers, levels, strict=True):
            each.removeHandler(handler)
            each.setLevel(level)
    assert lines == [
        "Internal Server Error: /preview/…/",
        "Not Found: /preview/…/",
        '"GET /preview/…/ HTTP/1.1" 200',
        "a line about something else 1",
    ]


def _fails(token):
    raise RuntimeError("something broke")


def test_the_console_handler_has_the_filter_that_hides_tokens(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_tokens"]
    assert settings.LOGGING["filters"]["no_tokens"]["()"] == "newsroom.logs.HidePreviewTokens"
    assert settings.LOGGING["loggers"]["django.request"]["filters"] == ["no_tokens"]
    handlers = {name: each.get("handlers") for name, each in settings.LOGGING["loggers"].items()}
    assert handlers == {"django.request": None, "django.server": ["console"], "articles": None}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\xff\xfe\x00", 200),
        (b"do=answer&says=%00&text=%ff%fe", 400),
        (b"&".join(b"a=%d" % number for number in range(2000)), 413),
        (b"x" * 20_000_001, 413),
    ],
)
def test_any_bytes_are_answered_with_a_right_status_and_nothing_kept(data, status):
    link = make_link(asks_answer=True)
    path = path_of_link(link)
    response = Client().post(path, data, content_type="application/x-www-form-urlencoded")
    assert response.status_code == status
    assert (response["Cache-Control"], "Set-Cookie" in response) == ("private, no-store", False)
    bad = Client().post(path, data, content_type="multipart/form-data; boundary=\x00")
    assert bad.status_code in (400, 413)
    assert link.story.notes.count() == 0


def test_a_day_later_nothing_is_left_open(clock):
    link = make_link(hours=24)
    clock.shift(DAY)
    assert answers_of(path_of_link(link)) == answers_of("/preview/x/")


def test_a_picture_whose_rights_are_over_is_shown_to_nobody_outside(clock):
    kept, ended = painted_picture("harbour"), painted_picture("night")
    text = f'<p>a</p><figure data-picture="{ended.key}"></figure>'
    link = make_link(story=make_story(lead_picture=kept, body=text))
    Picture.objects.filter(pk=ended.pk).update(allowed_until=NOON)
    client = Client()
    page = client.post(path_of_link(link), {"do": "open"}).content.decode()
    keys = [rendition_set(each).key for each in (kept, ended)]
    assert [key in page for key in keys] == [True, False]
    ticket = re.search(r'src="/preview/([^/"]+)/', page)[1]
    files = [f"/preview/{ticket}/{key}/original-320.webp" for key in keys]
    assert [client.get(each).status_code for each in files] == [200, 404]


def test_an_open_page_keeps_its_pictures_when_the_desk_crops_them_anew():
    picture = painted_picture("harbour")
    link = make_link(story=make_story(lead_picture=picture))
    client = Client()
    page = client.post(path_of_link(link), {"do": "open"}).content.decode()
    file = re.search(r'src="(/preview/[^"]+)"', page)[1]
    frame(picture, by=None, focal=(0, 0), crops={"1x1": (0, 0, 300)})
    assert client.get(file).status_code == 200
