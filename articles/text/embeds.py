"""What is shown from elsewhere: `<figure data-embed="youtube:…">` with its caption in `<figcaption>`, plain text.

A body only names the provider and what it calls the thing; addresses are made here, so nothing else can get into a
page. The providers are one table; each has one host for its player, which the Content-Security-Policy then allows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, urlsplit

CAPTION = 500  # characters


@dataclass(frozen=True)
class Provider:
    """Where something comes from: its `name`, what an id of it looks like, its page and its player by that id.

    `addresses` are the shapes (regular expressions, one group) in which people paste it; `shape` is the form of the
    player (wide, card or tall).
    """

    name: str
    id: str
    addresses: tuple
    page: Callable
    player: Callable
    host: str = ""
    shape: str = "wide"


def _map_player(place):
    zoom, north, east = place.split("/")
    half = 180 / 2 ** int(zoom)
    box = (float(east) - half, float(north) - half / 2, float(east) + half, float(north) + half / 2)
    sides = "%2C".join(f"{side:.5f}" for side in box)
    return f"https://www.openstreetmap.org/export/embed.html?bbox={sides}&layer=mapnik&marker={north}%2C{east}"


_FILE = r"https://[a-z0-9.-]{1,200}(?::\d{1,5})?/[\w.~%/+-]{1,300}\.(?:%s)"
_AUDIO, _VIDEO = _FILE.replace("%s", "mp3|m4a|ogg|opus|wav"), _FILE.replace("%s", "mp4|webm|ogv")

PROVIDERS = {
    "youtube": Provider(
        "YouTube",
        r"[\w-]{11}",
        (
            r"https?://(?:www\.|m\.)?youtube\.com/watch\?(?:[^#\s]*&)?v=([\w-]{11})(?:[&#].*)?",
            r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|live)/([\w-]{11})(?:[?#].*)?",
            r"https?://youtu\.be/([\w-]{11})(?:[?#].*)?",
        ),
        "https://www.youtube.com/watch?v={}".format,
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1".format,
        "https://www.youtube-nocookie.com",
    ),
    "vimeo": Provider(
        "Vimeo",
        r"\d{1,12}",
        (
            r"https?://(?:www\.)?vimeo\.com/(\d{1,12})(?:[/?#].*)?",
            r"https?://player\.vimeo\.com/video/(\d{1,12})(?:\?.*)?",
        ),
        "https://vimeo.com/{}".format,
        "https://player.vimeo.com/video/{}?dnt=1&autoplay=1".format,
        "https://player.vimeo.com",
    ),
    "soundcloud": Provider(
        "SoundCloud",
        r"[a-z0-9_-]{1,80}/(?:sets/)?[a-z0-9_-]{1,150}",
        (r"https?://(?:www\.|m\.)?soundcloud\.com/([a-z0-9_-]{1,80}/(?:sets/)?[a-z0-9_-]{1,150})/?(?:[?#].*)?",),
        "https://soundcloud.com/{}".format,
        lambda place: f"https://w.soundcloud.com/player/?url={quote('https://soundcloud.com/' + place, safe='')}",
        "https://w.soundcloud.com",
        "card",
    ),
    "spotify": Provider(
        "Spotify",
        r"(?:track|album|episode|show|playlist)/[A-Za-z0-9]{22}",
        (
            r"https?://open\.spotify\.com/(?:intl-[a-z]{2}/)?(?:embed/)?"
            r"((?:track|album|episode|show|playlist)/[A-Za-z0-9]{22})(?:[?#].*)?",
        ),
        "https://open.spotify.com/{}".format,
        "https://open.spotify.com/embed/{}".format,
        "https://open.spotify.com",
        "card",
    ),
    "datawrapper": Provider(
        "Datawrapper",
        r"[A-Za-z0-9]{5}",
        (r"https?://(?:datawrapper\.dwcdn\.net|www\.datawrapper\.de/_)/([A-Za-z0-9]{5})(?:/.*)?",),
        "https://datawrapper.dwcdn.net/{}/".format,
        "https://datawrapper.dwcdn.net/{}/".format,
        "https://datawrapper.dwcdn.net",
        "tall",
    ),
    "map": Provider(
        "OpenStreetMap",
        r"(?:1?\d)/-?\d{1,2}(?:\.\d{1,7})?/-?\d{1,3}(?:\.\d{1,7})?",
        (
            r"https?://(?:www\.)?openstreetmap\.org/(?:[^#\s]*)#map="
            r"((?:1?\d)/-?\d{1,2}(?:\.\d{1,7})?/-?\d{1,3}(?:\.\d{1,7})?)(?:&.*)?",
        ),
        "https://www.openstreetmap.org/#map={}".format,
        _map_player,
        "https://www.openstreetmap.org",
    ),
    "audio": Provider("", _AUDIO, (f"({_AUDIO})",), str, str, shape="audio"),
    "video": Provider("", _VIDEO, (f"({_VIDEO})",), str, str),
}
FRAME_HOSTS = tuple(each.host for each in PROVIDERS.values() if each.host)
FILES = ("audio", "video")


@dataclass(frozen=True)
class Embed:
    """One thing from elsewhere: `provider` (key of PROVIDERS), what it is called there, and its caption (text)."""

    provider: str
    id: str
    caption: str = ""

    @property
    def value(self):
        """As it stands in `data-embed`."""
        return f"{self.provider}:{self.id}"

    @property
    def is_file(self):
        """Whether it is an audio or video file."""
        return self.provider in FILES

    @property
    def name(self):
        """Who it comes from: the provider, or the host of a file."""
        return PROVIDERS[self.provider].name or urlsplit(self.id).hostname

    @property
    def shape(self):
        """The form of its player."""
        return PROVIDERS[self.provider].shape

    @property
    def page(self):
        """Where a reader finds it there (address)."""
        return PROVIDERS[self.provider].page(self.id)

    @property
    def player(self):
        """What the player loads (address)."""
        return PROVIDERS[self.provider].player(self.id)


def read_embed(value, caption=""):
    """The Embed a `data-embed` (text) names; None where it names none."""
    provider, _colon, place = value.partition(":")
    known = PROVIDERS.get(provider)
    return Embed(provider, place, caption) if known and re.fullmatch(known.id, place, re.ASCII) else None


def is_embed(value):
    """Whether `value` (text) can stand in `data-embed`."""
    return read_embed(value) is not None


def embed_at(address):
    """The Embed an address (text) means, as people copy it from their browser; None for any other."""
    address = address.strip()
    if len(address) > 600:
        return None
    for key, provider in PROVIDERS.items():
        for shape in provider.addresses:
            if found := re.fullmatch(shape, address, re.ASCII):
                return read_embed(f"{key}:{found[1]}")
    return None


def written(value, caption):
    """An embed in the one form it is stored in (HTML); `caption` is plain text."""
    words = " ".join(caption.split())
    words = words if len(words) <= CAPTION else words[: CAPTION - 1].rstrip() + "…"
    below = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
    return f'<figure data-embed="{escape(value)}">{below}</figure>'


_EMBED = re.compile(r'<figure data-embed="([^"<>]*)">(?:<figcaption>([^<]*)</figcaption>)?</figure>')


def show_embeds(html, draw):
    """A cleaned body with `draw(embed)` (HTML) for each embed; one that is none any more becomes its caption."""
    if "<figure data-embed=" not in html:
        return html

    def drawn(figure):
        caption = unescape(figure[2] or "")
        embed = read_embed(unescape(figure[1]), caption)
        return draw(embed) if embed else f"<p>{escape(caption, quote=False)}</p>" if caption else ""

    return _EMBED.sub(drawn, html)
