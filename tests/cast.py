"""The people, places and stories that tests share; each call makes one."""

import itertools
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection

from articles import desk, press
from articles.models import Contributor, Page, Section, SectionAssignment, Topic, promises
from articles.vocabulary import Change, Credit

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_numbers = itertools.count(1)


def make_section(path="politik", *, language="de", **fields):
    """The section at `path`, with whatever lies above it."""
    above, _slash, slug = path.rpartition("/")
    parent = make_section(above, language=language) if above else None
    names = {"slug": slug, "parent": parent, "language": language, "name": slug.title()} | fields
    return Section.objects.get_or_create(path=path, defaults=names)[0]


def make_user(role, *sections, name=""):
    """A member of staff with that role, editing those sections (paths)."""
    name = name or f"{role.replace(' ', '-')}-{next(_numbers)}"
    user = get_user_model().objects.create_user(name, password="correct-horse-battery", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    for path in sections:
        SectionAssignment.objects.create(user=user, section=make_section(path))
    return user


def make_contributor(name="Ada Brook", **fields):
    """Somebody with that name, made once."""
    found = Contributor.objects.filter(name=name).first()
    return found or Contributor.objects.make(name=name, **fields)


def make_topic(name="Hafen"):
    """The topic of that name, made once."""
    return Topic.objects.for_name(name)


def make_story(headline="", *, by=None, section=None, **values):
    """A draft with text, a byline and a section."""
    number = next(_numbers)
    person = make_contributor()
    values = {
        "headline": headline or f"Meldung Nummer {number}",
        "body": f"<p>Der erste Satz der Meldung {number}. Der zweite.</p><h2>Zwischentitel</h2><p>Und der letzte.</p>",
        "section": section or make_section(),
        "language": "de",
        "bylines": [(person, Credit.TEXT)],
    } | values
    return desk.start(by=by, values=values)


def make_submitted(headline="", **values):
    """A story that waits for an editor."""
    return desk.move(make_story(headline, **values), "submit", by=None)


def make_cleared(headline="", **values):
    """A story that could be printed now."""
    return desk.move(make_submitted(headline, **values), "clear", by=None)


def make_scheduled(headline="", *, at, **values):
    """A story that readers will have from that moment."""
    story = make_cleared(headline, **values)
    press.schedule(story, by=None, at=at)
    return story


def make_live(headline="", *, published_at=None, **values):
    """A story readers have."""
    story = make_cleared(headline, **values)
    press.publish(story, by=None, published_at=published_at)
    return story


def rewrite(story, text, **values):
    """Save another text into the working copy."""
    desk.save(story, by=None, values={"body": f"<p>{text}</p>"} | values)
    return story


def make_corrected(text="Richtig.", *, note="Es war anders.", story=None, **said):
    """A story readers have, put right with a note; `said` is what `publish` takes."""
    story = story or make_live()
    press.publish(rewrite(story, text), by=None, change=Change.CORRECTION, note=note, **said)
    return story


def make_reply(story, *, party="Hafen GmbH", headline="Gegendarstellung", text="Das ist falsch.", **said):
    """What somebody replies to a story, printed."""
    return press.print_reply(story, by=None, party=party, headline=headline, text=text, **said)


def let_tables_be_emptied():
    """Lift, until the next `flush`, what keeps corrections and replies from being deleted (SQLite only)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in promises.STAYS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def make_migrated_rows():
    """Roles and standing pages as the migration makes them, where they are missing."""
    roles = import_module("articles.migrations.0002_roles_and_standing_pages").ROLES
    for role, names in roles.items():
        group, _made = Group.objects.get_or_create(name=role)
        for name in names:
            label, _dot, codename = name.rpartition(".")
            group.permissions.add(
                Permission.objects.get(content_type__app_label=label or "articles", codename=codename)
            )
    for slug in ("imprint", "privacy"):
        Page.objects.get_or_create(slug=slug, defaults={"title": slug.title()})
