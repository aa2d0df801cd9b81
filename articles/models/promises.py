"""What the database itself refuses, beyond what Django's constraints can say.

- At most one edition of a story, or of a front, is live at any instant. PostgreSQL: an
  exclusion constraint over ranges (the id is written as a range of one, so that no
  extension is needed). SQLite: triggers.
- The printed text of an edition or of a live blog's entry, what a launched front shows, and the log of a story are
  never changed.
- A correction and a reply are never changed nor deleted. The time of a correction is that of its edition, the end
  of a reply is set later.

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
ENTRY_FROZEN = "live_entry_is_frozen"
APPEND_ONLY = "event_log_is_append_only"
CORRECTION_FROZEN, CORRECTION_STAYS = "correction_is_never_changed", "correction_is_never_deleted"
CORRECTION_TIME = "correction_appears_with_its_edition"
REPLY_FROZEN, REPLY_STAYS = "reply_is_never_changed", "reply_is_never_deleted"
STAYS = {CORRECTION_STAYS: "articles_correction", REPLY_STAYS: "articles_reply"}


def keep_promises(*, using, **kwargs):
    """Make sure database `using` (alias) keeps the promises; does nothing where it does already."""
    from . import Correction, Edition, FrontEdition, LiveEntry, Reply  # not loaded yet when the app registers this

    connection = connections[using]
    tables = {model._meta.db_table for model in (Correction, Edition, FrontEdition, LiveEntry, Reply)}
    if not tables <= set(connection.introspection.table_names()):
        return
    refusals = [
        (FROZEN, _update_of(Edition), "articles_edition"),
        (ENTRY_FROZEN, _update_of(LiveEntry), "articles_liveentry"),
        (FRONT_FROZEN, "UPDATE OF front_id, number, version, containers, launched_at", "articles_frontedition"),
        (APPEND_ONLY, "UPDATE", "articles_storyevent"),
        (CORRECTION_FROZEN, _update_of(Correction), "articles_correction"),
        (REPLY_FROZEN, _update_of(Reply), "articles_reply"),
        *((name, "DELETE", table) for name, table in STAYS.items()),
    ]
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, refusals):
            cursor.execute(statement)


def _update_of(model):
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    return f"UPDATE OF {', '.join(columns[name] for name in model.FROZEN)}"


def _statements(vendor, refusals):
    if vendor == "sqlite":
        overlaps = (statement for each in ONE_LIVE for statement in _sqlite_overlap(*each))
        return [*overlaps, *_sqlite_refusals(refusals), *_sqlite_time()]
    overlaps = (_postgres_overlap(*each) for each in ONE_LIVE)
    return [*overlaps, _postgres_function(), *_postgres_refusals(refusals), *_postgres_time()]


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


def _sqlite_refusals(refusals):
    for name, what, table in refusals:
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END"


def _sqlite_time():
    yield f"DROP TRIGGER IF EXISTS {CORRECTION_TIME}"
    yield f"""CREATE TRIGGER {CORRECTION_TIME} BEFORE UPDATE OF published_at ON articles_correction
        WHEN NEW.published_at IS NOT (SELECT live_from FROM articles_edition WHERE id = NEW.edition_id)
        BEGIN SELECT RAISE(ABORT, '{CORRECTION_TIME}'); END"""


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


def _postgres_refusals(refusals):
    for name, what, table in refusals:
        yield f"""CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table}
            FOR EACH ROW EXECUTE FUNCTION articles_refuse()"""


def _postgres_time():
    yield f"""CREATE OR REPLACE FUNCTION {CORRECTION_TIME}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF NEW.published_at IS DISTINCT FROM (SELECT live_from FROM articles_edition WHERE id = NEW.edition_id) THEN
                RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {CORRECTION_TIME} BEFORE UPDATE OF published_at ON articles_correction
        FOR EACH ROW EXECUTE FUNCTION {CORRECTION_TIME}()"""
