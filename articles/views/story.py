"""A story's page, or what is said in its place."""

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from ..models import Edition, EditionTopic, Topic, Withdrawal
from .live import coverage
from .pictures import hang
from .series import part_of
from .shell import Shell, moment, show, with_constant_lifetime

BOX = 5
LOOKED_AT = 20  # of each topic's newest, whatever their language


@require_safe
def story(request, section_path, slug, public_id):
    """The page of the edition that is live; 301 from an old address, 410 when withdrawn, else 404."""
    at = moment(request)
    edition = Edition.objects.live(at).for_page(at).filter(public_id=public_id).first()
    if not edition:
        return _withdrawn(request, public_id)
    if request.path != edition.get_absolute_url():
        return with_constant_lifetime(HttpResponsePermanentRedirect(edition.get_absolute_url()))
    hang([edition], at)
    return show_edition(request, edition)


def show_edition(request, edition):
    """The page of `edition` with its pictures hung; it need not be saved: the desk's preview comes through here too."""
    at = moment(request)
    shell = Shell(language=edition.language)
    shell.section = shell.by_path[edition.section.path]
    box, translations = _around(edition, at)
    context = {"edition": edition, "box": box, "translations": translations, "section": shell.section}
    context |= {"live": coverage(request, edition), "part": part_of(edition, at)}
    return show(request, "site/story.html", context, shell=shell)


def _withdrawn(request, public_id):
    withdrawal = Withdrawal.objects.in_force(moment(request)).filter(public_id=public_id).first()
    if not withdrawal:
        raise Http404
    shell = Shell(language=withdrawal.language)
    return show(request, "site/410.html", {"withdrawal": withdrawal}, shell=shell, status=410)


def _around(edition, at):
    """What stands around a story, in one query: the box of related stories and its translations (two lists)."""
    live = Edition.objects.live(at).order_by()  # SQLite allows no order in the parts of a union
    by_topic = (_newest_about(topic["id"], at) for topic in edition.topics[:8])
    # One union of keys: told "or" instead, PostgreSQL reads the whole table.
    keys = [
        live.filter(public_id__in=edition.related).values("pk"),
        live.filter(translation_key=edition.translation_key).values("pk"),
        *(EditionTopic.objects.filter(pk__in=newest).values("edition_id") for newest in by_topic),
    ]
    found = live.for_river(at).filter(pk__in=keys[0].union(*keys[1:])).exclude(public_id=edition.public_id)
    meant = Q(public_id__in=edition.related) | Q(translation_key=edition.translation_key)
    found = found.filter(meant | Q(language=edition.language))
    others = {each.public_id: each for each in hang(found, at)}
    translations = [each for each in others.values() if each.translation_key == edition.translation_key]
    for each in translations:
        if each.public_id not in edition.related:
            del others[each.public_id]
    return _ranked(edition, others), sorted(translations, key=lambda each: each.language)


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
