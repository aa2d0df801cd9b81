"""What stands where no page is: a way on from an old address, or the 404 page with what may have been meant."""

import re

from django.db.models import F, Subquery
from django.db.models.functions import Coalesce

from ..models import Edition, EditionSection, EditionTopic, Topic, TopicAlias
from ..text.addresses import is_door, key
from ..text.slugs import slugify
from . import counting, moved
from .shell import Shell, moment, show

WORDS, TOPICS, EACH, SHOWN = 6, 8, 6, 5
_OF_SECTION = ("section__path", "section__name")
_PLAIN = re.compile(r"[\w.-]+\Z")
_SHOWN_OF_EACH = ("headline", "kicker", "kind", "slug", "public_id", "published_at", "language", *_OF_SECTION)


def not_found(request, exception):
    """Where an old address leads, or the 404 page; the same bytes for what is hidden as for what never was.

    Asks three questions of the database: for a redirect, for the sections, for stories that could be meant.
    """
    if response := moved.by_hand(request):
        return response
    shell = Shell()
    path = request.path_info
    asked = None if is_door(path) else _nearest(shell, path)
    shell.language = asked.language if asked else shell.language
    counting.missed(request)
    context = {"asked": asked, "words": "", "meant": [], "newest": []}
    if not is_door(path):
        words = _words(path)
        meant, newest = _stories(words, asked, shell.language, moment(request))
        context |= {"words": " ".join(words), "meant": meant, "newest": newest}
    return show(request, "site/404.html", context, shell=shell, status=404)


def _nearest(shell, path):
    """The section (or None) whose address a path begins with, the deepest there is."""
    parts = path.strip("/").split("/")[:3]
    paths = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((shell.by_path[each] for each in paths if each in shell.by_path), None)


def _words(path):
    """The words (list of ASCII text) of the end of a path, without what looks like a public id or a file's ending."""
    last = path.rstrip("/").rpartition("/")[2][:200]
    if not (key(path) and _PLAIN.match(last)):
        return []  # nobody's mistyped address: nothing of it is shown again
    bare = re.sub(r"(?:-[0-9a-z]{10}|\.[a-z]{2,5})$", "", last)
    words = [word for word in slugify(bare).split("-") if len(word) > 2]
    return list(dict.fromkeys(words))[:WORDS]


def _stories(words, section, language, at):
    """Live editions, in one query: those that could be meant, and else the newest nearby (two lists)."""
    # A union of keys, each part the top of one index: it costs the same among any number of stories.
    parts = [_about(name, at) for name in _names(words)]
    if section:
        rows = EditionSection.objects.live(at).filter(section=section).newest_first().values("pk")[: EACH * 2]
        parts.append(EditionSection.objects.filter(pk__in=rows).values("edition_id"))
    else:
        live = Edition.objects.live(at)
        rows = live.filter(language=language).newest_first().values("pk")[: EACH * 2]
        parts.append(live.order_by().filter(pk__in=rows).values("pk"))
    keys = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    rows = Edition.objects.live(at).select_related("section").only(*_SHOWN_OF_EACH)
    found = list(rows.filter(pk__in=keys).newest_first())
    shared = {each.pk: len(set(words) & set(each.slug.split("-"))) for each in found}
    meant = sorted((each for each in found if shared[each.pk]), key=lambda each: -shared[each.pk])[:SHOWN]
    nearby = (each for each in found if each not in meant and _is_near(each, section, language))
    return meant, list(nearby)[: SHOWN - len(meant)]


def _is_near(edition, section, language):
    return edition.language == language and (not section or f"{edition.section.path}/".startswith(f"{section.path}/"))


def _names(words):
    """What a topic could be called: two or three of the words beside each other, then each alone (list of keys)."""
    longer = ["-".join(words[place : place + size]) for size in (3, 2) for place in range(len(words) - size + 1)]
    return [*longer[-3:], *words][:TOPICS]


def _about(name, at):
    """Editions (QuerySet of keys) under the topic of that name or alias, the newest."""
    by_slug = Topic.objects.filter(slug=name).values(kept=Coalesce(F("merged_into"), F("pk")))
    by_alias = TopicAlias.objects.filter(key=name).values(kept=Coalesce(F("topic__merged_into"), F("topic")))
    topic = Coalesce(Subquery(by_slug[:1]), Subquery(by_alias[:1]))
    rows = EditionTopic.objects.live(at).filter(topic=topic).newest_first().values("pk")[:EACH]
    return EditionTopic.objects.filter(pk__in=rows).values("edition_id")
