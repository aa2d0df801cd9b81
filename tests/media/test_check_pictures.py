"""The command that compares the library's rows with its files."""

import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from cast import make_live
from django.core.management import CommandError, call_command
from django.utils import timezone
from painted import painted_picture

from articles.media import original, rendition, rendition_set
from articles.models import RenditionSet

pytestmark = pytest.mark.django_db(transaction=True)


def said(*options):
    """What the command writes (list of lines), and what it ends with (text; None: all is well)."""
    out, wrong = StringIO(), None
    try:
        call_command("check_pictures", *options, stdout=out)
    except CommandError as error:
        wrong = str(error)
    return out.getvalue().splitlines(), wrong


def test_a_sound_library_is_called_so():
    painted_picture("harbour")
    assert said() == (["Every picture has its original, every file its picture."], None)


def test_a_lost_original_and_a_stray_file_are_named_and_the_stray_one_can_be_removed(settings):
    picture = painted_picture("harbour")
    path = original(picture)
    stray = path.with_name("0" * 26 + ".jpg")
    stray.write_bytes(b"x")
    os.utime(stray, (time.time() - 7200,) * 2)
    path.unlink()
    lost = f"no file: picture {picture.pk} (harbour), {path.relative_to(settings.MEDIA_ROOT)}"
    help_ = "Bring lost originals back from a backup; --clear removes stray files."
    assert said() == ([f"no picture: {stray.relative_to(settings.MEDIA_ROOT)}", lost], f"2 wrong. {help_}")
    assert said("--clear") == (["1 removed.", lost], f"1 wrong. {help_}")
    assert not stray.exists()


def test_sets_that_only_a_preview_ever_used_are_forgotten_after_a_month():
    picture = painted_picture("harbour")
    make_live(lead_picture=picture)
    printed, previewed = rendition_set(picture), rendition_set(picture, credit="Anders")
    for files in (printed, previewed):
        assert rendition(files.key, "1x1-320.jpg").is_file()
    folder = rendition(previewed.key, "1x1-320.jpg").parent
    RenditionSet.objects.update(made_at=timezone.now() - timedelta(days=29))
    said("--clear")
    assert RenditionSet.objects.count() == 2
    RenditionSet.objects.update(made_at=timezone.now() - timedelta(days=31))
    os.utime(folder, (time.time() - 7200,) * 2)
    assert said("--clear") == (["1 removed.", "Every picture has its original, every file its picture."], None)
    assert (list(RenditionSet.objects.all()), folder.exists()) == ([printed], False)
