"""Uploads: by content, whole or not at all, each once, said to be alike where they are."""

import io
import stat
from datetime import UTC, datetime

import pytest
from cast import make_user
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from negatives import HEIC, LONG, SHORT, file_of, photo, png, scene
from PIL import Image, ImageEnhance
from threads import at_once, outcome

from articles.media import SimilarPictures, UnusablePicture, desk_look, original, take_in
from articles.media.likening import similar_to
from articles.models import Picture, PictureWord

pytestmark = pytest.mark.django_db


def files_under(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_upload_becomes_a_row_a_private_original_and_two_looks_for_the_desk(
    settings, django_capture_on_commit_callbacks
):
    user, raw = make_user("picture editor"), photo(size=(1200, 675))
    with django_capture_on_commit_callbacks(execute=True):
        picture, is_new = take_in(raw, by=user, title="Kai", alt="Ein Kai")
    found = Picture.objects.get()
    assert (is_new, found, found.uploaded_by) == (True, picture, user)
    assert (found.size, found.width, found.height, found.suffix) == (len(raw), 1200, 675, "jpg")
    assert original(found).read_bytes() == raw
    assert [Image.open(desk_look(found, width)).size for width in (320, 960)] == [(320, 180), (960, 540)]
    assert files_under(settings.MEDIA_ROOT) == sorted(["320.webp", "960.webp", f"{found.key}.jpg"])


def test_files_are_for_the_newsrooms_own_user_only(settings):
    picture, _is_new = take_in(photo())
    files = [original(picture), desk_look(picture, 320)]
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    folders = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_dir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_a_small_picture_is_never_enlarged():
    picture, _is_new = take_in(photo(size=(200, 100)))
    assert [Image.open(desk_look(picture, width)).size for width in (320, 960)] == [(200, 100), (200, 100)]
    assert desk_look(picture, 480) is None


def test_a_lost_look_is_made_again():
    picture, _is_new = take_in(photo())
    before = desk_look(picture, 320).read_bytes()
    desk_look(picture, 320).unlink()
    assert desk_look(picture, 320).read_bytes() == before


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP", "GIF", "AVIF"])
def test_the_formats_are_told_by_content(form):
    suffixes = {"JPEG": "jpg", "MPO": "jpg"}
    assert take_in(photo(form=form))[0].suffix == suffixes.get(form, form.lower())


def test_a_phones_heic_stands_upright_and_keeps_its_description():
    picture, _is_new = take_in(HEIC)
    assert (picture.suffix, picture.width, picture.height, picture.caption) == ("heic", SHORT, LONG, "Kai")
    assert Image.open(desk_look(picture, 320)).size == (SHORT, LONG)


def test_of_a_phones_several_pictures_in_one_jpeg_the_first_is_taken():
    raw = file_of(scene(1), "MPO", save_all=True, append_images=[scene(2, size=(64, 36))])
    assert Image.open(io.BytesIO(raw)).n_frames == 2
    picture, _is_new = take_in(raw)
    assert (picture.width, picture.height) == (640, 360)


@pytest.mark.parametrize("kind", ["in memory", "on disk", "open file"])
def test_an_upload_may_be_a_file_and_its_name_is_never_used(kind, settings, tmp_path):
    raw, name = photo(), "../../" + "x" * 300 + "\u202e.jpg.html"
    if kind == "open file":
        upload = io.BytesIO(raw)
        upload.name = name
        upload.read()  # somebody looked into it before
    elif kind == "in memory":
        upload = SimpleUploadedFile(name, raw, "text/html")
    else:
        upload = TemporaryUploadedFile(name, "text/html", len(raw), None)
        upload.write(raw)
    picture, _is_new = take_in(upload)
    assert original(picture).read_bytes() == raw
    assert [name for name in files_under(settings.MEDIA_ROOT) if "x" * 20 in name or "html" in name] == []
    assert "xxx" not in picture.title


def test_the_same_bytes_again_are_the_picture_that_is_there(settings):
    first, _is_new = take_in(photo(), title="Kai")
    before = files_under(settings.MEDIA_ROOT)
    again, is_new = take_in(photo(), title="Anders")
    assert (again, is_new, Picture.objects.get().title) == (first, False, "Kai")
    assert files_under(settings.MEDIA_ROOT) == before


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_the_same_moment_are_one_picture(settings):
    won, lost = outcome(at_once(*[lambda: take_in(photo(), keep_similar=True)] * 4))
    assert (lost, len({picture.pk for picture, _is_new in won}), sum(is_new for _p, is_new in won)) == ([], 1, 1)
    assert files_under(settings.MEDIA_ROOT) == sorted(["320.webp", "960.webp", f"{won[0][0].key}.jpg"])


def test_a_picture_that_looks_the_same_is_offered_instead_of_a_second_copy(settings):
    first, _is_new = take_in(photo(size=(1200, 675)))
    take_in(photo(seed=2))
    before = files_under(settings.MEDIA_ROOT)
    smaller = scene(1, (1200, 675)).resize((300, 169))
    with pytest.raises(SimilarPictures) as refused:
        take_in(file_of(ImageEnhance.Brightness(smaller).enhance(1.1), "WEBP"))
    assert refused.value.pictures == [first]
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (2, before)
    assert take_in(file_of(smaller, "WEBP"), keep_similar=True)[1] is True


def test_the_most_alike_come_first_and_five_at_most():
    bands = {f"likeness_{place}": value for place, value in enumerate([0x0F0F, 0x1234, 0x5678, 0x9ABC], start=1)}
    for flipped in range(9):
        changed = bands | {"likeness_2": bands["likeness_2"] ^ (2**flipped - 1)}
        Picture.objects.create(title=str(flipped), digest=str(flipped), size=1, width=1, height=1, **changed)
    assert [each.title for each in similar_to(list(bands.values()))] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("flipped", "found"),
    [((0, 0, 0, 7), 1), ((2, 2, 2, 1), 1), ((7, 0, 0, 0), 1), ((2, 2, 2, 2), 0), ((0, 8, 0, 0), 0)],
)
def test_up_to_seven_bits_may_differ_wherever_they_are(flipped, found):
    bands = [0x0F0F, 0x1234, 0x5678, 0x9ABC]
    kept = {f"likeness_{place}": band for place, band in enumerate(bands, start=1)}
    Picture.objects.create(title="Kai", digest="1", size=1, width=1, height=1, **kept)
    assert len(similar_to([band ^ (2**bits - 1) for band, bits in zip(bands, flipped, strict=True)])) == found


