"""What no form expects: huge, broken, forged and foreign bytes get a clear sentence or a clean result, nothing lost."""

from urllib.parse import quote

import pytest
import time_machine
from cast import NOON, make_cleared, make_section, make_story, make_user
from desk_forms import act_url, change_url, fields, messages_of, submit
from django.test import Client

from articles.models import Autosave, DayNote, Edition, Note, PreviewLink, Revision, Story, Topic

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
ADD = "/admin/articles/story/add/"
LIST = "/admin/articles/story/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def chief():
    """The chief, at a form; an error of the program is raised, not answered."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(make_user("chief"))
    return client


@pytest.fixture
def story():
    return make_story("Der alte Kai", body="<p>Alter Text.</p>", slugline="alt")


def stored(story):
    """What must not change unless it is saved."""
    story = Story.objects.get(pk=story.pk)
    return story.headline, story.body, story.slugline, story.version, story.due_at, story.stage


def errors_of(response):
    """What a story's form says is wrong (list of text)."""
    said = response.context["adminform"].form.errors
    return [text for texts in said.values() for text in texts]


def address(story, end):
    return f"/admin/articles/story/{story.pk}/{end}/"


def raw(client, url, **values):
    """Sends bytes as they are: each value percent-encoded already, or plain ASCII."""
    return client.post(url, "&".join(f"{name}={value}" for name, value in values.items()), content_type=FORM)


# The body

