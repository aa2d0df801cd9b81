"""Our own text in the shape of a press story, and a newspaper to put it in."""

from pathlib import Path

import pytest
from django.utils import translation

from articles.models import Section

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def _in_english():
    """The sentences as the code has them, whatever the site's language."""
    with translation.override("en"):
        yield


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
