"""The page that is not there: what it suggests, and how it is counted without anything of the reader."""

import re
import threading
from datetime import timedelta

import pytest
from cast import DAY, HOUR, NOON, make_live, make_scheduled, make_section, make_story
from django.db import transaction
from django.test import Client
from front_pages import address
from threads import at_once, outcome

from articles import press
from articles.models import MissingPage, StoryReads, Topic, TopicAlias
from articles.models import counts as models
from articles.views import counting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BROWSER = {"Accept": "text/html", "User-Agent": "Mozilla/5.0 Firefox/140.0", "Sec-Fetch-Mode": "navigate"}
TODAY = NOON.date()


@pytest.fixture
def counted(monkeypatch):
    """Counting is on, as it is in a web server; nothing is written until `flush`."""
    monkeypatch.setattr(counting, "missing", counting.Tally())
    monkeypatch.setattr(counting, "reads", counting.Tally())
    counting._counting.set()
    yield lambda: (counting.missing.take(), counting.reads.take())
    counting._counting.clear()


def parts(path):
    """The headlines under each heading of a 404 page (dict)."""
    html = Client().get(path).content.decode().partition("</main>")[0]
    sections = re.findall(r"<section>\s*<h2>(.*?)</h2>(.*?)</section>", html, re.DOTALL)
    return {head: re.findall(r'day-headline"><a href="[^"]+">([^<]+)', body) for head, body in sections}


# What it suggests


def test_a_mistyped_address_finds_the_story_by_its_words_and_topics():
    culture, politics = make_section("kultur"), make_section("politik")
    make_live("Der Hafen wird gesperrt", section=politics, topics=["Hafen"])
    make_live("Ein Konzert", section=culture)
    make_live("Rat tagt", section=politics)
    found = parts("/kultur/hafen-gesperrt-vbnm123456/")
    assert found["War einer dieser Beiträge gemeint?"] == ["Der Hafen wird gesperrt"]
    assert found["Das Neueste aus Kultur"] == ["Ein Konzert"]


def test_a_topic_is_found_by_words_beside_each_other_and_by_its_aliases():
    make_live("Neue Regeln fuer Radler", topics=["Öffentlicher Nahverkehr"])
    topic = Topic.objects.get()
    TopicAlias.objects.create(topic=topic, name="ÖPNV")
    make_live("Etwas anderes")
    for path in ("/x/oeffentlicher-nahverkehr-regeln/", "/x/oepnv-regeln/"):
        assert parts(path)["War einer dieser Beiträge gemeint?"] == ["Neue Regeln fuer Radler"], path


def test_at_most_five_are_suggested():
    for number in range(9):
        make_live(f"Hafen {number}", topics=["Hafen"])
    assert sum(len(found) for found in parts("/x/hafen/").values()) == 5


def test_a_suggestion_says_when_it_is_advertising():
    make_live("Hafen gekauft", topics=["Hafen"], kind="sponsored")
    found = re.search(r'<ol class="meant">.*?</ol>', Client().get("/x/hafen/").content.decode(), re.DOTALL)[0]
    assert re.findall(r'<span class="kind kind-sponsored">([^<]+)</span>', found) == ["Anzeige"]


def test_nothing_hidden_is_suggested(clock):
    make_story("Hafen geheim", topics=["Hafen"])
    make_scheduled("Hafen bald", at=NOON + HOUR, topics=["Hafen"])
    gone = make_live("Hafen weg", topics=["Hafen"])
    clock.shift(HOUR / 2)
    press.withdraw(gone, by=None, reason="error")
    assert parts("/x/hafen/") == {"Danach suchen": []}


def test_the_search_form_holds_the_words_of_a_plain_path_and_of_no_other():
    def asked(path):
        html = Client().get(path).content.decode()
        assert "zqx" not in html.replace('value="zqx hafen"', "")
        assert 'action="/search/"' in html
        return re.search(r'name="q" value="([^"]*)"', html)[1]

    assert asked("/politik/der-grosse-Hafen-abcdef1234/") == "der grosse hafen"
    assert asked("/2019/zqx_hafen.html") == "zqx hafen"
    for path in (
        "/x/%22%3E%3Cscript%3Ezqx/",
        "/zqx%5Chafen/",
        "/a/../zqx/",
        "/zqx%0Ahafen/",
        "/zqx;hafen/",
        "/%FFzqx/",
    ):
        assert asked(path) == "", path


