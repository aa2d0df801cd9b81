"""Our own text in the shape of a press story, and a newspaper to put it in."""

import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command

from articles.ingest.plaintext import parse
from articles.models import Section

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def german():
    """A German press story (bytes)."""
    return (SAMPLES / "harbour-de.txt").read_bytes()


@pytest.fixture
def english():
    """An English one (bytes), its headline printed once and without a topic box."""
    return (SAMPLES / "harbour-en.txt").read_bytes()


@pytest.fixture
def sections(db):
    """Two German sections, an English one and one below it, by address."""
    Section.objects.create(name="Stadt", slug="stadt", language="de", position=1)
    Section.objects.create(name="Hafen", slug="hafen", language="de", position=2)
    city = Section.objects.create(name="City", slug="city", language="en", position=3)
    Section.objects.create(name="Council", slug="council", language="en", parent=city)
    return {section.path: section for section in Section.objects.all()}


@pytest.fixture
def city(sections):
    """The section most stories run in."""
    return sections["stadt"]


@pytest.fixture
def draft(german):
    """The German story, read."""
    return parse(german, zone=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def corrected(german):
    """The same item with another number in its text."""
    return parse(german.replace(b"14 Millionen", b"15 Millionen"), zone=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def rows(db):
    """Counts the rows of every table."""
    return lambda: {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes bytes into a file of the current folder; gives its name."""
    monkeypatch.chdir(tmp_path)

    def _write(name, raw):
        (tmp_path / name).write_bytes(raw)
        return name

    return _write


@pytest.fixture
def ingest(sections):
    """Runs the command; gives exit status, standard output and standard error."""

    def _ingest(*args):
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("ingest", *args, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return _ingest
