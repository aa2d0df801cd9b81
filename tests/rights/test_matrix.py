"""The matrix: everybody at every address, by GET, POST and POST with more than is asked, against the table.

`table.py` says what is right, in words; `staff.py` makes the people and stories, `asking.py` the requests.
"""

import copy

import pytest
from asking import FORGED, desk_addresses, everything, forged_in, noun_addresses, patterns, story_addresses
from blank_pages import BlankPages
from desk_forms import fields
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings
from django.urls import reverse
from site_addresses import public_addresses
from staff import UNSEEN, everybody, inner, rows_of, word, writes
from table import (
    ACCOUNT,
    AUTOCOMPLETE,
    BY_SECRET,
    COMPLETED,
    DESK_PAGES,
    NO_STORIES,
    NOUNS,
    OUTSIDE,
    OUTSIDE_ANSWERS,
    PUBLIC,
    RIGHTS,
    ROLES,
    SCOPES,
    STAFF,
    STATES,
    classified,
    may,
)

from articles.desk.sharing import address_of
from articles.models import Story
from articles.rules.policy import POLICY, can, scoped

pytestmark = pytest.mark.django_db
NOT_DRAWN = [{"BACKEND": f"{BlankPages.__module__}.BlankPages", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}]
# Whatever the desk keeps of a visit itself: the session, when somebody was last here.
OF_A_VISIT = {"django_session", "auth_user", "newsroom_cache"}
# What scripts ask and get an answer to, where a browser is led on.
SHOWN_AGAIN = {"articles_story_presence", "articles_story_autosave"}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast of the whole module, rolled back at its end."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), everybody(media) as made:
        yield made


@pytest.fixture
def not_drawn():
    """Pages stay blank: who is let in and what is written are the same."""
    with override_settings(TEMPLATES=NOT_DRAWN):
        yield


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


class Cells:
    """Asks, compares, counts; `wrong` has a line for each mismatch."""

    def __init__(self, made, role):
        self.made, self.role, self.client, self.count, self.wrong = made, role, made.clients[role], 0, []

    def ask(self, what, address, expected, *, data=None, may_write="", keep=False):
        """One request: its status is `expected`, and it writes to no table but those of `may_write`."""
        cookies = copy.deepcopy(self.client.cookies)
        with transaction.atomic(), writes() as tables:
            response = self.client.get(address) if data is None else self.client.post(address, data)
            after = rows_of(tables - OF_A_VISIT) if keep else None
            transaction.set_rollback(True)
        self.client.cookies, self.count = cookies, self.count + 1
        stray = tables - OF_A_VISIT - set(may_write.split())
        if response.status_code != expected or stray:
            method = "GET" if data is None else "POST"
            self.wrong.append(f"{self.role}: {what}: {method} {address}: {response.status_code} for {expected} {stray}")
        return response, after

    def do(self, name, page, story, what):
        """A complete POST with forged fields: something is done, to this story, in the columns the table names."""
        other = self.made.stories["away" if story != self.made.stories["away", page.state] else "home", "draft"]
        address = next(where for known, _page, where in story_addresses(self.made, story) if known == name)
        data = everything(self.made, story, other)
        before = self.rows_before(page.writes)
        expected = 200 if name in SHOWN_AGAIN else 302
        _response, after = self.ask(what, address, expected, data=data, may_write=page.writes, keep=True)
        self.compare(what, before, after, story=story, changes=set(page.changes.split()))

    def write(self, what, address, data):
        """A form of Django's with forged fields: whatever is written, none of them is."""
        with transaction.atomic(), writes() as tables:
            self.client.post(address, data)
            after = rows_of(tables - OF_A_VISIT)
            transaction.set_rollback(True)
        self.count += 1
        self.compare(what, self.rows_before(" ".join(after)), after)

    def rows_before(self, tables):
        """The rows of those tables as they are in every cell, for all of them begin alike."""
        known = self.made.__dict__.setdefault("rows", {})
        for table in tables.split():
            if table not in known:
                known |= rows_of([table])
        return known

    def compare(self, what, before, after, *, story=None, changes=None):
        """Notes what was written and should not have been, and where nothing was."""
        if story and not any(rows != before.get(table) for table, rows in after.items()):
            self.wrong.append(f"{self.role}: {what}: nothing was done")
        for table, rows in after.items():
            for key, row in rows.items():
                known = before.get(table, {}).get(key, {})
                changed = {column: value for column, value in row.items() if value != known.get(column)}
                for line in forged_in(self.made, table, changed, story, changes):
                    self.wrong.append(f"{self.role}: {what}: {line}")

    def done(self, record_property, what):
        """Nothing was wrong, and so many cells were compared."""
        assert "\n".join(self.wrong) == ""
        record_property(f"cells of the rights matrix, 0 mismatches ({what}, {self.role})", self.count)


