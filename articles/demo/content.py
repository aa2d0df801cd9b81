"""Reads the demo's files: no database here."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .markup import to_html

HERE = Path(__file__).parent


@dataclass(frozen=True)
class DemoStory:
    """One file of `stories/`: its name without suffix, its front matter (dict) and its body (HTML)."""

    stem: str
    facts: dict
    body: str


def read_newsroom():
    """Sections, topics, contributors and standing pages (dict of lists of dicts)."""
    return tomllib.loads((HERE / "newsroom.toml").read_text("utf-8"))


def read_honesty():
    """Changes after publication, replies, the masthead and pages on how the newsroom works (dict)."""
    return tomllib.loads((HERE / "honesty.toml").read_text("utf-8"))


def read_live():
    """What live blogs say, by the name of their story (dict): `entry` (list of dicts), `over`."""
    return tomllib.loads((HERE / "live.toml").read_text("utf-8"))


def read_stories():
    """All stories (list of DemoStory), by file name."""
    return [_read(path) for path in sorted((HERE / "stories").glob("*.md"))]


def _read(path):
    _empty, front, text = path.read_text("utf-8").split("+++\n", 2)
    return DemoStory(path.stem, tomllib.loads(front), to_html(text))
