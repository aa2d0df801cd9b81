"""The policy as a table that a person can read: who may do what, where, and what each address then answers.

Nothing here is computed by the code under test. `test_matrix.py` asks every address as everybody and compares.
"""

from typing import NamedTuple

# Who asks. "visitor" is not signed in, "reader" has an account without being staff, "no role" is staff without a role.
ROLES = (
    *("visitor", "reader", "no role"),
    *("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator"),
)
OUTSIDE = ("visitor", "reader")  # the desk leads them to the sign-in (302), but for:
OUTSIDE_ANSWERS = {("reader", "login"): 403}
STAFF = tuple(role for role in ROLES if role not in OUTSIDE)

# Staff for whom there are no stories at all: Django does not lead them back from a story there is not.
NO_STORIES = ("no role", "administrator")

# Where the story stands to who asks: in a section the editor edits, in another one, or another one but their own.
SCOPES = ("home", "away", "own")

# What a story can be, and the stage its working copy then has.
STATES = {
    "pitch": "pitch",
    "draft": "draft",
    "submitted": "submitted",
    "cleared": "cleared",
    "spiked": "spiked",
    "scheduled": "cleared",
    "live": "cleared",
    "changed": "cleared",
    "embargoed": "cleared",
    "withdrawn": "cleared",
    "ended": "cleared",
}
OPEN = ("pitch", "draft")

# For each verb, who may and where. "own?" is one's own only while nobody was asked to look at it (a pitch or draft).
_ALL = "home away own"
_READ = {
    "contributor": "own",
    "editor": "home own",
    "chief": _ALL,
    "picture editor": _ALL,
    "topic librarian": _ALL,
}
_WRITE = {"contributor": "own?", "editor": "home own?", "chief": _ALL}
_EDIT = {"editor": "home", "chief": _ALL}
_CHIEF = {"chief": _ALL}
RIGHTS = {
    "read": _READ,
    "create": {"contributor": "own", "editor": "home own", "chief": _ALL},
    "write": _WRITE,
    "submit": _WRITE,
    "plan": _WRITE,
    "take_over": _WRITE,
    "ask_check": _WRITE,
    "note": _READ,
    "tag": {"editor": "home own", "chief": _ALL, "topic librarian": _ALL},
    "clear": _EDIT,
    "spike": _EDIT,
    "publish": _EDIT,
    "check_copy": _EDIT,
    "override_preflight": _EDIT,
    "share": _EDIT,
    "report_live": _EDIT,
    "check_legal": _CHIEF,
    "check_picture": {"chief": _ALL, "picture editor": _ALL},
    "withdraw": _CHIEF,
    "break_embargo": _CHIEF,
    "bypass_checks": _CHIEF,
}


def may(role, verbs, scope, state):
    """Whether the role has one of the verbs (names with `|` between) for a story there, in that state."""
    for verb in verbs.split("|"):
        places = RIGHTS.get(verb, {}).get(role, "").split()
        if scope in places or (f"{scope}?" in places and STATES[state] in OPEN):
            return True
    return False


class Page(NamedTuple):
    """An address of one story: what GET needs and answers, what an empty POST needs and answers.

    `state` is one in which a complete POST does something, `writes` the tables it may then touch, `changes` the
    columns of the story among them. `get` 405: nobody on the staff gets anything there. `denied` is for the others.
    """

    needs: str
    get: int = 200
    post: int = 200
    post_needs: str = ""
    denied: int = 403
    empty_writes: str = ""
    state: str = ""
    writes: str = ""
    changes: str = ""


_LOG = "storyevent effect"
_MOVE = f"{_LOG} story"
_TEXT = f"{_MOVE} revision storycheck"
_PLANNED = "stage assignee_id due_at version saved_at saved_by_id"
_INDEX = "searchdocument searchwords"
_PRINT = f"{_LOG} {_INDEX} story edition editiontopic editioncontributor editionsection editionpicture correction"

