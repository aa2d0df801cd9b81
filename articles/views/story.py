"""A story's page, or what is said in its place."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Edition, EditionSection, EditionTopic, Topic
from ..vocabulary import Kind
from . import counting
from .live import coverage, printed_coverage
from .pictures import hang
from .replies import replies_to
from .series import part_of
from .shell import Shell, moment, show, with_constant_lifetime
from .withdrawn import withdrawn

BOX = 5
LOOKED_AT = 20  # of each topic's newest, whatever their language


@require_safe
def story(request, section_path, slug, public_id):
    """The page of the edition that is live; 301 from an old address, 410 when withdrawn, else 404."""
    return _live(request, public_id, address=Edition.get_absolute_url, then=_count_and_show)


@require_safe
def on_paper(request, section_path, slug, public_id):
    """The story alone, to print or to keep; the same answers as the story's page for what is not there."""
    return _live(request, public_id, address=_paper_address, then=_show_on_paper)


def _live(request, public_id, *, address, then):
    """What `then` makes of the live edition, at the one `address` it has; else what is said in its place."""
    at = moment(request)
    edition = Edition.objects.live(at).for_page(at).filter(public_id=public_id).first()
    if not edition:
        return withdrawn(request, public_id)
    if request.path != address(edition):
        return with_constant_lifetime(HttpResponsePermanentRedirect(address(edition)))
    hang([edition], at)
    return then(request, edition)


def _count_and_show(request, edition):
    counting.read(request, edition.public_id)
    return show_edition(request, edition)


def _paper_address(edition):
    return reverse("story_print", args=[edition.section.path, edition.slug, edition.public_id])


def _show_on_paper(request, edition):
    shell = Shell(language=edition.language, section=edition.section, sections=[])
    context = {"edition": edition, "publisher": settings.PUBLISHER}
    context |= {"live": printed_coverage(edition, moment(request))}
    return show(request, "site/story_print.html", context, shell=shell)


def show_edition(request, edition):
    """The page of `edition` with its pictures hung; it need not be saved: the desk's preview comes through here too."""
    at = moment(request)
    shell = Shell(language=edition.language)
    shell.section = shell.by_path[edition.section.path]
    box, translations, following = _around(edition, at)
    context = {"edition": edition, "box": box, "translations": translations, "section": shell.section}
    context |= {"following": following, "alternates": _alternates(edition, translations)}
    context |= {"live": coverage(request, edition), "part": part_of(edition, at)}
    context |= {"replies": replies_to(edition, at), "lineage": shell.lineage(shell.section)}
    return show(request, "site/story.html", context, shell=shell)


def _around(edition, at):
    """What stands around a story, in one query.

    The box of related stories and its translations (two lists), and what of the same section to read next (or None).
    """
    live = Edition.objects.live(at).order_by()  # SQLite allows no order in the parts of a union
    by_topic = (_newest_about(topic["id"], at) for topic in edition.topics[:8])
    # One union of keys: told "or" instead, PostgreSQL reads the whole table.
    keys = [
        live.filter(public_id__in=edition.related).values("pk"),
        live.filter(translation_key=edition.translation_key).values("pk"),
        *(EditionTopic.objects.filter(pk__in=newest).values("edition_id") for newest in by_topic),
        EditionSection.objects.filter(pk__in=_newest_in(edition.section_id, at)).values("edition_id"),
    ]
    found = live.for_river(at).filter(pk__in=keys[0].union(*keys[1:])).exclude(public_id=edition.public_id)
    meant = Q(public_id__in=edition.related) | Q(translation_key=edition.translation_key)
    found = found.filter(meant | Q(language=edition.language)).annotate(is_about=_is_about(edition.topics[:8]))
    others = {each.public_id: each for each in hang(found, at)}
    translations = [each for each in others.values() if each.translation_key == edition.translation_key]
    for each in translations:
        if each.public_id not in edition.related:
            del others[each.public_id]
    box = _ranked(edition, {key: each for key, each in others.items() if each.is_about or key in edition.related})
    following = _following(edition, others.values(), box)
    return box, sorted(translations, key=lambda each: each.language), following


def _newest_in(section_id, at):
    rows = EditionSection.objects.live(at).filter(section=section_id)
    return rows.newest_first().values("pk")[:LOOKED_AT]


def _is_about(topics):
    """Whether an edition stands under one of `topics` (as printed), or under what one was merged into since."""
    keys = [topic["id"] for topic in topics]
    merged = Topic.objects.filter(pk__in=keys, merged_into__isnull=False).values("merged_into")
    return Exists(EditionTopic.objects.filter(Q(topic__in=keys) | Q(topic__in=merged), edition=OuterRef("pk")))


def _following(edition, others, box):
    """The newest story of the section in its language that the box does not have already; None where there is none."""
    shown = {each.public_id for each in box}
    left = [
        each
        for each in others
        if each.public_id not in shown
        and each.language == edition.language
        and each.section_id == edition.section_id
        and each.kind != Kind.SPONSORED
    ]
    return max(left, key=lambda each: (each.published_at, each.public_id), default=None)


def _alternates(edition, translations):
    """A story's versions by language, its own among them, and which is for everybody else (list of pairs).

    The same list on each of them, as search engines ask; empty where there is only one.
    """
    if not translations:
        return []
    every = sorted([edition, *translations], key=lambda each: each.language)
    own = [each for each in every if each.language == settings.LANGUAGE_CODE]
    first = min(own or every, key=lambda each: each.published_at)
    return [*((each.language, each) for each in every), ("x-default", first)]


def _newest_about(topic_id, at):
    """Places (QuerySet of keys) under a topic, or under the one it was merged into since the edition was printed."""
    merged_into = Subquery(Topic.objects.filter(pk=topic_id).values("merged_into")[:1])
    rows = EditionTopic.objects.live(at).filter(topic=Coalesce(merged_into, topic_id))
    return rows.newest_first().values("pk")[:LOOKED_AT]


def _ranked(edition, others):
    """Chosen by hand first, in their order; then by how many topics are shared, then the newest."""
    chosen = [others.pop(public_id) for public_id in edition.related if public_id in others]
    own = {topic["id"] for topic in edition.topics}

    def closeness(other):
        shared = len(own & {topic["id"] for topic in other.topics})
        return (-shared, -other.published_at.timestamp(), other.public_id)

    same_language = (each for each in others.values() if each.language == edition.language)
    return [*chosen, *sorted(same_language, key=closeness)][: max(BOX, len(chosen))]
