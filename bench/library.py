"""How the picture desk's library answers with few and with many pictures, on SQLite and on PostgreSQL.

Each archive has 200 stories too, whose texts use seven of ten pictures. Every question is taken from what its own
archive has (its commonest word, its rarest …), so `shows` says how many pictures come of it in each.
"""

import argparse
import sys
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from archives import WORK, build, environment, server
from asking import Worker, answer, checked, machine, measure, ratio, say, table, verdict, visitor

STORIES = 200
USED = 7  # of ten pictures
FOUND = 'name="picture" value='


def main():
    """Build what is missing, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000, help="pictures in the small library")
    parser.add_argument("--large", type=int, default=100_000, help="pictures in the large library")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--work", type=Path, default=WORK, help="where archives are kept")
    options = parser.parse_args()
    worst = []
    for database in options.databases.split(","):
        rows = measure_library(database, (options.small, options.large), options.work.resolve())
        title = f"{database}: milliseconds, {options.small:,} and {options.large:,} pictures; {machine()}"
        say(table(title, rows, columns=("median", "p95", "queries", "shows")))
        worst += [(ratio(row), f"{row['name']}, {database}") for row in rows]
    say(verdict(worst))


def measure_library(database, sizes, work):
    """Rows of the table (list of dicts) for one kind of database."""
    work.mkdir(parents=True, exist_ok=True)
    with server(database, work) as address, ExitStack() as workers:
        places = [environment(address, f"pictures-{size}", work) for size in sizes]
        for place, size in zip(places, sizes, strict=True):
            build(place, stories=STORIES, pictures=size)
        small, large = (workers.enter_context(Worker(__file__, place)) for place in places)
        return [measure(name, small, large) for name in small.names]


# In the worker's process; Django is imported late because only there it has settings


def questions():
    """What the library is asked, by name (dict of functions)."""
    _use_pictures()
    client = visitor("bench")
    pages = {name: partial(_ask, client, asked) for name, asked in _lists().items()}
    return pages | {"near duplicates": _near_duplicates()}


def _ask(client, asked):
    """Ask for the grid; how many pictures it shows."""
    from django.urls import reverse

    path = f"{reverse('admin:articles_picture_changelist')}?{urlencode(asked)}"
    return checked(client.get(path), path).content.decode().count(FOUND)


def _use_pictures():
    """Let the texts of the stories use seven of ten pictures, wherever in the library."""
    from articles.models import Picture, Story, StoryPicture
    from articles.press.archive import write_rows

    if StoryPicture.objects.exists():
        return
    stories = cycle(Story.objects.order_by("pk").values_list("pk", flat=True))
    pictures = Picture.objects.order_by("likeness_1", "pk").values_list("pk", flat=True)
    used = (pk for place, pk in enumerate(pictures) if place % 10 < USED)
    write_rows(StoryPicture, ("story_id", "picture_id"), zip(stories, used, strict=False))


def _lists():
    """The questions of the library's form, by name (dict of dicts)."""
    from articles.media.finding import RIGHTS_STATES, cursor, newest_first
    from articles.models import Picture

    pictures = newest_first(Picture.objects.all())
    middle = pictures[Picture.objects.count() // 2]
    common, second, rare, apart = _words()
    section, whole = _sections()
    states = {f"rights: {state}": {"rights": state} for state in RIGHTS_STATES}
    return {
        "newest": {},
        "as a list": {"view": "list"},
        "deep page": {"before": cursor(middle)},
        "back from deep": {"after": cursor(middle)},
        "common word": {"q": common},
        "rare word": {"q": rare},
        "two common words": {"q": f"{common} {second}"},
        "common and rare word": {"q": f"{common} {rare}"},
        "words never together": {"q": f"{common} {apart}"},
        "no such word": {"q": "zyzzyx"},
        "creator": {"creator": middle.creator},
        "agency": {"agency": pictures.exclude(agency="")[0].agency},
        "section": {"section": section.pk},
        "section with others": {"section": whole.pk},
        **states,
        "unused": {"unused": "on"},
        "without alt": {"alt": "on"},
        "without credit": {"credit": "on"},
        "without both, unused": {"alt": "on", "credit": "on", "unused": "on"},
        "uploaded by me": {"mine": "on"},
        "agency and common word": {"agency": pictures.exclude(agency="")[0].agency, "q": common},
        "section, usable, word": {"section": section.pk, "rights": "usable", "q": second},
    }


def _words():
    """The commonest word, the next, the rarest, and the commonest that none of the first one's pictures has."""
    from django.db.models import Count

    from articles.media.finding import matching
    from articles.models import Picture, PictureWord

    ranked = PictureWord.objects.values_list("word").annotate(uses=Count("pk")).order_by("-uses", "word")
    words = [word for word, _uses in ranked]
    its = matching(Picture.objects.all(), words[0])
    apart = next(word for word in words if len(word) > 2 and not matching(its, word)[:1])
    return words[0], words[1], words[-1], apart


def _sections():
    """A section without others below it, and one with."""
    from articles.models import Section

    sections = list(Section.objects.order_by("path"))
    above = next(each for each in sections if any(other.path.startswith(f"{each.path}/") for other in sections))
    return next(each for each in sections if each.path.startswith(f"{above.path}/")), above


def _near_duplicates():
    """Asks for pictures that look like one of the library."""
    from articles.media.likening import similar_to
    from articles.models import Picture

    names = [f"likeness_{place}" for place in (1, 2, 3, 4)]
    bands = list(Picture.objects.order_by("likeness_2").values_list(*names)[10])
    return lambda: len(similar_to([bands[0] ^ 5, *bands[1:]]))


if __name__ == "__main__":
    answer(questions) if sys.argv[1:] == ["--worker"] else main()
