"""Redirects made by hand: asked only where no page answers, one step, and never a circle."""

import hypothesis.strategies as st
import pytest
from cast import NOON, SECOND, make_contributor, make_live, make_section, make_story
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from front_pages import address
from hypothesis import HealthCheck, given, settings

from articles import press
from articles.models import Redirect
from articles.models.redirect import Circle
from articles.text import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def make_redirect(old, to="", **fields):
    """A redirect as the form would save it; without a target the page is gone."""
    row = Redirect(old_path=old, target=to, answer="moved" if to else "gone", **fields)
    row.full_clean(exclude=["made_by"])
    row.save()
    return row


def answer(path):
    response = Client().get(path)
    return response.status_code, response.headers.get("Location", "")


def test_an_old_address_leads_to_a_page_of_ours_with_or_without_its_slash():
    make_section("politik")
    make_redirect("/2019/faehre.html", "/politik/")
    make_redirect("/alt/", "/politik")
    assert answer("/2019/faehre.html") == answer("/2019/faehre.html/") == (301, "/politik/")
    assert answer("/alt") == answer("/alt/") == (301, "/politik/")
    assert answer("/alt/?id=5&next=//evil.example") == (301, "/politik/")


def test_an_old_address_leads_elsewhere_only_over_https():
    make_redirect("/abo", "https://abo.example.com/los?von=alt#oben")
    assert answer("/abo/") == (301, "https://abo.example.com/los?von=alt#oben")


def test_a_page_that_is_gone_says_so():
    make_redirect("/gewinnspiel")
    response = Client().get("/gewinnspiel/")
    assert response.status_code == 410
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_letters_of_any_alphabet_are_found_however_they_are_encoded():
    make_section("politik")
    make_redirect("/%C3%9Cber uns".replace(" ", "%20"), "/politik/?q=ü#teil")
    assert answer("/Über%20uns") == answer("/%C3%9cber%20uns/") == (301, "/politik/?q=%C3%BC#teil")


def test_a_redirect_never_stands_before_a_page():
    section = make_section("politik")
    story = make_live(section=section)
    make_redirect("/politik/", "https://example.com/")
    make_redirect(address(story), "https://example.com/")
    assert (answer("/politik/")[0], answer(address(story))[0]) == (200, 200)


def test_chains_collapse_whichever_end_comes_first():
    make_section("ziel")
    make_redirect("/a", "/b")
    make_redirect("/c", "/ziel/")
    make_redirect("/b", "/c")
    make_redirect("/d", "/a#unten")
    assert [answer(f"/{name}") for name in "abcd"] == [(301, "/ziel/")] * 4
    make_redirect("/ziel", "https://example.com/")  # the section is still there
    assert dict(Redirect.objects.values_list("old_path", "target"))["/a"] == "https://example.com/"


def test_what_led_to_a_page_that_is_gone_is_gone():
    make_redirect("/a", "/b")
    make_redirect("/b")
    make_redirect("/c", "/a")
    assert [answer(f"/{name}")[0] for name in "abc"] == [410] * 3


@pytest.mark.parametrize("targets", [["/a"], ["/b", "/a"], ["/b", "/c", "/a/?x=1"]])
def test_a_circle_is_refused_and_nothing_is_written(targets):
    places = "abc"[: len(targets)]
    for place, target in list(zip(places, targets, strict=True))[:-1]:
        make_redirect(f"/{place}", target)
    before = list(Redirect.objects.values_list("old_path", "target"))
    with pytest.raises(ValidationError, match=r"would lead in a circle|lead to itself"):
        make_redirect(f"/{places[-1]}", targets[-1])
    assert list(Redirect.objects.values_list("old_path", "target")) == before


