"""The library's list: what it shows, what it can be asked, page by page, and one thing for many pictures."""

import re
from datetime import timedelta

import pytest
from cast import DAY, NOON, make_section, make_story, make_user
from desk_forms import fields, messages_of
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from painted import painted_picture

from articles.models import Picture
from articles.vocabulary import Rights

LIBRARY = "/admin/articles/picture/"
BULK, DROP_MANY = f"{LIBRARY}bulk/", f"{LIBRARY}drop-many/"


@pytest.fixture
def ines(sign_in):
    """The picture editor's client."""
    return sign_in("picture editor")


def titles(response):
    """The pictures on a page of the library, in their order."""
    return re.findall(r'class="picture-title"[^>]*>([^<]*)<', response.content.decode())


def asked(client, query):
    return titles(client.get(f"{LIBRARY}?{query}"))


def make_rows(count, **fields):
    """Pictures without files, each a minute older than the one before."""
    size = {"suffix": "jpg", "size": 1, "width": 300, "height": 200, "alt": "x", "credit": "x"}
    start = Picture.objects.count()
    rows = (
        Picture(
            digest=f"{start + n:064}", title=f"{start + n:03}", uploaded_at=NOON - timedelta(minutes=n), **size | fields
        )
        for n in range(count)
    )
    return Picture.objects.bulk_create(rows)


def test_a_card_says_what_has_to_be_known(ines, clock):
    painted_picture("harbour", alt="", credit="", rights=Rights.NONE, symbol_photo=True)
    html = ines.get(LIBRARY).content.decode()
    assert re.findall(r'class="badge badge-\w+">([^<]*)<', html) == [
        "No rights",
        "No alternative text",
        "No credit",
        "Symbol photo",
    ]
    assert re.findall(r'<img src="([^"]+)"', html) == [
        reverse("admin:articles_picture_look", args=[Picture.objects.get().key, 320])
    ]


def test_the_list_is_a_table_and_the_address_says_so(ines):
    painted_picture("harbour")
    html = ines.get(f"{LIBRARY}?view=list&q=harbour").content.decode()
    assert ('<table class="bulk">' in html, "library-cards" in html) == (True, False)
    assert 'href="?view=grid&amp;q=harbour"' in html
    assert '<input type="hidden" name="view" value="list">' in html


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("usable", ["soon", "fine"]),
        ("uncleared", ["raw"]),
        ("none", ["no"]),
        ("soon", ["soon"]),
        ("ended", ["over"]),
        ("later", ["coming"]),
    ],
)
def test_by_the_state_of_the_rights(ines, clock, state, found):
    own = {"rights": Rights.OWN}
    for title, values in {
        "fine": own | {"allowed_until": NOON + 8 * DAY},
        "soon": own | {"allowed_until": NOON + 7 * DAY},
        "over": own | {"allowed_until": NOON},
        "coming": own | {"allowed_from": NOON + DAY},
        "raw": {},
        "no": {"rights": Rights.NONE, "allowed_until": NOON},
    }.items():
        make_rows(1, **values)
        Picture.objects.filter(pk=Picture.objects.latest("pk").pk).update(title=title)
    assert asked(ines, f"rights={state}") == found


def test_by_everything_else_alone_and_together(ines):
    section = make_section("politik/europa")
    by_ria = painted_picture("harbour", creator="Ria Falk", agency="dpa", section=section)
    Picture.objects.filter(pk=by_ria.pk).update(uploaded_by=ines.user)
    painted_picture("hills", alt="", creator="Jo")
    painted_picture("waves", credit="")
    make_story(lead_picture=painted_picture("night"))
    answers = {
        "creator=falk": ["harbour"],
        "agency=DPA": ["harbour"],
        f"section={make_section('politik').pk}": ["harbour"],
        f"section={make_section('sport').pk}": [],
        "alt=on": ["hills"],
        "credit=on": ["waves"],
        "credit=none": ["waves"],
        "unused=on": ["waves", "hills", "harbour"],
        "mine=on": ["harbour"],
        "mine=on&unused=on&creator=ria&q=dpa": ["harbour"],
        "mine=on&alt=on": [],
        "q=painter": ["night", "hills", "harbour"],
    }
    assert {query: asked(ines, query) for query in answers} == answers


