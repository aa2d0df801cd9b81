"""The matrix: everybody at every address, by GET, POST and POST with more than is asked, against the table.

`table.py` says what is right, in words; `staff.py` makes the people and stories, `asking.py` the requests, and
`cells.py` compares. The pages of stories stand in the files beside this one.
"""

import pytest
from asking import COMPLETE, FORGED, desk_addresses, noun_addresses, patterns, story_addresses
from cells import OF_A_VISIT, Cells, stories_asked
from desk_forms import fields
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from site_addresses import public_addresses
from staff import rows_of
from table import (
    ACCOUNT,
    AUTOCOMPLETE,
    BY_SECRET,
    COMPLETED,
    DESK_PAGES,
    NOT_NOW,
    NOUNS,
    OUTSIDE,
    OUTSIDE_ANSWERS,
    PUBLIC,
    RIGHTS,
    ROLES,
    STAFF,
    classified,
    may,
)

from articles.desk.sharing import address_of
from articles.models import Story
from articles.rules.policy import POLICY, can, scoped

pytestmark = pytest.mark.django_db


def test_every_address_is_classified():
    assert patterns() == classified()


@pytest.mark.parametrize("role", STAFF)
def test_the_policy_says_what_the_table_says(made, role):
    user = get_user_model().objects.get(pk=made.users[role].pk)
    assert set(RIGHTS) == set(POLICY)
    for verb in RIGHTS:
        right = {story.pk for (scope, state), story in made.stories.items() if may(role, verb, scope, state)}
        assert {story.pk for story in made.stories.values() if verb != "create" and can(user, verb, story)} == (
            right if verb != "create" else set()
        ), verb
        if verb != "create":
            ours = Story.objects.filter(pk__in=[story.pk for story in made.stories.values()])
            assert set(scoped(user, verb, ours).values_list("pk", flat=True)) == right, verb


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_opens_to_whom_the_table_names(made, not_drawn, record_property, role):
    cells, where = Cells(made, role), desk_addresses(made)
    for name, row in DESK_PAGES.items():
        outside = OUTSIDE_ANSWERS.get((role, name), 302)
        get = outside if role in OUTSIDE else row.get if role in row.who else row.get_else
        inside = role in (row.post_who or row.who)
        post = outside if role in OUTSIDE else row.post if inside else row.post_else
        cells.ask(name, where(name), get)
        cells.ask(name, where(name), post, data={}, may_write=row.writes if inside else "")
        if not inside:
            cells.ask(name, where(name), post, data=FORGED)
    cells.done(record_property, "desk")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_noun_opens_to_whom_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for noun, verb, name, address in noun_addresses(made):
        reads = 302 if role in OUTSIDE else 200 if role in NOUNS[noun][verb] else 403
        writes = "change" if name.endswith("_change") else verb
        inside = role in NOUNS[noun][writes]
        posts = 302 if role in OUTSIDE else NOT_NOW.get(name, 200) if inside else 403
        cells.ask(name, address, reads)
        cells.ask(name, address, posts, data={})
        if not inside:
            cells.ask(name, address, posts, data=FORGED)
    cells.done(record_property, "nouns")


# What a new noun needs, whichever it is.
NEW = {"name": "Neu", "slug": "neu", "title": "Neu", "username": "neu", "day": "2026-11-25", "text": "Neu"}
NEW |= {"old_path": "/neu", "answer": "moved", "target": "/"}
NEW |= dict.fromkeys(("password1", "password2"), "correct-horse-battery")


@pytest.mark.parametrize("role", STAFF)
def test_a_noun_takes_no_field_that_its_form_does_not_show(made, record_property, role):
    cells, forged = Cells(made, role), FORGED | {"by": made.stranger.pk, "uploaded_by": made.stranger.pk}
    for noun, _verb, name, address in noun_addresses(made):
        page = {"change": "change", "add": "add"}.get(name.rpartition("_")[2])
        if page and role in NOUNS[noun][page]:
            shown = fields(cells.client.get(address), f"{noun.partition('_')[2]}_form")
            hidden = {key: value for key, value in forged.items() if key not in shown}
            typed = {key: value for key, value in NEW.items() if page == "add" and key in shown}
            written = cells.write(name, address, shown | hidden | typed)
            if not written and (noun, page) != ("articles_picture", "add"):  # a picture needs a file
                cells.wrong.append(f"{role}: {name}: nothing was written")
    cells.done(record_property, "forged fields of nouns")