def _expected(role, page, method, scope, state):
    """What the table says a page of a story answers."""
    if role in OUTSIDE:
        return 302
    if method == "GET" and page.get == 405:
        return 405
    if method != "GET" and page.post == 405:
        return 405
    needs = page.needs if method == "GET" else page.post_needs or page.needs
    if needs == "staff" or may(role, needs, scope, state):
        return page.get if method == "GET" else page.post
    return 403 if role in NO_STORIES or may(role, page.needs, scope, state) else page.denied


def stories_asked(cells, made, states=tuple(STATES)):
    """Every page of the stories in those states, by all three methods."""
    for (scope, state), story in made.stories.items():
        if state not in states:
            continue
        other = made.stories["away" if scope != "away" else "home", "draft"]
        complete = everything(made, story, other)
        for name, page, address in story_addresses(made, story):
            cell = f"{name} of {scope} {state}"
            for method, data in (("GET", None), ("POST", {}), ("POST+", complete)):
                expected = _expected(cells.role, page, method, scope, state)
                if (method == "POST+") == (expected == page.post) and method != "GET":
                    continue  # whoever may sends all of it below, where the story is in a state to do it
                if method == "POST+" and name == "articles_story_change" and expected == 403:
                    expected = 409  # what was typed is handed back, not saved
                allowed = page.empty_writes if method == "POST" and expected == page.post else ""
                cells.ask(cell, address, expected, data=data, may_write=allowed)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_every_story_lets_in_whom_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    stories_asked(cells, made)
    cells.done(record_property, "stories")


