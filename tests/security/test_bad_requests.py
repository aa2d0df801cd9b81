"""Requests no reader makes: a clean answer, nothing of what was asked in it, and never a 500."""

import hypothesis.strategies as st
import pytest
from cast import make_contributor, make_live, make_section
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.test.client import ClientHandler
from hypothesis import HealthCheck, given, settings
from painted import painted_picture
from site_addresses import public_addresses

from articles.models import Redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HANDLER = ClientHandler()
HANDLER.load_middleware()
CLEAN = {200, 301, 302, 304, 400, 404, 405, 410, 414, 431}
CANARY = "zqx"  # stands in every hostile value, and in no page


@pytest.fixture
def site():
    person = make_contributor("Ada Brook", has_page=True)
    section = make_section("politik/europa")
    make_live(topics=["Hafen"], bylines=[(person, "text")], section=section, lead_picture=painted_picture("harbour"))
    return {name: addresses[0] for name, addresses in public_addresses().items() if addresses}


def ask(path, query="", method="GET", **meta):
    """The response to a request line of these very bytes (path as Latin-1 text of bytes), as a server hands it on."""
    request = RequestFactory().request(
        REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query, HTTP_HOST=meta.pop("HTTP_HOST", "127.0.0.1"), **meta
    )
    assert isinstance(request, WSGIRequest)
    return HANDLER.get_response(request)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


PATHS = [
    *("/%00", "/\x00", "/a\x00b/", "/\xff\xfe/", "/\xed\xa0\x80/", "/a\nSet-Cookie: zqx=1/", "/a\r\n\r\nzqx/"),
    *(
        "//zqx.example/",
        "//zqx.example",
        "///zqx.example/",
        "/\\zqx.example/",
        "/\\/zqx.example",
        "/http://zqx.example/",
    ),
    *(
        "/..",
        "/../../etc/passwd",
        "/a/../b/",
        "/%2e%2e/",
        "/./",
        "/.",
        "/politik/;x=y",
        "/politik;zqx/",
        "/politik/%2F/",
    ),
    *(
        "/" + "a/" * 700,
        "/" + "%" * 900,
        "/" + "zqx-" * 450,
        "/" + "x" * 200_000,
        "/<script>zqx</script>/",
        "/zqx\u0001/",
    ),
    *("/archive/99999/", "/archive/2026/11/99/", "/archive/٢٠٢٦/", "/sitemap-zqx.xml", "/media/zqx/zqx.webp", "*", ""),
    *("/topic/" + "x" * 1500 + "/", "/by/zqx/feed.xml", "/pages/zqx/", "/preview/zqx/", "/politik/zqx-0000000000"),
]


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_a_path_of_any_bytes_has_a_clean_answer(site, path):
    raw = path.encode("utf-8", "replace").decode("latin-1") if any(ord(letter) > 255 for letter in path) else path
    response = ask(raw)
    assert response.status_code in CLEAN - {200} or path in ("", "/.")
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "\n" not in location and "Set-Cookie" not in response.headers
    assert b"<script>zqx" not in body(response)


_BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
_QUERY = st.lists(
    st.tuples(
        st.sampled_from(["before", "page", "q", "x", "%00", "before[]"]), st.text(max_size=30) | st.just("9" * 40)
    ),
    max_size=4,
).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs).encode("utf-8", "replace").decode("latin-1"))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_every_public_address_with_anything_in_or_after_it_has_a_clean_answer(site, data):
    address = data.draw(st.sampled_from(sorted(site.values())))
    place = data.draw(st.integers(0, len(address)))
    mangled = address[:place] + data.draw(_BYTES) + address[place:]
    for path in (address, "/" + mangled.lstrip("/"), mangled):
        response = ask(path, data.draw(_QUERY))
        assert response.status_code in CLEAN
        assert not response.headers.get("Location", "").startswith(("//", "/\\", "http"))


QUERIES = {
    "page=1000000000": 200,
    "q=" + "x" * 7000: 200,
    "q=" + "x" * 10_000: 414,
    "&".join(f"topic={number}" for number in range(5000)): 414,
    "&".join(f"x{number}=1" for number in range(100)): 200,
    "&" * 100: 414,
    "before=" + "9" * 4000: 404,
    "before=%00": 404,
    "before=%FF": 404,
    "utm_source=zqx&fbclid=zqx&page=-1": 200,
}


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_unknown_parameters_change_nothing_and_too_many_are_refused(site, query):
    response = ask("/politik/", query)
    assert response.status_code == QUERIES[query]
    if response.status_code == 200:
        assert response.content == ask("/politik/").content
    assert CANARY.encode() not in response.content


