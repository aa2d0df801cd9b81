"""The addresses of the newsroom, and what is sent to them: nothing, and everything a form could carry and more."""

from django.urls import URLResolver, get_resolver, reverse
from staff import NOON
from table import ACTS, CHECKS, NOUNS, STORY_PAGES

from articles.admin.fields import VersionField

# What nobody may set through a form: where one of these turns up in the database, a form wrote what it does not show.
FORGED_NUMBER, FORGED_TEXT, FORGED_TIME = "777777", "zzforged", "2031-01-01T05:06:07"
FORGED = {
    **dict.fromkeys(("version", "printed_version", "revision", "number", "opened", "position", "uses"), FORGED_NUMBER),
    **dict.fromkeys(("public_id", "key", "outsider", "embargo_broken", "path", "calendar_key", "error"), FORGED_TEXT),
    **dict.fromkeys(("ends_at", "created_at", "saved_at", "made_at", "live_from", "live_until"), FORGED_TIME),
    **dict.fromkeys(("resolved_at", "published_at_", "updated_at", "revoked_at", "at_", "seen_at"), FORGED_TIME),
    **dict.fromkeys(("is_superuser", "is_staff", "is_active", "holds", "required"), "on"),
    **dict.fromkeys(("stage", "stage_"), "cleared"),
}
COMPLETE = "/admin/autocomplete/?app_label=articles&term=z&model_name="
_PEOPLE = ("created_by", "saved_by", "by", "made_by", "user", "asked_by", "done_by", "resolved_by", "printed_by")
# What a form of any page holds when it is filled in, whoever sends it and whichever story it is about.
COMPLETE_FORM = {
    "note": "Ein Grund.",
    "note_text": "Eine Notiz.",
    "reason": "legal",
    "notice": "",
    "change": "update",
    "urgent": "",
    "override": "Eilt.",
    "break_embargo": "",
    "at": f"{NOON:%Y-%m-%d} 18:30",
    "day": f"{NOON:%Y-%m-}27",
    "next": "",
    "do": "",
    "name": "Dr. Weber",
    "party": "Hafen GmbH",
    "text": "working",
    "hours": "24",
    "seen": "1",
    "contributor": "",
    "passphrase": "",
    "typed": "1",
    "headline": "Neue Zeile",
    "body": "<p>Neuer Text.</p>",
    "kicker": "",
    "dek": "",
    "slugline": "",
    "slug": "",
    "kind": "news",
    "language": "de",
    "dateline": "",
    "source": "",
    "urgency": "5",
    "picture_caption": "",
    "picture_credit": "",
    "seo_title": "",
    "seo_description": "",
    "bylines-TOTAL_FORMS": "0",
    "bylines-INITIAL_FORMS": "0",
    "due_at": "26.11.2026 10:00",
    "related_rows-TOTAL_FORMS": "0",
    "related_rows-INITIAL_FORMS": "0",
    "topics": [],
    "new_topics": "",
    "embargo_until": "",
    "lead_picture": "",
    "translation_of": "",
}


