"""Everybody and everything of the matrix: one person a role, one story for each scope and state."""

import re
from contextlib import contextmanager
from types import SimpleNamespace

import time_machine
from cast import DAY, HOUR, NOON, make_contributor, make_section, make_story, make_user
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from painted import painted_picture
from table import ROLES, SCOPES, STATES

from articles import desk, press
from articles.desk import fronts
from articles.desk.noting import resolve, write_note
from articles.desk.sharing import share
from articles.desk.topic_keeping import merge
from articles.models import DayNote, Effect, Front, LiveEntry, Page, Preferences, Redirect, Story, Topic, layout
from articles.text.ids import new_file_key, new_public_id
from articles.vocabulary import CheckKind, ContainerKind

SECTIONS = {"home": "politik/europa", "away": "wirtschaft", "own": "wirtschaft"}
# States in which no reader ever got the text of the working copy.
UNSEEN = ("pitch", "draft", "submitted", "cleared", "spiked", "scheduled", "changed", "embargoed")


def inner(scope, state):
    """The word that stands in the slugline of a story, which no reader ever gets (text)."""
    return f"zi{scope}{state}"


def word(scope, state):
    """The word that stands in headline, dek and text of a story (text)."""
    return f"zh{scope}{state}"


@contextmanager
def everybody(media):
    """The whole cast in a transaction that is rolled back in the end (SimpleNamespace), at NOON, which stands still."""
    with time_machine.travel(NOON - 3 * DAY, tick=False) as clock, transaction.atomic():
        made = SimpleNamespace(users={}, clients={}, stories={}, notes={}, closed={}, links={}, entries={}, media=media)
        _people(made)
        made.picture = painted_picture("harbour")
        for scope in SCOPES:
            for state in STATES:
                made.stories[scope, state] = _story(made, clock, scope, state)
        clock.move_to(NOON)
        for story in made.stories.values():
            _what_hangs_on(made, story)
        _nouns(made)
        for story in made.stories.values():
            story.refresh_from_db()
        for role, user in made.users.items():
            made.clients[role].force_login(user)
        yield made
        transaction.set_rollback(True)


def _people(made):
    model = get_user_model()
    for role in ROLES:
        if role == "visitor":
            made.clients[role] = Client(raise_request_exception=False)
            continue
        name = role.replace(" ", "-")
        if role in ("reader", "no role"):
            user = model.objects.create_user(name, password="x", is_staff=role == "no role")
        else:
            user = make_user(role, *(["politik"] if role == "editor" else []), name=name)
        make_contributor(role.title(), user=user)
        made.users[role] = user
        made.clients[role] = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    made.stranger = model.objects.create_user("stranger", password="x", is_staff=True)


def _story(made, clock, scope, state):
    """A story of that scope, brought into that state through the verbs of the house."""
    values = {
        "section": make_section(SECTIONS[scope]),
        "slugline": inner(scope, state),
        "headline": word(scope, state),
        "dek": word(scope, state),
        "body": f"<p>{word(scope, state)} sagt etwas.</p><h2>Zwischen</h2><p>Und mehr.</p>",
        "topics": ["Hafen"],
        "lead_picture": made.picture,
        "kind": "live" if state == "live" else "news",
    }
    if scope == "own":
        values |= {
            "bylines": [(user.contributor, "text") for user in made.users.values()],
            "assignee": made.users["editor"],
        }
    story = make_story(by=made.users["contributor"] if scope == "own" else None, **values)
    _BRING.get(state, lambda story, clock: None)(story, clock)
    return story


def _moved(*names):
    def bring(story, clock):
        for name in names:
            desk.move(story, name, by=None, note="x")

    return bring


def _pitch(story, clock):
    Story.objects.filter(pk=story.pk).update(stage="pitch")


def _scheduled(story, clock):
    _moved("submit", "clear")(story, clock)
    press.schedule(story, by=None, at=NOON + 2 * HOUR)


def _embargoed(story, clock):
    _moved("submit", "clear")(story, clock)
    desk.save(story, by=None, values={"embargo_until": NOON + DAY})
    press.schedule(story, by=None, at=NOON + DAY)


def _live(story, clock):
    _moved("submit", "clear")(story, clock)
    press.publish(story, by=None)


def _answered(story, clock):
    _live(story, clock)
    press.print_reply(story, by=None, party="Hafen GmbH", headline="Gegendarstellung", text="Falsch.")


def _changed(story, clock):
    secret, open_to_all = story.headline, f"Oben {story.pk}"
    desk.save(story, by=None, values={"headline": open_to_all, "dek": "", "body": "<p>Offen.</p>"})
    _live(story, clock)
    press.set_end(story, by=None, at=NOON + 5 * DAY)
    desk.save(story, by=None, values={"headline": secret, "dek": secret, "body": f"<p>{secret}</p>"})


