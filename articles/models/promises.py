"""What the database itself refuses, beyond what Django's constraints can say.

- At most one edition of a story is live at any instant. PostgreSQL: an exclusion
  constraint over ranges (the story's id is written as a range of one, so that no
  extension is needed). SQLite: triggers.
- The printed text of an edition or of a live blog's entry, and the log of a story, are never changed.

Django rebuilds a SQLite table to alter it and drops its triggers on the way, so
this runs after every `migrate`, not once.
"""

from django.db import connections

OVERLAP = "edition_one_live_at_a_time"
FROZEN = "edition_text_is_frozen"
ENTRY_FROZEN = "live_entry_is_frozen"
APPEND_ONLY = "event_log_is_append_only"


def keep_promises(*, using, **kwargs):
    """Make sure database `using` (alias) keeps the promises; does nothing where it does already."""
    from .edition import Edition  # the models are not loaded yet when the app registers this
    from .live_entry import LiveEntry

    connection = connections[using]
    if not {Edition._meta.db_table, LiveEntry._meta.db_table} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, _refusals(Edition, LiveEntry)):
            cursor.execute(statement)


def _statements(vendor, refusals):
    if vendor == "sqlite":
        return [*_sqlite_overlap(), *_sqlite_refusals(refusals)]
    return [_postgres_overlap(), _postgres_function(), *_postgres_refusals(refusals)]


def _sqlite_overlap():
    for event in ("INSERT", "UPDATE OF story_id, live_from, live_until"):
        name = f"{OVERLAP}_{event[:6].lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"""CREATE TRIGGER {name} BEFORE {event} ON articles_edition WHEN NEW.live_from IS NOT NULL
            BEGIN SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS (
                SELECT 1 FROM articles_edition other WHERE other.story_id = NEW.story_id AND other.id IS NOT NEW.id
                AND other.live_from IS NOT NULL
                AND (NEW.live_until IS NULL OR other.live_from < NEW.live_until)
                AND (other.live_until IS NULL OR NEW.live_from < other.live_until)); END"""


def _sqlite_refusals(refusals):
    for name, what, table in refusals:
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END"


def _refusals(edition, entry):
    return [
        (FROZEN, f"UPDATE OF {_frozen(edition)}", "articles_edition"),
        (ENTRY_FROZEN, f"UPDATE OF {_frozen(entry)}", "articles_liveentry"),
        (APPEND_ONLY, "UPDATE", "articles_storyevent"),
    ]


def _frozen(model):
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    return ", ".join(columns[name] for name in model.FROZEN)


def _postgres_overlap():
    return f"""DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{OVERLAP}'
                       AND conrelid = 'articles_edition'::regclass) THEN
            ALTER TABLE articles_edition ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (
                int8range(story_id, story_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&
            ) WHERE (live_from IS NOT NULL);
        END IF; END $$"""


def _postgres_function():
    return """CREATE OR REPLACE FUNCTION articles_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def _postgres_refusals(refusals):
    for name, what, table in refusals:
        yield f"""CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table}
            FOR EACH ROW EXECUTE FUNCTION articles_refuse()"""
