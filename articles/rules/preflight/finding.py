"""What a rule says."""

from dataclasses import dataclass

from ...vocabulary import Level

MOST = 8  # findings of one rule that are told; the rest are found when these are mended


@dataclass(frozen=True)
class Finding:
    """One thing to mend: a sentence, the field of the form it is about, and the words in it as they stand there."""

    sentence: str
    field: str = "body"
    excerpt: str = ""


@dataclass(frozen=True)
class Remark:
    """A Finding with the name of the rule that made it and the Level that rule has here."""

    rule: str
    level: str
    finding: Finding

    @property
    def blocks(self):
        """Whether the story cannot be printed while this stands."""
        return self.level == Level.REQUIRED

    @property
    def sentence(self):
        """What to mend, where, how (text)."""
        return self.finding.sentence

    @property
    def field(self):
        """The name of the field it is about."""
        return self.finding.field

    @property
    def excerpt(self):
        """The words it is about as they stand there; empty where it is about something missing."""
        return self.finding.excerpt


def around(text, start, end, *, margin=24):
    """The words from `start` to `end` with a little of what stands around them, cut between words."""
    left = max(0, start - margin)
    right = min(len(text), end + margin)
    if left:
        left = text.find(" ", left, start) + 1 or start
    if right < len(text):
        cut = text.rfind(" ", end, right)
        right = cut if cut >= 0 else end
    return text[left:right].strip()
