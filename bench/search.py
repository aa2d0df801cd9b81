"""How fast stories are indexed, and how fast the search answers in a small and a large archive; see README.md here."""

import argparse
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from archives import WORK, build, environment, server, told
from asking import Worker, answer, checked, machine, measure, ratio, say, set_up, table, verdict, visitor

SAMPLE = 2_000  # editions taken out of the index and put back, in a transaction that is undone


def main():
    """Build what is missing, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1_000, help="stories in the small archive")
    parser.add_argument("--large", type=int, default=100_000, help="stories in the large archive")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--work", type=Path, default=WORK, help="where archives are kept")
    options = parser.parse_args()
    worst = []
    for database in options.databases.split(","):
        rows = measure_search(database, (options.small, options.large), options.work.resolve())
        title = f"{database}: milliseconds a search, {options.small:,} and {options.large:,} stories; {machine()}"
        say(table(title, rows))
        worst += [(ratio(row), f"{row['name']}, {database}") for row in rows]
    say(verdict(worst))


def measure_search(database, sizes, work):
    """Rows of the table (list of dicts) for one kind of database; says how fast it indexes."""
    work.mkdir(parents=True, exist_ok=True)
    with server(database, work) as address, ExitStack() as workers:
        places = [environment(address, str(size), work) for size in sizes]
        for place, size in zip(places, sizes, strict=True):
            build(place, stories=size)
        for place, size in zip(places, sizes, strict=True):
            rate = told(place, __file__, "--index")
            say(
                f"{database}, {size:,} stories: {rate['second']:,.0f} more indexed a second, {rate['cpu']:,.0f} of CPU."
            )
        small, large = (workers.enter_context(Worker(__file__, place)) for place in places)
        return [measure(name, small, large) for name in small.names]


# In the worker's process; Django is imported late because only there it has settings


def index_some():
    """Say (JSON) how many editions the index takes a second, by the clock and of the processor's time here."""
    set_up()
    import json

    from django.db import transaction

    from articles.models import Edition
    from articles.search import the_index

    editions, index = list(Edition.objects.order_by("-pk")[:SAMPLE]), the_index()
    with transaction.atomic():
        index.remove(editions)
        began, busy = time.perf_counter(), time.process_time()
        index.add(editions)
        took, busy = time.perf_counter() - began, time.process_time() - busy
        transaction.set_rollback(True)
    say(json.dumps({"second": len(editions) / took, "cpu": len(editions) / busy}))


def questions():
    """The searches by name (dict of functions that ask for them)."""
    found = {name: partial(_ask, visitor(), f"/search/?q={query}") for name, query in _searches().items()}
    for name, typed in (("suggest, 2 letters", "ha"), ("suggest, 5 letters", "hafen"), ("suggest, 2nd word", "rat ha")):
        found[name] = partial(_ask, visitor(), f"/search/suggest?q={typed}")
    return found


def _searches():
    from articles.models import Edition, Section

    section = Section.objects.order_by("path")[0].path
    rare = Edition.objects.live().order_by("public_id")[0].headline.split()[-1]
    return {
        "rare word": f"{rare}&from=2020-01-01&to=2020-01-31",
        "common word": "hafen",
        "word in every story": "der",
        "the same, newest first": "der&sort=date",
        "two words": "council+budget",
        "word and not another": "hafen+-rat",
        "phrase": "%22city+council%22",
        "phrase nobody wrote": "%22der+hafen+die%22",
        "with filters": f"der&section={section}&kind=opinion",
        "one year": "hafen&from=2021-01-01&to=2021-12-31",
        "page 12": "der&page=12",
        "nothing, what was meant": "haffen+zzqqx",
        "spelling": "budgett",
    }


def _ask(client, path):
    """GET a page; how many bytes it has."""
    return len(checked(client.get(path), path).content)


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        answer(questions)
    elif sys.argv[1:] == ["--index"]:
        index_some()
    else:
        main()
