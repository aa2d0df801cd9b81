"""`manage.py ingest`, as somebody at a terminal meets it."""

from datetime import UTC, datetime

from articles import desk
from articles.models import Edition, ImportedItem, Story, Topic

HEADLINE = "Hafenrat beschließt „neuen“ Westkai: Fähren ziehen im Herbst um"


def test_a_file_becomes_a_draft_in_the_section_of_its_language(ingest, write, german):
    line = f"story.txt: imported as “{HEADLINE}” (draft) in stadt, dated 12.03.2024 18:05 +01:00. "
    line += "Not part of the story: “Mehr zum Thema”.\n"
    assert ingest(write("story.txt", german)) == (0, line, "")
    assert (Story.objects.get().section.path, Edition.objects.count()) == ("stadt", 0)


def test_the_same_file_again_says_so_and_changes_nothing(rows, ingest, write, german):
    name = write("story.txt", german)
    ingest(name)
    ImportedItem.objects.update(imported_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    before = rows()
    assert ingest(name) == (0, "story.txt: unchanged, already imported on 02.01.2026 04:04 +01:00.\n", "")
    assert rows() == before


def test_a_changed_file_updates_the_story_unless_it_was_edited_here(ingest, write, german):
    ingest(write("story.txt", german))
    write("story.txt", german.replace(b"14 Millionen", b"15 Millionen").replace(b"\n\nMehr zum Thema", b""))
    updated = f"updated “{HEADLINE}” to the source's new text (not published)."
    assert ingest("story.txt", "--dry-run") == (
        0,
        f"story.txt: would {updated.replace('updated', 'update')}\n",
        "",
    )
    assert ingest("story.txt") == (0, f"story.txt: {updated}\n", "")
    desk.save(Story.objects.get(), by=None, values={"headline": "Westkai"})
    write("story.txt", german)
    refusal = "story.txt: changed at the source, but edited here; not touched.\n"
    assert ingest("story.txt") == (0, refusal, "")
    assert Story.objects.get().headline == "Westkai"


def test_publishing_gives_readers_one_edition_under_the_files_date(ingest, write, english):
    line = "story.txt: imported as “Harbour council approves new quay” (published) in hafen, dated 01.12.2023 09:30"
    assert ingest(write("story.txt", english), "--publish", "--section", "hafen") == (
        0,
        f"{line} +01:00.\n",
        "",
    )
    edition = Edition.objects.live().get()
    assert (edition.published_at, edition.language) == (datetime(2023, 12, 1, 8, 30, tzinfo=UTC), "en")
    assert edition.body.count(edition.headline) == 0


def test_publishing_a_file_of_the_future_schedules_it(ingest, write, german):
    status, out, _err = ingest(write("story.txt", german.replace(b"12.03.2024", b"12.03.2190")), "--publish")
    assert (status, "(scheduled)" in out, Edition.objects.live().count()) == (0, True, 0)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(rows, ingest, write, german, english):
    before = rows()
    status, out, err = ingest(write("a.txt", german), write("b.txt", english), "--dry-run", "--publish")
    assert (status, err) == (0, "")
    assert [line.split(" in ")[0] for line in out.replace("im Herbst", "").splitlines()] == [
        f"a.txt: would import “{HEADLINE.replace('im Herbst', '')}” (published)",
        "b.txt: would import “Harbour council approves new quay” (published)",
    ]
    assert (rows(), Topic.objects.count()) == (before, 0)


def test_the_section_may_come_from_a_setting(ingest, write, german, settings):
    settings.INGEST_SECTION = "hafen"
    ingest(write("story.txt", german))
    assert Story.objects.get().section.path == "hafen"
