"""Redirects and missing pages on the desk: form, import, export, the report; and the command."""

import pytest
from cast import NOON, make_section
from desk_forms import fields, submit
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from threads import at_once, outcome

from articles.desk.redirecting import import_redirects
from articles.models import MissingPage, Redirect
from articles.models.redirect import Circle
from articles.rules.refusal import Refused

ADD, LIST = "/admin/articles/redirect/add/", "/admin/articles/redirect/"
GOOD = """from,to,note
/2019/faehre.html,/politik,Alte Seite
/gewinnspiel/,gone,
https://old.example/abo?id=5,https://abo.example.com/,=cmd|x
/kette,/2019/faehre.html,
"""


def table():
    return list(Redirect.objects.values_list("old_path", "target", "answer").order_by("old_path"))


def send(client, text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"{LIST}import/", {"file": SimpleUploadedFile("alt.csv", data), **more})


@pytest.mark.django_db
def test_a_redirect_is_made_changed_found_and_deleted_on_the_desk(chief, clock):
    submit(chief, ADD, "redirect_form", old_path="http://127.0.0.1:8000/alt/?id=1", target="/latest")
    row = Redirect.objects.get()
    assert (row.old_path, row.target, row.made_by, row.made_at) == ("/alt", "/latest/", chief.user, NOON)
    url = f"{LIST}{row.pk}/change/"
    assert "old_path" not in fields(chief.get(url), "redirect_form")
    submit(chief, url, "redirect_form", answer="gone", target="")
    assert table() == [("/alt", "", "gone")]
    assert "/alt" in chief.get(f"{LIST}?q=alt").content.decode()
    chief.post(f"{LIST}{Redirect.objects.get().pk}/delete/", {"post": "yes"})
    assert table() == []


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_at_its_field_and_keeps_what_was_typed(chief):
    submit(chief, ADD, "redirect_form", old_path="/a", target="/b")
    for typed, said in (
        ({"old_path": "/b", "target": "/a"}, "“/b” would lead in a circle: /b → /a → /b."),
        ({"old_path": "/a", "target": "/c"}, "There is a redirect for this address already."),
        ({"old_path": "/admin/x", "target": "/c"}, "belongs to the site itself"),
        ({"old_path": "/c", "target": "http://evil.example/"}, "begins with https://"),
        ({"old_path": "/c", "target": ""}, "Say where the address leads"),
        ({"old_path": "/c", "target": "/d", "answer": "gone"}, "A page that is gone leads nowhere"),
        ({"old_path": "", "target": ""}, "This field is required."),
        ({"old_path": "/c", "target": "x" * 5000}, "at most 1000 characters"),
    ):
        html = submit(chief, ADD, "redirect_form", **typed).content.decode()
        assert said in html, typed
        assert f'value="{typed["old_path"]}"' in html or not typed["old_path"]
    assert table() == [("/a", "/b/", "moved")]


@pytest.mark.django_db
def test_a_redirect_behind_a_page_says_that_the_page_stands_before_it(chief):
    make_section("politik")
    url = submit(chief, ADD, "redirect_form", old_path="/politik/", target="/latest/").headers["Location"]
    assert "Readers find a page at /politik." in chief.get(url).content.decode()
    url = submit(chief, ADD, "redirect_form", old_path="/nichts", target="/latest/").headers["Location"]
    assert "Readers find a page" not in chief.get(url).content.decode()


@pytest.mark.django_db
def test_a_file_is_tried_then_taken_in_and_taken_out_again(chief):
    make_section("politik")
    assert send(chief, GOOD, dry_run="on").status_code == 302
    assert table() == []
    assert "4 redirects would be written, 4 new. Nothing was written." in chief.get(f"{LIST}import/").content.decode()
    send(chief, GOOD)
    expected = [
        ("/2019/faehre.html", "/politik/", "moved"),
        ("/abo", "https://abo.example.com/", "moved"),
        ("/gewinnspiel", "", "gone"),
        ("/kette", "/politik/", "moved"),
    ]
    assert table() == expected
    out = b"".join(chief.get(f"{LIST}export/").streaming_content).decode()
    assert out.splitlines()[:3] == [
        "from,to,note",
        "/2019/faehre.html,/politik/,Alte Seite",
        "/abo,https://abo.example.com/,'=cmd|x",
    ]
    Redirect.objects.all().delete()
    assert import_redirects(out.encode(), by=None).new == 4
    assert table() == expected
    assert Redirect.objects.get(old_path="/abo").note == "=cmd|x"
    assert import_redirects(out.encode(), by=None).replaced == 4