# The buttons of a story: each is its own address. `stage` and the like change in the named way and in no other.
ACTS = {
    "take_up": Page("submit", state="pitch", writes=_TEXT, changes=_PLANNED),
    "submit": Page("submit", state="draft", writes=_TEXT, changes=_PLANNED),
    "clear": Page("clear", state="draft", writes=_TEXT, changes=_PLANNED),
    "send_back": Page("clear", state="cleared", writes=_TEXT, changes=_PLANNED),
    "spike": Page("spike", state="draft", writes=_MOVE, changes="stage"),
    "revive": Page("spike", state="spiked", writes=_TEXT, changes=_PLANNED),
    "assign": Page("plan", state="draft", writes=_TEXT, changes="assignee_id due_at version saved_at saved_by_id"),
    "publish": Page("publish", state="cleared", writes=_PRINT, changes="printed_version"),
    "schedule": Page("publish", state="cleared", writes=_PRINT, changes="printed_version"),
    "replace": Page("publish", state="scheduled", writes=_PRINT, changes="printed_version"),
    "retime": Page("publish", state="scheduled", writes=_PRINT),
    "cancel": Page("publish", state="scheduled", writes=_PRINT, changes="printed_version"),
    "set_end": Page("publish", state="live", writes=_PRINT, changes="ends_at"),
    "lift_end": Page("publish", state="changed", writes=_PRINT, changes="ends_at"),
    "withdraw": Page("withdraw", state="live", writes=f"{_PRINT} withdrawal"),
    "restore": Page("withdraw", state="withdrawn", writes=f"{_PRINT} withdrawal", changes="ends_at"),
    "print_reply": Page("withdraw", state="live", writes="storyevent reply"),
    "end_reply": Page("withdraw", state="live", writes="storyevent reply"),
}
_CHECK = f"{_LOG} storycheck"
CHECKS = {
    f"{act}_{kind}": Page(needs, state=state, writes=_CHECK)
    for kind in ("copy", "legal", "picture")
    for act, needs, state in (
        ("ask", "ask_check", "draft"),
        ("pass", f"check_{kind}", "submitted"),
        ("fail", f"check_{kind}", "submitted"),
        ("drop", f"check_{kind}|clear", "submitted"),
    )
}

_FORM = (
    "headline kicker dek slugline slug body kind language dateline source urgency section_id lead_picture_id "
    "picture_caption picture_credit seo_title seo_description noindex assignee_id due_at embargo_until translation_key "
    "version saved_at saved_by_id"
)
_FORM_WRITES = f"{_TEXT} byline relatedstory storytopic topic story_further_sections autosave django_admin_log"
_SETTLE = f"{_LOG} note story revision"
_ENTRY = {"empty_writes": "storyevent liveentry", "writes": "storyevent liveentry"}

