"""Editions that go out at six the next morning, and what readers get at any moment."""

from cast import HOUR, NOON, make_cleared, rewrite

from articles import press
from articles.models import Edition, EditionSection

SIX = NOON + 18 * HOUR


def text_at(story, at):
    """What readers get at a moment: the lede, or None; page and list agree."""
    found = [edition.lede for edition in Edition.objects.live(at).filter(story=story)]
    assert len(found) <= 1
    listed = EditionSection.objects.live(at).filter(edition__story=story, section=story.section).count()
    assert listed == len(found)
    return found[0] if found else None


def scheduled(text="Um sechs.", *, at=SIX, **values):
    """A story whose first edition, with that text, goes out at `at`."""
    story = rewrite(make_cleared(**values), text)
    press.schedule(story, by=None, at=at)
    return story