@pytest.mark.parametrize("role", STAFF)
def test_whoever_may_does_what_the_table_says_and_nothing_beside_it(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for scope in SCOPES:
        for name, page, state in _deeds(made):
            story = made.stories[scope, state]
            if may(role, page.post_needs or page.needs, scope, state):
                cells.do(name, page, story, f"{name} of {scope} {state}")
    cells.done(record_property, "deeds")


def _deeds(made):
    """Each page of a story that changes something, with a state in which it does."""
    some = next(iter(made.stories.values()))
    return [(name, page, page.state) for name, page, _address in story_addresses(made, some) if page.state]


BULK = {"submit": "submit", "clear": "clear", "publish": "publish", "schedule": "publish", "tag": "tag|write"}
ALL_OF_IT = {"select_across": "1", "index": "0", "confirmed": "yes", "note": "", "change": "minor", "add": "Kai"}


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
        posts = 302 if role in OUTSIDE else 200 if role in NOUNS[noun][writes] else 403
        cells.ask(name, address, reads)
        cells.ask(name, address, posts, data={})
        if posts != 200:
            cells.ask(name, address, posts, data=FORGED)
    cells.done(record_property, "nouns")


@pytest.mark.parametrize("role", STAFF)
def test_a_noun_takes_no_field_that_its_form_does_not_show(made, record_property, role):
    cells, forged = Cells(made, role), FORGED | {"by": made.stranger.pk, "uploaded_by": made.stranger.pk}
    for noun, _verb, name, address in noun_addresses(made):
        page = {"change": "change", "add": "add"}.get(name.rpartition("_")[2])
        if page and role in NOUNS[noun][page]:
            shown = fields(cells.client.get(address), f"{noun.partition('_')[2]}_form")
            hidden = {key: value for key, value in forged.items() if key not in shown}
            cells.write(name, address, shown | hidden)
    cells.done(record_property, "forged fields of nouns")


COMPLETE = "/admin/autocomplete/?app_label=articles&term=z&model_name="


@pytest.mark.parametrize("role", ROLES)
def test_completing_what_is_typed_is_for_whom_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    for (model, name), kind in AUTOCOMPLETE.items():
        right = 302 if role in OUTSIDE else 200 if role in COMPLETED[kind] else 403
        cells.ask(f"{model}.{name}", f"{COMPLETE}{model}&field_name={name}", right)
    cells.done(record_property, "autocomplete")


def test_a_note_or_a_link_is_reached_through_its_own_story_only(made, not_drawn, record_property):
    cells, own, other = Cells(made, "chief"), made.stories["home", "draft"], made.stories["away", "draft"]
    for name, _page, address in story_addresses(made, other):
        if name.startswith("articles_note_") or name == "articles_story_unshare":
            strange = address.replace(f"/story/{other.pk}/", f"/story/{own.pk}/")
            cells.ask(name, strange, 403, data=everything(made, own, other))
    foreign = everything(made, own, other) | {"version_token": everything(made, other, own)["version_token"]}
    for name in ("autosave", "sharing", "act/publish", "act/assign", "check/ask_copy", "revisions/1/restore"):
        response, _after = cells.ask(name, f"/admin/articles/story/{own.pk}/{name}/", _FOREIGN[name], data=foreign)
    cells.done(record_property, "keys of another story")


# What a page says to a form that was made for another story.
_FOREIGN = dict.fromkeys(("autosave", "sharing", "act/assign", "check/ask_copy"), 403)
_FOREIGN |= {"act/publish": 403, "revisions/1/restore": 409}


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
    known = {"preview": link, "preview_picture": f"{link}picture/480.webp"}
    known |= {"account_calendar": f"/accounts/calendar/{key}.ics"}
    for name, (get, post) in BY_SECRET.items():
        cells.ask(name, known[name], get)
        cells.ask(name, known[name], post, data={}, may_write="previewvisit previewlink")
        wrong = known[name].replace(known[name].split("/")[2], "z" * 26).replace(key, "z" * 26)
        cells.ask(name, wrong, 404)
    cells.done(record_property, "secrets")


# What a page tells


@pytest.mark.parametrize("role", ["no role", "contributor", "editor", "administrator"])
def test_no_page_names_a_story_that_its_reader_may_not_read(made, record_property, role):
    client, hidden, told, count = made.clients[role], _hidden_from(role, made), [], 0
    for what, response in _everything_shown(made, client, role):
        count += 1
        said = response.content.decode(errors="replace") + str(response.headers)
        told += [f"{role}: {what} tells of {word}" for word in hidden if word in said]
    assert told == []
    record_property(f"pages read by one who may not know of {len(hidden)} words, 0 told ({role})", count)


def test_control_whoever_reads_all_finds_those_words(made):
    hidden, found = _hidden_from("editor", made), set()
    for _what, response in _lists_asked(made, made.clients["chief"], "chief"):
        found |= {word for word in hidden if word in response.content.decode(errors="replace")}
    assert found == hidden


def _hidden_from(role, made):
    """The words of stories that the role may not read and no reader ever got (set of text)."""
    unread = [place for place in made.stories if not may(role, "read", *place)]
    return {inner(*place) for place in unread} | {word(*place) for place in unread if place[1] in UNSEEN}


def _everything_shown(made, client, role):
    for place in (("home", "draft"), ("own", "draft"), ("away", "draft"), ("away", "scheduled")):
        story = made.stories[place]
        for name, page, address in story_addresses(made, story):
            if page.get == 200:
                yield f"{name} of {place}", client.get(address)
        compared = f"/admin/articles/story/{story.pk}/compare/?from=1&to=now"
        yield compared, client.get(compared)
        for end in ("preflight", "presence"):
            with transaction.atomic():
                yield (
                    f"{end} of {place}",
                    client.post(f"/admin/articles/story/{story.pk}/{end}/", everything(made, story, story)),
                )
                transaction.set_rollback(True)
    yield from _lists_asked(made, client, role)


def _lists_asked(made, client, role):
    away = made.stories["away", "draft"]
    where = desk_addresses(made)
    addresses = [where(name) for name in DESK_PAGES if name not in ("site_at", "logout")]
    addresses += [address for _noun, _verb, _name, address in noun_addresses(made)]
    if role in made.users:
        addresses.append(f"/accounts/calendar/{made.users[role].preferences.calendar_key}.ics")
    questions = ["q=zhaway", "q=ziaway", "headline__startswith=zh", f"section__id__exact={away.section_id}", "e=1"]
    questions += ["o=1.-2.3", f"q={away.public_id}", "readers=scheduled", "due=today", "whose=mine", "whose=check"]
    questions += ["stage__exact=draft", "_facets=1", "due_at__year=2026&due_at__month=11&due_at__day=23", "_popup=1"]
    addresses += [f"/admin/articles/story/?{question}" for question in questions]
    addresses += [
        f"/admin/articles/story/calendar/?view={view}&{filters}"
        for view in ("month", "week", "agenda")
        for filters in ("date=2026-11-23", f"date=2026-11-23&section={away.section_id}", "stage=draft")
    ]
    addresses += [f"{COMPLETE}{model}&field_name={name}" for model, name in AUTOCOMPLETE]
    prefill = "&".join(f"{name}={away.pk}" for name in ("story", "related", "other", "translation_of", "id"))
    addresses += [f"/admin/articles/story/add/?{prefill}", "/admin/?e=1", "/accounts/2fa/", "/accounts/login/"]
    addresses += [f"/admin/articles/daynote/add/?{prefill}", f"/admin/articles/topic/add/?{prefill}"]
    for address in addresses:
        yield address, client.get(address, follow=True)


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