def test_words_begin_words_and_all_of_them_count(ines):
    painted_picture("harbour", title="Übergabe am Westkai", caption="Zwei Kräne")
    painted_picture("hills", title="Der Westen", caption="Hügel")
    answers = {"west": ["Der Westen", "Übergabe am Westkai"], "west kraene": ["Übergabe am Westkai"]}
    answers |= {
        "WESTKAI": ["Übergabe am Westkai"],
        "kai": [],
        "%F0%9F%92%A9": [],
        "%2B%2B": [],
        "+": ["Der Westen", "Übergabe am Westkai"],
    }
    assert {words: asked(ines, f"q={words}") for words in answers} == answers


def test_a_text_that_is_taken_back_finds_no_more(ines):
    picture = painted_picture("harbour", caption="Leuchtturm")
    assert asked(ines, "q=leuchtturm") == ["harbour"]
    form = fields(ines.get(f"{LIBRARY}{picture.pk}/change/"), "picture_form")
    ines.post(f"{LIBRARY}{picture.pk}/change/", form | {"caption": ["Kai"]})
    assert (asked(ines, "q=leuchtturm"), asked(ines, "q=kai")) == ([], ["harbour"])


def test_page_by_page_forth_and_back(ines):
    make_rows(120)
    every = [f"{n:03}" for n in range(120)]
    pages, address = [], LIBRARY
    while address:
        response = ines.get(address)
        pages.append(titles(response))
        older = response.context["older"]
        address = older and LIBRARY + older
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [title for page in pages for title in page] == every
    back = ines.get(LIBRARY + response.context["newer"])
    assert titles(back) == pages[1]
    first = ines.get(LIBRARY + back.context["newer"])
    assert (titles(first), first.context["newer"]) == (pages[0], "")


def test_pages_keep_what_was_asked_and_pictures_of_one_moment_are_all_shown(ines):
    make_rows(60, agency="dpa")
    Picture.objects.update(uploaded_at=NOON)
    response = ines.get(f"{LIBRARY}?agency=&credit=&view=list&rights=uncleared")
    older = response.context["older"]
    assert older.startswith("?view=list&rights=uncleared&before=")
    rest = ines.get(LIBRARY + older.replace("view=list", "view=grid"))
    assert titles(rest) == [f"{n:03}" for n in reversed(range(10))]


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("view", ["grid", "list"])
def test_a_page_costs_the_same_however_many_pictures(ines, django_assert_num_queries, size, view):
    section = make_section()
    for n in range(size):
        painted_picture("harbour", n, section=section, rights=Rights.OWN)
    with django_assert_num_queries(10):
        ines.get(f"{LIBRARY}?view={view}&q=harbour&rights=usable&unused=on&section={section.pk}&mine=")


BAD = {
    "q=%00": 400,
    "creator__startswith=a": 400,
    "uploaded_by__password=x": 400,
    "p=3&o=1.-2&all=&_facets=1": 200,
    "q=" + "x" * 300: 200,
    "section=abc": 200,
    "section=" + "9" * 30: 200,
    "section=-1": 200,
    "rights=mine": 200,
    "before=x": 200,
    "before=99999999999999999.999999999999999999": 200,
    "before=-1.1&after=1.1": 200,
    "after=٣.1": 200,
    "view=../etc": 200,
    "q=%FF%FE": 200,
    "e=1": 200,
}


@pytest.mark.parametrize("query", BAD)
def test_any_question_gets_an_answer(ines, query):
    painted_picture("harbour")
    assert ines.get(f"{LIBRARY}?{query}").status_code == BAD[query]


# Many at once