WORD = (
    '<!--StartFragment--><p class="MsoNormal" style="mso-margin-top-alt:auto"><b>Der&nbsp;Kai</b><o:p></o:p></p>'
    "<![if !supportLists]><span>·</span><![endif]><p class=MsoListParagraph>Punkt</p><!--EndFragment-->"
)
DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f"><p dir="ltr"><span '
    'style="font-weight:700">Fett</span> und <a href="javascript:alert(1)">Link</a></p><br></b>'
)
BODIES = {
    "broken html": (
        "<p>Eins<p>Zwei <strong>fett</p><div>drei",
        "<p>Eins</p><p>Zwei <strong>fett</strong></p><strong>drei</strong>",
    ),
    "from Word": (WORD, "<p><strong>Der&nbsp;Kai</strong></p>·<p>Punkt</p>"),
    "from Google Docs": (DOCS, "<p>Fett und <a>Link</a></p><br>"),
    "right to left": ("<p>שלום عالم \u200f!</p>", "<p>שלום عالم \u200f!</p>"),
    "turning the writing around": ("<p>a\u202eb\u202c</p>", "<p>ab</p>"),
    "emoji": ("<p>🌊👩‍👩‍👧 é</p>", "<p>🌊👩‍👩‍👧 é</p>"),
    "script": ("<p onclick=x>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"),
    "nested deep": ("<p>" + "<em>" * 400 + "tief", None),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_any_kind_is_saved_clean(chief, story, name):
    sent, clean = BODIES[name]
    response = submit(chief, change_url(story), "story_form", body=sent)
    assert (response.status_code, response.get("Location")) == (302, LIST)
    body = stored(story)[1]
    if clean is not None:
        assert body == clean
    assert [
        word for word in ("<script", "<style", "mso", "javascript", "onclick", "<!--", "\u202e") if word in body
    ] == []
    assert chief.get(change_url(story)).status_code == 200


def test_ten_thousand_paragraphs_are_saved_whole(chief, story):
    long = "".join(f"<p>Absatz {number} sagt etwas.</p>" for number in range(10_000))
    assert submit(chief, change_url(story), "story_form", body=long).status_code == 302
    shown = fields(chief.get(change_url(story)), "story_form")["body"][0]
    kept = (stored(story)[1], Revision.objects.get(story=story, number=2).content["body"], shown)
    assert [each == long for each in kept] == [True, True, True]


@pytest.mark.parametrize("url", ["change", "add"])
def test_a_body_of_five_megabytes_is_refused_with_the_text_still_in_the_form(chief, story, url):
    huge, before = "<p>" + "Größe & <em>Maß</em> " * 250_000 + "</p>", stored(story)
    assert len(huge.encode()) > 5_000_000
    page = fields(chief.get(change_url(story) if url == "change" else ADD), "story_form")
    page |= {"headline": ["Sehr lang"], "section": [str(story.section_id)], "body": [huge]}
    response = chief.post(change_url(story) if url == "change" else ADD, page)
    assert response.status_code == 409
    said = f"The text has {len(huge)} characters with its markup; at most 2000000 can be saved. Shorten or split it."
    assert errors_of(response) == [said]
    assert (fields(response, "story_form")["body"] == [huge]) is True  # compared here: pytest would explain 5 MB
    assert (stored(story), Story.objects.count()) == (before, 1)


def test_a_form_beyond_the_limit_gets_a_page_with_one_sentence(chief, story):
    before = stored(story)
    response = chief.post(change_url(story), "body=" + "x" * 20_000_001, content_type=FORM)
    said = "The form holds more than 20 MB, so nothing was saved. Go back and shorten its text."
    assert (response.status_code, said in response.content.decode()) == (413, True)
    response = chief.post(change_url(story), "&".join(f"f{number}=1" for number in range(1001)), content_type=FORM)
    said = "The form has more than 1000 fields, so nothing was saved. Go back and remove some rows."
    assert (response.status_code, said in response.content.decode()) == (413, True)
    assert stored(story) == before


# Words and times in the form

LINES = {
    "headline of 300 characters": (
        {"headline": "x" * 300},
        "Ensure this value has at most 200 characters (it has 300).",
    ),
    "no headline": ({"headline": " "}, "This field is required."),
    "slugline too long": ({"slugline": "s" * 61}, "Ensure this value has at most 60 characters (it has 61)."),
    "NUL": ({"headline": "a\0b"}, "Null characters are not allowed."),
    "year 9999": ({"due_at": "9999-12-31T23:59"}, "This is not a date and time. Write it like 31.10.2027 14:30."),
    "year 0": ({"embargo_until": "0000-01-01T00:00"}, "This is not a date and time. Write it like 31.10.2027 14:30."),
    "Arabic digits": ({"urgency": "١٢"}, "Urgency goes from 1 (most urgent) to 8."),
    "a float": ({"urgency": "1.5"}, "Enter a whole number."),
    "a huge number": ({"urgency": "9" * 22}, None),
    "a place that is huge": ({"bylines-0-place": "9" * 400}, None),
}


@pytest.mark.parametrize("name", LINES)
def test_what_cannot_be_saved_is_said_and_kept_in_the_form(chief, story, name):
    (changes, said), before = LINES[name], stored(story)
    response = submit(chief, change_url(story), "story_form", body="<p>Getippt.</p>", **changes)
    assert response.status_code == 200
    if said:
        assert errors_of(response) == [said]
    page = fields(response, "story_form")
    assert page["body"] == ["<p>Getippt.</p>"]
    if "headline" in changes and "\0" not in changes["headline"]:
        assert page["headline"] == [changes["headline"]]
    assert stored(story) == before


def test_bytes_that_are_no_text_are_replaced_and_the_rest_is_saved(chief, story):
    page = fields(chief.get(change_url(story)), "story_form")
    sent = {name: quote(values[0]) for name, values in page.items() if values}
    sent |= {"headline": "Kai%FF%FE", "body": "%3Cp%3E%ED%A0%80ab%3C/p%3E"}
    assert raw(chief, change_url(story), **sent).status_code == 302
    assert stored(story)[:2] == ("Kai��", "<p>���ab</p>")


MANAGEMENT = {
    "missing": None,
    "huge": "10000",
    "negative": "-5",
    "no number": "abc",
    "too large for any number": "9" * 5000,
}


@pytest.mark.parametrize("name", MANAGEMENT)
@pytest.mark.parametrize("prefix", ["bylines", "related_rows"])
def test_a_forged_count_of_rows_is_answered_with_the_form(chief, story, name, prefix):
    page, before = fields(chief.get(change_url(story)), "story_form"), stored(story)
    page["headline"] = ["Getippt"]
    if MANAGEMENT[name] is None:
        page = {key: value for key, value in page.items() if key != f"{prefix}-TOTAL_FORMS"}
    else:
        page[f"{prefix}-TOTAL_FORMS"] = [MANAGEMENT[name]]
    response = chief.post(change_url(story), page)
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert fields(response, "story_form")["headline"] == ["Getippt"]
        assert stored(story) == before
    else:
        assert stored(story)[0] == "Getippt"
        assert Story.objects.get(pk=story.pk).bylines.count() == 1


# Autosave, presence and preflight: what scripts send


def test_autosave_takes_any_text_and_says_where_it_is_too_much(chief, story):
    token = fields(chief.get(change_url(story)), "story_form")["version_token"][0]
    url, before = address(story, "autosave"), stored(story)
    typed = {"version_token": token, "headline": "a\0b🌊\u202e", "body": "<p>" + "x" * 3_000_000}
    assert chief.post(url, typed).status_code == 200
    kept = Autosave.objects.get().typed
    assert (kept["headline"], kept["body"]) == ([typed["headline"]], [typed["body"]])
    assert chief.get(f"{change_url(story)}?autosave=take").status_code == 200
    response = chief.post(url, typed | {"body": "x" * 4_000_001})
    assert (response.status_code, response.json()) == (
        413,
        {"error": "This is too much text to keep. Save it in parts."},
    )
    assert Autosave.objects.get().typed == kept
    for token in ("", "x", "\0", "9" * 5000):
        response = chief.post(url, {"version_token": token})
        assert (response.status_code, list(response.json())) == (400, ["error"])
    assert raw(chief, url, version_token=typed["version_token"], headline="%FF%00").status_code == 200
    assert stored(story) == before


BAD_BODIES = [("application/json", b"{"), ("application/json", b"\xff"), ("multipart/form-data", b"x"), ("", b"\0")]
BAD_BODIES += [("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\xff")]
BAD_BODIES += [("application/x-www-form-urlencoded; charset=utf-7", b"+AAA-"), ("text/plain; charset=nosuch", b"x")]
POSTED = (
    "autosave",
    "presence",
    "take-over",
    "preflight",
    "notes",
    "plan",
    "retime",
    "sharing",
    "act/publish",
    "change",
)


@pytest.mark.parametrize("end", POSTED)
def test_a_post_of_no_form_is_answered_and_changes_nothing(chief, story, end):
    before = stored(story)
    for kind, body in BAD_BODIES:
        response = chief.generic("POST", address(story, end), body, content_type=kind)
        assert response.status_code < 500, (end, kind)
    assert stored(story) == before
    assert (Note.objects.count(), PreviewLink.objects.count(), Edition.objects.count()) == (0, 0, 0)


def test_preflight_judges_anything_that_is_typed(chief, story):
    for typed in (
        {"body": "<p>" + "x " * 100_000, "section": "9" * 22, "topics": ["\0", "١٢"], "due_at": "9999-12-31T23:59"},
        {"body": WORD + DOCS, "kind": "\0", "language": "xx", "bylines-0-contributor": "-1", "new_topics": "\0,,"},
        {
            "headline": "🌊\u202e",
            "slug": "\0",
            "section": str(story.section_id),
            "due_at": "2027-03-28T02:30",
        },
    ):
        for url in (address(story, "preflight"), "/admin/articles/story/preflight/"):
            assert chief.post(url, typed).status_code == 200


# Notes, links, plans, acts


def test_notes_say_what_they_cannot_take_and_keep_the_rest(chief, story):
    url = address(story, "notes")
    for text, said in (
        ("", "Write something: the note is empty."),
        ("\0\u202e", "Write something: the note is empty."),
        ("x" * 5_000_000, "The note has 5000000 characters; at most 4000 fit."),
    ):
        response = chief.post(url, {"note_text": text}, follow=True)
        assert messages_of(response) == [said]
    assert Note.objects.count() == 0
    chief.post(url, {"note_text": "שלום\0 🌊\r\n@niemand"})
    assert Note.objects.get().text == "שלום 🌊\n@niemand"
    for key in ("9" * 22, "0"):
        assert chief.post(f"{url}{key}/answer/", {"note_text": "x"}).status_code in (403, 404)
    assert chief.get(f"{url}?before={'9' * 30}&resolved=\0").status_code == 200
    assert chief.get(f"{url}people/?q=%00%FF{'x' * 3000}").json() == {"people": []}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"name": "\0"}, "Null characters are not allowed."),
        ({"hours": "9" * 30}, "Ensure this value is less than or equal to 720."),
        ({"hours": "١٢.٥"}, "Enter a whole number."),
        ({"text": "edition\0"}, "Null characters are not allowed."),
    ],
)
def test_a_preview_link_is_made_of_sound_wishes_only(chief, story, changes, said):
    response = submit(chief, address(story, "sharing"), "share_form", **({"name": "Dr. Weber"} | changes))
    assert response.status_code == 200
    assert said in [text for texts in response.context["form"].errors.values() for text in texts] or "text" in changes
    assert PreviewLink.objects.count() == 0