@pytest.mark.parametrize("role", ROLES)
def test_completing_what_is_typed_is_for_whom_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for (model, name), kind in AUTOCOMPLETE.items():
        right = 302 if role in OUTSIDE else 200 if role in COMPLETED[kind] else 403
        cells.ask(f"{model}.{name}", f"{COMPLETE}{model}&field_name={name}", right)
    cells.done(record_property, "autocomplete")


@pytest.mark.parametrize("role", ROLES)
def test_ones_own_account_is_ones_own(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for name, expected in ACCOUNT.items():
        signed_in = expected[:2] if role != "visitor" else expected[2:]
        address = reverse(name, args=[1] if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else [])
        for data, status in zip((None, {}), signed_in, strict=True):
            cells.ask(name, address, status, data=data, may_write="mfa_authenticator django_session")
    cells.done(record_property, "accounts")


@pytest.mark.parametrize("role", ROLES)
def test_readers_pages_are_the_same_to_everybody(made, record_property, role):
    cells, visitor = Cells(made, role), made.clients["visitor"]
    known = public_addresses() | {"livez": ["/livez"], "readyz": ["/readyz"]}
    assert set(known) == PUBLIC
    for name, addresses in known.items():
        for address in addresses[:2]:
            right = visitor.get(address)
            response, _after = cells.ask(name, address, right.status_code)
            if not response.streaming and response.content != right.content:
                cells.wrong.append(f"{role}: {address} is another page than a visitor gets")
            cells.ask(name, address, 405, data=FORGED)
    cells.done(record_property, "readers' pages")


@pytest.mark.parametrize("role", ROLES)
def test_an_address_with_a_secret_answers_whoever_knows_it(made, record_property, role):
    cells = Cells(made, role)
    link = address_of(made.links[made.stories["away", "draft"].pk]).partition("8000")[2]
    key = made.users["chief"].preferences.calendar_key
    known = {"preview": link, "preview_picture": f"{link}{'0' * 26}/3x2-320.webp"}
    known |= {"account_calendar": f"/accounts/calendar/{key}.ics"}
    for name, (get, post) in BY_SECRET.items():
        cells.ask(name, known[name], get)
        cells.ask(name, known[name], post, data={}, may_write="previewvisit previewlink")
        wrong = known[name].replace(known[name].split("/")[2], "z" * 26).replace(key, "z" * 26)
        cells.ask(name, wrong, 404)
    cells.done(record_property, "secrets")


# Nothing is changed by looking


def test_looking_at_everything_as_chief_changes_no_row(made, record_property):
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in OF_A_VISIT]
    before, client, story = rows_of(tables), made.clients["chief"], made.stories["home", "changed"]
    addresses = [address for _name, _page, address in story_addresses(made, story)]
    addresses += [address for _noun, _verb, _name, address in noun_addresses(made)]
    addresses += [desk_addresses(made)(name) for name in DESK_PAGES]
    addresses += [address for some in public_addresses().values() for address in some[:2]]
    for address in addresses:
        client.get(address)
        client.head(address)
    assert rows_of(tables) == before
    record_property(f"addresses by GET and HEAD left {len(tables)} tables as they were", len(addresses))


# The matrix itself is tested


@pytest.mark.parametrize(("verb", "scope"), [("read", "away"), ("publish", "own")])
def test_control_a_policy_that_lets_more_in_is_found(made, not_drawn, monkeypatch, verb, scope):
    everywhere = (lambda person, story: True, lambda person: Q())
    monkeypatch.setitem(POLICY, verb, (POLICY[verb][0], everywhere))
    cells = Cells(made, "editor")
    stories_asked(cells, made, states=("draft", "scheduled"))
    assert {line.split(":")[1].split(" of ")[1] for line in cells.wrong} == {f"{scope} draft", f"{scope} scheduled"}
