"""A live edition as ninjs 3.1, the IPTC's JSON for news (https://iptc.org/standards/ninjs/)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ..models import Topic
from ..templatetags.newspaper import absolute, authors, correction_time, iso
from ..vocabulary import Credit, Kind, Policy, TopicKind
from .pictures import files, shown_in_text
from .telling import own_html, own_text, story_address

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
# The concepts of the IPTC's genre NewsCodes that say what a kind of ours says.
_GENRES = {
    Kind.NEWS: "http://cv.iptc.org/newscodes/genre/Current",
    Kind.ANALYSIS: "http://cv.iptc.org/newscodes/genre/Analysis",
    Kind.OPINION: "http://cv.iptc.org/newscodes/genre/Opinion",
    Kind.INTERVIEW: "http://cv.iptc.org/newscodes/genre/Interview",
}
# Where a topic of which kind stands; any other is a subject.
_ABOUT = {
    TopicKind.PERSON: "people",
    TopicKind.PLACE: "places",
    TopicKind.ORGANISATION: "organisations",
    TopicKind.EVENT: "events",
}


def item_uri(public_id):
    """What names a story for ever, wherever it moves: the id that feeds give it too."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{public_id}"


def kinds_of_topics(editions):
    """The kind of every topic these editions are about, by its key (dict), in one query."""
    keys = {topic["id"] for edition in editions for topic in edition.topics}
    return dict(Topic.objects.filter(pk__in=keys).values_list("pk", "kind")) if keys else {}


def item(edition, *, bodies, kinds, policies, few=False):
    """The ninjs item (dict) of a hung edition: `bodies` as telling.BODIES has them, `kinds` of its topics.

    `policies` are the newsroom's by language, as of policy_urls_of_all. Without any bodies it is a partial
    representation. `few`: only some files of the lead picture.
    """
    told = {
        "uri": item_uri(edition.public_id),
        "type": "text",
        "representationType": "full" if bodies else "partial",
        "standard": STANDARD,
        "pubStatus": "usable",
        "firstCreated": iso(edition.published_at),
        "versionCreated": iso(edition.live_from),
        "contentCreated": iso(edition.published_at),
        "urgency": edition.urgency,
        "language": edition.language,
        "title": edition.headline,
        "headlines": _texts(main=edition.headline, kicker=edition.kicker),
        "descriptions": _texts(standfirst=edition.dek, lede=edition.lede),
        "bodies": _bodies(edition, bodies),
        "by": ", ".join(authors(edition)),
        "located": edition.dateline,
        "infoSources": _sources(edition),
        "genres": [_genre(edition)],
        **_concepts(edition, kinds),
        "associations": _associations(edition, few=few),
        "altIds": _other_names(edition),
        "edNote": _notes(edition),
        **_rights(),
        "trustIndicators": _trust(edition.language, policies.get(edition.language, {})),
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def cancelled(withdrawal):
    """The item (dict) that says a story was taken down, and why, as readers may know it."""
    with translation.override(withdrawal.language):
        reason = withdrawal.get_reason_display()
    return {
        "uri": item_uri(withdrawal.public_id),
        "type": "text",
        "representationType": "partial",
        "standard": STANDARD,
        "pubStatus": "canceled",
        "versionCreated": iso(withdrawal.withdrawn_at),
        "language": withdrawal.language,
        "edNote": " ".join([reason, withdrawal.notice]).strip(),
        "altIds": [{"role": "public_id", "value": withdrawal.public_id}],
    }


def _texts(**said):
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in said.items() if value]


def _bodies(edition, wanted):
    found = []
    if "body_html" in wanted:
        found.append(_body("main", "text/html", own_html(edition), edition))
    if "body_text" in wanted:
        found.append(_body("plain", "text/plain", own_text(edition), edition))
    return found


def _body(role, content_type, value, edition):
    told = {"role": role, "contentType": content_type, "charCount": len(value)}
    return told | {"wordCount": edition.word_count, "value": value}


