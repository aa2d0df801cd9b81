"""Where an imported story runs."""

import pytest

from articles.ingest import default_section, named_section
from articles.models import Section
from articles.rules.refusal import Refused


def test_a_section_is_named_by_its_address_or_its_slug(sections):
    assert named_section("city/council") == named_section("/city/council/") == sections["city/council"]
    assert named_section("council") == sections["city/council"]


def test_an_unknown_section_is_refused_with_all_there_are(sections):
    with pytest.raises(Refused) as caught:
        named_section("sport")
    assert caught.value.reasons == [
        "There is no section “sport” (--section or NEWSROOM_INGEST_SECTION);"
        " there are: city, city/council, hafen, stadt."
    ]


def test_a_slug_of_several_sections_is_refused_with_their_addresses(sections):
    Section.objects.create(name="Rat", slug="council", language="de", parent=sections["stadt"])
    with pytest.raises(Refused) as caught:
        named_section("council")
    assert caught.value.reasons == ["There are several sections “council”; choose one of: city/council, stadt/council."]


def test_without_a_name_it_is_the_first_top_level_section_of_the_language(sections, settings):
    assert (default_section("de"), default_section("en")) == (sections["stadt"], sections["city"])
    settings.LANGUAGE_CODE = "en"
    assert default_section("") == sections["city"]


def test_a_language_without_a_section_is_refused(sections):
    Section.objects.filter(language="en").exclude(path="city").delete()
    sections["city"].delete()
    with pytest.raises(Refused) as caught:
        default_section("en")
    assert caught.value.reasons == [
        "There is no section for stories in this language (English); name one with --section."
    ]
