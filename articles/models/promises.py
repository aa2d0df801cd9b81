"""What the database itself refuses, beyond what Django's constraints can say.

- At most one edition of a story, or of a front, is live at any instant. PostgreSQL: an
  exclusion constraint over ranges (the id is written as a range of one, so that no
  extension is needed). SQLite: triggers.
- The printed text of an edition, what a launched front shows, and the log of a story are never changed.

Django rebuilds a SQLite table to alter it and drops its triggers on the way, so
this runs after every `migrate`, not once.
"""

from django.db import connections

OVERLAP = "edition_one_live_at_a_time"
FRONT_OVERLAP = "front_one_live_at_a_time"
# What of a table's rows with the same key (column) is live at no moment twice.
ONE_LIVE = (
    (OVERLAP, "articles_edition", "story_id"),
    (FRONT_OVERLAP, "articles_frontedition", "front_id"),
)
FROZEN = "edition_text_is_frozen"
FRONT_FROZEN = "front_edition_is_frozen"
APPEND_ONLY = "event_log_is_append_only"


def keep_promises(*, using, **kwargs):
    """Make sure database `using` (alias) keeps the promises; does nothing where it does already."""
    from .edition import Edition  # the models are not loaded yet when the app registers this

    connection = connections[using]
    if Edition._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, Edition):
            cursor.execute(statement)


def _statements(vendor, edition):
    columns = {field.attname: field.column for field in edition._meta.concrete_fields}
    frozen = [columns[name] for name in edition.FROZEN]
    if vendor == "sqlite":
        overlaps = (statement for each in ONE_LIVE for statement in _sqlite_overlap(*each))
        return [*overlaps, *_sqlite_refusals(frozen)]
    return [*(_postgres_overlap(*each) for each in ONE_LIVE), _postgres_function(), *_postgres_refusals(frozen)]


def _sqlite_overlap(promise, table, key):
    for event in ("INSERT", f"UPDATE OF {key}, live_from, live_until"):
        name = f"{promise}_{event[:6].lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"""CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN NEW.live_from IS NOT NULL
            BEGIN SELECT RAISE(ABORT, '{promise}') WHERE EXISTS (
                SELECT 1 FROM {table} other WHERE other.{key} = NEW.{key} AND other.id IS NOT NEW.id
                AND other.live_from IS NOT NULL
                AND (NEW.live_until IS NULL OR other.live_from < NEW.live_until)
                AND (other.live_until IS NULL OR NEW.live_from < other.live_until)); END"""


def _sqlite_refusals(frozen):
    for name, what, table in _refusals(frozen):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END"


def _refusals(frozen):
    return [
        (FROZEN, f"UPDATE OF {', '.join(frozen)}", "articles_edition"),
        (FRONT_FROZEN, "UPDATE OF front_id, number, version, containers, launched_at", "articles_frontedition"),
        (APPEND_ONLY, "UPDATE", "articles_storyevent"),
    ]


def _postgres_overlap(promise, table, key):
    return f"""DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{promise}'
                       AND conrelid = '{table}'::regclass) THEN
            ALTER TABLE {table} ADD CONSTRAINT {promise} EXCLUDE USING gist (
                int8range({key}, {key}, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&
            ) WHERE (live_from IS NOT NULL);
        END IF; END $$"""


def _postgres_function():
    return """CREATE OR REPLACE FUNCTION articles_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def _postgres_refusals(frozen):
    for name, what, table in _refusals(frozen):
        yield f"""CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table}
            FOR EACH ROW EXECUTE FUNCTION articles_refuse()"""
