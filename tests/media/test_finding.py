"""Words of pictures, and questions that stay cheap however many pictures there are."""

from datetime import timedelta

import pytest
from cast import NOON
from django.db import connection

from articles.media import finding
from articles.media.finding import index, naming
from articles.models import Picture, PictureWord

pytestmark = pytest.mark.django_db


def make_rows(count, **fields):
    size = {"suffix": "jpg", "size": 1, "width": 3, "height": 2, "alt": "x", "credit": "x"}
    start = Picture.objects.count()
    rows = Picture.objects.bulk_create(
        Picture(digest=f"{start + n:064}", uploaded_at=NOON - timedelta(minutes=n), **size | fields)
        for n in range(count)
    )
    finding.index_all(rows)
    return rows


def words_of(picture):
    return sorted(PictureWord.objects.filter(picture=picture).values_list("word", flat=True))


def test_words_are_folded_each_kept_once_and_bounded():
    picture = make_rows(1, title="Große ÜBERGABE, Übergabe!", place="São Paulo", agency="dpa/AP", alt="", credit="")[0]
    assert words_of(picture) == ["ap", "dpa", "grosse", "paulo", "sao", "uebergabe"]
    picture.caption = "x" * 60 + " " + " ".join(f"w{n}" for n in range(400))
    finding.index(picture)
    found = words_of(picture)
    assert (len(found), max(map(len, found))) == (200, 40)
    picture.title = picture.caption = picture.place = picture.agency = ""
    finding.index(picture)
    assert words_of(picture) == []


def test_indexing_again_writes_nothing(django_assert_num_queries):
    rows = make_rows(3, title="Am Kai")
    with django_assert_num_queries(1):
        finding.index_all(rows)


def test_a_word_that_was_cut_is_found_by_its_whole():
    picture = make_rows(1, title="Donau" + "dampf" * 10)[0]
    assert list(finding.matching(Picture.objects.all(), "Donau" + "dampf" * 10)) == [picture]


def plan(rows):
    """How the database would answer, without the values."""
    return rows.explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
class TestPlans:
    """A page is read off an index in the list's order: nothing sorts what may be the whole library."""

    def test_each_filter_is_read_in_order(self, monkeypatch, django_user_model):
        monkeypatch.setattr(finding, "FEW", 3)
        user = django_user_model.objects.create_user("ria")
        make_rows(10, title="Am Kai", alt="", allowed_until=NOON, uploaded_by=user)
        newest = finding.newest_first(Picture.objects.all())
        cut = {
            "all": newest,
            "words": finding.matching(newest, "kai am"),
            "unused": finding.unused(newest),
            "alt": finding.missing(newest, "alt"),
            "mine": finding.uploaded_by(newest, user),
            "deep": finding.older_than(Picture.objects.all(), NOON - timedelta(minutes=5), 1),
            **{state: finding.rights_state(newest, state, NOON) for state in finding.RIGHTS_STATES},
        }
        sorted_ones = [name for name, rows in cut.items() if "USE TEMP B-TREE FOR ORDER BY" in plan(rows[:51])]
        assert sorted_ones == []

    def test_what_is_missing_comes_from_the_index_that_has_nothing_else(self):
        assert "picture_not_described" in plan(finding.missing(finding.newest_first(Picture.objects.all()), "alt")[:51])

    def test_control_a_rare_word_is_named_by_keys(self):
        make_rows(2, title="Leuchtturm")
        assert "INTEGER PRIMARY KEY" in plan(
            finding.matching(finding.newest_first(Picture.objects.all()), "leucht")[:51]
        )


