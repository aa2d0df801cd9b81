"""How we work: the pages on which the newsroom says what it holds itself to, its people, and who answers for what."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Contributor, EditionContributor, Page
from ..text.html import lede
from ..vocabulary import Policy
from .shell import Shell, show

ABOUT = 200  # characters of a page's first paragraph in the list


@require_safe
def policies(request):
    """The list of policies: those in the site's language, then the others, each in Policy's order."""
    rank = {policy: place for place, policy in enumerate(Policy.values)}
    pages = sorted(Page.objects.exclude(policy=""), key=lambda page: rank[page.policy])
    for page in pages:
        page.about = lede(page.body, limit=ABOUT)
    tongues = dict.fromkeys([settings.LANGUAGE_CODE, *sorted(page.language for page in pages)])
    groups = [(code, [page for page in pages if page.language == code]) for code in tongues]
    context = {"groups": [group for group in groups if group[1]]}
    return show(request, "site/policies.html", context, shell=Shell())


def policy_urls(language):
    """What schema.org's NewsMediaOrganization says of our policies: property -> path (dict), in one query.

    A policy without a page in `language` (a code) is said by that in the site's own, if there is one.
    """
    return _said_in(language, _rows())


def policy_urls_of_all():
    """The same of each of the site's languages (dict by code), in one query."""
    rows = _rows()
    return {code: _said_in(code, rows) for code, _name in settings.LANGUAGES}


def _rows():
    return list(Page.objects.exclude(policy="").values_list("language", "policy", "slug"))


def _said_in(language, rows):
    urls = {}
    for code in (settings.LANGUAGE_CODE, language):
        urls |= {policy: reverse("page", args=[slug]) for tongue, policy, slug in rows if tongue == code}
    return urls


def masthead(at):
    """Who makes the paper (list of Contributor), in the order of the house.

    `linked` says of each whether they have a page that readers can open `at` a moment (aware datetime).
    """
    people = Contributor.objects.filter(on_masthead=True)
    named = Exists(EditionContributor.objects.live(at).filter(contributor=OuterRef("pk")))
    people = list(people.annotate(is_named=named).order_by("masthead_position", "name"))
    for person in people:
        person.linked = person.has_page and person.is_named
    return people


def responsible_persons(shell):
    """Who answers for which section (list of sections from the top level down, person): § 18 (2) MStV.

    A section without a person of its own has the nearest above's; one where nobody is named is left out.
    """
    found = []
    for section in sorted(shell.sections, key=lambda each: [(s.position, s.path) for s in shell.lineage(each)]):
        lineage = shell.lineage(section)
        person = next((each.responsible_person for each in reversed(lineage) if each.responsible_person), "")
        if person:
            found.append((lineage, person))
    return found
