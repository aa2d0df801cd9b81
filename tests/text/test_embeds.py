"""What is shown from elsewhere: addresses as people paste them, the one form they are stored in, nothing else."""

import pytest

from articles.text.embeds import FRAME_HOSTS, embed_at, read_embed, show_embeds
from articles.text.figures import number_figures, without_captions
from articles.text.html import clean_body

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("address", "value", "player"),
    [
        (
            f"https://www.youtube.com/watch?v={ID}&t=4s",
            f"youtube:{ID}",
            f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1",
        ),
        (f" https://youtu.be/{ID}?si=x ", f"youtube:{ID}", f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1"),
        (
            f"https://m.youtube.com/watch?a=b&v={ID}",
            f"youtube:{ID}",
            f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1",
        ),
        ("https://vimeo.com/76979871", "vimeo:76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        (
            "https://soundcloud.com/a-b/c_d",
            "soundcloud:a-b/c_d",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa-b%2Fc_d",
        ),
        (
            "https://open.spotify.com/intl-de/episode/0123456789abcdefghijkl?si=x",
            "spotify:episode/0123456789abcdefghijkl",
            "https://open.spotify.com/embed/episode/0123456789abcdefghijkl",
        ),
        ("https://datawrapper.dwcdn.net/aB3dE/2/", "datawrapper:aB3dE", "https://datawrapper.dwcdn.net/aB3dE/"),
        (
            "https://www.openstreetmap.org/#map=15/53.5413/9.9841",
            "map:15/53.5413/9.9841",
            "https://www.openstreetmap.org/export/embed.html?bbox=9.97861%2C53.53855%2C9.98959%2C53.54405"
            "&layer=mapnik&marker=53.5413%2C9.9841",
        ),
        ("https://media.example/a/b.mp3", "audio:https://media.example/a/b.mp3", "https://media.example/a/b.mp3"),
        ("https://media.example/b.mp4", "video:https://media.example/b.mp4", "https://media.example/b.mp4"),
    ],
)
def test_an_address_is_understood(address, value, player):
    embed = embed_at(address)
    assert (embed.value, embed.player) == (value, player)
    assert read_embed(value) == embed
    assert embed.is_file or embed.player.startswith(FRAME_HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        *("", "https://example.org/", "javascript:alert(1)", "http://media.example/a.mp3", "https://youtu.be/kurz"),
        *(
            f"https://youtube.com.evil.example/watch?v={ID}",
            f"https://youtu.be/{ID}\n<script>",
            "https://x/" + "a" * 900,
        ),
    ],
)
def test_other_addresses_are_none(address):
    assert embed_at(address) is None


@pytest.mark.parametrize(
    "value", ["youtube:", f"youtube:{ID}x", "other:1", "audio:http://x.de/a.mp3", "vimeo:1/../2", "x"]
)
def test_what_is_no_embed_leaves_only_its_caption(value):
    assert read_embed(value) is None
    assert clean_body(f'<figure data-embed="{value}"><figcaption>Text</figcaption></figure>') == "<p>Text</p>"


def test_an_embed_is_stored_in_one_form_between_two_blocks():
    one = f'<figure data-embed="youtube:{ID}"><figcaption>Das &amp; dies</figcaption></figure>'
    caption = "<figcaption>Das &amp; <b>dies</b></figcaption>"
    typed = f'<p>Vor <figure class="x" data-embed="youtube:{ID}" onclick="x">{caption}</figure> nach</p>'
    cleaned = clean_body(typed)
    assert one in cleaned
    assert clean_body(cleaned) == cleaned
    assert clean_body(f"<ul><li>a{one}</li></ul>") == f"<ul><li>a</li></ul>{one}"
    assert (number_figures(one), without_captions(one)) == (one, one)


def test_each_is_drawn_and_what_is_none_any_more_says_its_caption():
    gone = '<figure data-embed="gone:1"><figcaption>C</figcaption></figure>'
    body = f'<p>A</p><figure data-embed="youtube:{ID}"></figure>{gone}'
    assert show_embeds(body, lambda embed: f"[{embed.name}]") == "<p>A</p>[YouTube]<p>C</p>"
