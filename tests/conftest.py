"""What every test has: a clean database of the kind DATABASE_URL names, and files of its own.

`tests/cast.py` has the people and stories that tests share.
"""

import pytest


def pytest_configure(config):
    """Settings that only tests want: quick passwords, files unhashed."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Pictures of a test lie in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def vendor():
    """The kind of database under test: `sqlite` or `postgresql`."""
    from django.db import connection

    return connection.vendor
