"""A hundred readers ask for the same new rendition at the same moment: it is encoded once."""

import contextlib
import multiprocessing
import threading

import pytest
from django.db import connection, connections
from negatives import photo

from articles.media import make_ahead, rendition, rendition_set, renditions, take_in

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "16x9-320.avif"


def ask(key, *, processes, threads):
    """What came of asking so often at once, over processes and threads (list: name of the file, or the error)."""
    several = multiprocessing.get_context("fork")
    barrier, results = several.Barrier(processes * threads), several.SimpleQueue()
    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()  # its threads do not live on in another process

    def one():
        try:
            barrier.wait(timeout=60)
            results.put(rendition(key, NAME).name)
        except BaseException as error:
            results.put(repr(error))
        finally:
            connections.close_all()

    def many():
        asking = [threading.Thread(target=one) for _each in range(threads)]
        [thread.start() for thread in asking]
        [thread.join() for thread in asking]

    running = [several.Process(target=many) for _each in range(processes)]
    [process.start() for process in running]
    answers = [results.get() for _each in range(processes * threads)]
    [process.join() for process in running]
    return answers


@pytest.fixture
def log(tmp_path, monkeypatch, settings):
    settings.PICTURE_WAIT = 60  # the machine may be busy; how long one waits is tested elsewhere
    log = tmp_path / "encoded"
    log.touch()
    monkeypatch.setenv("DARKROOM_LOG", str(log))
    return log


@pytest.fixture
def key():
    return rendition_set(take_in(photo())[0]).key


def files_of(settings):
    return [path.name for path in (settings.MEDIA_ROOT / "renditions").rglob("*") if path.is_file()]


def test_a_hundred_at_once_over_processes_and_threads_are_one_encode_and_one_file(key, log, settings):
    log.write_text("")
    assert ask(key, processes=4, threads=25) == [NAME] * 100
    assert (len(log.read_text().splitlines()), files_of(settings)) == (1, [NAME])


def test_control_without_the_lock_there_are_many_encodes(key, log, settings, monkeypatch):
    log.write_text("")
    monkeypatch.setattr(renditions, "patiently", lambda *_names, **_how: contextlib.nullcontext("anything"))
    assert ask(key, processes=2, threads=6) == [NAME] * 12
    assert len(log.read_text().splitlines()) > 1
    assert files_of(settings) == [NAME]


def test_only_so_many_are_encoded_at_a_time(key, log, settings):
    settings.PICTURE_ENCODERS = 2
    most, running, guard = [0], [0], threading.Lock()

    def counting(path, jobs):
        with guard:
            running[0] += 1
            most[0] = max(most[0], running[0])
        renditions.ordering.develop(path, jobs)
        with guard:
            running[0] -= 1

    names = [f"{ratio}-320.jpg" for ratio in ("original", "16x9", "3x2", "4x3", "1x1")]
    asking = [
        threading.Thread(target=lambda name=name: (rendition(key, name, develop=counting), connections.close_all()))
        for name in names
    ]
    [thread.start() for thread in asking]
    [thread.join() for thread in asking]
    assert (most[0], sorted(files_of(settings))) == (2, sorted(names))


def test_made_ahead_and_asked_for_at_once_each_is_encoded_once(key, log, settings):
    log.write_text("")
    names = ["16x9-320.avif", "16x9-320.webp", "16x9-320.jpg", "1x1-320.jpg", "1x1-320.webp"]
    acts = [lambda: make_ahead(key, names)] + [lambda name=name: rendition(key, name) for name in names]
    asking = [threading.Thread(target=lambda act=act: (act(), connections.close_all())) for act in acts]
    [thread.start() for thread in asking]
    [thread.join() for thread in asking]
    assert (len(log.read_text().splitlines()), sorted(files_of(settings))) == (5, sorted(names))
