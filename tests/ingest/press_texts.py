"""Press stories as text, read where Berlin's clocks go."""

from zoneinfo import ZoneInfo

from articles.ingest.plaintext import parse

BERLIN = ZoneInfo("Europe/Berlin")
HEADER = "Nordwind Presse\n12.03.2024\n18:05 Uhr\nKai wird neu\n"


def parsed(text):
    """The draft of a text."""
    return parse(text.encode(), zone=BERLIN)
