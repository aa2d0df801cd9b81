"""What every test has: a clean database of the kind DATABASE_URL names, and files of its own.

On demand: a clock that stands still, and staff signed in.

`cast.py` has the people and stories that tests share, `postgres.py` the server they run on.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
import time_machine
from cast import NOON, let_tables_be_emptied, make_migrated_rows, make_user
from django.conf import settings as project
from django.test import Client
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

SCRATCH = Path(tempfile.mkdtemp(prefix="newsroom-test-"))


def pytest_configure(config):
    """Settings that only tests want: quick passwords, files unhashed, SQLite in a file of this run's own.

    In a file, because two connections to SQLite in memory do not lock each other out as they do in life.
    """
    project.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    project.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if project.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        project.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(SCRATCH / "test.sqlite3")


def pytest_unconfigure(config):
    """Leaves nothing behind."""
    shutil.rmtree(SCRATCH, ignore_errors=True)


def pytest_terminal_summary(terminalreporter):
    """Prints the figures that tests recorded, such as how many pairs were compared."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{value} {name}")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Pictures of a test lie in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _english():
    """Sentences in the program's own language, whatever the site's."""
    with translation.override("en"):
        yield


@pytest.fixture
def clock():
    """Noon of the cast's day, for as long as the test does not move it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def sign_in(db):
    """Signs somebody of that role in; the client knows them as `user`."""

    def sign_in(role, *sections):
        client = Client(headers={"Accept-Language": "en"})
        client.user = make_user(role, *sections)
        client.force_login(client.user)
        return client

    return sign_in


@pytest.fixture
def chief(sign_in):
    """The chief's client."""
    return sign_in("chief")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test ends by emptying every table: the rows that migrations made are made again.

    On SQLite tables are emptied by DELETE, which the promises of the database refuse; they are given again with the
    `flush`, which ends in `post_migrate`.
    """
    marker = item.get_closest_marker("django_db")
    emptied = "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction"))
    if emptied:
        with item.config.stash[blocking_manager_key].unblock():
            let_tables_be_emptied()
    try:
        return (yield)
    finally:
        if emptied and nextitem is not None:  # after the last test the database itself is gone
            with item.config.stash[blocking_manager_key].unblock():
                make_migrated_rows()
