"""`manage.py ingest` with files that are none, or none we can use."""

import os
import subprocess
import sys
import tracemalloc

import pytest
from django.conf import settings as installed
from django.core.management import CommandError

from articles.ingest import ParseError, read_file
from articles.models import Story


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
def test_a_bad_file_gets_one_sentence_and_stores_nothing(rows, ingest, write, raw, message):
    before = rows()
    assert ingest(write("bad.txt", raw)) == (1, "", f"{message}\n")
    assert ingest("bad.txt", "--format", "plaintext", "--publish") == (1, "", f"{message}\n")
    assert rows() == before


def test_a_bad_file_does_not_hold_up_the_others(ingest, write, german, english):
    names = [write("a.txt", german), write("bad.txt", b""), write("c.txt", english)]
    status, out, err = ingest(*names)
    assert (status, err) == (1, "bad.txt:1: The file is empty.\n")
    assert [line.split(":")[0] for line in out.splitlines()] == ["a.txt", "c.txt"]
    assert Story.objects.count() == 2


def test_a_file_of_200_megabytes_is_refused_unread(ingest, write):
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


def test_the_size_limit_is_a_setting_met_to_the_byte(ingest, write, german, settings):
    settings.INGEST_MAX_BYTES = len(german)
    assert ingest(write("story.txt", german))[0] == 0
    settings.INGEST_MAX_BYTES = len(german) - 1
    assert ingest("story.txt")[0] == 1


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no file here hides its size")
def test_a_file_that_hides_its_size_is_read_no_further_than_the_limit():
    with pytest.raises(ParseError) as caught:
        read_file("/proc/self/status", limit=10)
    assert caught.value.at("f") == "f:1: The file has more than 10 bytes (NEWSROOM_INGEST_MAX_BYTES)."


def test_what_is_no_file_gets_a_sentence(ingest, write, tmp_path):
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
def test_a_file_nobody_may_read_gets_a_sentence(ingest, write, german, tmp_path):
    name = write("secret.txt", german)
    (tmp_path / name).chmod(0)
    assert ingest(name) == (1, "", "secret.txt: The file cannot be read: Permission denied.\n")


def test_a_file_name_that_is_no_text_is_still_reported(ingest, write, tmp_path):
    name = os.fsdecode(b"\xe4.txt")
    assert ingest(name) == (1, "", "�.txt: There is no such file.\n")


def test_an_unknown_section_is_refused_before_any_file_is_read(ingest, write, german):
    with pytest.raises(CommandError) as caught:
        ingest(write("story.txt", german), "--section", "sport")
    assert str(caught.value) == (
        "There is no section “sport” (--section or NEWSROOM_INGEST_SECTION);"
        " there are: city, city/council, hafen, stadt."
    )
    assert (caught.value.returncode, Story.objects.count()) == (1, 0)


def test_a_story_whose_language_has_no_section_is_refused(ingest, write, english, sections):
    sections["city/council"].delete()
    sections["city"].delete()
    sentence = "There is no section for stories in this language (English); name one with --section."
    assert ingest(write("story.txt", english)) == (1, "", f"story.txt: {sentence}\n")


def test_the_shell_sees_exit_status_1_and_no_traceback(write):
    write("bad.txt", b"A\nB")
    command = [sys.executable, str(installed.BASE_DIR / "manage.py"), "ingest", "bad.txt", "none.txt"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (1, "", 2)
