"""How pages answer with a small and a large archive, on SQLite and on PostgreSQL; see README.md here."""

# ruff: noqa: S603 (every command is this Python with arguments of ours)

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1.3
ROUNDS, BURST, SECONDS = 12, 5, 20.0  # a page is asked for up to 12 x 5 times, or until both took 20 s together
SLOW = 5_000.0  # ms in which a burst ends early
DEEP = 50 * 20  # rows before page 51
REVISIONS = 10_000


def main():
    """Build what is missing, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1_000, help="stories in the small archive")
    parser.add_argument("--large", type=int, default=1_000_000, help="stories in the large archive")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench", help="where archives are kept")
    options = parser.parse_args()
    worst = []
    for database in options.databases.split(","):
        rows = measure(database, (options.small, options.large), options.work.resolve())
        say(table(database, options.small, options.large, rows))
        worst += [(ratio(row), f"{row['page']}, {database}") for row in rows]
    found, where = max(worst)
    say(f"\nWorst ratio large/small: {found:.2f} ({where}); {'at most' if found <= LIMIT else 'ABOVE'} {LIMIT}.")


def say(text):
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# Building


def measure(database, sizes, work):
    """Rows of the table (list of dicts) for one kind of database."""
    work.mkdir(parents=True, exist_ok=True)
    with _server(database, work) as server, ExitStack() as workers:
        places = [_environment(database, server, size, work) for size in sizes]
        for environment, size in zip(places, sizes, strict=True):
            build(environment, size)
        small, large = (workers.enter_context(Worker(environment)) for environment in places)
        return [measure_page(page, small, large) for page in small.pages]


def _server(database, work):
    if database == "sqlite":
        return nullcontext()
    sys.path.insert(0, str(ROOT / "tests"))
    from postgres import running_postgres  # only where it is wanted: it belongs to the tests

    # Root starts the server as `nobody`, who cannot enter every folder.
    shut = os.geteuid() == 0 and not all(folder.stat().st_mode & 0o001 for folder in (work, *work.parents))
    return running_postgres(Path("/var/tmp/newsroom-bench-0") if shut else work / "postgres")  # noqa: S108


def _environment(database, server, size, work):
    """The environment variables that name one archive."""
    place = work / f"{database}-{size}"
    place.mkdir(exist_ok=True)
    file = f"sqlite:///{place / 'newsroom.sqlite3'}"
    url = file if database == "sqlite" else _made(server, f"newsroom_{size}")
    return os.environ | {"DATABASE_URL": url, "NEWSROOM_VAR": str(place), "PYTHONPATH": str(ROOT)}


def _made(server, name):
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def build(environment, size):
    """Migrate, and seed unless an earlier run did."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    done = Path(environment["NEWSROOM_VAR"]) / "seeded"
    if done.exists():
        return
    say(f"Seeding {size:,} stories into {environment['NEWSROOM_VAR']} …")
    subprocess.run([*manage, "seed", "--stories", str(size), "--seed", "1"], env=environment, check=True)
    if environment["DATABASE_URL"].startswith("postgres"):
        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as a server's own housekeeping would in its own time
    done.touch()


# Measuring


class Worker(subprocess.Popen):
    """A process that has one archive open and answers how long pages take."""

    def __init__(self, environment):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        super().__init__([sys.executable, __file__, "--worker"], env=environment, **pipes)
        self.pages = json.loads(self.stdout.readline())

    def ask(self, page):
        """One burst of requests: `times` (ms, list) and the number of `queries` of one request (dict)."""
        self.stdin.write(f"{page}\n")
        self.stdin.flush()
        return json.loads(self.stdout.readline())


def measure_page(page, small, large):
    """One row: the page with its times in both archives, asked in turn so that noise hits both alike."""
    workers, times, queries = {"small": small, "large": large}, {"small": [], "large": []}, {}
    until = time.monotonic() + SECONDS
    for _round in range(ROUNDS):
        for name, worker in workers.items():
            burst = worker.ask(page)
            times[name] += burst["times"]
            queries[name] = burst["queries"]
        if time.monotonic() > until:
            break
    return {"page": page} | {name: _summary(times[name], queries[name]) for name in workers}


def _summary(times, queries):
    return {"median": statistics.median(times), "p95": sorted(times)[int(len(times) * 0.95)], "queries": queries}


def ratio(row):
    """How many times as long the large archive takes (median)."""
    return row["large"]["median"] / row["small"]["median"]