def _sources(edition):
    agencies = [{"name": line["name"], "role": "agency"} for line in edition.bylines if _is_agency(line)]
    return agencies + ([{"name": edition.source, "role": "source"}] if edition.source else [])


def _is_agency(line):
    return line["kind"] == "agency" or line["credit"] == Credit.AGENCY


def _genre(edition):
    with translation.override(edition.language):
        named = {"name": str(Kind(edition.kind).label), "literal": str(edition.kind)}
    return named | ({"uri": _GENRES[edition.kind]} if edition.kind in _GENRES else {})


def _concepts(edition, kinds):
    """Who wrote it, what it is about and where it runs, by the name of their list (dict of lists)."""
    found = {"people": [_person(line) for line in edition.bylines if not _is_agency(line)]}
    section = {"name": edition.section.name, "rel": "section", "literal": edition.section.path}
    found["subjects"] = [section | {"uri": absolute(edition.section.get_absolute_url())}]
    for topic in edition.topics:
        told = {"name": topic["name"], "rel": "about", "literal": topic["slug"]}
        told["uri"] = absolute(reverse("topic", args=[topic["slug"]]))
        found.setdefault(_ABOUT.get(kinds.get(topic["id"]), "subjects"), []).append(told)
    return found


def _person(line):
    told = {"name": line["name"], "rel": "author" if line["credit"] == Credit.TEXT else line["credit"]}
    if line["slug"]:
        told |= {"uri": absolute(reverse("contributor", args=[line["slug"]])), "literal": line["slug"]}
    return told


def _associations(edition, *, few):
    lead = [("lead", edition.shown_picture)] if edition.shown_picture else []
    if few:
        return [_picture(name, picture, few=True) for name, picture in lead]
    others = [(f"picture-{picture['number']}", picture) for picture in shown_in_text(edition)]
    return [_picture(name, picture, few=False) for name, picture in [*lead, *others]]


def _picture(name, picture, *, few):
    found = files(picture, few=few)
    whole = max((each for each in found if each["crop"] == "original"), key=_size)
    told = {
        "name": name,
        "uri": whole["url"],
        "type": "picture",
        "representationType": "full",
        "descriptions": _texts(caption=picture["caption"], alternative=picture["alt"]),
        "by": picture["credit"],
        "genres": [{"name": "Symbol photo", "literal": "symbol-photo"}] if picture["symbol"] else [],
        "renditions": [_rendition(each) for each in found],
    }
    return {key: value for key, value in told.items() if value not in ("", [])}


def _size(file):
    return file["width"], file["type"] == "image/jpeg"


def _rendition(file):
    kind = file["type"].removeprefix("image/")
    told = {"name": f"{file['crop']}-{file['width']}-{kind}", "href": file["url"], "contentType": file["type"]}
    told |= {"width": file["width"], "height": file["height"], "format": kind}
    return told if file["crop"] == "original" else told | {"aspectRatio": file["crop"].replace("x", ":")}


def _other_names(edition):
    return [
        {"role": "public_id", "value": edition.public_id},
        {"role": "page", "value": absolute(edition.get_absolute_url())},
        {"role": "api", "value": story_address(edition.public_id)},
    ]


def _notes(edition):
    notes = (f"{iso(correction_time(note))}: {note['text']}" for note in edition.corrections)
    return "\n".join(notes)


def _rights():
    return {
        "copyrightHolder": settings.PUBLISHER,
        "copyrightNotice": f"© {settings.PUBLISHER}",
        "rightsInfo": {"linkedRights": absolute(reverse("page", args=["imprint"]))},
    }


def _trust(language, urls):
    """What the newsroom holds itself to (list): its pages (property of schema.org: path) and the list of corrections.

    The list stands for a policy of its own where no page says how errors are put right.
    """
    listed = {Policy.CORRECTIONS.value: reverse("corrections")}
    with translation.override(language):
        return [
            {
                "role": f"https://schema.org/{policy}",
                "title": str(Policy(policy).label),
                "href": absolute(path),
            }
            for policy, path in (listed | urls).items()
        ]
