"""How the story's form is laid out for somebody who writes, only tags, or only reads it."""

from django.utils.translation import gettext_lazy as _

from ...rules.policy import can

WRITE, TAG, READ = "write", "tag", "read"
_SIDE = ("side",)
_HIDDEN = ("version_token", "similar_seen")
_LAYOUT = (
    (None, (), ("headline", "kicker", "dek", "body")),
    (_("Lead picture"), ("lead",), ("lead_picture", "picture_caption", "picture_credit")),
    (
        _("Where and what"),
        _SIDE,
        ("section", "further_sections", "topics", "new_topics", "kind", "live_over", "language", "translation_of"),
    ),
    (_("Planning"), _SIDE, ("slugline", "assignee", "due_at", "embargo_until", "urgency")),
    (_("Source"), _SIDE, ("dateline", "source")),
    (_("Address and search engines"), ("side", "collapse"), ("slug", "seo_title", "seo_description", "noindex")),
    (None, ("hidden",), _HIDDEN),
)
_TYPED_ONLY = {WRITE: set(), TAG: {"translation_of"}, READ: {"translation_of", "new_topics", *_HIDDEN}}
_AS_TEXT = {
    WRITE: {},
    TAG: {"body": "body_as_text", "assignee": "assignee_as_text"},
    READ: {"body": "body_as_text", "topics": "topics_as_text", "assignee": "assignee_as_text"},
}
_STILL_TYPED = ("topics", "new_topics", *_HIDDEN)


def mode_for(user, story):
    """What `user` may do to the form of `story` (None: a new one): WRITE, TAG or READ."""
    if can(user, "write", story) if story else can(user, "create"):
        return WRITE
    return TAG if story and can(user, "tag", story) else READ


def fieldsets(mode, *, new, may_add_topics, above_lead=""):
    """The admin's fieldsets for that mode, with `above_lead` (safe text); a new story has no version yet."""
    left_out = _TYPED_ONLY[mode] | ({"version_token"} if new else set())
    left_out |= set() if may_add_topics else {"new_topics", "similar_seen"}
    shown = []
    for title, classes, names in _LAYOUT:
        fields = [_AS_TEXT[mode].get(name, name) for name in names if name not in left_out]
        if fields:
            above = above_lead if "lead" in classes else ""
            shown.append((title, {"classes": list(classes), "fields": fields, "description": above}))
    return shown


def readonly(mode):
    """The fields that are shown as text in that mode (tuple of names)."""
    if mode != TAG:
        return ("body_as_text", "topics_as_text", "assignee_as_text")
    names = (_AS_TEXT[TAG].get(name, name) for _title, _classes, names in _LAYOUT for name in names)
    return tuple(name for name in names if name not in (*_STILL_TYPED, "translation_of"))