TIMES = [
    "9999-12-31T23:59",
    "0000-00-00",
    "2027-03-28T02:30",
    "31.02.2027 10:00",
    "\0",
    "١٢.١٢.٢٠٢٧ ١٠:٠٠ x",
    "9" * 5000,
]


@pytest.mark.parametrize("typed", TIMES)
def test_a_time_that_is_none_schedules_and_plans_nothing(chief, typed):
    story = make_cleared("Bereit")
    before = stored(story)
    for end, name in (("act/schedule", "at"), ("act/publish", "published_at"), ("plan", "due_at")):
        data = fields(chief.get(address(story, end))) | {name: [typed], "override": ["x"]}
        if end != "act/publish":
            response = chief.post(address(story, end), data)
            assert response.status_code == 200
            assert list(response.context["form"].errors) == [name]
    response = chief.post(address(story, "plan"), {"day": typed}, follow=True)
    assert messages_of(response) == ["Nothing was moved. The calendar has no such day."]
    response = chief.post(address(story, "retime"), {"day": typed, "was": typed}, follow=True)
    assert len(messages_of(response)) == 1
    assert (stored(story), Edition.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    "query", ["date=9999-12-31", "date=0000-01-01", "view=%00", "section=%D9%A1%D9%A2", "person=9" * 2]
)
@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_the_calendar_answers_any_question(chief, story, query, view):
    response = chief.get(f"/admin/articles/story/calendar/?view={view}&{query}&stage=%FF&section={'9' * 22}")
    assert (response.status_code, len(response.context["asked"].wrong) > 0) == (200, True)


