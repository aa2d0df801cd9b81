"""How pictures are printed, alone and in a text: `{% load pictures %}`."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from ..media.framing import FORMATS, SHARED, lead_ratio, name_of, size_of, widths_of
from ..text.figures import hang_figures
from ..text.footnotes import number_links
from ..text.html import with_fact_boxes
from ..vocabulary import Ratio
from .embeds import with_embeds

register = template.Library()

_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_FALLBACK = 960  # pixels; for browsers that know neither format nor srcset
_LEVELS = 4  # of each colour's part; static/css/tones.css has a class for each tone


def file_url(picture, name):
    """The address of one file (such as `16x9-960.webp`) of a printed picture (JSON object)."""
    if ticket := picture.get("ticket"):  # a preview for people outside: its picture need not be public
        return reverse("preview_picture", args=[ticket, picture["key"], name])
    # Not reversed: a page of pictures asks for every width of each, and this takes a twentieth of the time.
    return f"{get_script_prefix()}media/{picture['key']}/{name}"


def shared_file(picture, ratio=SHARED[0]):
    """Name, width and height (pixels) of the JPEG for feeds, link previews and search engines."""
    box = [0, 0, *picture["crops"][ratio]]
    width = max(each for each in widths_of(box[2]) if each <= SHARED[1])
    return (name_of(ratio, width, "jpg"), *size_of(box, width))


@register.filter
def share_url(picture):
    """The address, with its host, of that JPEG."""
    return settings.SITE_URL + file_url(picture, shared_file(picture)[0])


@register.filter
def share_width(picture):
    """Its width (pixels)."""
    return shared_file(picture)[1]


@register.filter
def share_height(picture):
    """Its height (pixels)."""
    return shared_file(picture)[2]


@register.inclusion_tag("site/_picture.html")
def show_picture(picture, ratio, sizes, *, eager=False):
    """A printed picture (JSON object) in the crop `ratio` (Ratio), `sizes` as in HTML; `eager`: seen at once."""
    width, height = picture["crops"][ratio]
    widths = widths_of(width)
    sources = [(_TYPES[suffix], _srcset(picture, ratio, widths, suffix)) for suffix in FORMATS if suffix in _TYPES]
    fallback = max((each for each in widths if each <= _FALLBACK), default=widths[0])
    return {
        "sources": sources,
        "src": file_url(picture, name_of(ratio, fallback, "jpg")),
        "sizes": sizes,
        "width": width,
        "height": height,
        "alt": picture["alt"],
        "tone": tone(picture["colour"]),
        "eager": eager,
    }


def _srcset(picture, ratio, widths, suffix):
    return ", ".join(f"{file_url(picture, name_of(ratio, width, suffix))} {width}w" for width in widths)


def tone(colour):
    """The class under which static/css/tones.css has the colour (`#rrggbb`) nearest to this one (text)."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "tone-" + "".join(str(round(part * (_LEVELS - 1) / 255)) for part in parts)


@register.filter
def story_ratio(picture):
    """The crop in which a story's page shows its lead."""
    return lead_ratio(picture["width"], picture["height"])


@register.filter
def body_html(edition):
    """The printed text with the pictures readers see of it; it was sanitised when the working copy was saved."""
    wall = _Wall(edition, "site/_figure.html", "site/_gallery.html")
    return SafeString(with_fact_boxes(with_embeds(hang_figures(edition.body, wall))))


@register.filter
def paper_body(edition):
    """The same text for paper: its `html` with a number behind each link, and the addresses of `links` (dict)."""
    html, links = number_links(body_html(edition), host=settings.SITE_URL)
    return {"html": SafeString(html), "links": links}


class _Wall:
    """Draws the pictures of an edition's text with a template each."""

    def __init__(self, edition, figure, gallery):
        shown = getattr(edition, "shown_numbers", ())
        self.pictures = {each["number"]: each for each in edition.pictures if each["number"] in shown}
        self.figure, self.together = figure, gallery

    def __call__(self, number, in_gallery):
        if not (picture := self.pictures.get(number)):
            return ""
        name, width, height = shared_file(picture, Ratio.ORIGINAL)
        whole = {"url": settings.SITE_URL + file_url(picture, name), "width": width, "height": height}
        return render_to_string(self.figure, {"picture": picture, "in_gallery": in_gallery, "whole": whole})

    def gallery(self, drawn):
        """Several drawn pictures (list of HTML) as one gallery."""
        return render_to_string(self.together, {"figures": [SafeString(each) for each in drawn]})


def feed_html(edition):
    """The printed text as feeds carry it: plain figures, addresses with their host."""
    wall = _Wall(edition, "site/_feed_figure.html", "site/_feed_gallery.html")
    return with_fact_boxes(with_embeds(hang_figures(edition.body, wall), "site/_feed_embed.html"))
