"""Start a story and save its working copy; every face and every importer writes through these two."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Byline, Edition, RelatedStory, Story, StoryEvent, Topic
from ..rules.readiness import desk_time, name_of
from ..rules.refusal import Refused, act, refuse_if
from ..text.figures import figures
from ..text.html import clean_body, one_line
from ..text.notes import without_marks
from ..text.slugs import slugify
from ..vocabulary import Act, Stage
from .columns import FIELDS, ROWS
from .hanging import note_pictures, refuse_strange_pictures
from .marking import own_marks
from .merging import merge_into
from .reopening import reopen_checks
from .revising import plain, record, record_baseline, rows_of, snapshot, values_of
from .tagging import set_topics
from .telling import tell_assignee

# More than any story has, and few enough characters to compare and merge within a request.
MOST_TEXT = 2_000_000


class Saved(list):
    """The names of what a save changed; `merged` names what somebody else had changed meanwhile and was kept."""

    merged = ()


@act
def start(*, by, values, stage=Stage.DRAFT):
    """A new story with `values` (as for `save`, at least headline and section). Returns the Story. Raises Refused."""
    fields = _tidy({name: values[name] for name in FIELDS if name in values})
    _refuse_without_headline(fields.get("headline", ""))
    fields["slug"] = fields.get("slug") or slug_for(fields["headline"])
    story = Story.objects.make(**fields, stage=stage, created_by=by, saved_by=by)
    for name in ROWS:
        if name in values:
            _SETTERS[name](story, values[name])
    note_pictures(story)
    record(story, act=Act.CREATED, by=by, changed=())
    StoryEvent.record(story, Act.CREATED, by=by)
    tell_assignee(story, by=by)
    return story


@act
def save(story, *, by, values, version=None, act=Act.SAVED, note=""):
    """Save `values` into the working copy as a revision; returns which names changed (Saved), empty where none did.

    `values` may hold any of FIELDS, and of ROWS in their order: `bylines` as (contributor, credit) pairs,
    `topics` as Topics or names, `related` as Stories, `further_sections` as Sections. The body is sanitised
    here. `version` is the working copy the values were written on: what somebody saved since is merged in,
    field by field and paragraph by paragraph; where both changed the same, nothing is saved and Conflict is
    raised with both. `act` and `note` are what the log calls it. Raises Refused.
    """
    given, story = story, Story.objects.lock(story)
    fields = _tidy({name: values[name] for name in FIELDS if name in values}, story)
    if "headline" in fields:
        _refuse_without_headline(fields["headline"])
    if _slug_follows(story, fields):
        fields["slug"] = ""
    if "slug" in fields:
        fields["slug"] = fields["slug"] or slug_for(fields.get("headline", story.headline))
    before, rows, taken = snapshot(story), {name: values[name] for name in ROWS if name in values}, ()
    if version is not None and version != story.version:
        mine = _as_typed(story, fields, rows)
        merged, taken = merge_into(story, mine, before, version=version, reason=somebody_saved(story))
        merged = values_of(merged)
        fields, rows = ({name: merged[name] for name in part} for part in (fields, rows))
    refuse_if(_embargo_refusals(story, fields))
    for name, value in fields.items():
        setattr(story, name, value)
    for name, value in rows.items():
        _SETTERS[name](story, value)
    after = before | {name: plain(story, name) for name in fields} | rows_of(story, rows)
    changed = Saved(name for name in (*FIELDS, *ROWS) if before[name] != after[name])
    changed.merged = tuple(taken)
    if changed:
        record_baseline(story, before)
        story.version += 1
        story.saved_at, story.saved_by = timezone.now(), by
        story.save()
        note_pictures(story, before["body"])
        record(story, act=act, by=by, changed=changed, content=after)
        details = {"merged": list(taken)} if taken else {}
        StoryEvent.record(story, act, by=by, note=note, changed=list(changed), revision=story.version, **details)
        reopen_checks(story, _readable_changes(changed, before, after), by=by)
        if "assignee" in changed:
            tell_assignee(story, by=by, text=note)
        given.refresh_from_db()
    return changed


def _readable_changes(changed, before, after):
    """Of what changed, what anybody reads: not a body in which only the mark of a note came or went (set of names).

    `text_pictures` is among them where the pictures in the text are others, or said to be.
    """
    old, new = (without_marks(each["body"]) for each in (before, after))
    pictures = {"text_pictures"} if figures(old) != figures(new) else set()
    return set(changed) - ({"body"} if old == new else set()) | pictures


def _as_typed(story, fields, rows):
    """What is being saved in the form of a snapshot; nothing is written."""
    typed = Story(**fields)
    return {name: plain(typed, name) for name in fields} | {name: _KEYS[name](value) for name, value in rows.items()}


def somebody_saved(story):
    """The sentence for whoever wrote on an older working copy than the stored one."""
    return _("%(who)s saved this story at %(time)s, while you were writing.") % {
        "who": name_of(story.saved_by),
        "time": desk_time(story.saved_at),
    }


def _tidy(fields, story=None):
    """One-line texts without stray white space and NUL; the body as it may stand in `story` (None: a new one)."""
    for name, value in fields.items():
        if name == "body":
            _refuse_too_long(value)
            fields[name] = own_marks(story, clean_body(value))
            refuse_strange_pictures(fields[name])
        elif isinstance(value, str):
            fields[name] = one_line(value)
    return fields


def _refuse_without_headline(headline):
    if not headline:
        raise Refused(_("A story needs a headline, if only a working one."))


def _refuse_too_long(body):
    if len(body) > MOST_TEXT:
        raise Refused(
            _("The text has %(count)d characters with its markup; at most %(most)d can be saved. Shorten or split it.")
            % {"count": len(body), "most": MOST_TEXT}
        )


def _slug_follows(story, fields):
    """Whether the slug is the old headline's own, nobody chose another, and no reader knows it yet."""
    untouched = fields.get("slug", story.slug) == story.slug == slug_for(story.headline)
    return "headline" in fields and untouched and not Edition.objects.filter(story=story).exists()