@pytest.mark.parametrize("note", ["x" * 5000, "\0", " "])
def test_a_move_with_a_reason_of_any_kind_is_done_or_refused_in_words(chief, note):
    story = make_cleared()
    response = submit(chief, act_url(story, "send_back"), note=note)
    assert response.status_code in (200, 302, 409)
    if response.status_code == 302:
        assert "\0" not in story.events.first().note
    else:
        assert stored(story)[5] == "cleared"
        assert response.context["form"].errors or response.context["reasons"]


def test_a_day_note_of_any_kind_is_kept_clean_or_refused(chief):
    url = "/admin/articles/daynote/add/"
    for day, text in (
        ("9999-12-31", "x"),
        ("0000-01-01", "x"),
        ("١٢", "x"),
        ("2026-11-24", "\0"),
        ("2026-11-24", "x" * 9000),
    ):
        response = submit(chief, url, "daynote_form", day=day, text=text)
        assert response.status_code in (200, 302)
        for kept in DayNote.objects.all():
            assert chief.get(f"/admin/articles/story/calendar/?date={kept.day}").status_code == 200
            kept.delete()
    submit(chief, url, "daynote_form", day="2026-11-24", text="Gipfel \u202e🌊")
    assert DayNote.objects.get().text == "Gipfel 🌊"


# Topics, search, addresses


