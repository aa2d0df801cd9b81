"""The demo newsroom: every screen has something to show, and loading twice changes nothing."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.demo.content import read_honesty, read_stories
from articles.demo.honesty import as_first_printed
from articles.demo.loading import load
from articles.demo.markup import to_html
from articles.demo.paint import MOTIFS, paint
from articles.models import Correction, Edition, Reply, Section, Story, Withdrawal
from articles.views.policies import masthead, policy_urls


def rows():
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names():
            if table.startswith(("articles_", "auth_user")) and "searchwords" not in table:
                cursor.execute(f"SELECT count(*) FROM {table}")
                counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.django_db(transaction=True)
def test_the_demo_has_every_kind_of_story_and_a_second_load_changes_nothing():
    assert load(paint_size=(320, 180)) >= 40
    before = rows()
    assert load(paint_size=(320, 180)) == 0
    assert rows() == before
    now = timezone.now()
    assert Edition.objects.live().count() >= 30
    assert Edition.objects.filter(live_from__gt=now).count() >= 3
    assert Edition.objects.filter(live_from__gt=now, embargo_until__gt=now).count() == 1
    assert (Withdrawal.objects.in_force().count(), Correction.objects.shown().count()) == (1, 7)
    kinds = Correction.objects.shown().values_list("kind", flat=True)
    assert set(kinds) == {"correction", "clarification", "update", "retraction", "note"}
    assert {len(policy_urls("de")), len(policy_urls("en"))} == {11}
    assert [person.name for person in masthead(now)][:2] == ["Anke Petersen", "Henrik Voss"]
    live = set(Edition.objects.live().values_list("public_id", flat=True))
    assert sorted(reply.story_public_id in live for reply in Reply.objects.live()) == [False, True]
    assert set(Story.objects.values_list("stage", flat=True)) == {"pitch", "draft", "submitted", "cleared"}
    assert Section.objects.top_level().count() == 8
    assert set(Edition.objects.live().values_list("language", flat=True)) == {"de", "en"}
    pairs = Story.objects.values_list("translation_key", flat=True)
    assert len(pairs) - len(set(pairs)) == 6
    client = Client()
    for edition in Edition.objects.live().select_related("section"):
        assert client.get(edition.get_absolute_url()).status_code == 200
    for name in ("chief", "editor", "reporter", "pictures", "topics", "admin"):
        assert Client().login(username=name, password="newsroom-demo")


def test_what_the_demo_got_wrong_was_put_right_word_for_word():
    bodies = {each.stem: each.body for each in read_stories()}
    changes = read_honesty()["change"]
    for stem in {change["story"] for change in changes}:
        own = [change for change in changes if change["story"] == stem]
        body = as_first_printed(bodies[stem], own)
        for change in own:
            assert body.count(change["was"]) == 1 or not change["was"]
            body = body.replace(change["was"], change["now"], 1) if change["was"] else body
        assert body == bodies[stem]


def test_the_demo_is_not_loaded_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="public password"):
        call_command("demo")


def test_the_small_markup():
    text = "Ein *Wort* und **noch** [eins](https://example.org/x) & mehr.\n\n## Titel\n\n"
    text += "> Zitat\n\n- a\n- b\n\n!! Fakten\nEins\nZwei"
    assert to_html(text) == (
        '<p>Ein <em>Wort</em> und <strong>noch</strong> <a href="https://example.org/x">eins</a> &amp; mehr.</p>'
        '<h2>Titel</h2><aside data-block="pullquote"><p>Zitat</p></aside><ul><li><p>a</p></li><li><p>b</p></li></ul>'
        '<aside data-block="factbox"><p><strong>Fakten</strong></p><p>Eins</p><p>Zwei</p></aside>'
    )


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_is_painted_alike_each_time_and_unlike_with_another_seed(motif):
    pictures = [paint(motif, seed, (160, 90)).tobytes() for seed in (1, 1, 2, 3, 4, 5, 6, 7)]
    assert pictures[0] == pictures[1]
    assert len(set(pictures)) == 7


def test_what_cannot_be_painted_is_said():
    with pytest.raises(ValueError, match="unicorn"):
        paint("unicorn", 1)


@pytest.mark.django_db
def test_the_command_says_where_to_look_and_whom_to_be(capsys, monkeypatch):
    monkeypatch.setattr("articles.management.commands.demo.load", lambda report: 0)
    call_command("demo")
    said = capsys.readouterr().out
    for words in ("already loaded", "http://127.0.0.1:8000/admin/", "chief, editor, reporter", "newsroom-demo"):
        assert words in said
