"""The shapes of addresses: what may stand in a path and what it is turned into."""

from articles.text.ids import PUBLIC_ID

# The sections; a range of topics or contributors; a month, a day, what of a day begins with one or two letters.
SITEMAP = (
    r"sections|(?:topics|contributors)-[0-9]{1,5}|"
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:-[0-9][0-9a-hjkmnp-tv-z]?)?)?"
)


class SectionPath:
    """One to three slugs: `politics/europe`. What is longer than any section's address is nobody's."""

    regex = r"[a-z0-9][a-z0-9-]{0,39}(?:/[a-z0-9][a-z0-9-]{0,39}){0,2}"

    def to_python(self, value):
        """The path (text)."""
        return value

    def to_url(self, value):
        """The path (text)."""
        return value


class PublicId(SectionPath):
    """A story's public id."""

    regex = PUBLIC_ID


class FeedName(SectionPath):
    """`feed.xml` is RSS, `atom.xml` is Atom, `feed.json` is JSON Feed."""

    regex = r"feed\.xml|atom\.xml|feed\.json"


class Year(SectionPath):
    """Four digits, turned into a number."""

    regex = r"[12]\d{3}"

    def to_python(self, value):
        """The number."""
        return int(value)

    def to_url(self, value):
        """With leading zeros."""
        return f"{value:0{self.digits}d}"

    digits = 4


class TwoDigits(Year):
    """A month or a day of the month, turned into a number."""

    regex = r"\d{2}"
    digits = 2