@pytest.mark.parametrize("name", ["\0", "x" * 81, "日本", ",,,", "🌊", "\u202e"])
def test_a_topic_that_can_have_no_address_is_refused(chief, story, name):
    response = submit(chief, change_url(story), "story_form", new_topics=name)
    assert response.status_code in (200, 302)
    assert Topic.objects.count() == 0
    response = submit(chief, "/admin/articles/topic/add/", "topic_form", name=name)
    assert response.status_code == 200
    assert Topic.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "q=" + "x" * 5000,
        "q=%22" + "(" * 500,
        "q=" + "%25_" * 200,
        "q=%ED%A0%80&p=" + "9" * 22,
        "p=-1",
        "p=%D9%A1",
        "o=99.-7.x",
        "o=" + "9" * 5000,
        "due_at__year=9999",
        "due_at__year=0&due_at__month=99",
        "section__id__exact=" + "9" * 22,
        "section__id__exact=%00",
        "stage__exact=%00",
        "whose=%00&readers=%FF&due=x",
        "_facets=1&e=1",
        "headline__startswith=%00",
    ],
)
def test_the_list_answers_any_question(chief, story, query):
    assert chief.get(f"{LIST}?{query}").status_code in (200, 302, 400)
    for noun in ("topic", "picture", "contributor", "daynote"):
        assert chief.get(f"/admin/articles/{noun}/?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("key", ["9" * 22, "%D9%A1%D9%A2", "1.5", "-1", "%00", "%FF", "1'--"])
def test_an_address_with_a_key_that_is_none_is_no_page(chief, story, key):
    ends = ["preview", "revisions", "compare", "notes", "sharing", "plan", "act/publish", "check/pass_copy", "history"]
    for end in [*ends, "autosave", "presence", "revisions/9999999999999999999999/restore"]:
        url = f"/admin/articles/story/{key}/{end}/"
        assert chief.get(url).status_code in (302, 403, 404, 405), url
        assert chief.post(url).status_code in (302, 403, 404, 405), url
    for number in ("9" * 22, "0", "%D9%A1"):
        assert chief.get(f"{address(story, 'compare')}?from={number}&to=now").status_code == 404
        assert chief.get(f"{address(story, 'revisions')}?before={number}").status_code in (200, 404)
    for name in ("publish%00", "nosuch"):
        assert chief.get(address(story, f"act/{name}")).status_code in (302, 404)


@pytest.mark.parametrize(
    "path", ["99991231T235959Z/", "00000101T000000Z/", "20261399T000000Z/", "20270101T000000Z/%00%FF"]
)
def test_the_site_at_no_moment_is_no_page(chief, path):
    assert chief.get(f"/admin/at/{path}").status_code == 404
    assert chief.get(f"/admin/articles/story/at/?at={path[:16]}&path=//evil.example").status_code in (200, 404)


def test_a_new_story_is_refused_or_clean_whatever_is_sent(chief):
    section = make_section()
    page = fields(chief.get(ADD), "story_form") | {"section": [str(section.pk)]}
    assert chief.post(ADD, page | {"headline": ["x" * 300], "body": ["<p>Getippt</p>"]}).status_code == 200
    assert chief.post(ADD, page | {"headline": ["Neu"], "due_at": ["9999-12-31T23:59"]}).status_code == 200
    assert Story.objects.count() == 0
    sent = {"headline": ["  Neu\u202e 🌊 "], "body": ["<p>שלום</p><script>x</script>"]}
    assert chief.post(ADD, page | sent).status_code == 302
    made = Story.objects.get()
    assert (made.headline, made.body) == ("Neu 🌊", "<p>שלום</p>")


def test_answers_to_outsiders_are_safe_from_outsiders(story):
    from articles.desk.sharing import address_of, share

    path = address_of(share(story, by=make_user("chief"), name="Weber", asks_answer=True)).partition("8000")[2]
    for kind, body in BAD_BODIES:
        assert Client().generic("POST", path, body, content_type=kind).status_code < 500
    for typed in (
        {"do": "\0"},
        {"do": "answer", "says": "\0", "text": "x" * 100_000},
        {"do": "answer", "ticket": "\0"},
    ):
        assert Client().post(path, typed).status_code in (200, 400, 403)
    assert Note.objects.count() == 0
    Client().post(path, {"do": "answer", "says": "comment", "text": "Gut\0 \u202e🌊"})
    assert Note.objects.get().text.endswith("Gut 🌊")
