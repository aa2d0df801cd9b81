"""The screen on which a chief says how much each rule weighs where."""

import re

import pytest
from cast import make_section
from desk_forms import fields, messages_of
from django.contrib.admin.models import LogEntry

from articles.models import PreflightLevel
from articles.rules.preflight import RULES, levels_for

EVERYWHERE = "/admin/articles/preflightlevel/"


def page_of(section):
    return f"{EVERYWHERE}{section.pk}/"


def set_levels(client, url, **levels):
    """Opens the table, chooses some levels and sends it."""
    chosen = {name: [level] for name, level in levels.items()}
    return client.post(url, {name: [""] for name in RULES} | fields(client.get(url)) | chosen, follow=True)


def first_choice(page, rule):
    """What the table says a rule weighs where nothing is set (text)."""
    select = re.search(rf'<select name="{rule}".*?</select>', page.content.decode(), re.DOTALL)[0]
    return re.search(r'<option value=""[^>]*>(.*?)</option>', select)[1]


def test_levels_are_set_everywhere_and_for_a_section_and_taken_back(chief):
    section, below = make_section(), make_section("politik/europa")
    done = set_levels(chief, EVERYWHERE, topic="required")
    assert messages_of(done) == ["The levels are set."]
    set_levels(chief, page_of(section), topic="off", dek="required")
    assert (levels_for(None)["topic"], levels_for(below)["topic"], levels_for(below)["dek"]) == (
        "required",
        "off",
        "required",
    )
    set_levels(chief, page_of(section), topic="")
    assert levels_for(below)["topic"] == "required"
    assert list(PreflightLevel.objects.values_list("section", "rule").order_by("rule")) == [
        (section.pk, "dek"),
        (None, "topic"),
    ]


def test_the_table_says_what_holds_where_nothing_is_set_and_whence(chief):
    section, below = make_section(), make_section("politik/europa")
    assert first_choice(chief.get(EVERYWHERE), "topic") == "Recommended (as the rule comes)"
    set_levels(chief, EVERYWHERE, topic="off")
    assert first_choice(chief.get(page_of(section)), "topic") == "Off (as everywhere)"
    set_levels(chief, page_of(section), topic="required")
    assert first_choice(chief.get(page_of(below)), "topic") == "Required (as in Politik)"


def test_every_rule_is_in_the_table_with_its_explanation(chief):
    page = chief.get(EVERYWHERE).content.decode()
    assert set(RULES) <= set(re.findall(r'<select name="(\w+)"', page))
    assert all(str(rule.label) in page.replace("&quot;", '"') for rule in RULES.values())


def test_changes_are_logged_and_shown_with_who_made_them(chief):
    section = make_section()
    set_levels(chief, page_of(section), topic="off")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr, entry.change_message) == (chief.user, "Politik", "Topics: – → Off")
    assert "Topics: – → Off" in chief.get(page_of(section)).content.decode()
    assert "Topics: – → Off" not in chief.get(EVERYWHERE).content.decode()


def test_setting_nothing_logs_nothing(chief):
    done = set_levels(chief, EVERYWHERE)
    assert messages_of(done) == ["Nothing was changed."]
    assert (LogEntry.objects.count(), PreflightLevel.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["contributor", "editor", "picture editor", "topic librarian", "administrator"])
def test_nobody_but_a_chief_sees_or_sets_them(sign_in, role):
    section = make_section()
    client = sign_in(role, *(["politik"] if role == "editor" else []))
    for url in (EVERYWHERE, page_of(section)):
        assert client.get(url).status_code == 403
        assert client.post(url, {"topic": "off"}).status_code == 403
    assert PreflightLevel.objects.count() == 0


def test_levels_there_are_none_and_sections_there_are_none_are_refused(chief):
    assert chief.post(EVERYWHERE, {"topic": "sometimes"}).status_code == 400
    assert chief.get(f"{EVERYWHERE}999999/").status_code == 404
    assert chief.get(f"{EVERYWHERE}{'9' * 40}/").status_code == 404
    assert PreflightLevel.objects.count() == 0


@pytest.mark.parametrize("count", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_sections(chief, django_assert_num_queries, count):
    for number in range(count):
        make_section(f"ort-{number}")
    section = make_section("ort-0")
    chief.get(page_of(section))
    with django_assert_num_queries(QUERIES):
        chief.get(page_of(section))


QUERIES = 12
