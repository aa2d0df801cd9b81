"""Uploads: by content, whole or not at all, and nothing of the original's metadata for readers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from painted import painted
from PIL import Image

from articles.media import UnusablePicture, path_of, shown_widths, take_in
from articles.media.files import original_of
from articles.models import Picture

pytestmark = pytest.mark.django_db
SAID = {"title": "Kai", "alt": "Ein Kai"}


def files_under(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_upload_becomes_a_private_original_and_files_for_readers(settings):
    picture, made = take_in(painted("harbour", size=(1200, 675)), **SAID)
    assert (made, picture.width, picture.height, picture.widths) == (True, 1200, 675, [480, 960, 1200])
    for width in picture.widths:
        assert Image.open(path_of(picture.key, f"{width}.webp")).size == (width, round(675 * width / 1200))
    assert Image.open(path_of(picture.key, "share.jpg")).format == "JPEG"
    assert original_of(picture.key, "png").read_bytes() == painted("harbour", size=(1200, 675))
    assert "kai" not in " ".join(files_under(settings.MEDIA_ROOT))


def test_the_same_bytes_again_are_the_picture_that_is_there(settings):
    first, _made = take_in(painted("harbour"), **SAID)
    before = files_under(settings.MEDIA_ROOT)
    again, made = take_in(painted("harbour"), title="Anders", alt="Anders")
    assert (again, made, Picture.objects.get().title) == (first, False, "Kai")
    assert files_under(settings.MEDIA_ROOT) == before


def test_readers_files_carry_none_of_the_originals_metadata():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "GEHEIM", "GEHEIM"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.open(io.BytesIO(painted("harbour"))).save(out, "JPEG", exif=exif)
    picture, _made = take_in(out.getvalue() + b"GEHEIM appended", **SAID)
    for name in ("480.webp", "share.jpg"):
        raw = path_of(picture.key, name).read_bytes()
        assert b"GEHEIM" not in raw
        assert dict(Image.open(io.BytesIO(raw)).getexif()) == {}


def test_a_picture_lying_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.open(io.BytesIO(painted("harbour"))).save(out, "JPEG", exif=exif)
    assert (take_in(out.getvalue(), **SAID)[0].width, Picture.objects.get().height) == (360, 640)


def gif_of(frames):
    out = io.BytesIO()
    images = [Image.new("P", (8, 8), color) for color in range(frames)]
    images[0].save(out, "GIF", save_all=True, append_images=images[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        painted("harbour")[:200],
        b"%PDF-1.4",
    ],
    ids=["empty", "svg", "short gif", "short png", "truncated", "pdf"],
)
def test_what_is_no_whole_picture_is_refused_and_leaves_nothing(raw, settings):
    with pytest.raises(UnusablePicture, match="not a picture we can use"):
        take_in(raw, **SAID)
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT) if settings.MEDIA_ROOT.exists() else []) == (
        0,
        [],
    )


def test_too_many_pixels_and_too_many_bytes_are_refused(settings):
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(UnusablePicture, match="too many pixels"):
        take_in(out.getvalue(), **SAID)
    settings.PICTURE_MAX_BYTES = 1_000_000
    with pytest.raises(UnusablePicture, match="larger than 1 MB"):
        take_in(b"x" * 1_000_001, **SAID)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_five_formats_are_taken(form):
    assert take_in(painted("harbour", form=form), **SAID)[0].suffix == {"JPEG": "jpg"}.get(form, form.lower())


def test_an_animation_becomes_its_first_frame():
    assert take_in(gif_of(5), **SAID)[0].widths == [8]
    assert shown_widths(8) == [8]


def test_when_the_disk_refuses_there_is_no_row_and_no_file(settings, monkeypatch, tmp_path):
    from pathlib import Path

    real, calls = Path.write_bytes, []

    def full(self, data):
        calls.append(self)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        take_in(painted("harbour"), **SAID)
    assert (Picture.objects.count(), files_under(settings.MEDIA_ROOT)) == (0, [])


@pytest.fixture
def desk(django_user_model):
    from cast import make_user

    client = Client(headers={"Accept-Language": "en"})
    client.force_login(make_user("picture editor"))
    return client


ADD = "/admin/articles/picture/add/"


def upload(client, raw, **said):
    file = SimpleUploadedFile("../../evil.jpg.html", raw, "text/html")
    return client.post(ADD, {"file": file, "title": "Kai", "alt": "Ein Kai", "caption": "", "credit": "Jo"} | said)


def test_a_picture_is_uploaded_described_and_changed_in_the_admin(desk):
    assert upload(desk, painted("harbour")).status_code == 302
    picture = Picture.objects.get()
    assert (picture.credit, picture.uploaded_by.username.startswith("picture-editor")) == ("Jo", True)
    url = f"/admin/articles/picture/{picture.pk}/change/"
    assert 'name="file"' not in desk.get(url).content.decode()
    desk.post(url, {"title": "Kai", "alt": "Ein neuer Kai", "caption": "", "credit": "Jo"})
    assert Picture.objects.get().alt == "Ein neuer Kai"
    assert upload(desk, painted("harbour"), title="Nochmal").status_code == 302
    assert Picture.objects.count() == 1
    assert desk.get("/admin/articles/picture/?q=kai").context["cl"].result_count == 1


def test_a_bad_upload_gets_a_sentence_at_its_field(desk, monkeypatch):
    assert "not a picture we can use" in upload(desk, b"<html>").content.decode()
    assert "required" in upload(desk, painted("harbour"), alt="").content.decode()

    def full(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("articles.admin.nouns.take_in", full)
    assert "The file could not be stored." in upload(desk, painted("harbour")).content.decode()
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("size", [3_000, 4_000_000])
def test_a_file_that_is_too_large_is_said_so_whether_it_lies_in_memory_or_on_disk(desk, settings, size):
    settings.PICTURE_MAX_BYTES = 1_000
    assert "The file is larger than" in upload(desk, b"x" * size).content.decode()


def test_a_picture_longer_than_any_format_of_ours_is_refused():
    out = io.BytesIO()
    Image.new("L", (20, 17_000)).save(out, "PNG")
    with pytest.raises(UnusablePicture, match="too long on one side"):
        take_in(out.getvalue(), **SAID)
