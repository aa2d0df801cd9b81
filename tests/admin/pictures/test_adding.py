"""Taking files in: one or many, by the plain form and by the script, and describing them afterwards."""

import io

import pytest
from desk_forms import fields, messages_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from painted import painted, painted_picture
from PIL import Image

from articles.admin.pictures import taking
from articles.media.refusing import CannotStore
from articles.models import Picture
from articles.vocabulary import Rights

ADD = "/admin/articles/picture/add/"
DESCRIBE = "/admin/articles/picture/describe/"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def ria(sign_in):
    """A reporter's client: may add pictures and change none."""
    return sign_in("contributor")


def file(motif="harbour", name="DSC_0001.jpg", seed=1):
    return SimpleUploadedFile(name, painted(motif, seed), "image/png")


def upload(client, *files, script=False, **said):
    said = {"rights": "uncleared"} | said
    return client.post(ADD, {"file": list(files)} | said, headers=SCRIPT if script else {})


def outcomes(response):
    return [(each.name, each.state, each.said) for each in response.context["outcomes"]]


def described_jpeg():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Ein Kran im Hafen", "Jo Painter"
    out = io.BytesIO()
    Image.open(io.BytesIO(painted("harbour"))).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("kran.jpg", out.getvalue())


def test_many_files_go_in_at_once_and_each_has_its_line(ria):
    known = painted_picture("night")
    broken = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>")
    response = upload(ria, file("harbour"), broken, file("night", "nacht.png"), credit="Jo", agency="dpa", rights="own")
    assert [(name, state) for name, state, _said in outcomes(response)] == [
        ("DSC_0001.jpg", "new"),
        ("x.jpg", "refused"),
        ("nacht.png", "known"),
    ]
    new = Picture.objects.exclude(pk=known.pk).get()
    assert (new.credit, new.agency, new.rights, new.uploaded_by) == ("Jo", "dpa", Rights.OWN, ria.user)
    assert Picture.objects.get(pk=known.pk).agency == ""
    html = response.content.decode()
    assert (html.count('name="of"'), f'name="of" value="{new.pk}"' in html) == (1, True)
    assert "This is not a picture we can use." in html


def test_what_the_file_says_is_read_and_shown(ria):
    response = upload(ria, described_jpeg(), agency="dpa")
    assert dict(response.context["outcomes"][0].read)["Caption"] == "Ein Kran im Hafen"
    assert "Agency" not in dict(response.context["outcomes"][0].read)
    picture = Picture.objects.get()
    assert (picture.caption, picture.creator, picture.agency) == ("Ein Kran im Hafen", "Jo Painter", "dpa")


def test_what_looks_the_same_is_offered_first_and_kept_when_meant(ria):
    known = painted_picture("harbour")
    out = io.BytesIO()
    Image.open(io.BytesIO(painted("harbour"))).save(out, "JPEG", quality=80)
    same = lambda: SimpleUploadedFile("kai.jpg", out.getvalue())  # noqa: E731
    response = upload(ria, same())
    assert outcomes(response) == [("kai.jpg", "similar", "The library has pictures that look the same.")]
    assert [each["picture"] for each in response.context["outcomes"][0].shown] == [known]
    answer = upload(ria, same(), script=True)
    assert (answer.status_code, answer.json()["state"], Picture.objects.count()) == (409, "similar", 1)
    assert upload(ria, same(), script=True, keep_similar="on").json()["state"] == "new"
    assert Picture.objects.count() == 2


def test_the_script_gets_what_became_of_its_file(ria):
    answer = upload(ria, file(), script=True)
    assert (answer.status_code, answer.json()["state"]) == (200, "new")
    assert f'name="of" value="{Picture.objects.get().pk}"' in answer.json()["html"]
    refused = upload(ria, SimpleUploadedFile("a.pdf", b"%PDF-1.4"), script=True)
    assert (refused.status_code, refused.json()["state"]) == (400, "refused")


def test_sizes_and_numbers_are_refused_in_sentences(ria, settings, monkeypatch):
    settings.PICTURE_MAX_BYTES = 1_000
    answer = upload(ria, SimpleUploadedFile("a.jpg", b"x" * 1_001), script=True)
    assert (answer.status_code, "The file is larger than 0.001 MB" in answer.json()["html"]) == (413, True)
    answer = upload(ria, SimpleUploadedFile("a.jpg", b"x" * 21_000), script=True)
    said = "These files are too large together; send fewer at a time."
    assert (answer.status_code, answer.json()) == (413, {"state": "refused", "said": said})
    page = upload(ria, SimpleUploadedFile("a.jpg", b"x" * 21_000))
    assert (page.status_code, page.context["reasons"]) == (413, [said])
    settings.PICTURE_MAX_BYTES = 1_000_000
    tiny = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(101)]
    for number in (51, 101):
        answer = upload(ria, *tiny[:number], script=True)
        assert (answer.status_code, answer.json()["said"]) == (413, "Choose at most 50 files at a time.")
    assert Picture.objects.count() == 0


