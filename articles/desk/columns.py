"""What of a story a save can write."""

TEXT = (
    "headline",
    "kicker",
    "dek",
    "slugline",
    "slug",
    "body",
    "kind",
    "language",
    "dateline",
    "source",
    "urgency",
)
FIELDS = (
    *TEXT,
    *("section", "lead_picture", "picture_caption", "picture_credit", "translation_key", "seo_title"),
    *("seo_description", "noindex", "assignee", "due_at", "embargo_until", "live_over"),
)
ROWS = ("bylines", "further_sections", "topics", "related")
