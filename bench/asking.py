"""How long questions take to answer in two archives: asked in turn, so that noise hits both alike."""

import gc
import json
import os
import statistics
import subprocess
import sys
import time

LIMIT = 1.3
ROUNDS, BURST, SECONDS = 12, 5, 20.0  # each is asked up to 12 x 5 times, or until both took 20 s together
SLOW = 5_000.0  # ms in which a burst ends early


def say(text):
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def machine():
    """What the figures were measured on (text)."""
    return f"{os.cpu_count()} processors, load {' '.join(f'{each:.1f}' for each in os.getloadavg())}"


class Worker(subprocess.Popen):
    """A process of `program` (its file) that has one archive open and answers how long its questions take."""

    def __init__(self, program, environment):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        super().__init__([sys.executable, program, "--worker"], env=environment, **pipes)
        self.names = json.loads(self.stdout.readline())

    def ask(self, name):
        """One burst: `times` (ms, list), the number of `queries` of one and what it `shows` (dict)."""
        self.stdin.write(f"{name}\n")
        self.stdin.flush()
        return json.loads(self.stdout.readline())


def measure(name, small, large):
    """One row: the question with its times in both archives (workers)."""
    workers, times, said = {"small": small, "large": large}, {"small": [], "large": []}, {}
    until = time.monotonic() + SECONDS
    for _round in range(ROUNDS):
        for archive, worker in workers.items():
            burst = worker.ask(name)
            times[archive] += burst.pop("times")
            said[archive] = burst
        if time.monotonic() > until:
            break
    return {"name": name} | {archive: said[archive] | _summary(times[archive]) for archive in workers}


def _summary(times):
    return {"median": statistics.median(times), "p95": sorted(times)[int(len(times) * 0.95)]}


def ratio(row):
    """How many times as long the large archive takes (median)."""
    return row["large"]["median"] / row["small"]["median"]


def table(title, rows, *, columns=("median", "p95", "queries")):
    """The rows as text, these `columns` for the small and for the large archive."""
    head = " ".join(f"{column:>8}" for column in columns)
    wide = max(len(row["name"]) for row in rows)
    lines = [f"\n{title}", f"{'':{wide}} | {head} | {head} | ratio"]
    for row in rows:
        cells = [" ".join(_cell(row[archive][column]) for column in columns) for archive in ("small", "large")]
        lines.append(" | ".join([f"{row['name']:{wide}}", *cells, f"{ratio(row):5.2f}"]))
    return "\n".join(lines)


def _cell(number):
    return f"{number:8.2f}" if isinstance(number, float) else f"{number:8}"


def verdict(worst):
    """The last line, of pairs of a ratio and where it was found."""
    found, where = max(worst)
    return f"\nWorst ratio large/small: {found:.2f} ({where}); {'at most' if found <= LIMIT else 'ABOVE'} {LIMIT}."


# In the worker's process; Django is imported late because only there it has settings


def set_up():
    """Make Django ready for the newsroom that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    import django
    from django.core.checks import run_checks

    from newsroom import settings

    # Plain names of static files: hashed ones would have to be collected for every archive.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    django.setup()
    run_checks()
    gc.freeze()  # as the server's entry point does


def answer(questions):
    """Say which `questions` there are, then answer each line of standard input (a name) with a line of JSON.

    `questions` is asked once, with Django set up, for functions by name (dict); each says what it shows (number).
    """
    set_up()
    functions, facts = questions(), {}
    say(json.dumps(list(functions)))
    for name in map(str.strip, sys.stdin):
        facts[name] = facts.get(name) or _facts(functions[name])
        say(json.dumps(facts[name] | {"times": _times(functions[name])}))


def _facts(function):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        shows = function()
        found = len(queries)
    _times(function)  # warm by now
    return {"queries": found, "shows": shows}


def _times(function):
    times = []
    while len(times) < BURST and sum(times) < SLOW:
        began = time.perf_counter()
        function()
        times.append((time.perf_counter() - began) * 1000)
    return times


def visitor(username=""):
    """A browser (Django's test client) on this machine, signed in as a member of staff of that name, made if needed."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    if username:
        users = get_user_model().objects
        client.force_login(users.get_or_create(username=username, is_staff=True, is_superuser=True)[0])
    return client


def checked(response, path):
    """The response, if it is a page. Raises RuntimeError."""
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}.")
    return response