def slug_for(headline):
    """The slug a story gets from its headline (text, never empty)."""
    return slugify(headline) or "story"


def _embargo_refusals(story, fields):
    embargo = fields.get("embargo_until")
    if not embargo or embargo == story.embargo_until:
        return
    early = Edition.objects.filter(story=story, live_from__gt=timezone.now(), live_from__lt=embargo, embargo_broken="")
    for edition in early:
        yield _("An edition is scheduled for %(time)s, before this embargo ends. Cancel it first.") % {
            "time": desk_time(edition.live_from)
        }


def _topic_keys(topics):
    """The keys of topics (Topics or names); a name nobody used before has none yet and becomes a topic here."""
    return sorted({Topic.objects.for_name(each).pk if isinstance(each, str) else each.pk for each in topics})


_KEYS = {
    "bylines": lambda pairs: [[person.pk, str(credit)] for person, credit in dict.fromkeys(pairs)],
    "topics": _topic_keys,
    "related": lambda stories: [story.pk for story in dict.fromkeys(stories)],
    "further_sections": lambda sections: sorted(section.pk for section in sections),
}


def _set_bylines(story, pairs):
    pairs = dict.fromkeys((person, str(credit)) for person, credit in pairs)
    story.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(story=story, contributor=person, credit=credit, position=position)
        for position, (person, credit) in enumerate(pairs, start=1)
    )


def _set_related(story, others):
    others = [other for other in dict.fromkeys(others) if other.pk != story.pk]
    story.related_rows.all().delete()
    RelatedStory.objects.bulk_create(
        RelatedStory(story=story, other=other, position=position) for position, other in enumerate(others, start=1)
    )


def _set_further_sections(story, sections):
    story.further_sections.set(section for section in sections if section.pk != story.section_id)


_SETTERS = {
    "bylines": _set_bylines,
    "topics": set_topics,
    "related": _set_related,
    "further_sections": _set_further_sections,
}
