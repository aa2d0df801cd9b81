"""A disk that is full or may only be read, a database that refuses: a sentence, and nothing half kept."""

import resource
import shutil
import subprocess

import pytest
from django.db import DatabaseError
from negatives import photo

from articles.media import CannotStore, NotReady, desk_look, intake, original, rendition, rendition_set, take_in
from articles.models import Picture

pytestmark = pytest.mark.django_db
SENTENCE = "could not be stored"


def files_under(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def mount(*words):
    if not shutil.which("mount"):
        return False
    return subprocess.run(["mount", *map(str, words)], capture_output=True).returncode == 0


@pytest.fixture
def small_disk(settings):
    """A disk of 1 MiB for the pictures; only where this machine lets us have one."""
    settings.MEDIA_ROOT.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", settings.MEDIA_ROOT):
        pytest.skip("Only root may mount a small disk.")
    yield settings.MEDIA_ROOT
    subprocess.run(["umount", settings.MEDIA_ROOT], check=True)


@pytest.fixture
def no_large_files():
    """No file of this process and of those it starts may be larger than 4 kB: every write beyond fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_an_upload_leaves_nothing_and_what_is_there_is_shown(small_disk):
    picture, _is_new = take_in(photo())
    there = rendition(rendition_set(picture).key, "1x1-320.jpg")
    original(picture), desk_look(picture, 320)
    fill = small_disk / "full"
    with pytest.raises(OSError, match="No space left"):
        fill.write_bytes(b"x" * 2**20)
    before = files_under(small_disk)
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo(seed=2))
    with pytest.raises(NotReady):
        rendition(rendition_set(picture).key, "16x9-640.jpg")
    assert (Picture.objects.count(), files_under(small_disk)) == (1, before)
    assert rendition(rendition_set(picture).key, "1x1-320.jpg") == there
    fill.unlink()
    assert take_in(photo(seed=2))[1] is True
    assert rendition(rendition_set(picture).key, "16x9-640.jpg").is_file()


@pytest.mark.parametrize("room", [0.1, 1.02])
def test_a_disk_that_gets_full_on_the_way_leaves_nothing(room, small_disk):
    raw = photo(seed=3, size=(1600, 900))
    (small_disk / "full").write_bytes(b"x" * int(2**20 - len(raw) * room - 20_000))
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(raw)
    assert (Picture.objects.count(), files_under(small_disk)) == (0, ["full"])


def test_a_disk_that_may_only_be_read_takes_nothing_and_shows_what_is_there(small_disk):
    picture, _is_new = take_in(photo())
    there = rendition(rendition_set(picture).key, "1x1-320.jpg")
    before = (original(picture), desk_look(picture, 320))
    assert mount("-o", "remount,ro", small_disk)
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo(seed=2))
    with pytest.raises(NotReady):
        rendition(rendition_set(picture).key, "16x9-640.jpg")
    assert rendition(rendition_set(picture).key, "1x1-320.jpg") == there
    assert (Picture.objects.count(), original(picture), desk_look(picture, 320)) == (1, *before)


def test_a_write_that_fails_at_the_upload_leaves_nothing(settings, no_large_files):
    raw = photo()
    no_large_files(4096)
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(raw)
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (0, [])


def test_a_write_that_fails_in_the_darkroom_leaves_nothing(settings, monkeypatch):
    real = intake._looks

    def elsewhere(key):
        return [look | {"to": "/dev/full"} for look in real(key)]

    monkeypatch.setattr(intake, "_looks", elsewhere)
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo())
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (0, [])


def test_where_no_folder_can_be_made_an_upload_is_refused_with_a_sentence(settings):
    settings.MEDIA_ROOT.write_bytes(b"a file where the folder should be")
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo())
    assert Picture.objects.count() == 0


def test_when_the_database_refuses_there_is_no_file(settings, monkeypatch):
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo(), focal_x=2000)  # outside: a constraint of the table

    def refuses(_picture):
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(intake, "index", refuses)
    with pytest.raises(CannotStore, match=SENTENCE):
        take_in(photo())
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (0, [])


def test_a_reader_of_the_upload_that_breaks_off_leaves_nothing(settings):
    class Broken:
        def seek(self, _place):
            pass

        def read(self, _size):
            raise ConnectionResetError

    with pytest.raises(CannotStore):
        take_in(Broken())
    assert files_under(settings.MEDIA_ROOT) == []