def test_the_desk_may_ask_longer_questions(sign_in):
    chief = sign_in("chief")
    assert chief.get("/admin/articles/story/?q=" + "x" * 9000).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({f"HTTP_X_{number}": "zqx" for number in range(200)}, 431),
        ({"HTTP_ACCEPT_LANGUAGE": "de," * 20_000}, 431),
        ({"HTTP_COOKIE": "x=" + "y" * 40_000}, 431),
        ({"HTTP_ACCEPT_LANGUAGE": "de," * 5_000}, 200),
        ({"HTTP_RANGE": "bytes=" + ",".join(f"{n}-{n}" for n in range(2000))}, 200),
        ({"HTTP_IF_NONE_MATCH": '"' + "x" * 20_000}, 200),
        ({"HTTP_IF_MODIFIED_SINCE": "zqx"}, 200),
        ({"HTTP_ACCEPT_ENCODING": "\x00\xff"}, 200),
    ],
)
def test_absurd_headers_are_refused_and_odd_ones_do_no_harm(site, headers, status):
    response = ask("/politik/", **headers)
    assert response.status_code == status
    assert CANARY.encode() not in body(response)


HOSTS = [
    "zqx.example",
    "127.0.0.1.zqx.example",
    "127.0.0.1@zqx.example",
    "127.0.0.1:8000@zqx",
    "zqx\r\nX: y",
    "",
    " ",
    "[::1",
]
HOSTS += ["127.0.0.1:zqx", "127.0.0.1/zqx", "127.0.0.1\\zqx", "a" * 5000, "127.0.0.1,zqx.example", "\xff"]
DOORS = [
    "/",
    "/livez",
    "/readyz",
    "/static/site/icon.svg",
    "/admin/",
    "/accounts/login/",
    "/robots.txt",
    "/nothing",
    "/latest",
]


@pytest.mark.parametrize("door", DOORS)
def test_an_unknown_host_is_a_bad_request_at_every_door_and_is_not_repeated(site, door, caplog):
    for host in HOSTS:
        response = ask(door, HTTP_HOST=host)
        assert response.status_code == 400, host
        assert CANARY.encode() not in response.content
        assert "Location" not in response.headers
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_what_a_proxy_could_say_of_the_host_is_not_believed(site):
    forwarded = dict.fromkeys(
        ("HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL"),
        "zqx.example",
    )
    forwarded |= {"HTTP_X_FORWARDED_PORT": "666", "HTTP_X_FORWARDED_PREFIX": "/zqx", "HTTP_X_FORWARDED_PROTO": "zqx"}
    for path in (*site.values(), "/politik", "/nothing/"):
        told, plain = ask(path, **forwarded), ask(path)
        assert (told.status_code, sorted(told.items()), body(told)) == (
            plain.status_code,
            sorted(plain.items()),
            body(plain),
        )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "ZQX"])
def test_readers_pages_are_only_read_also_without_a_token(site, method):
    for path in (
        each.partition("?")[0] for each in site.values() if not each.startswith("/api/")
    ):  # the API says so itself
        response = ask(path, method=method, HTTP_ORIGIN="https://zqx.example")
        assert (path, response.status_code, response.headers.get("Allow")) == (path, 405, "GET, HEAD")
        assert CANARY.encode() not in response.content
    assert ask("/politik/", method="GET", HTTP_X_HTTP_METHOD_OVERRIDE="DELETE").status_code == 200


def test_only_the_table_of_redirects_leads_off_this_site(site):
    Redirect(old_path="/abo", target="https://abo.example/", answer="moved").save()
    hostile = "next=//zqx.example&url=https://zqx.example&redirect=/\\zqx.example&return_to=%2F%2Fzqx.example"
    assert ask("/abo", hostile).headers["Location"] == "https://abo.example/"
    for path in ("/politik", "/politik/europa", "/archive", "/latest", "/by/ada-brook"):
        location = ask(path, hostile).headers["Location"]
        assert location.startswith(f"{path}/?")  # the same page with its slash, and the question as it was
    for path in ("//zqx.example", "//zqx.example/", "/%2Fzqx.example/", "/\\zqx.example"):
        assert "Location" not in ask(path, hostile).headers
