"""`manage.py ingest`, as somebody at a terminal meets it."""

import io
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings as installed
from django.core.management import CommandError, call_command

from articles import desk
from articles.models import Edition, ImportedItem, Story, Topic

HEADLINE = "Hafenrat beschließt „neuen“ Westkai: Fähren ziehen im Herbst um"
pytestmark = pytest.mark.usefixtures("sections")


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes bytes into a file of the current folder; gives its name."""
    monkeypatch.chdir(tmp_path)

    def _write(name, raw):
        (tmp_path / name).write_bytes(raw)
        return name

    return _write


def ingest(*args):
    """Exit status, standard output and standard error of one run."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *args, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def rows():
    """How many rows every table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_file_becomes_a_draft_in_the_section_of_its_language(write, german):
    line = f"story.txt: imported as “{HEADLINE}” (draft) in stadt, dated 12.03.2024 18:05 +01:00. "
    line += "Not part of the story: “Mehr zum Thema”.\n"
    assert ingest(write("story.txt", german)) == (0, line, "")
    assert (Story.objects.get().section.path, Edition.objects.count()) == ("stadt", 0)


def test_the_same_file_again_says_so_and_changes_nothing(write, german):
    name = write("story.txt", german)
    ingest(name)
    ImportedItem.objects.update(imported_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    before = rows()
    assert ingest(name) == (0, "story.txt: unchanged, already imported on 02.01.2026 04:04 +01:00.\n", "")
    assert rows() == before


def test_a_changed_file_updates_the_story_unless_it_was_edited_here(write, german):
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


def test_publishing_gives_readers_one_edition_under_the_files_date(write, english):
    line = "story.txt: imported as “Harbour council approves new quay” (published) in hafen, dated 01.12.2023 09:30"
    assert ingest(write("story.txt", english), "--publish", "--section", "hafen") == (
        0,
        f"{line} +01:00.\n",
        "",
    )
    edition = Edition.objects.live().get()
    assert (edition.published_at, edition.language) == (datetime(2023, 12, 1, 8, 30, tzinfo=UTC), "en")
    assert edition.body.count(edition.headline) == 0


def test_publishing_a_file_of_the_future_schedules_it(write, german):
    status, out, _err = ingest(write("story.txt", german.replace(b"12.03.2024", b"12.03.2190")), "--publish")
    assert (status, "(scheduled)" in out, Edition.objects.live().count()) == (0, True, 0)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(write, german, english):
    before = rows()
    status, out, err = ingest(write("a.txt", german), write("b.txt", english), "--dry-run", "--publish")
    assert (status, err) == (0, "")
    assert [line.split(" in ")[0] for line in out.replace("im Herbst", "").splitlines()] == [
        f"a.txt: would import “{HEADLINE.replace('im Herbst', '')}” (published)",
        "b.txt: would import “Harbour council approves new quay” (published)",
    ]
    assert (rows(), Topic.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "bad.txt:1: The file is empty."),
        (b"%PDF\n\0\0\0", "bad.txt:2: This is not a text file (byte 6 is a control byte)."),
        (b"A\n\xe4", "bad.txt:2: The file is not UTF-8 (byte 3 is 0xE4); save it as UTF-8."),
        (b"A\nB\nC\nD\nE.", "bad.txt:2: The date (DD.MM.YYYY) should stand here, not “B”."),
        (b"A\n31.02.2024\n10:00 Uhr\nD\nE.", "bad.txt:2: There is no such date as 31.02.2024."),
        (b"A", "bad.txt:1: The file ends here, where the date (DD.MM.YYYY) should follow."),
    ],
)
def test_a_bad_file_gets_one_sentence_and_stores_nothing(write, raw, message):
    before = rows()
    assert ingest(write("bad.txt", raw)) == (1, "", f"{message}\n")
    assert ingest("bad.txt", "--format", "plaintext", "--publish") == (1, "", f"{message}\n")
    assert rows() == before


def test_a_bad_file_does_not_hold_up_the_others(write, german, english):
    names = [write("a.txt", german), write("bad.txt", b""), write("c.txt", english)]
    status, out, err = ingest(*names)
    assert (status, err) == (1, "bad.txt:1: The file is empty.\n")
    assert [line.split(":")[0] for line in out.splitlines()] == ["a.txt", "c.txt"]
    assert Story.objects.count() == 2


def test_a_file_of_200_megabytes_is_refused_unread(write):
    with open(write("huge.txt", b""), "wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    try:
        said = ingest("huge.txt")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert said == (1, "", "huge.txt:1: The file has more than 2000000 bytes (NEWSROOM_INGEST_MAX_BYTES).\n")
    assert peak < 1_000_000


def test_the_size_limit_is_a_setting_met_to_the_byte(write, german, settings):
    settings.INGEST_MAX_BYTES = len(german)
    assert ingest(write("story.txt", german))[0] == 0
    settings.INGEST_MAX_BYTES = len(german) - 1
    assert ingest("story.txt")[0] == 1


def test_what_is_no_file_gets_a_sentence(write, tmp_path):
    write("story.txt", b"A")
    os.mkfifo(tmp_path / "pipe")
    names = ["none.txt", "story.txt/none.txt", ".", "pipe", "x" * 300]
    assert ingest(*names) == (
        1,
        "",
        "none.txt: There is no such file.\n"
        "story.txt/none.txt: There is no such file.\n"
        ".: This is a folder; name the files in it.\n"
        "pipe: This is a device or a pipe, not a file.\n"
        f"{'x' * 300}: The file cannot be read: File name too long.\n",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_nobody_may_read_gets_a_sentence(write, german, tmp_path):
    name = write("secret.txt", german)
    (tmp_path / name).chmod(0)
    assert ingest(name) == (1, "", "secret.txt: The file cannot be read: Permission denied.\n")


def test_a_file_name_that_is_no_text_is_still_reported(write, tmp_path):
    name = os.fsdecode(b"\xe4.txt")
    assert ingest(name) == (1, "", "�.txt: There is no such file.\n")


def test_the_section_may_come_from_a_setting(write, german, settings):
    settings.INGEST_SECTION = "hafen"
    ingest(write("story.txt", german))
    assert Story.objects.get().section.path == "hafen"


def test_an_unknown_section_is_refused_before_any_file_is_read(write, german):
    with pytest.raises(CommandError) as caught:
        ingest(write("story.txt", german), "--section", "sport")
    assert str(caught.value) == (
        "There is no section “sport” (--section or NEWSROOM_INGEST_SECTION);"
        " there are: stadt, hafen, city, city/council."
    )
    assert (caught.value.returncode, Story.objects.count()) == (1, 0)


def test_a_story_whose_language_has_no_section_is_refused(write, english, sections):
    sections["city/council"].delete()
    sections["city"].delete()
    sentence = "There is no section for stories in this language (English); name one with --section."
    assert ingest(write("story.txt", english)) == (1, "", f"story.txt: {sentence}\n")


def test_the_shell_sees_exit_status_1_and_no_traceback(write):
    write("bad.txt", b"A\nB")
    command = [sys.executable, str(installed.BASE_DIR / "manage.py"), "ingest", "bad.txt", "none.txt"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (1, "", 2)