def patterns(resolver=None, route="", names=()):
    """Every address of the project by its name, or by its route where it has none (set of text)."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = patterns(pattern, whole)
            found |= {f"api:{name}" for name in inside} if pattern.namespace == "api" else inside
        else:
            found.add(pattern.name or whole)
    return found


def story_addresses(made, story):
    """Each page of a story with its Page of the table and its address (list of name, Page, text)."""
    note, link = made.notes[story.pk], made.links[story.pk]
    further = {
        "articles_note_answer": [note.pk],
        "articles_note_resolve": [note.pk],
        "articles_note_reopen": [made.closed.get(story.pk, note).pk],
        "articles_story_unshare": [link.pk],
        "articles_story_restore": [1],
        **{f"articles_live_{name}": [made.entries[story.pk].public_id] for name in ("change", "remove", "pin", "mark")},
    }
    found = []
    for name, page in STORY_PAGES.items():
        bare = f"/admin/articles/story/{story.pk}/"
        where = bare if "/" in name else reverse(f"admin:{name}", args=[story.pk, *further.get(name, [])])
        found.append((name, page, where))
    for kind, acts in (("act", ACTS), ("check", CHECKS)):
        for name, page in acts.items():
            found.append((f"{kind} {name}", page, reverse(f"admin:articles_story_{kind}", args=[story.pk, name])))
    return found


def everything(made, story, other):
    """A POST that any page of the story could take as complete, and with every field it must not take (dict).

    `other` is the story that the forged keys name.
    """
    stranger = str(made.stranger.pk)
    forged = FORGED | dict.fromkeys(_PEOPLE, stranger) | {f"{name}_id": stranger for name in _PEOPLE}
    forged |= dict.fromkeys(("story", "story_id", "pk", "id", "object_id", "edition", "link", "answers"), str(other.pk))
    forged |= {"groups": "1", "user_permissions": "1", "mentions": str(made.stranger.pk)}
    own = {
        "version_token": VersionField.token(story),
        f"note_text_{made.notes[story.pk].pk}": "Eine Antwort.",
        "section": str(story.section_id),
        "assignee": str(made.users["chief"].pk),
        "reply": "".join(str(each.pk) for each in story.replies.all()[:1]),
    }
    return forged | COMPLETE_FORM | own


def noun_addresses(made):
    """Each page of Django's for a noun: what it does there, and its address (list of noun, verb, name, text)."""
    found = []
    for noun in NOUNS:
        pk = made.objects[noun].pk
        for page, verb in (("changelist", "view"), ("add", "add")):
            found.append((noun, verb, f"{noun}_{page}", reverse(f"admin:{noun}_{page}")))
        for page, verb in (("history", "view"), ("delete", "delete"), ("change", "view")):
            found.append((noun, verb, f"{noun}_{page}", reverse(f"admin:{noun}_{page}", args=[pk])))
    return found


def desk_addresses(made):
    """Each page of the desk that is not about one story, by its name (dict)."""
    section, user, topic = made.objects["articles_section"], made.stranger, made.objects["articles_topic"]
    args = {
        **{f"articles_topic_{name}": [topic.pk] for name in ("merge", "rename", "drop")},
        "articles_topic_undo": [made.merge.pk],
        "app_list": ["articles"],
        "articles_picture_look": [made.picture.key, 320],
        "articles_picture_original": [made.picture.pk],
        "articles_preflightlevel_section": [section.pk],
        "articles_section_moves": [section.pk],
        **{f"articles_front_{name}": [made.launch.front.key] for name in ("board", "launch", "history", "preview")},
        "articles_front_cancel": [made.launch.pk],
        "auth_user_reset_two_factor": [user.pk],
        "auth_user_password_change": [user.pk],
    }
    special = {
        "site_at": f"/admin/at/{NOON:%Y%m}30T060000Z/",
        "admin/(?P<url>.*)$": "/admin/no-such-page/",
    }
    return lambda name: special.get(name) or reverse(f"admin:{name}", args=args.get(name))


def forged_in(made, table, changed, story, changes):
    """What was written and must not have been: forged values, other people, other stories, other columns (lines)."""
    forged = {FORGED_NUMBER, FORGED_TEXT}
    for column, value in changed.items():
        person = column in ("by_id", "user_id") or column.endswith("_by_id")
        if column == "is_superuser" and value in ("1", "True"):
            yield "somebody was made a superuser"
        if value in forged or value.startswith("2031-01-01") or (person and value == str(made.stranger.pk)):
            yield f"{table}.{column} was forged: {value}"
        if story and column == "story_id" and value != str(story.pk):
            yield f"{table}.story_id names another story: {value}"
    if story and table == "story":
        if changed.get("id"):
            yield "another story was made"
        if changes is not None and set(changed) - changes:
            yield f"columns of the story that it must not change: {sorted(set(changed) - changes)}"
