"""Archives to measure with: where they are kept, the database each has, and how it is filled."""

# ruff: noqa: S603 (every command is this Python with arguments of ours)

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from asking import say

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench"


def server(database, work):
    """A context with the address of a PostgreSQL server, or with None for SQLite."""
    if database == "sqlite":
        return nullcontext()
    sys.path.insert(0, str(ROOT / "tests"))
    from postgres import running_postgres  # only where it is wanted: it belongs to the tests

    # Root starts the server as `nobody`, who cannot enter every folder.
    shut = os.geteuid() == 0 and not all(folder.stat().st_mode & 0o001 for folder in (work, *work.parents))
    return running_postgres(Path("/var/tmp/newsroom-bench-0") if shut else work / "postgres")  # noqa: S108


def environment(address, name, work):
    """The environment variables that name the archive `name`, on the server at `address` (None: SQLite)."""
    place = work / f"{'postgres' if address else 'sqlite'}-{name}"
    place.mkdir(parents=True, exist_ok=True)
    url = _made(address, f"newsroom_{name.replace('-', '_')}") if address else f"sqlite:///{place / 'newsroom.sqlite3'}"
    return os.environ | {"DATABASE_URL": url, "NEWSROOM_VAR": str(place), "PYTHONPATH": str(ROOT)}


def _made(address, name):
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def build(environment, **numbers):
    """Migrate, and seed so many (`stories`, `pictures`) unless an earlier run did."""
    manage(environment, "migrate", "--verbosity", "0")
    done = Path(environment["NEWSROOM_VAR"]) / "seeded"
    if done.exists():
        return
    told = " and ".join(f"{number:,} {what}" for what, number in numbers.items())
    say(f"Seeding {told} into {environment['NEWSROOM_VAR']} …")
    counts = [part for what, number in numbers.items() for part in (f"--{what}", str(number))]
    manage(environment, "seed", *counts, "--seed", "1")
    if environment["DATABASE_URL"].startswith("postgres"):
        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as a server's own housekeeping would in its own time
    done.touch()


def manage(environment, *command, stdout=None):
    """Run a management command on an archive; `stdout` as for a subprocess."""
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], env=environment, check=True, stdout=stdout)


@contextmanager
def scratch(work):
    """The environment variables of an empty newsroom on SQLite, gone at the end with all its files."""
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="scratch-") as folder:
        place = environment(None, "scratch", Path(folder))
        manage(place, "migrate", "--verbosity", "0")
        yield place


def told(environment, program, *arguments):
    """What `program` (a file here) finds out in a process of its own: the JSON that is the last line it says."""
    command = [sys.executable, program, *arguments]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said.splitlines()[-1])