def test_pictures_without_any_drawing_are_like_no_other():
    for colour in ("red", "#fe0000", "white"):
        assert take_in(file_of(Image.new("RGB", (90, 60), colour), "PNG"))[1] is True


def test_the_search_for_likeness_is_two_queries_however_many_there_are(django_assert_num_queries):
    picture, _is_new = take_in(photo())
    bands = [picture.likeness_1, picture.likeness_2, picture.likeness_3, picture.likeness_4]
    rows = [dict(zip([f"likeness_{n}" for n in range(1, 5)], bands, strict=True)) for _each in range(30)]
    Picture.objects.bulk_create(
        Picture(title="Kai", digest=str(n), size=1, width=1, height=1, **row) for n, row in enumerate(rows)
    )
    with django_assert_num_queries(2):
        assert len(similar_to(bands)) == 5


def test_what_the_caller_says_goes_before_what_the_file_says():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Aus der Datei", "Jo Knips"
    picture, _is_new = take_in(file_of(scene(), exif=exif), caption="Vom Desk", creator="")
    assert (picture.caption, picture.creator) == ("Vom Desk", "Jo Knips")


@pytest.mark.parametrize(("language", "title"), [("de", "23.11.2026"), ("en", "11/23/2026")])
def test_a_picture_nobody_named_is_named_after_its_day_in_the_newsrooms_language(language, title, settings):
    settings.LANGUAGE_CODE = language
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:23 23:30:00"
    picture, _is_new = take_in(io.BytesIO(file_of(scene(), exif=exif)))
    assert (picture.title.split()[-1], picture.taken_at) == (title, datetime(2026, 11, 23, 22, 30, tzinfo=UTC))


def test_a_new_picture_is_found_by_its_words():
    picture, _is_new = take_in(photo(), title="Alter Kai", credit="Jo")
    assert sorted(PictureWord.objects.filter(picture=picture).values_list("word", flat=True)) == ["alter", "jo", "kai"]


def test_the_colour_that_holds_its_place_is_the_one_most_of_the_picture_has():
    mostly = Image.new("RGB", (100, 60), "#2040c0")
    mostly.paste("#c02020", (0, 0, 40, 60))
    picture, _made = take_in(file_of(mostly, "PNG"))
    assert picture.colour == "#2040c0"


def test_too_many_bytes_are_refused_before_they_are_stored(settings):
    settings.PICTURE_MAX_BYTES = 1_000_000
    for upload in (b"x" * 1_000_001, io.BytesIO(b"x" * 3_000_000)):
        with pytest.raises(UnusablePicture, match="larger than 1 MB"):
            take_in(upload)
    assert files_under(settings.MEDIA_ROOT) == []


def test_rubbish_leaves_nothing(settings):
    with pytest.raises(UnusablePicture):
        take_in(png(10, 10))
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (0, [])