# Everything else below /admin/articles/story/<pk>/, by the name of its address.
STORY_PAGES = {
    "articles_story_change": Page(
        "read", post_needs="write|tag", denied=302, state="draft", writes=_FORM_WRITES, changes=_FORM
    ),
    "articles_story_history": Page("read"),
    "articles_story_delete": Page("nobody"),
    "articles_story_preview": Page("read"),
    "articles_story_revisions": Page("read"),
    "articles_story_compare": Page("read"),
    "articles_story_restore": Page(
        "write", post=409, state="draft", writes=_FORM_WRITES, changes="headline slug version saved_at saved_by_id"
    ),
    "articles_story_autosave": Page("write|tag", get=405, post=400, state="draft", writes="autosave"),
    "articles_story_autosave_drop": Page("write|tag", get=405, post=302, empty_writes="autosave"),
    "articles_story_presence": Page("write|tag", get=405, empty_writes="presence", state="draft", writes="presence"),
    "articles_story_take_over": Page(
        "take_over", get=405, post=302, empty_writes=f"{_LOG} presence", state="draft", writes=f"{_LOG} presence"
    ),
    "articles_story_preflight": Page("write", get=405),
    "articles_story_notes": Page(
        "note", post=302, state="draft", writes=f"{_SETTLE} note_mentions", changes="body version saved_at saved_by_id"
    ),
    "articles_story_note_people": Page("note", post=405),
    "articles_note_answer": Page("note", get=405, post=302, state="draft", writes=f"{_SETTLE} note_mentions"),
    "articles_note_resolve": Page("write", get=405, post=302, empty_writes=_SETTLE, state="draft", writes=_SETTLE),
    "articles_note_reopen": Page("write", get=405, post=302, empty_writes=_SETTLE, state="draft", writes=_SETTLE),
    "articles_story_sharing": Page("share", state="draft", writes=f"{_LOG} previewlink revision"),
    "articles_story_unshare": Page(
        "share", get=405, post=302, empty_writes=f"{_LOG} previewlink", state="draft", writes=f"{_LOG} previewlink"
    ),
    "articles_story_plan": Page(
        "plan", state="draft", writes=_TEXT, changes="assignee_id due_at version saved_at saved_by_id"
    ),
    "articles_story_retime": Page("publish", get=405, post=302, state="scheduled", writes=_PRINT),
    "articles_story_live": Page("report_live", state="live", writes="storyevent liveentry"),
    "articles_live_change": Page("report_live", state="live", writes="storyevent liveentry"),
    "articles_live_remove": Page("report_live", get=405, post=302, state="live", **_ENTRY),
    "articles_live_pin": Page("report_live", get=405, post=302, **_ENTRY),
    "articles_live_mark": Page("report_live", get=405, post=302, **_ENTRY),
    # Django's old address of a row leads everybody to its form, which then decides.
    "admin/articles/story/<path:object_id>/": Page("staff", get=302, post=302),
}

# Addresses of the desk that are no one story's.
WRITERS = ("contributor", "editor", "chief")
READERS = (*WRITERS, "picture editor", "topic librarian")
AHEAD = ("editor", "chief", "picture editor", "topic librarian")


class Desk(NamedTuple):
    """What GET and an empty POST answer to `who`, and both to the rest of the staff (`get_else`, `post_else`).

    `writes` are the tables an empty POST of theirs may touch: where that says something, as a box left empty does.
    `post_who` says who may POST where those are others.
    """

    get: int
    post: int
    who: tuple
    get_else: int = 403
    post_else: int = 403
    writes: str = ""
    post_who: tuple | None = None