def _withdrawn(story, clock):
    _live(story, clock)
    press.withdraw(story, by=None, reason="legal")


def _ended(story, clock):
    _live(story, clock)
    press.set_end(story, by=None, at=NOON - DAY)


_BRING = {
    "pitch": _pitch,
    "submitted": _moved("submit"),
    "cleared": _moved("submit", "clear"),
    "spiked": _moved("spike"),
    "scheduled": _scheduled,
    "live": _answered,
    "changed": _changed,
    "embargoed": _embargoed,
    "withdrawn": _withdrawn,
    "ended": _ended,
}


def _what_hangs_on(made, story):
    """A due time, a note with an answer, a preview link, checks where they are submitted, somebody who writes it."""
    chief = made.users["chief"]
    story.refresh_from_db()
    desk.save(story, by=chief, values={"due_at": NOON + HOUR})
    story.refresh_from_db()
    made.notes[story.pk] = write_note(story, by=chief, text=f"Notiz zu {story.slugline}")
    if story.stage == "draft":
        made.closed[story.pk] = resolve(write_note(story, by=chief, text=f"Erledigt {story.slugline}"), by=chief)
    before = story.stage
    Story.objects.filter(pk=story.pk).update(stage="draft")  # what is spiked later has its link already
    made.links[story.pk] = share(story, by=chief, name=f"Fuer {story.slugline}")
    Story.objects.filter(pk=story.pk).update(stage=before)
    made.entries[story.pk] = LiveEntry.objects.create(
        story=story,
        story_public_id=story.public_id,
        public_id=new_public_id(),
        number=1,
        body=f"<p>{story.slugline}</p>",
        made_at=NOON,
        published_at=NOON,
        live_from=NOON,
    )
    if story.stage == "submitted":
        for kind in CheckKind:
            desk.ask_check(story, kind, by=chief)
    desk.presence.beat(made.stranger, story, typed=True)


def _nouns(made):
    for user in made.users.values():
        Preferences.objects.create(user=user, calendar_key=new_file_key())
        for place in ("away", "home"):
            story = made.stories[place, "draft"]
            LogEntry.objects.create(
                user=user,
                content_type=ContentType.objects.get_for_model(Story),
                object_id=str(story.pk),
                object_repr=story.headline,
                action_flag=CHANGE,
                change_message="[]",
            )
    away = made.stories["away", "draft"]
    Effect.objects.create(kind="mail", key="parked", payload={"story": away.pk}, parked_at=NOON, last_error="x")
    home = made.stories["home", "draft"]
    desk.save(home, by=None, values={"related": [away, made.stories["away", "scheduled"]]})
    Topic.objects.for_name("Hafenstadt")
    made.merge = merge(Topic.objects.for_name("Der Hafen"), into=away.topics.get(), by=made.users["chief"])
    begun = fronts.begin(Front.objects.of(home.section), containers=(layout.container("lead", ContainerKind.LEAD),))
    made.launch = press.launch(begun, by=made.users["chief"], at=NOON + HOUR)
    Redirect(old_path="/alt", target="/politik/").save()
    made.objects = {
        "articles_section": away.section,
        "articles_topic": away.topics.get(),
        "articles_contributor": make_contributor(),
        "articles_picture": made.picture,
        "articles_page": Page.objects.get(slug="imprint"),
        "articles_redirect": Redirect.objects.get(),
        "articles_daynote": DayNote.objects.create(day=NOON.date(), text="Gipfel"),
        "auth_user": made.stranger,
        "auth_group": made.users["editor"].groups.get(),
    }


@contextmanager
def writes():
    """Collects the tables that are written to meanwhile (set of text), by reading every statement as it is sent."""
    found = set()

    def look(execute, sql, params, many, context):
        start = sql.lstrip()[:12].upper()
        if start.startswith(("INSERT", "UPDATE", "DELETE")):
            found.add(re.search(r'(?:INTO|UPDATE|FROM)\s+"?(\w+)', sql, re.IGNORECASE)[1].removeprefix("articles_"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def rows_of(tables):
    """All rows of those tables by their key (dict of dicts of text)."""
    found = {}
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
        for table in (each for each in tables if "searchwords" not in each):  # an index of words, and no rows to read
            name = f"articles_{table}" if f"articles_{table}" in known else table
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            found[table] = {row[0]: dict(zip(columns, map(str, row), strict=True)) for row in cursor.fetchall()}
    return found
