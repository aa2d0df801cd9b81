"""The chooser: who may ask it, what it finds, how it pages, and what odd questions get; the form that opens it."""

import re
from datetime import timedelta

import pytest
from cast import DAY, NOON, make_story, make_user
from django.contrib.auth.models import Group
from django.urls import reverse
from painted import picture_row

from articles import media
from articles.admin.pictures.choosing import MOST_NAMED, PAGE

pytestmark = pytest.mark.django_db
CHOOSE = "/admin/articles/picture/choose/"


def shelve(title, **fields):
    """A picture that is found by its words."""
    picture = picture_row(title, **fields)
    media.index(picture)
    return picture


def titles(response):
    """The titles of the cards in an answer (list)."""
    assert response.status_code == 200
    return re.findall(r'data-title="([^"]*)"', response.text)


def more(response):
    """Where the next page begins (text), empty where there is none."""
    found = re.search(r'data-before="([^"]*)"', response.text)
    return found[1] if found else ""


def form_of(story):
    return reverse("admin:articles_story_change", args=[story.pk])


def test_its_address_is_the_library_s():
    assert reverse("admin:articles_picture_choose") == CHOOSE


@pytest.mark.parametrize("role", ["chief", "editor", "contributor", "picture editor"])
def test_everybody_who_may_see_the_library_may_choose_from_it(sign_in, role):
    shelve("Kai")
    assert titles(sign_in(role).get(CHOOSE)) == ["Kai"]


def test_who_may_not_see_the_library_learns_nothing(client, sign_in):
    picture = shelve("Kai")
    assert client.get(CHOOSE).status_code == 302
    topics = sign_in("chief")
    topics.user.groups.set([])
    for question in ({}, {"q": "Kai"}, {"picture": picture.key}, {"picture": picture.pk}, {"q": "\x00"}):
        answer = topics.get(CHOOSE, question)
        assert (answer.status_code, "Kai" in answer.text) == (403, False)


def test_nothing_is_changed_by_asking(chief):
    assert chief.post(CHOOSE).status_code == 405
    assert chief.get(CHOOSE)["Cache-Control"].startswith("private, no-store")


def test_newest_first_and_by_the_beginnings_of_words(chief):
    for number, (title, credit) in enumerate([("Kai am Morgen", "Ada"), ("Kran", "Kai Brook"), ("Schiff", "Ada")]):
        shelve(title, credit=credit, caption="", alt="", uploaded_at=NOON + number * DAY)
    assert titles(chief.get(CHOOSE)) == ["Schiff", "Kran", "Kai am Morgen"]
    assert titles(chief.get(CHOOSE, {"q": "kai"})) == ["Kran", "Kai am Morgen"]
    assert titles(chief.get(CHOOSE, {"q": "mor KAI"})) == ["Kai am Morgen"]
    nothing = chief.get(CHOOSE, {"q": "Zeppelin"})
    assert (titles(nothing), "No picture has these words." in nothing.text) == ([], True)


def test_older_ones_follow_from_where_the_page_ended_each_once(chief):
    for number in range(2 * PAGE + 1):
        picture_row(f"Bild {number}", uploaded_at=NOON)  # all at one moment: the key decides
    seen, before = [], ""
    for _page in range(3):
        answer = chief.get(CHOOSE, {"before": before} if before else {})
        seen += titles(answer)
        before = more(answer)
    assert seen == [f"Bild {number}" for number in reversed(range(2 * PAGE + 1))]
    assert before == ""


def test_pictures_are_named_by_key_or_number_and_unknown_names_give_no_card(chief):
    kai, kran, _other = (picture_row(title) for title in ("Kai", "Kran", "Schiff"))
    unknown = ["0" * 26, "9" * 18, "9" * 40, "x", "", "-1", "1.5", "٣", "'; --", kai.key.upper()]
    assert titles(chief.get(CHOOSE, {"picture": [kai.key, kran.pk, *unknown]})) == ["Kran", "Kai"]
    answer = chief.get(CHOOSE, {"picture": unknown})
    assert (titles(answer), answer.text.strip()) == ([], "")


def test_no_more_are_named_at_once_than_a_text_is_asked_for_in_one_go(chief):
    keys = [picture_row(f"Bild {number}").key for number in range(MOST_NAMED + 5)]
    assert len(titles(chief.get(CHOOSE, {"picture": keys}))) == MOST_NAMED


@pytest.mark.parametrize(
    "question", [{"q": "Kai\x00"}, {"picture": "\x00"}, {"before": "\x00"}, {"before": "gestern"}, {"before": "1.2.3"}]
)
def test_what_no_chooser_asks_is_no_question(chief, question):
    assert chief.get(CHOOSE, question).status_code == 400