LIBRARIANS = ("chief", "topic librarian")
PICTURES = ("editor", "chief", "picture editor")  # who change them
FRONTS = ("editor", "chief")  # of a section the editor edits
DESK_PAGES = {
    "articles_topic_report": Desk(200, 302, READERS, post_who=LIBRARIANS),
    "articles_topic_merge": Desk(200, 200, LIBRARIANS),
    "articles_topic_rename": Desk(200, 200, LIBRARIANS),
    "articles_topic_undo": Desk(200, 302, LIBRARIANS, writes="topic topicmerge topicalias storytopic editiontopic"),
    "articles_topic_drop": Desk(404, 302, LIBRARIANS),  # POST only, and it stays: stories have it
    "articles_picture_choose": Desk(200, 405, READERS, 403, 405),
    "articles_picture_ending": Desk(200, 200, READERS),
    "articles_picture_describe": Desk(302, 302, (*WRITERS, "picture editor")),  # of no picture
    "articles_picture_bulk": Desk(302, 302, PICTURES),  # none is ticked
    "articles_picture_drop_many": Desk(302, 302, ("chief", "picture editor")),
    "articles_picture_look": Desk(200, 405, READERS, 404, 405),
    "articles_picture_original": Desk(200, 405, PICTURES, 404, 405),
    "articles_story_suggest_topics": Desk(405, 200, (*WRITERS, "topic librarian"), 405, 403),
    "index": Desk(200, 200, STAFF),
    "login": Desk(302, 302, STAFF),
    "logout": Desk(405, 200, STAFF, writes="django_session"),
    "password_change": Desk(302, 302, STAFF),
    "password_change_done": Desk(200, 405, STAFF),
    "autocomplete": Desk(403, 405, STAFF),  # without its parameters; with them: test_matrix.py
    "jsi18n": Desk(200, 405, STAFF),
    "app_list": Desk(200, 200, (*READERS, "administrator"), 404, 404),
    "admin/(?P<url>.*)$": Desk(404, 404, STAFF),
    "articles_story_changelist": Desk(200, 200, READERS),
    "articles_story_add": Desk(200, 200, WRITERS),
    "articles_story_session": Desk(200, 200, STAFF),
    "articles_story_autosave_new": Desk(405, 403, (), 405, 403),  # an empty one has no key to keep it under
    "articles_story_autosave_drop_new": Desk(405, 302, WRITERS, 405, 403),
    "articles_story_preflight_new": Desk(405, 200, WRITERS, 405, 403),
    "articles_story_embed": Desk(400, 400, WRITERS),  # of no address
    "articles_story_calendar": Desk(200, 200, READERS),
    "articles_story_calendar_address": Desk(200, 302, READERS),
    "articles_story_outgoing": Desk(200, 200, READERS),
    "articles_story_at": Desk(200, 200, STAFF),
    "articles_front_changelist": Desk(200, 405, FRONTS),
    "articles_front_board": Desk(200, 400, FRONTS),  # without a deed
    "articles_front_launch": Desk(200, 200, FRONTS),
    "articles_front_history": Desk(200, 405, FRONTS),
    "articles_front_preview": Desk(200, 405, FRONTS),
    "articles_front_cancel": Desk(405, 302, FRONTS, writes="frontedition"),
    "articles_preferences_changelist": Desk(200, 302, STAFF, writes="preferences"),
    "articles_effect_changelist": Desk(200, 200, ("chief", "administrator")),
    "articles_effect_again": Desk(405, 302, ("chief", "administrator"), 405, 403, "effect"),
    "articles_preflightlevel_changelist": Desk(200, 200, ("chief",)),
    "articles_preflightlevel_section": Desk(200, 200, ("chief",)),
    "articles_redirect_import": Desk(200, 200, ("chief", "administrator")),  # without a file
    "articles_redirect_export": Desk(200, 405, ("chief", "administrator"), 403, 403),
    "articles_missingpage_changelist": Desk(200, 405, ("chief", "administrator"), 403, 403),
    "articles_section_moves": Desk(200, 302, ("chief", "administrator"), writes="moveright django_admin_log"),
    "auth_user_reset_two_factor": Desk(302, 302, STAFF),  # first it asks who one is
    "auth_user_password_change": Desk(200, 200, ("administrator",)),
    "site_at": Desk(200, 405, AHEAD, 403, 405),  # of a moment to come; any moment that is past: whole staff
}

# The nouns: who sees, adds, changes and deletes them in Django's own screens.
NOUNS = {
    "articles_section": {
        "view": (*READERS, "administrator"),
        "add": ("chief", "administrator"),
        "change": ("chief", "administrator"),
        "delete": (),
    },
    "articles_topic": {
        "view": READERS,
        "add": ("editor", "chief", "topic librarian"),
        "change": ("chief", "topic librarian"),
        "delete": (),
    },
    "articles_contributor": {
        "view": (*READERS, "administrator"),
        "add": ("editor", "chief"),
        "change": ("editor", "chief", "administrator"),
        "delete": (),
    },
    "articles_picture": {
        "view": READERS,
        "add": (*WRITERS, "picture editor"),
        "change": PICTURES,
        "delete": ("chief", "picture editor"),
    },
    "articles_page": {
        "view": ("chief", "administrator"),
        "add": ("chief", "administrator"),
        "change": ("chief", "administrator"),
        "delete": (),
    },
    "articles_redirect": dict.fromkeys(("view", "add", "change", "delete"), ("chief", "administrator")),
    "articles_daynote": {
        "view": READERS,
        "add": ("editor", "chief"),
        "change": ("editor", "chief"),
        "delete": ("editor", "chief"),
    },
    "auth_user": {
        "view": ("administrator",),
        "add": ("administrator",),
        "change": ("administrator",),
        "delete": (),
    },
    "auth_group": {"view": ("administrator",), "add": (), "change": (), "delete": ()},
}