def test_no_file_and_broken_common_fields_are_said(ria):
    assert ria.post(ADD, {}).context["reasons"] == ["Choose at least one file."]
    assert ria.post(ADD, {}, headers=SCRIPT).status_code == 400
    answer = upload(ria, file(), script=True, section="x", allowed_until="gestern", rights="mine")
    assert (answer.status_code, Picture.objects.count()) == (400, 0)
    assert "Allowed until: This is not a date and time." in answer.json()["said"]
    cut = ria.generic("POST", ADD, b"--x\r\nrubbish", content_type="multipart/form-data; boundary=", headers=SCRIPT)
    assert (cut.status_code, cut.json()["said"]) == (400, "The upload did not arrive whole. Send it again.")


def test_a_disk_that_refuses_is_said(ria, monkeypatch):
    def full(*args, **kwargs):
        raise CannotStore

    monkeypatch.setattr(taking.media, "take_in", full)
    answer = upload(ria, file(), script=True)
    assert (answer.status_code, "could not be stored" in answer.json()["html"]) == (503, True)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "a\x00b.jpg", "x" * 300 + ".jpg", "\u202egpj.exe", "", "<b>.png"]
)
def test_a_name_is_only_shown_and_never_as_markup(ria, name):
    upload_file = file()
    upload_file.name = name or " "
    response = upload(ria, upload_file)
    html = response.content.decode()
    assert ("<b>" in html, "passwd" in str(Picture.objects.values().get())) == (False, False)
    assert len(outcomes(response)[0][0]) <= 81


def test_a_forged_upload_is_refused(ria):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ria.user)
    assert client.post(ADD, {"file": file(), "rights": "own"}).status_code == 403
    assert (client.put(ADD).status_code, ria.put(ADD).status_code) == (403, 405)
    client.get(ADD)
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(ADD, {"file": file(), "rights": "own"} | token).status_code == 200
    assert Picture.objects.count() == 1


# Describing


def test_all_that_were_taken_in_are_described_in_one_save(ria):
    upload(ria, file("harbour"), file("hills"))
    first, second = Picture.objects.order_by("pk")
    url = f"{DESCRIBE}?of={second.pk}&of={first.pk}&of=x&of={'9' * 30}&of={first.pk}"
    page = ria.get(url)
    assert [form.instance for form in page.context["forms"]] == [second, first]
    typed = fields(page) | {
        f"p{first.pk}-alt": ["Ein Hafen"],
        f"p{second.pk}-title": ["Hügel"],
        f"p{first.pk}-rights": ["own"],
    }
    assert ria.post(url, typed).status_code == 302
    assert list(Picture.objects.order_by("pk").values_list("alt", "rights")) == [
        ("Ein Hafen", "uncleared"),
        ("", "uncleared"),
    ]
    assert Picture.objects.get(pk=second.pk).title == "Hügel"
    assert messages_of(ria.get("/admin/articles/picture/")) == ["2 pictures were saved."]


def test_when_one_cannot_be_saved_none_is_and_what_was_typed_stays(ria):
    upload(ria, file("harbour"), file("hills"))
    first, second = Picture.objects.order_by("pk")
    url = f"{DESCRIBE}?of={first.pk}&of={second.pk}"
    typed = fields(ria.get(url)) | {f"p{first.pk}-alt": ["Ein Hafen"]}
    empty = ria.post(url, typed | {f"p{second.pk}-title": [""]})
    assert (empty.status_code, Picture.objects.get(pk=first.pk).alt) == (200, "")
    Picture.objects.filter(pk=second.pk).update(version=2, alt="Anders")
    late = ria.post(url, typed)
    assert (late.status_code, Picture.objects.get(pk=first.pk).alt) == (409, "")
    html = late.content.decode()
    assert ("Ein Hafen" in html, "Somebody saved this picture meanwhile." in html) == (True, True)
    swapped = typed | {f"p{first.pk}-version": typed[f"p{second.pk}-version"]}
    assert ria.post(url, swapped).status_code == 409


def test_only_ones_own_new_pictures_are_described_by_whoever_may_change_none(ria, sign_in):
    other = painted_picture("harbour")
    assert ria.get(f"{DESCRIBE}?of={other.pk}").status_code == 403
    Picture.objects.update(uploaded_by=ria.user)
    assert ria.get(f"{DESCRIBE}?of={other.pk}").status_code == 200
    Picture.objects.update(uploaded_at=timezone.now() - timezone.timedelta(days=2))
    assert ria.get(f"{DESCRIBE}?of={other.pk}").status_code == 403
    assert sign_in("picture editor").get(f"{DESCRIBE}?of={other.pk}").status_code == 200
    assert sign_in("topic librarian").get(f"{DESCRIBE}?of={other.pk}").status_code == 403
    assert ria.get(DESCRIBE).status_code == 302
