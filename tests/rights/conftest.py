"""The cast of the matrix, made once for each file of tests."""

import logging

import pytest
from blank_pages import BlankPages
from django.test import override_settings
from staff import everybody

NOT_DRAWN = [{"BACKEND": f"{BlankPages.__module__}.BlankPages", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast of the whole module, rolled back at its end."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), everybody(media) as made:
        logging.disable(logging.ERROR)  # a line for each of thousands of refusals
        yield made
        logging.disable(logging.NOTSET)


@pytest.fixture
def not_drawn():
    """Pages stay blank: who is let in and what is written are the same."""
    with override_settings(TEMPLATES=NOT_DRAWN):
        yield


@pytest.fixture(autouse=True)
def _own_files(made):
    """Pictures lie where the cast of the module has put them, not in a folder for each test."""