def test_doors_of_the_staff_and_files_suggest_nothing():
    make_live("Hafen", topics=["Hafen"])
    for path in ("/media/hafen/", "/static/hafen", "/admin-hafen/"):
        found = [each for some in parts(path).values() for each in some]
        assert found == (["Hafen"] if path == "/admin-hafen/" else []), path


# How it is counted


def test_a_missing_page_is_counted_by_path_and_day_with_the_page_that_leads_there(counted):
    story = make_live()
    ours = f"http://127.0.0.1:8000{address(story)}?x=1"
    Client().get("/weg/?token=geheim", headers=BROWSER | {"Referer": ours})
    Client().get("/weg/", headers=BROWSER | {"Referer": "https://elsewhere.example/private"})
    Client().get("/auch-weg.html", headers=BROWSER)
    counting.flush()
    rows = MissingPage.objects.order_by("path").values_list("path", "day", "hits", "linked_from", "first_at")
    assert list(rows) == [
        ("/auch-weg.html", TODAY, 1, "", NOON),
        ("/weg/", TODAY, 2, address(story), NOON),
    ]


NOT_COUNTED = {
    "a robot": ("/weg/", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
    "no browser": ("/weg/", {"User-Agent": ""}),
    "a picture": ("/weg/", {"Accept": "image/avif,*/*"}),
    "a script": ("/weg/", {"Sec-Fetch-Mode": "cors"}),
    "a guess ahead": ("/weg/", {"Sec-Purpose": "prefetch"}),
    "a scanner": ("/wp-login.php", {}),
    "another": ("/.env", {}),
    "a long path": ("/" + "x" * 300 + "/", {}),
    "a mail address": ("/an/ada@example.com/", {}),
    "odd bytes": ("/%FF%FE/", {}),
    "a line break": ("/a%0Ab/", {}),
    "the desk": ("/admin/weg/", {}),
    "a preview": ("/preview/geheim/x/", {}),
    "a slash too few": ("/weg", {}),
}


@pytest.mark.parametrize("what", NOT_COUNTED)
def test_what_says_nothing_about_readers_is_not_counted(counted, what):
    path, headers = NOT_COUNTED[what]
    assert Client().get(path, headers=BROWSER | headers).status_code in (301, 302, 404)
    assert counted() == ({}, {})


def test_nothing_is_counted_where_nobody_started_it():
    Client().get("/weg/", headers=BROWSER)
    Client().get(address(make_live()), headers=BROWSER)
    counting.flush()
    assert (counting.missing.take(), MissingPage.objects.count(), StoryReads.objects.count()) == ({}, 0, 0)


def test_a_page_that_is_counted_asks_the_database_nothing_for_it(counted, django_assert_num_queries):
    Client().get("/weg/", headers=BROWSER)
    with django_assert_num_queries(5):
        Client().get("/weg/", headers=BROWSER)
    assert counted()[0] == {"/weg/": (2, "")}


def test_memory_and_table_are_bounded(monkeypatch):
    tally = counting.Tally()
    for number in range(3 * counting.MOST):
        tally.add(f"/{number}")
    tally.add("/0")
    taken = tally.take()
    assert (len(taken), taken["/0"], tally.take()) == (counting.MOST, (2, ""), {})
    monkeypatch.setattr(models, "NEW_A_DAY", 3)
    MissingPage.objects.add({"/a": (1, ""), "/b": (5, "")}, at=NOON, day=TODAY)
    MissingPage.objects.add({"/c": (1, ""), "/d": (9, ""), "/a": (2, "")}, at=NOON, day=TODAY)
    assert dict(MissingPage.objects.values_list("path", "hits")) == {"/a": 3, "/b": 5, "/d": 9}


def test_many_threads_count_and_none_is_lost():
    tally = counting.Tally()
    threads = [threading.Thread(target=lambda: [tally.add("/x") for _ in range(2000)]) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert tally.take() == {"/x": (16000, "")}


def test_the_report_adds_up_7_and_30_days_and_old_days_are_forgotten():
    for ago, hits in ((0, 1), (6, 2), (7, 4), (29, 8), (30, 16), (91, 32)):
        MissingPage.objects.add({"/weg/": (hits, "")}, at=NOON - ago * DAY, day=TODAY - timedelta(days=ago))
    (row,) = MissingPage.objects.report(TODAY, limit=10)
    assert (row["week"], row["month"], row["first"], row["last"]) == (3, 15, NOON - 29 * DAY, NOON)
    MissingPage.objects.forget_old(TODAY)
    assert MissingPage.objects.count() == 5


# What is read


def test_a_story_that_is_opened_is_counted_and_its_preview_head_or_old_address_is_not(counted):
    story = make_live()
    here = address(story)
    Client().get(here, headers=BROWSER)
    Client().get(here, headers=BROWSER | {"Cookie": "x=1"})
    Client().head(here, headers=BROWSER)
    Client().get(here.replace("meldung", "falsch"), headers=BROWSER)
    Client().get(here, headers=BROWSER | {"User-Agent": "curl/8"})
    assert counted() == ({}, {story.public_id: (2, "")})


def test_reads_add_up_as_logarithms_and_halve_in_six_hours():
    StoryReads.objects.add({"aaaaaaaaaa": 8}, at=NOON)
    StoryReads.objects.add({"aaaaaaaaaa": 8, "bbbbbbbbbb": 1}, at=NOON)
    base = models.score(1, NOON)
    scores = dict(StoryReads.objects.values_list("public_id", "score"))
    assert scores["aaaaaaaaaa"] - base == pytest.approx(4)  # 16 reads
    assert scores["bbbbbbbbbb"] - base == pytest.approx(0)
    StoryReads.objects.add({"aaaaaaaaaa": 4}, at=NOON + 6 * HOUR)  # 16 that weigh half, and 4: as many as 12
    assert 2 ** (StoryReads.objects.get(pk="aaaaaaaaaa").score - models.score(1, NOON + 6 * HOUR)) == pytest.approx(12)


def test_a_read_after_years_or_before_is_no_accident():
    for at in (NOON, NOON + 4000 * DAY, NOON):
        StoryReads.objects.add({"aaaaaaaaaa": 3}, at=at)
    assert StoryReads.objects.get().score == pytest.approx(models.score(3, NOON + 4000 * DAY))


def test_most_read_is_what_is_hot_now_and_live(clock):
    old, new, gone = (make_live(headline) for headline in ("Alt", "Neu", "Weg"))
    StoryReads.objects.add({old.public_id: 100, gone.public_id: 500}, at=NOON - DAY)
    StoryReads.objects.add({new.public_id: 20}, at=NOON)
    assert StoryReads.objects.most_read(3) == [gone.public_id, new.public_id, old.public_id]
    clock.shift(HOUR)
    press.withdraw(gone, by=None, reason="error")
    assert StoryReads.objects.most_read(2, at=NOON + HOUR) == [new.public_id, old.public_id]
    StoryReads.objects.forget_old(NOON + 29 * DAY)
    assert StoryReads.objects.count() == 3
    StoryReads.objects.forget_old(NOON + 40 * DAY)
    assert StoryReads.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing():
    def write():
        with transaction.atomic():
            MissingPage.objects.add({"/b/": (2, ""), "/a/": (1, "")}, at=NOON, day=TODAY)
            StoryReads.objects.add({"bbbbbbbbbb": 1, "aaaaaaaaaa": 2}, at=NOON)

    assert outcome(at_once(*[write] * 8))[1] == []
    assert dict(MissingPage.objects.values_list("path", "hits")) == {"/a/": 8, "/b/": 16}
    scores = {pk: 2 ** (each - models.score(1, NOON)) for pk, each in StoryReads.objects.values_list("pk", "score")}
    assert scores == {"aaaaaaaaaa": pytest.approx(16), "bbbbbbbbbb": pytest.approx(8)}