def confirm(client, url, *pictures, **said):
    first = client.post(url, {"picture": [each.pk for each in pictures], "back": "q=x"})
    return client.post(
        url, fields(first) | {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    )


def test_what_is_ticked_is_set_for_all_and_nothing_else(ines):
    pictures = [painted_picture("harbour"), painted_picture("hills")]
    response = confirm(
        ines,
        BULK,
        *pictures,
        which=["agency", "rights", "symbol_photo"],
        agency="dpa",
        rights="agency",
        symbol_photo="on",
        credit="X",
    )
    assert response.headers["Location"] == f"{LIBRARY}?q=x"
    assert (
        list(Picture.objects.values_list("agency", "rights", "symbol_photo", "credit"))
        == [("dpa", "agency", True, "Jo Painter")] * 2
    )
    assert messages_of(ines.get(LIBRARY)) == ["2 pictures were changed."]
    assert LogEntry.objects.count() == 2


def test_what_cannot_be_is_said_for_each_picture_and_none_is_changed(ines):
    pictures = [painted_picture("harbour"), painted_picture("hills", allowed_until=NOON)]
    response = confirm(
        ines, BULK, *pictures, which=["allowed_from", "agency"], allowed_from="2026-11-24T12:00:00", agency="dpa"
    )
    assert (response.status_code, response.context["reasons"]) == (409, ["“hills”: The rights begin before they end."])
    assert response.context["form"]["agency"].value() == "dpa"
    assert set(Picture.objects.values_list("agency", flat=True)) == {""}


def test_nothing_ticked_and_broken_values_are_said(ines):
    picture = painted_picture("harbour")
    assert "Tick what is to be set." in confirm(ines, BULK, picture).content.decode()
    late = confirm(ines, BULK, picture, which=["allowed_until"], allowed_until="gestern")
    assert "This is not a date and time." in late.content.decode()
    ok = confirm(ines, BULK, picture, which=["place"], place="Kai", allowed_until="gestern", section="x")
    assert (ok.status_code, Picture.objects.get().place) == (302, "Kai")
    assert confirm(ines, BULK, picture, which=["key"], key="x").status_code == 200


@pytest.mark.parametrize("keys", [[], ["x"], ["9" * 30], ["\x00"], ["1'--", "-1"]])
def test_no_picture_ticked_leads_back(ines, keys):
    for url in (BULK, DROP_MANY):
        response = ines.post(url, {"picture": keys, "confirmed": "yes", "back": "a=\x00&b=//evil"})
        assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, LIBRARY)
        assert messages_of(ines.get(LIBRARY)) == ["Tick the pictures first."]


def test_too_many_at_once_are_refused(ines):
    ines.post(BULK, {"picture": range(1, 502)})
    assert messages_of(ines.get(LIBRARY)) == ["Choose at most 500 pictures at a time."]


def test_unused_ones_are_deleted_and_used_ones_stay(ines):
    free, used = painted_picture("harbour"), painted_picture("hills")
    story = make_story("Am Kai", lead_picture=used)
    page = ines.post(DROP_MANY, {"picture": [free.pk, used.pk]})
    assert f"It is used in the stories “{story.headline}”." in page.content.decode()
    ines.post(DROP_MANY, {"picture": [free.pk, used.pk], "confirmed": "yes"})
    assert messages_of(ines.get(LIBRARY)) == [
        "Not deleted: “hills”. It is used in the stories “Am Kai”.",
        "1 picture was deleted.",
    ]
    assert list(Picture.objects.all()) == [used]


ROLES = ("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_what(sign_in, role):
    client, picture = sign_in(role), painted_picture("harbour")
    views = role != "administrator"
    changes, drops = role in ("editor", "chief", "picture editor"), role in ("chief", "picture editor")
    assert client.get(LIBRARY).status_code == (200 if views else 403)
    ticked = {"picture": [picture.pk]}
    assert client.post(BULK, ticked).status_code == (200 if changes else 403)
    assert client.post(DROP_MANY, ticked).status_code == (200 if drops else 403)
    change, delete = f"{LIBRARY}{picture.pk}/change/", f"{LIBRARY}{picture.pk}/delete/"
    assert (client.get(change).status_code, client.post(change, {}).status_code) == (
        200 if views else 403,
        200 if changes else 403,
    )
    assert client.get(delete).status_code == (200 if drops else 403)
    key = reverse("admin:articles_picture_look", args=[picture.key, 320])
    assert client.get(key).status_code == (200 if views else 404)
    original = reverse("admin:articles_picture_original", args=[picture.pk])
    assert client.get(original).status_code == (200 if changes else 404)
    if views:
        shown = [word in client.get(LIBRARY).content.decode() for word in ("Change the ticked", "Delete the ticked")]
        assert shown == [changes, drops]


def test_the_choice_by_typing_finds_by_words(ines, sign_in):
    painted_picture("harbour", caption="Ein Kran")
    painted_picture("hills")
    url = "/admin/autocomplete/?app_label=articles&model_name=story&field_name=lead_picture&term="
    found = sign_in("chief").get(url + "kran").json()["results"]
    assert [each["text"] for each in found] == ["harbour"]
    assert make_user("topic librarian").has_perm("articles.view_picture")