BAD_FILES = {
    "/a,/b\n/b,/a": ["Line 1: “/a” would lead in a circle: /a → /b → /a. Change or delete one of them."],
    "/a,/b\n/x y,/c\n/c\n/d,http://x.example/\n/a,/z": [
        "Line 2: An address holds no spaces, line breaks or backslashes.",
        "Line 3: Say where “/c” leads, or write “gone”.",
        "Line 4: “http://x.example/”: write a path of this site such as /politik/, or an address that begins with https://.",
        "Line 5: “/a” stands in line 1 already.",
    ],
    "/a,/b,c,d": ["Line 1: A line has an old address, where it leads, and a note; this one has more."],
    '/a,"/b': ["Line 1: A quotation mark is missing or too much."],
    "": ["The file holds no redirects."],
    "from,to,note\n": ["The file holds no redirects."],
    b"/\xff,/b": ["The file is not in UTF-8. Save it as “CSV UTF-8” and send it again."],
    "/a,/b\n" * 10_002: ["The file has more than 10000 lines. Split it."],
    b"x" * 2_000_001: ["The file is larger than 2 MB. Split it."],
    "/a\x00,/b": ["Line 1: An address holds no spaces, line breaks or backslashes."],
    "/a;/b;" + "n" * 300: ["Line 1: Ensure this value has at most 200 characters (it has 300)."],
}


@pytest.mark.django_db
@pytest.mark.parametrize("text", BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_bad_file_is_refused_whole_with_every_bad_line_by_its_number(text):
    with pytest.raises(Refused) as refused:
        import_redirects(text if isinstance(text, bytes) else text.encode(), by=None)
    assert refused.value.reasons == BAD_FILES[text]
    assert table() == []


@pytest.mark.django_db
def test_the_page_names_the_bad_lines_and_takes_any_bytes(chief):
    response = send(chief, "/a,/b\n/c,javascript:alert(1)\n")
    assert (response.status_code, "Line 2: “javascript:alert(1)”" in response.content.decode()) == (409, True)
    for data in (b"", b"\x00" * 5000, b"\xff\xfe/\x00a\x00", b'"' * 3000, b"\xef\xbb\xbf", b"a" * 200_000):
        assert send(chief, data).status_code in (200, 409)
    assert chief.post(f"{LIST}import/").status_code == 200
    assert table() == []


@pytest.mark.django_db
def test_the_command_does_the_same(tmp_path, capsys):
    file = tmp_path / "alt.csv"
    file.write_text(GOOD)
    call_command("import_redirects", file, "--dry-run")
    assert table() == []
    call_command("import_redirects", file)
    assert capsys.readouterr().out.splitlines() == [
        "4 redirects would be imported, 4 of them new.",
        "4 redirects imported, 4 of them new.",
    ]
    file.write_text("/a\n/b")
    with pytest.raises(CommandError, match=r"Line 1: .*\nLine 2: "):
        call_command("import_redirects", file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_redirects", tmp_path / "none.csv")


@pytest.mark.django_db
def test_the_report_leads_to_a_form_that_is_filled_in(chief, clock):
    MissingPage.objects.add({"/alt/Über uns/": (7, "/politik/"), "/neu/": (9, "")}, at=NOON, day=NOON.date())
    Redirect(old_path="/neu", target="/latest/", answer="moved").save()
    html = chief.get("/admin/articles/missingpage/").content.decode()
    assert html.index("<code>/neu/</code>") < html.index("<code>/alt/Über uns/</code>")
    assert html.count("Make a redirect</a>") == 1
    assert html.count("Has a redirect") == 1
    url = f"{ADD}?old_path=%2Falt%2F%C3%9Cber%20uns%2F"
    assert f'href="{url}"' in html
    assert fields(chief.get(url), "redirect_form")["old_path"] == ["/alt/Über uns/"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_a_circle_at_once_one_does_and_the_other_is_told():
    for number in range(8):
        one, two = f"/x{number}", f"/y{number}"
        rows = [
            Redirect(old_path=old, target=to, target_path=to, answer="moved") for old, to in ((one, two), (two, one))
        ]
        won, lost = outcome(at_once(*[row.save for row in rows]))
        assert (len(won), [type(error) for error in lost]) == (1, [Circle])
        assert Redirect.objects.filter(old_path__in=(one, two)).count() == 1
    assert Client().get("/x0/").status_code in (301, 404)


@pytest.mark.django_db(transaction=True)
def test_chains_made_at_once_from_both_ends_are_collapsed():
    for number in range(8):
        a, b, c = f"/a{number}", f"/b{number}", f"/c{number}"
        rows = [Redirect(old_path=old, target=to, target_path=to, answer="moved") for old, to in ((a, b), (b, c))]
        assert outcome(at_once(*[row.save for row in rows]))[1] == []
        assert set(Redirect.objects.filter(old_path__in=(a, b)).values_list("target", flat=True)) == {c}