@pytest.mark.parametrize(
    "words", ["x" * 100_000, "wort " * 5_000, "%_\\'\";", "<script>", "\ud7ff\uffff", "…", "kran\n\t\u202e", "𐀀"]
)
def test_odd_words_find_nothing_and_break_nothing(chief, words):
    shelve("Hafen")
    assert titles(chief.get(CHOOSE, {"q": words})) == []


@pytest.mark.parametrize("before", ["99999999999999999.999999999999999999", "-99999999999999999.0", "0.1"])
def test_places_at_the_ends_of_time_are_places(chief, before):
    shelve("Hafen")
    answer = chief.get(CHOOSE, {"before": before})
    assert answer.status_code in (200, 400)


def test_a_card_says_what_keeps_a_picture_from_being_printed(chief, clock):
    picture_row("Ohne Rechte", rights="none", uploaded_at=NOON)
    picture_row("Vorbei", allowed_until=NOON - timedelta(hours=1), uploaded_at=NOON - DAY)
    picture_row("Unsere", uploaded_at=NOON - 2 * DAY)
    warnings = re.findall(r'data-warning="([^"]*)"', chief.get(CHOOSE).text)
    assert warnings == [
        "The newsroom has no rights to the picture “Ohne Rechte”: choose another one.",
        "The rights to the picture “Vorbei” end at 23.11.2026 12:00 +01:00: choose another one, or extend them.",
        "",
    ]


def test_what_people_typed_is_escaped(chief):
    picture_row('<b>"Kai"</b>', caption="<script>1</script>", credit="'><img>")
    text = chief.get(CHOOSE).text
    assert [bad in text for bad in ("<b>", "<script>", "<img>")] == [False] * 3
    assert 'data-title="&lt;b&gt;&quot;Kai&quot;&lt;/b&gt;"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_and_named_pictures_cost_the_same_for_one_and_three(chief, django_assert_num_queries, count):
    keys = [shelve(f"Kai {number}").key for number in range(count)]
    chief.get(CHOOSE)
    for question, queries in (({}, 6), ({"q": "kai"}, 7), ({"picture": keys}, 6)):
        with django_assert_num_queries(queries):
            chief.get(CHOOSE, question)


def test_the_dialog_is_on_the_form_of_those_who_write_outside_of_the_form(sign_in):
    story, chief = make_story(), sign_in("chief")
    text = chief.get(form_of(story)).text
    assert text.index("</form>", text.index('id="story_form"')) < text.index('id="picture-chooser"')
    assert f'data-upload="{reverse("admin:articles_picture_add")}"' in text
    chief.user.groups.set([Group.objects.get(name="topic librarian")])
    assert 'id="picture-chooser"' not in chief.get(form_of(story)).text


def test_the_form_shows_the_lead_picture_without_any_script(chief):
    picture = picture_row("Kai", caption="Der Kai", credit="Archiv", rights="none")
    text = chief.get(form_of(make_story(lead_picture=picture))).text
    look = reverse("admin:articles_picture_look", args=[picture.key, 960])
    assert f'<img src="{look}" width="1600" height="900" alt="Ein Kai">' in text
    assert "The newsroom has no rights to the picture “Kai”: choose another one." in text
    assert [f'placeholder="{said}"' in text for said in ("Der Kai", "Archiv")] == [True, True]


def test_who_only_reads_a_text_sees_its_pictures_with_what_is_said_of_them(sign_in):
    own, other, gone = picture_row("Kai"), picture_row("Kran", caption="Der <Kran>"), picture_row("Weg")
    body = (
        f'<p>Eins.</p><figure data-picture="{own.key}" data-credit="Ada &amp; Co">'
        "<figcaption>Hier &lt;so&gt;</figcaption></figure>"
        f'<section data-block="gallery"><figure data-picture="{other.key}"></figure>'
        f'<figure data-picture="{gone.key}"></figure></section>'
    )
    story = make_story(body=body, by=make_user("chief"))
    reader = sign_in("topic librarian")
    read = re.search(r'<div class="body-as-text">(.*?)</div>\s*</div>', reader.get(form_of(story)).text, re.DOTALL)[1]
    looks = [reverse("admin:articles_picture_look", args=[each.key, 960]) for each in (own, other, gone)]
    assert re.findall(r'<img src="([^"]*)"', read) == looks
    assert re.findall(r"<figcaption>(.*?)</figcaption>", read) == [
        'Hier &lt;so&gt; <span class="figure-by">Ada &amp; Co</span>',
        'Der &lt;Kran&gt; <span class="figure-by">Jo Painter</span>',
        'Der Kai. <span class="figure-by">Jo Painter</span>',
    ]
    assert read.count('<div class="gallery-read">') == 1
