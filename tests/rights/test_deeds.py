"""What those who may do to a story: the deed the table names, to that story, in those columns, and no more."""

import pytest
from asking import FORGED, everything, story_addresses
from cells import OF_A_VISIT, Cells
from django.db import transaction
from staff import rows_of, writes
from table import (
    NO_STORIES,
    SCOPES,
    STAFF,
    may,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", STAFF)
def test_whoever_may_does_what_the_table_says_and_nothing_beside_it(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for scope in SCOPES:
        for name, page, state in _deeds(made):
            story = made.stories[scope, state]
            if may(role, page.post_needs or page.needs, scope, state):
                cells.do(name, page, story, f"{name} of {scope} {state}")
    assert (cells.count == 0) == (role in NO_STORIES)
    cells.done(record_property, "deeds")


def _deeds(made):
    """Each page of a story that changes something, with a state in which it does."""
    some = next(iter(made.stories.values()))
    return [(name, page, page.state) for name, page, _address in story_addresses(made, some) if page.state]


BULK = {"submit": "submit", "clear": "clear", "publish": "publish", "schedule": "publish", "tag": "tag|write"}
ALL_OF_IT = {"select_across": "1", "index": "0", "confirmed": "yes", "note": "", "change": "minor", "add": "Hafenstadt"}


@pytest.mark.parametrize("role", STAFF)
def test_everything_selected_at_once_is_no_more_than_what_one_may(made, not_drawn, record_property, role):
    cells, asked = Cells(made, role), {"_selected_action": [story.pk for story in made.stories.values()]}
    for name, verb in BULK.items():
        data = FORGED | ALL_OF_IT | asked | {"action": f"bulk_{name}", "at": "24.11.2026 10:00"}
        with transaction.atomic(), writes() as tables:
            cells.client.post("/admin/articles/story/", data)
            after = rows_of(tables - OF_A_VISIT)
            transaction.set_rollback(True)
        right = {str(story.pk) for place, story in made.stories.items() if may(role, verb, *place)}
        before = cells.rows_before(" ".join(after))
        for table in after:
            for key, row in after[table].items():
                touched = row.get("story_id") or (key if table == "story" else None)
                if touched and row != before[table].get(key) and str(touched) not in right:
                    cells.wrong.append(f"{role}: bulk {name}: {table} of story {touched} was changed")
        cells.count += len(made.stories)
        if right and "story" not in after and "storyevent" not in after:
            cells.wrong.append(f"{role}: bulk {name}: nothing was done")
    cells.done(record_property, "bulk")


def test_a_note_or_a_link_is_reached_through_its_own_story_only(made, not_drawn, record_property):
    cells, own, other = Cells(made, "chief"), made.stories["home", "draft"], made.stories["away", "draft"]
    for name, _page, address in story_addresses(made, other):
        if name.startswith("articles_note_") or name == "articles_story_unshare":
            strange = address.replace(f"/story/{other.pk}/", f"/story/{own.pk}/")
            cells.ask(name, strange, 403, data=everything(made, own, other))
    foreign = everything(made, own, other) | {"version_token": everything(made, other, own)["version_token"]}
    for name in ("autosave", "sharing", "act/publish", "act/assign", "check/ask_copy", "revisions/1/restore"):
        cells.ask(name, f"/admin/articles/story/{own.pk}/{name}/", _FOREIGN[name], data=foreign)
    cells.done(record_property, "keys of another story")


# What a page says to a form that was made for another story.
_FOREIGN = dict.fromkeys(("autosave", "sharing", "act/assign", "check/ask_copy"), 403)
_FOREIGN |= {"act/publish": 403, "revisions/1/restore": 409}