def table(database, small, large, rows):
    """The rows as text."""
    head = f"{'median':>8} {'p95':>8} {'queries':>7}"
    lines = [
        f"\n{database}: milliseconds a page, {small:,} and {large:,} stories",
        f"{'':15} | {head} | {head} | ratio",
    ]
    for row in rows:
        cells = ["{median:8.2f} {p95:8.2f} {queries:7}".format(**row[name]) for name in ("small", "large")]
        line = " | ".join([*cells, f"{ratio(row):5.2f}"])
        lines.append(f"{row['page']:15} | {line}")
    return "\n".join(lines)


# In the worker's process; Django is imported late because only there it has settings


def work():
    """Say which pages there are, then answer each line of standard input (a page's name) with a line of JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    import django

    from newsroom import settings

    # Plain names of static files: hashed ones would have to be collected for every archive.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    django.setup()
    pages, clients, queries = _pages(), {}, {}
    say(json.dumps(pages))
    for page in map(str.strip, sys.stdin):
        client = clients.setdefault(page, _client(page))
        queries[page] = queries.get(page) or _queries(client, pages[page])
        say(json.dumps({"times": _times(client, pages[page]), "queries": queries[page]}))


def _client(page):
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    if page.startswith("admin"):
        users = get_user_model().objects
        client.force_login(users.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
    return client


def _queries(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = _ask(client, path)
        found = len(queries)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}.")
    _times(client, path)  # warm by now
    return found


def _ask(client, path):
    """GET a page; an autosave is the POST its form makes while somebody types."""
    if not path.endswith("/autosave/"):
        return client.get(path)
    if path not in _FORMS:
        from articles.admin.fields import VersionField
        from articles.models import Story

        story = Story.objects.get(pk=path.split("/")[-3])
        _FORMS[path] = {"version_token": VersionField.token(story), "headline": "Typed", "body": story.body}
    return client.post(path, _FORMS[path])


_FORMS = {}


def _times(client, path):
    times = []
    while len(times) < BURST and sum(times) < SLOW:
        began = time.perf_counter()
        _ask(client, path)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _pages():
    """The pages by name (dict of addresses)."""
    from django.urls import reverse
    from django.utils import timezone

    from articles.models import Edition, EditionSection, Section, Topic
    from articles.views.paging import write_cursor

    section = Section.objects.order_by("path")[0]
    listed = EditionSection.objects.live().filter(section=section).newest_first()
    deep = write_cursor(listed[min(DEEP, listed.count() - 22) - 1])
    live = Edition.objects.live().for_page(timezone.now())
    newest, oldest = live.newest_first()[0].published_at, live.order_by("published_at")[0].published_at
    middle = live.newest_first().filter(published_at__lte=oldest + (newest - oldest) / 2)[:50]
    story = _revised(middle[0].public_id)
    return {
        "home": "/",
        "section": section.get_absolute_url(),
        "section, deep": f"{section.get_absolute_url()}?before={deep}",
        "story": max(middle, key=lambda edition: len(edition.topics)).get_absolute_url(),
        "topic": Topic.objects.order_by("-uses")[0].get_absolute_url(),
        "latest": "/latest/",
        "feed": "/feed.xml",
        "sitemap index": "/sitemap.xml",
        "admin stories": reverse("admin:articles_story_changelist"),
        "admin story": reverse("admin:articles_story_change", args=[story]),
        "admin autosave": reverse("admin:articles_story_autosave", args=[story]),
        "admin revisions": reverse("admin:articles_story_revisions", args=[story]),
        "admin start": reverse("admin:index"),
        "admin calendar": reverse("admin:articles_story_calendar"),
        "admin outgoing": reverse("admin:articles_story_outgoing"),
    }


def _revised(public_id):
    """A story (its key) with 10,000 revisions."""
    from django.utils import timezone

    from articles.desk.revising import record
    from articles.models import Revision, Story
    from articles.vocabulary import Act

    story = Story.objects.get(public_id=public_id)
    if story.revisions.count() < REVISIONS:
        Story.objects.filter(pk=story.pk).update(version=REVISIONS)
        story.refresh_from_db()
        record(story, act=Act.SAVED, by=None, changed=["body"])
        packed, now = story.revisions.get().packed, timezone.now()
        Revision.objects.bulk_create(
            (
                Revision(story=story, number=number, act=Act.SAVED, at=now, changed=["body"], packed=packed)
                for number in range(1, REVISIONS)
            ),
            batch_size=500,
        )
    return story.pk


if __name__ == "__main__":
    work() if sys.argv[1:] == ["--worker"] else main()