# What a noun answers to whoever may, but not now: stories use this picture.
NOT_NOW = {"articles_picture_delete": 409}

# Completing what is typed, by model and field: who may look into what the field leads to. Others: 403.
COMPLETED = {
    "story": READERS,
    "contributor": (*READERS, "administrator"),
    "section": (*READERS, "administrator"),
    "picture": READERS,
    "topic": READERS,
    "user": ("administrator",),
}
AUTOCOMPLETE = {
    **{("relatedstory", name): "story" for name in ("other", "story")},
    **{(model, "story"): "story" for model in ("byline", "edition", "note", "autosave", "previewlink", "topicpin")},
    ("storytopic", "content_object"): "story",
    ("storytopic", "tag"): "topic",
    ("topicmerge", "kept"): "topic",
    ("byline", "contributor"): "contributor",
    ("story", "lead_picture"): "picture",
    ("story", "section"): "section",
    ("daynote", "section"): "section",
    ("story", "assignee"): "user",
    ("sectionassignment", "user"): "user",
}

# One's own account: (GET, POST) signed in, and for visitors. Whose page it is, is never said by the address.
ACCOUNT = {
    "account_login": (302, 302, 200, 200),
    "account_logout": (200, 302, 302, 302),
    "account_reauthenticate": (200, 200, 302, 302),
    "account_change_password": (200, 200, 302, 302),
    "mfa_index": (200, 405, 302, 302),
    "mfa_authenticate": (302, 302, 302, 302),
    "mfa_reauthenticate": (302, 302, 302, 302),
    "mfa_activate_totp": (302, 302, 302, 302),
    "mfa_deactivate_totp": (404, 404, 302, 302),
    "mfa_list_webauthn": (200, 405, 302, 302),
    "mfa_add_webauthn": (302, 302, 302, 302),
    "mfa_login_webauthn": (302, 302, 302, 302),
    "mfa_reauthenticate_webauthn": (302, 302, 302, 302),
    "mfa_edit_webauthn": (302, 302, 302, 302),
    "mfa_remove_webauthn": (302, 302, 302, 302),
    "mfa_view_recovery_codes": (404, 405, 302, 302),
    "mfa_generate_recovery_codes": (302, 302, 302, 302),
    "mfa_download_recovery_codes": (404, 404, 302, 302),
}

# Readers' pages: the same to everybody, and nobody can POST (405). The address says which by its name.
PUBLIC = {
    *("livez", "readyz", "favicon", "robots", "security_txt", "sitemap_index", "sitemap", "news_sitemap", "picture"),
    *("home", "site_feed", "latest", "corrections", "archive", "page", "topic", "topic_feed", "contributor"),
    *("contributor_feed", "story", "section", "section_feed", "archive_years", "archive_year", "archive_month"),
    *("corrections_feed", "story_changes", "reply", "replies", "policies", "live", "language_feed", "story_print"),
    *("search", "search_suggest", "opensearch", "tdm_reservation", "api_unknown"),
    *("api:index", "api:description", "api:stories", "api:story", "api:story_ninjs", "api:ninjs_list"),
    *("api:sections", "api:section", "api:topic", "api:contributor", "api:corrections"),
}
# For whoever holds the secret in the address, whoever they are: (GET, POST) with it, and 404 without.
BY_SECRET = {"preview": (200, 200), "preview_picture": (404, 405), "account_calendar": (200, 405)}


def classified():
    """Every name of an address that this table says something about (set of text)."""
    of_nouns = {f"{noun}_{page}" for noun in NOUNS for page in ("changelist", "add", "history", "delete", "change")} | {
        "admin/" + noun.replace("_", "/", 1) + "/<path:object_id>/" for noun in NOUNS
    }
    acts = {"articles_story_act", "articles_story_check"}
    return of_nouns | acts | set(STORY_PAGES) | set(DESK_PAGES) | set(ACCOUNT) | PUBLIC | set(BY_SECRET)
