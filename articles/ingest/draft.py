"""What every format makes of a file: one item, or a refusal with its line."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_SOURCE = 120
LONGEST_HEADLINE = 200


class ParseError(Exception):
    """A file that is no item: `sentence` says why, `line` where (from 1; None where no line is to blame)."""

    def __init__(self, sentence, *, line=None):
        super().__init__(sentence)
        self.sentence, self.line = sentence, line

    def at(self, path):
        """The message about the file at `path` (text): `story.txt:2: …`, as compilers write theirs."""
        return f"{path}:{self.line}: {self.sentence}" if self.line else f"{path}: {self.sentence}"


@dataclass(frozen=True)
class ItemDraft:
    """An item as its source sent it, not stored yet.

    `guid` is the source's name for the item and survives a corrected text; `digest` (SHA-256, hex) changes
    with every word. `body` is HTML with the whole text, lead paragraph included. `language` is a code of
    settings.LANGUAGES, or empty where the text gives no evidence. `published_at` is in UTC. `left_out` is
    text of the file that is not part of the story.
    """

    source: str
    guid: str
    digest: str
    headline: str
    body: str
    language: str
    published_at: datetime
    left_out: str = ""