def test_the_database_itself_refuses_a_redirect_to_itself_and_one_to_nowhere():
    for wrong in ({"target": "/a", "target_path": "/a"}, {"target": ""}, {"answer": "gone", "target": "/b"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redirect.objects.bulk_create([Redirect(old_path="/a", **wrong)])


_PATHS = st.sampled_from([f"/{letter}" for letter in "abcdefg"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(_PATHS, _PATHS | st.just("") | st.just("https://example.com/")), min_size=1, max_size=12))
def test_whatever_is_written_in_whatever_order_no_target_is_an_old_path(pairs):
    with transaction.atomic():
        for old, to in pairs:
            try:
                with transaction.atomic():
                    make_redirect(old, to)
            except ValidationError:
                Redirect.objects.filter(old_path=old).delete()
        olds = set(Redirect.objects.values_list("old_path", flat=True))
        assert not olds & set(Redirect.objects.values_list("target_path", flat=True))
        assert all(answer(path)[1] not in olds for path in olds)
        transaction.set_rollback(True)


def test_many_at_once_are_one_write_that_holds_whole_or_not_at_all():
    def rows(*pairs):
        return [Redirect(old_path=old, target=to, target_path=to) for old, to in pairs]

    Redirect.objects.write(rows(*((f"/n{number}", f"/n{number + 1}") for number in range(1200))))
    assert set(Redirect.objects.values_list("target", flat=True)) == {"/n1200"}
    with pytest.raises(Circle):
        Redirect.objects.write(rows(("/x", "/y"), ("/n1200", "/n7")))
    assert Redirect.objects.count() == 1200


def test_a_target_of_ours_that_was_renamed_since_is_still_one_step():
    section, person = make_section("politik"), make_contributor("Ada Brook", has_page=True)
    story = make_live("Alte Zeile", section=section, bylines=[(person, "text")], topics=["Hafen"])
    old = {"/p": "/politik/", "/f": "/politik/feed.xml", "/a": "/by/ada-brook/", "/s": address(story)}
    for path, target in old.items():
        make_redirect(path, target)
    section.slug = "welt"
    section.save()
    person.slug = "ada"
    person.save()
    assert answer("/p") == (301, "/welt/")
    assert answer("/f") == (301, "/welt/feed.xml")
    assert answer("/a") == (301, "/by/ada/")
    assert answer("/s") == (301, address(story))
    assert address(story).startswith("/welt/")


def test_a_redirect_tells_no_address_of_what_readers_do_not_have(clock):
    draft = make_story("Geheime Kampagne")
    hidden = f"/politik/{draft.slug}-{draft.public_id}/"
    make_redirect("/kampagne", hidden)
    make_redirect("/wer", "/by/niemand/")
    make_redirect("/was", "/topic/nichts/")
    assert [answer(path) for path in ("/kampagne/", "/wer/", "/was/")] == [(404, "")] * 3
    story = make_live("Erschienen")
    make_redirect("/da", address(story))
    assert answer("/da/") == (301, address(story))
    clock.shift(SECOND)
    press.withdraw(story, by=None, reason="error")
    assert answer("/da/") == (404, "")


BAD_OLD = ["", "/", "x", "//evil.example/x", "/a b", "/a\nb", "/a\\b", "/%00", "/%FF", "/../x", "/admin/x", "/static/a"]
BAD_OLD += ["javascript:alert(1)", "/" + "x" * 600, "/media/x", "/preview/x", "ftp://example.com/x", "https://["]
BAD_TARGETS = [
    "//evil.example/",
    "http://example.com/",
    "javascript:alert(1)",
    "https://a@evil.example/",
    "/\\evil.example",
]
BAD_TARGETS += [
    "https://",
    "https:///x",
    "https://evil.example:99x/",
    "/%5Cevil.example",
    "/a\r\nSet-Cookie: x=1",
    "/./x",
]
BAD_TARGETS += [
    "/%2F/evil.example",
    "/admin/",
    "/accounts/logout/",
    "https://evil_.example/",
    "x",
    "\t/x y",
    "/" + "x" * 1200,
]


@pytest.mark.parametrize("old", BAD_OLD)
def test_what_is_no_old_address_is_said_in_a_sentence(old):
    with pytest.raises(ValidationError) as said:
        make_redirect(old, "/politik/")
    assert "old_path" in said.value.message_dict


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_what_a_redirect_may_not_lead_to_is_said_in_a_sentence(target):
    with pytest.raises(ValidationError) as said:
        make_redirect("/x", target)
    assert "target" in said.value.message_dict


def test_a_whole_address_of_ours_is_taken_for_its_path():
    assert addresses.target("http://127.0.0.1:8000/x?y#z", site="http://127.0.0.1:8000") == ("/x?y#z", "/x")
    assert addresses.target("https://a.example", site="https://a.example") == ("/", "/")
    assert addresses.old_path("https://old.example/2019/%C3%BC.html?id=1") == "/2019/ü.html"
    with pytest.raises(addresses.NoAddress):
        addresses.target("http://127.0.0.1:80001/x", site="http://127.0.0.1:8000")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=40) | st.text(alphabet="/\\%.:@htps2FfeE5cC\t\n evil.example", max_size=30))
def test_no_text_makes_a_target_off_this_site_but_over_https(text):
    try:
        target, path = addresses.target(text, site="https://news.example")
    except addresses.NoAddress:
        return
    assert (target.startswith("/") and not target.startswith(("//", "/\\")) and path) or target.startswith("https://")
    assert "\n" not in target and "\r" not in target


def test_looking_one_up_costs_the_same_among_any_number():
    make_section("politik")
    make_redirect("/alt", "/politik/")
    rows = [Redirect(old_path=f"/n{number}", target="/politik/", target_path="/politik") for number in range(500)]
    for few in (True, False):
        if not few:
            Redirect.objects.write(rows)
        with CaptureQueriesContext(connection) as asked:
            assert answer("/alt") == (301, "/politik/")
        assert len(asked) == 2, asked.captured_queries


def test_the_site_at_another_moment_stays_inside_its_own_addresses(sign_in):
    make_section("politik")
    make_redirect("/alt", "/politik/")
    stamp = f"{NOON:%Y%m%d}T110000Z"
    response = sign_in("chief").get(f"/admin/at/{stamp}/alt/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/admin/at/{stamp}/politik/")


def test_a_sign_that_is_encoded_in_a_target_stays_encoded():
    make_redirect("/alt", "/pages/imprint/%3Fx/")
    assert answer("/alt/") == (404, "")  # there is no such page
    make_redirect("/impressum", "/pages/imprint/?a=%26b#c")
    assert answer("/impressum/") == (301, "/pages/imprint/?a=%26b#c")
