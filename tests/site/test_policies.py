"""How we work: policies, the masthead, and who answers for which section."""

import re

import pytest
from cast import make_contributor, make_live, make_section
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Page, Section
from articles.views.policies import masthead, policy_urls, responsible_persons
from articles.views.shell import Shell
from articles.vocabulary import Policy

pytestmark = pytest.mark.django_db


def make_policy(policy, language="de", **fields):
    slug = f"{policy.lower()}-{language}"
    return Page.objects.create(slug=slug, title=f"Titel {slug}", policy=policy, language=language, **fields)


def test_every_policy_is_a_property_that_search_engines_know():
    assert set(Policy.values) == {
        *("masthead", "publishingPrinciples", "correctionsPolicy", "ethicsPolicy", "diversityPolicy"),
        *("diversityStaffingReport", "ownershipFundingInfo", "verificationFactCheckingPolicy"),
        *("unnamedSourcesPolicy", "actionableFeedbackPolicy", "missionCoveragePrioritiesPolicy", "noBylinesPolicy"),
    }


def test_the_policies_are_named_to_machines_in_their_language_or_the_sites(django_assert_num_queries):
    make_policy("ethicsPolicy", "de")
    make_policy("ethicsPolicy", "en")
    make_policy("masthead", "de")
    make_policy("noBylinesPolicy", "en")
    with django_assert_num_queries(1):
        german = policy_urls("de")
    assert german == {"ethicsPolicy": "/pages/ethicspolicy-de/", "masthead": "/pages/masthead-de/"}
    assert policy_urls("en") == {
        "ethicsPolicy": "/pages/ethicspolicy-en/",
        "masthead": "/pages/masthead-de/",
        "noBylinesPolicy": "/pages/nobylinespolicy-en/",
    }


def test_a_policy_has_one_page_in_a_language():
    make_policy("ethicsPolicy", "de")
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.create(slug="x", title="X", policy="ethicsPolicy", language="de")
    with pytest.raises(ValidationError, match="is that policy already"):
        Page(slug="x", title="X", policy="ethicsPolicy", language="de").full_clean()
    Page.objects.create(slug="y", title="Y", policy="", language="de")
    Page.objects.create(slug="z", title="Z", policy="", language="de")


def test_how_we_work_lists_the_policies_by_language_with_their_first_words():
    make_policy("ethicsPolicy", "en", body="<p>We pay for <em>our</em> travel.</p><p>More.</p>")
    make_policy("correctionsPolicy", "de")
    make_policy("masthead", "de")
    html = Client().get("/pages/").content.decode()
    main = html[html.index("<main") : html.index("</main")]
    assert re.findall(r"Titel [a-z-]+", main) == [
        "Titel masthead-de",
        "Titel correctionspolicy-de",
        "Titel ethicspolicy-en",
    ]
    assert ("We pay for our travel." in main, "More." in main) == (True, False)
    assert 'href="/pages/"' in html[html.index("<footer") :]
    assert "Impressum" in html


def test_the_masthead_names_people_in_the_order_of_the_house_and_links_pages_that_open():
    for place, name in ((2, "Bo Lind"), (1, "Zoe Adler"), (2, "Ada Brook")):
        make_contributor(name, job="Redaktion", has_page=True, on_masthead=True, masthead_position=place)
    make_contributor("Nobody Here", has_page=True)
    make_live(bylines=[(make_contributor("Bo Lind"), "text")])
    assert [(each.name, each.linked) for each in masthead(timezone.now())] == [
        ("Zoe Adler", False),
        ("Ada Brook", False),
        ("Bo Lind", True),
    ]
    page = make_policy("masthead")
    html = Client().get(page.get_absolute_url()).content.decode()
    people = re.findall(r"<li>(?:<a href=\"([^\"]+)\">)?([\w ]+)(?:</a>)?, Redaktion</li>", html)
    assert people == [("", "Zoe Adler"), ("", "Ada Brook"), ("/by/bo-lind/", "Bo Lind")]
    other = make_policy("ethicsPolicy")
    assert "Zoe Adler" not in Client().get(other.get_absolute_url()).content.decode()


def test_the_imprint_names_who_answers_for_each_section_the_nearest_above_where_none_is_named():
    for path, person in (("politik", "Voss"), ("politik/europa", "Bischoff"), ("politik/land", "")):
        make_section(path)
        Section.objects.filter(path=path).update(responsible_person=person)
    make_section("kultur/musik")
    said = [("/".join(s.slug for s in lineage), person) for lineage, person in responsible_persons(Shell())]
    assert said == [("politik", "Voss"), ("politik/europa", "Bischoff"), ("politik/land", "Voss")]
    html = Client().get("/pages/imprint/").content.decode()
    lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(<span.*?)</li>", html)]
    assert lines == ["Politik: Voss", "Politik / Europa: Bischoff", "Politik / Land: Voss"]
