"""What the demo newsroom got wrong and what it holds itself to: changes after publication, replies, policies."""

from .. import desk, press
from ..models import Contributor, Page, Story
from ..text.html import clean_body
from .markup import to_html


def as_first_printed(body, changes):
    """A story's body (HTML) as it was before `changes` (list of dicts, in their order) were made to it."""
    for change in reversed(changes):
        if change["was"]:
            body = body.replace(change["now"], change["was"], 1)
    return body


def make_changes(story, changes, *, by):
    """Make the changes one after the other, each a publication of its own."""
    for change in changes:
        if change["was"]:
            body = Story.objects.get(pk=story.pk).body
            desk.save(story, by=by, values={"body": body.replace(change["was"], change["now"], 1)})
        said = {"correction_kind": change["kind"], "correction_place": change["place"]}
        press.publish(story, by=by, change=change["change"], note=change["note"], **said)


def make_replies(replies, stories, *, by):
    """Print the replies (list of dicts) to those of them that are among `stories` (by name)."""
    for reply in replies:
        if reply["story"] in stories:
            said = {name: reply[name] for name in ("party", "headline", "text", "language")}
            press.print_reply(stories[reply["story"]], by=by, **said)


def make_policies(pages, people):
    """Make the pages (list of dicts) that are missing, and a masthead of `people` (names) where there is none."""
    for row in pages:
        said = {name: row[name] for name in ("title", "language", "policy")}
        Page.objects.get_or_create(slug=row["slug"], defaults=said | {"body": clean_body(to_html(row["body"]))})
    if not Contributor.objects.filter(on_masthead=True).exists():
        for place, name in enumerate(people, start=1):
            Contributor.objects.filter(name=name).update(on_masthead=True, masthead_position=place)
