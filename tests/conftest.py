"""What every test has: a clean database of the kind DATABASE_URL names, and files of its own.

`cast.py` has the people and stories that tests share, `postgres.py` the server they run on.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as project

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


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Pictures of a test lie in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
