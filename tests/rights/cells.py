"""One cell of the matrix after another: who asks which address how, and what the table says of it."""

import copy
from contextlib import nullcontext

from asking import everything, forged_in, story_addresses
from django.db import connection, transaction
from staff import rows_of, writes
from table import (
    NO_STORIES,
    OUTSIDE,
    STATES,
    may,
)

# Whatever the desk keeps of a visit itself: the session, when somebody was last here.
OF_A_VISIT = {"django_session", "newsroom_cache"}
WRITERS = ("contributor", "editor", "chief")
# What scripts ask and get an answer to, where a browser is led on.
SHOWN_AGAIN = {"articles_story_presence", "articles_story_autosave"}


class Cells:
    """Asks, compares, counts; `wrong` has a line for each mismatch."""

    def __init__(self, made, role):
        self.made, self.role, self.client, self.count, self.wrong = made, role, made.clients[role], 0, []
        self.cookies = copy.deepcopy(self.client.cookies)

    def ask(self, what, address, expected, *, data=None, may_write="", keep=False):
        """One request: its status is `expected`, and it writes to no table but those of `may_write`."""
        with writes() as tables, transaction.atomic() if data is not None else nullcontext():
            response = self.client.get(address) if data is None else self.client.post(address, data)
            after = rows_of(tables - OF_A_VISIT) if keep else None
            if data is not None:
                transaction.set_rollback(True)
        if response.cookies:
            self.client.cookies = copy.deepcopy(self.cookies)
        self.count += 1
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
        """A form of Django's with forged fields: whatever is written, none of them is. Returns the tables (set)."""
        with transaction.atomic(), writes() as tables:
            self.client.post(address, data)
            after = rows_of(tables - OF_A_VISIT)
            transaction.set_rollback(True)
        self.count += 1
        self.compare(what, self.rows_before(" ".join(after)), after)
        return set(after)

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
        assert not self.wrong, "\n".join(self.wrong)
        record_property(f"cells of the rights matrix, 0 mismatches ({what}, {self.role})", self.count)


def expected_of(role, page, method, scope, state):
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


# PostgreSQL is asked about one story of each kind of answer: that both databases give `scoped` the same meaning is
# tested by itself, and the whole grid takes minutes.
ASKED = tuple(STATES) if connection.vendor == "sqlite" else ("draft", "submitted", "live", "embargoed")


def stories_asked(cells, made, states=ASKED):
    """Every page of the stories in those states, by all three methods."""
    for (scope, state), story in made.stories.items():
        if state not in states:
            continue
        other = made.stories["away" if scope != "away" else "home", "draft"]
        complete = everything(made, story, other)
        for name, page, address in story_addresses(made, story):
            cell = f"{name} of {scope} {state}"
            for method, data in (("GET", None), ("POST", {}), ("POST+", complete)):
                expected = expected_of(cells.role, page, method, scope, state)
                if (method == "POST+") == (expected == page.post) and method != "GET":
                    continue  # whoever may sends all of it below, where the story is in a state to do it
                if method == "POST+" and name == "articles_story_change" and expected == 403:
                    # Handed back, not saved, to those who write elsewhere: they may have lost the right just now.
                    expected = 409 if cells.role in WRITERS and may(cells.role, "read", scope, state) else 403
                allowed = page.empty_writes if method == "POST" and expected == page.post else ""
                cells.ask(cell, address, expected, data=data, may_write=allowed)
