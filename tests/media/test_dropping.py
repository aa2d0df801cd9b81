"""Pictures that nobody uses go with all their files; what was cut short is found, put right or cleared away."""

import multiprocessing
import os
from datetime import timedelta

import pytest
from cast import make_story
from django.db import connection, connections, transaction
from django.db.models import ProtectedError
from negatives import photo

from articles.media import (
    Leftover,
    clear_leftovers,
    desk_look,
    drop,
    files,
    intake,
    leftovers,
    original,
    rendition,
    rendition_set,
    take_in,
)
from articles.media.queueing import held
from articles.models import Picture, PictureWord, RenditionSet, StoryPicture

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timedelta(seconds=-1)


def files_under(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def picture():
    return take_in(photo(), title="Kai")[0]


def test_a_dropped_picture_is_gone_with_its_sets_words_and_files(picture, settings):
    rendition(rendition_set(picture).key, "1x1-320.jpg")
    rendition(rendition_set(picture, credit="Kim").key, "1x1-320.jpg")
    assert len(files_under(settings.MEDIA_ROOT)) == 5
    drop(picture)
    assert files_under(settings.MEDIA_ROOT) == []
    assert (Picture.objects.count(), RenditionSet.objects.count(), PictureWord.objects.count()) == (0, 0, 0)


def test_a_picture_that_is_used_stays_whole(picture, settings):
    StoryPicture.objects.create(story=make_story(), picture=picture)
    path = rendition(rendition_set(picture).key, "1x1-320.jpg")
    before = files_under(settings.MEDIA_ROOT)
    with pytest.raises(ProtectedError):
        drop(picture)
    kept = Picture.objects.get()
    assert (files_under(settings.MEDIA_ROOT), path.exists(), original(kept).exists()) == (before, True, True)
    assert RenditionSet.objects.count() == 1


def test_dropped_in_an_act_that_fails_later_it_is_all_there_again(picture, settings):
    before, raw = files_under(settings.MEDIA_ROOT), original(picture).read_bytes()
    with pytest.raises(RuntimeError), transaction.atomic():
        drop(picture)
        raise RuntimeError
    kept = Picture.objects.get()
    assert (original(kept).read_bytes() == raw, desk_look(kept, 320).exists()) == (True, True)
    assert files_under(settings.MEDIA_ROOT) == before


def test_taken_in_in_an_act_that_fails_later_only_temporary_files_are_left(settings):
    with pytest.raises(RuntimeError), transaction.atomic():
        taken, _is_new = take_in(photo())
        raise RuntimeError
    assert Picture.objects.count() == 0
    left = sorted(path.name for kind in ("originals", "desk") for path in (settings.MEDIA_ROOT / kind).glob("*/*"))
    assert left == [f"{taken.key}.jpg.part", f"{taken.key}.part"]
    assert (clear_leftovers(older_than=NOW), files_under(settings.MEDIA_ROOT)) == (2, [])


def dies(what, *, at):
    """Does that in a process of its own, which is killed at that place: as if the power failed."""
    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()

    def run():
        owner, name = at
        setattr(owner, name, lambda *_given, **_named: os._exit(9))
        what()

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 9


BEFORE_THE_ROW = {
    "after it was stored": (intake.ordering, "examine"),
    "after it was examined": (intake, "facts"),
    "before the row": (intake, "_kept"),
    "in the transaction": (intake, "index"),
}


@pytest.mark.parametrize("moment", BEFORE_THE_ROW)
def test_killed_before_the_row_is_written_there_is_no_row_and_no_file_but_temporary_ones(moment, settings):
    dies(lambda: take_in(photo()), at=BEFORE_THE_ROW[moment])
    assert Picture.objects.count() == 0
    roots = [path for kind in ("originals", "desk") for path in (settings.MEDIA_ROOT / kind).glob("*/*")]
    assert {path.suffix for path in roots} == {".part"}
    assert clear_leftovers() == 0  # it may still be going on
    clear_leftovers(older_than=NOW)
    assert files_under(settings.MEDIA_ROOT) == []


def test_killed_after_the_row_is_written_the_picture_is_there_with_its_files(settings):
    dies(lambda: take_in(photo()), at=(intake, "_settle"))
    picture = Picture.objects.get()
    assert list(leftovers(older_than=NOW)) == []
    assert files_under(settings.MEDIA_ROOT) == sorted(["320.webp", "960.webp", f"{picture.key}.jpg"])
    assert original(picture).read_bytes() == photo()


def test_killed_after_the_row_is_written_its_files_are_found_without_anybody_sweeping():
    dies(lambda: take_in(photo()), at=(intake, "_settle"))
    picture = Picture.objects.get()
    assert (original(picture).read_bytes() == photo(), desk_look(picture, 960).is_file()) == (True, True)
    assert rendition(rendition_set(picture).key, "1x1-320.jpg").is_file()


def test_killed_while_it_is_dropped_it_is_there_or_gone_but_never_half(picture, settings):
    from articles.media import dropping

    dies(lambda: drop(Picture.objects.get()), at=(Picture, "delete"))
    assert original(Picture.objects.get()).read_bytes() == photo()
    dies(lambda: drop(Picture.objects.get()), at=(dropping, "_clear"))
    assert Picture.objects.count() == 0
    assert (clear_leftovers(older_than=NOW), files_under(settings.MEDIA_ROOT)) == (2, [])


def test_what_is_left_over_is_told_and_what_is_in_use_is_not(picture, settings):
    path = rendition(rendition_set(picture).key, "1x1-320.jpg")
    lost = take_in(photo(seed=2))[0]
    original(lost).unlink()
    strange = files.original_of("0" * 26, "jpg")
    part = path.with_name("1x1-640.jpg.0a.part")
    folder = files.renditions_of("1" * 26)
    for each in (strange.parent, folder):
        files.make_folder(each)
    for each in (strange, part, folder / "1x1-320.jpg"):
        each.write_bytes(b"x")
    found = list(leftovers(older_than=NOW))
    assert set(found) == {
        Leftover(strange), Leftover(part), Leftover(folder), Leftover(files.original_of(lost.key, "jpg"), lost)
    }  # fmt: skip
    assert list(leftovers()) == [Leftover(files.original_of(lost.key, "jpg"), lost)]
    assert clear_leftovers(older_than=NOW) == 3
    assert list(leftovers(older_than=NOW)) == [Leftover(files.original_of(lost.key, "jpg"), lost)]
    assert (path.is_file(), original(picture).is_file(), desk_look(lost, 320).is_file()) == (True, True, True)


def test_locks_of_the_dead_are_cleared_and_those_of_the_living_are_not(picture, settings):
    locks = settings.MEDIA_ROOT / "locks"
    with held("living") as mine:
        (locks / "dead").touch()
        clear_leftovers()
        assert (mine, files_under(locks)) == (True, ["dead", "living"])
        clear_leftovers(older_than=NOW)
        assert files_under(locks) == ["living"]
    assert files_under(locks) == []


def test_an_empty_house_has_nothing_left_over():
    assert list(leftovers()) == []