@pytest.mark.parametrize("few", [0, 2, 1_000])
def test_rare_and_common_words_give_the_same_answer(monkeypatch, few):
    monkeypatch.setattr(finding, "FEW", few)
    both, kai, _hills = make_rows(1, title="Am Kai"), make_rows(4, title="Kai"), make_rows(2, title="Hügel")
    rows = Picture.objects.order_by("pk")
    assert list(finding.matching(rows, "kai")) == [*both, *kai]
    assert list(finding.matching(rows, "kai am")) == both
    assert list(finding.matching(rows, "kai hueg")) == []
    assert list(finding.matching(rows, "")) == list(rows)
    assert list(finding.matching(rows, "—")) == []


@pytest.mark.parametrize("few", [0, 1_000])
def test_few_and_many_give_the_same_answer(monkeypatch, few, django_user_model):
    monkeypatch.setattr(finding, "FEW", few)
    user = django_user_model.objects.create_user("ria")
    over = make_rows(2, allowed_until=NOON, rights="own", uploaded_by=user)
    soon = make_rows(2, allowed_until=NOON + timedelta(days=7), rights="own")
    make_rows(2, rights="own")
    rows = Picture.objects.order_by("pk")
    assert list(finding.rights_state(rows, "ended", NOON)) == over
    assert list(finding.rights_state(rows, "soon", NOON)) == soon
    assert list(finding.uploaded_by(rows, user)) == over


def test_the_state_of_one_picture_is_that_by_which_it_is_found():
    day = timedelta(days=1)
    for rights in ("own", "none", "uncleared"):
        for starts in (None, NOON - day, NOON + day):
            for ends in (None, NOON, NOON + 2 * day, NOON + 7 * day, NOON + 8 * day):
                if not (starts and ends and starts >= ends):
                    make_rows(1, rights=rights, allowed_from=starts, allowed_until=ends)
    found = {state: set(finding.rights_state(Picture.objects.all(), state, NOON)) for state in finding.RIGHTS_STATES}
    for picture in Picture.objects.all():
        states = {state for state, pictures in found.items() if picture in pictures}
        said = finding.rights_state_of(picture, NOON)
        assert said in states, (picture.rights, picture.allowed_from, picture.allowed_until)
        assert states - {said} <= {"usable", "soon"}


@pytest.mark.parametrize("text", ["", "x", "1", "1.x", "9" * 18 + ".1", "-1.-1", "1.1\n", "١.١"])
def test_a_cursor_that_was_not_given_out_is_none(text):
    assert finding.read_cursor(text) is None


def test_a_cursor_names_the_place_it_was_made_of():
    picture = make_rows(1)[0]
    assert finding.read_cursor(finding.cursor(picture)) == (picture.uploaded_at, picture.pk)


def test_a_creator_or_agency_is_found_by_part_of_the_name():
    one, two, three = make_rows(3)
    for picture, creator in ((one, "Ines Falk"), (two, "Jo Falkner"), (three, "Ada Brook")):
        picture.creator = creator
        picture.save()
        index(picture)
    found = {text: set(naming(Picture.objects.all(), "creator", text)) for text in ("falk", "ROOK", "Falkner", "Ida")}
    assert found == {"falk": {one, two}, "ROOK": {three}, "Falkner": {two}, "Ida": set()}


def test_common_words_that_rarely_stand_together_are_looked_up_and_not_walked_for(monkeypatch):
    monkeypatch.setattr(finding, "FEW", 3)
    ships, cranes = make_rows(6, title="Schiff"), make_rows(6, title="Kran")
    both = make_rows(2, title="Kran und Schiff")
    all_rows = Picture.objects.all()
    assert set(finding.matching(all_rows, "kran schiff")) == set(both)
    assert "EXISTS" not in str(finding.matching(all_rows, "kran schiff").query).upper()
    assert set(finding.matching(all_rows, "kra")) == {*cranes, *both}
    more = make_rows(3, title="Schiff am Kran")
    assert set(finding.matching(all_rows, "schi kran")) == {*both, *more}
    assert "EXISTS" in str(finding.matching(all_rows, "schi kran").query).upper()
    assert set(finding.matching(all_rows, "schiff")) == {*ships, *both, *more}
