"""How pages answer with a small and a large archive, on SQLite and on PostgreSQL; see README.md here."""

import argparse
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from archives import WORK, build, environment, server
from asking import Worker, answer, checked, machine, measure, ratio, say, table, verdict, visitor

DEEP = 50 * 20  # rows before page 51
REVISIONS = 10_000


def main():
    """Build what is missing, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1_000, help="stories in the small archive")
    parser.add_argument("--large", type=int, default=1_000_000, help="stories in the large archive")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--work", type=Path, default=WORK, help="where archives are kept")
    options = parser.parse_args()
    worst = []
    for database in options.databases.split(","):
        rows = measure_pages(database, (options.small, options.large), options.work.resolve())
        say(
            table(
                f"{database}: milliseconds a page, {options.small:,} and {options.large:,} stories; {machine()}", rows
            )
        )
        worst += [(ratio(row), f"{row['name']}, {database}") for row in rows]
    say(verdict(worst))


def measure_pages(database, sizes, work):
    """Rows of the table (list of dicts) for one kind of database."""
    work.mkdir(parents=True, exist_ok=True)
    with server(database, work) as address, ExitStack() as workers:
        places = [environment(address, str(size), work) for size in sizes]
        for place, size in zip(places, sizes, strict=True):
            build(place, stories=size)
        small, large = (workers.enter_context(Worker(__file__, place)) for place in places)
        return [measure(page, small, large) for page in small.names]


# In the worker's process; Django is imported late because only there it has settings


def questions():
    """The pages by name (dict of functions that ask for them)."""
    return {
        page: partial(_ask, visitor("bench" if page.startswith("admin") else ""), path)
        for page, path in _pages().items()
    }


def _ask(client, path):
    """GET a page; an autosave is the POST its form makes while somebody types. How many bytes it has."""
    if not path.endswith("/autosave/"):
        return len(checked(client.get(path), path).content)
    if path not in _FORMS:
        from articles.admin.fields import VersionField
        from articles.models import Story

        story = Story.objects.get(pk=path.split("/")[-3])
        _FORMS[path] = {"version_token": VersionField.token(story), "headline": "Typed", "body": story.body}
    return len(checked(client.post(path, _FORMS[path]), path).content)


_FORMS = {}


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
        "sitemap file": _longest_sitemap(),
        "what changed": f"{middle[1].get_absolute_url()}changes/",
        "admin stories": reverse("admin:articles_story_changelist"),
        "admin story": reverse("admin:articles_story_change", args=[story]),
        "admin autosave": reverse("admin:articles_story_autosave", args=[story]),
        "admin revisions": reverse("admin:articles_story_revisions", args=[story]),
        "admin start": reverse("admin:index"),
        "admin calendar": reverse("admin:articles_story_calendar"),
        "admin outgoing": reverse("admin:articles_story_outgoing"),
    }


def _longest_sitemap():
    """The file of the sitemap with most stories: the address of the first part of the month that has most."""
    from collections import Counter

    from articles.models import Edition

    months = Counter(f"{at:%Y-%m}" for at in Edition.objects.live().values_list("published_at", flat=True).iterator())
    return f"/sitemap-{months.most_common(1)[0][0]}.xml"


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
    answer(questions) if sys.argv[1:] == ["--worker"] else main()
