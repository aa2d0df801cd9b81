"""What pages tell machines in JSON-LD (schema.org): `{% load structured %}`.

One block for each thing, so that the simplest reader finds the story in the first. Things that stand on several
pages (the publisher, the site, a story, a person) have an `@id`, by which readers know them again.
"""

import json

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from ..text.locales import og_locale
from ..vocabulary import Credit, Kind, Ratio
from .newspaper import absolute, iso
from .pictures import file_url, shared_file

register = template.Library()
register.filter("og_locale", og_locale)

_TYPES = {
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.REPORTAGE: "ReportageNewsArticle",
    Kind.BACKGROUND: "BackgroundNewsArticle",
    Kind.REVIEW: "ReviewNewsArticle",
    Kind.SPONSORED: "AdvertiserContentArticle",
}
_IMAGE_SHAPES = (Ratio.WIDE, Ratio.STANDARD, Ratio.SQUARE)  # as Google's article guidelines ask for


@register.simple_tag
def news_article(edition):
    """The edition as schema.org NewsArticle (Google's article guidelines of 2026), and what sort of journalism it is.

    The sort is the type of a second block that says the same of the same thing (`@id`), which thereby has both types:
    some readers know only one type in a block, and complain of any block that says less. Compressed, it costs nothing.
    """
    url = absolute(edition.get_absolute_url())
    data = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "url": url,
        "headline": edition.headline,
        "description": edition.seo_description or edition.dek or edition.lede,
        "datePublished": iso(edition.published_at),
        "dateModified": iso(edition.updated_at),
        "inLanguage": edition.language,
        "articleSection": edition.section.name,
        "wordCount": edition.word_count,
        "timeRequired": f"PT{edition.reading_minutes}M",
        "isAccessibleForFree": True,
        "author": _author_objects(edition),
        "publisher": _publisher(),
        "isPartOf": _website(),
        "keywords": [topic["name"] for topic in edition.topics],
        "image": _image_objects(edition),
        "dateline": edition.dateline,
        "correction": [_correction(note) for note in edition.corrections],
    }
    if edition.kind not in _TYPES:
        return data_block(data)
    return data_block(data) + data_block(data | {"@type": _TYPES[edition.kind]})


@register.simple_tag
def trail(*steps):
    """The way from the front page down to a page, as BreadcrumbList; `steps` are sections or (name, path) pairs.

    A list among them counts as its own steps.
    """
    places = [(settings.SITE_NAME, reverse("home"))]
    for step in steps:
        places += [_place(each) for each in step] if isinstance(step, list) else [_place(step)]
    crumbs = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(places, start=1)
    ]
    return data_block({"@type": "BreadcrumbList", "itemListElement": crumbs})


def _place(noun):
    return (getattr(noun, "headline", None) or noun.name, noun.get_absolute_url())


@register.simple_tag
def front_data(policies):
    """The front page: the site, how to search it, and who publishes it by which `policies` (property: path).

    They are said here once. Every other page has the same publisher by its `@id`.
    """
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute("/search/?q={search_term_string}"),
        },
        "query-input": "required name=search_term_string",
    }
    site = _website() | {"description": settings.SITE_CLAIM.strip(), "inLanguage": settings.LANGUAGE_CODE}
    held_to = {name: absolute(path) for name, path in policies.items()}
    return data_block(site | {"publisher": _publisher() | held_to, "potentialAction": search})


@register.simple_tag
def list_data(noun, editions, language):
    """The page of a section or topic: a CollectionPage with the list of its stories."""
    url = absolute(noun.get_absolute_url())
    stories = [
        {"@type": "ListItem", "position": number, "url": absolute(edition.get_absolute_url()), "name": edition.headline}
        for number, edition in enumerate(editions, start=1)
    ]
    data = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": noun.name,
        "description": noun.description,
        "inLanguage": language,
        "isPartOf": _website(),
        "publisher": _publisher(),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(stories), "itemListElement": stories},
    }
    return data_block(data)


@register.simple_tag
def profile_data(contributor):
    """Somebody's page: a ProfilePage about a Person, or an agency's about an Organization."""
    url = absolute(contributor.get_absolute_url())
    person = author_object(
        {"kind": contributor.kind, "name": contributor.name, "slug": contributor.slug, "job": contributor.job}
    )
    works_for = {} if person["@type"] == "Organization" else {"worksFor": _publisher()}
    about = person | {"description": contributor.bio} | works_for
    return data_block({"@type": "ProfilePage", "@id": url, "url": url, "mainEntity": about, "isPartOf": _website()})


def _publisher():
    logo = {"@type": "ImageObject", "url": absolute(static("site/logo.png")), "width": 512, "height": 512}
    home = absolute(reverse("home"))
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{home}#publisher",
        "name": settings.PUBLISHER,
        "url": home,
        "logo": logo,
    }


def _website():
    home = absolute(reverse("home"))
    return {"@type": "WebSite", "@id": f"{home}#website", "url": home, "name": settings.SITE_NAME}


def _author_objects(edition):
    people = [line for line in edition.bylines if line["credit"] in (Credit.TEXT, Credit.AGENCY)]
    if not people:
        return [{"@type": "Organization", "name": edition.source or settings.SITE_NAME}]
    return [author_object(line) for line in people]


def author_object(line):
    """Somebody in a byline (JSON object, as printed) as schema.org Person, or Organization for an agency (dict)."""
    data = {"@type": "Organization" if line["kind"] == "agency" else "Person", "name": line["name"]}
    if line["slug"]:
        page = absolute(reverse("contributor", args=[line["slug"]]))
        data |= {"@id": f"{page}#person", "url": page}
    if line["job"] and data["@type"] == "Person":
        data["jobTitle"] = line["job"]
    return data


def _image_objects(edition):
    picture = getattr(edition, "shown_picture", None)
    return [_image_object(edition, picture, ratio) for ratio in _IMAGE_SHAPES] if picture else []


def _image_object(edition, picture, ratio):
    """One shape of the lead picture, with whom to credit (Google's image metadata): what readers are told, no more."""
    name, width, height = shared_file(picture, ratio)
    url = absolute(file_url(picture, name))
    named = [line for line in edition.bylines if line["credit"] == Credit.PHOTO and line["name"] in picture["credit"]]
    return {
        "@type": "ImageObject",
        "url": url,
        "contentUrl": url,
        "width": width,
        "height": height,
        "caption": picture["caption"] or picture["alt"],
        "creditText": picture["credit"],
        "creator": [author_object(line) for line in named],
        "copyrightNotice": picture.get("copyright", ""),
    }


def _correction(note):
    return {"@type": "CorrectionComment", "text": note["text"], "datePublished": note["at"]}


def data_block(data):
    """A block of JSON-LD (safe text): `data` (dict) without what says nothing, escaped so that no HTML can end it."""
    data = {"@context": "https://schema.org"} | _told(data)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in (
        ("<", "\\u003C"),
        (">", "\\u003E"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(letter, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def _told(data):
    """The same without names that say nothing."""
    if isinstance(data, dict):
        return {name: _told(value) for name, value in data.items() if value not in ("", [])}
    return [_told(each) for each in data] if isinstance(data, list) else data
