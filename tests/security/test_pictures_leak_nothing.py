"""The picture of a story no reader may see is readable by nobody without a staff session, whatever is tried."""

import pytest
from cast import (
    DAY,
    HOUR,
    MICROSECOND,
    NOON,
    SECOND,
    make_cleared,
    make_live,
    make_scheduled,
    make_section,
    make_story,
    make_user,
    rewrite,
)
from django.test import Client
from painted import figure, media_url, painted_picture

from articles import press
from articles.media import original, rendition_set
from articles.media.framing import FORMATS, WIDTHS
from articles.models import Picture
from articles.vocabulary import Change, Ratio

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def picture():
    return painted_picture("harbour")


def all_addresses(picture):
    """Every rendition there could be, of every crop, width and format, small ones and those that are never made."""
    key = rendition_set(picture).key
    return [f"/media/{key}/{r}-{w}.{f}" for r in Ratio.values for w in (*WIDTHS, 640, 1) for f in FORMATS]


def guesses(picture):
    """What somebody would try who knows how such things are called."""
    files, name = rendition_set(picture).key, "16x9-640.webp"
    yield from (f"/media/{picture.key}/{name}", f"/media/{picture.pk}/{name}", f"/media/{picture.digest}/{name}")
    yield from (f"/media/{files.upper()}/{name}", f"/media/{files[:25]}/{name}", f"/media/{files}//{name}")
    for end in ("", "/", "original.png", "original", f"{picture.key}.png", "../originals", "16x9-640.png", "16x9-640"):
        yield f"/media/{files}/{end}"
    for end in (
        "%2e%2e/x.webp",
        "16x9-640.webp%00",
        "16x9-640.webp.bak",
        "16x9-0640.webp",
        "16x9-641.webp",
        "17x9-640.webp",
    ):
        yield f"/media/{files}/{end}"
    path = original(picture)
    yield from (f"/media/originals/{path.parent.name}/{path.name}", f"/static/../media/originals/{path.name}")
    yield from (
        f"/admin/articles/picture/{picture.pk}/original/",
        f"/admin/articles/picture/looks/{picture.key}/320.webp",
    )


WAYS = [
    {},
    {"Range": "bytes=0-9"},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Mon, 23 Nov 2099 12:00:00 GMT"},
    {"Accept": "image/avif"},
]


def readable(client, addresses):
    """The addresses (list) that give anything of a file, by whatever method and header."""
    found = []
    for address in addresses:
        for way in WAYS:
            for ask in (client.get, client.head):
                response = ask(address, headers=way)
                if response.status_code in (200, 206, 304):
                    found.append(address)
    return found


def draft(picture):
    make_story(lead_picture=picture, body=f"<p>a</p>{figure(picture)}")


def cleared(picture):
    make_cleared(lead_picture=picture)


def scheduled(picture):
    make_scheduled(lead_picture=picture, body=f"<p>a</p>{figure(picture)}", at=NOON + SECOND)


def cancelled(picture):
    story = make_scheduled(lead_picture=picture, at=NOON + SECOND)
    press.cancel(story, by=None)


def withdrawn(picture):
    story = make_live(lead_picture=picture)
    press.withdraw(story, by=None, reason="rights")


def replaced(picture):
    story = make_live(lead_picture=picture)
    press.publish(rewrite(story, "Ohne Bild.", lead_picture=None), by=None, change=Change.UPDATE)


def without_rights(picture):
    make_live(lead_picture=picture)
    Picture.objects.filter(pk=picture.pk).update(rights="none")
    picture.refresh_from_db()
    press.settle_rights(picture)


def former_stand_in(picture):
    section = make_section()
    press.set_stand_in(section, picture=picture, by=None)
    press.set_stand_in(section, picture=None, by=None)


STATES = [draft, cleared, scheduled, cancelled, withdrawn, replaced, without_rights, former_stand_in]


@pytest.mark.parametrize("hide", STATES)
def test_a_hidden_picture_answers_nobody(hide, picture, clock):
    hide(picture)
    clock.shift(10 * MICROSECOND)
    for client in (Client(), signed_in_reader()):
        assert readable(client, [*all_addresses(picture)[::7], media_url(picture, "16x9-640.webp")]) == []


def test_not_even_one_of_all_its_renditions_and_no_guess(picture):
    draft(picture)
    assert readable(Client(), [*all_addresses(picture), *guesses(picture)]) == []


def signed_in_reader():
    """Somebody with an account who is not on the staff."""
    user = make_user("contributor")
    user.is_staff = False
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_a_live_picture_has_its_renditions_and_nothing_else(picture):
    make_live(lead_picture=picture)
    key = rendition_set(picture).key
    made = [f"/media/{key}/{ratio}-320.{suffix}" for ratio in Ratio.values for suffix in FORMATS]
    assert set(readable(Client(), made)) == set(made)
    assert readable(Client(), guesses(picture)) == []


def test_hidden_and_unknown_are_answered_alike(picture):
    draft(picture)
    hidden, unknown = media_url(picture), f"/media/{'0' * 26}/3x2-320.webp"
    for way in WAYS:
        one, other = (Client().get(url, headers=way) for url in (hidden, unknown))
        assert (one.status_code, dict(one.headers)) == (other.status_code, dict(other.headers))
        assert one.content.replace(hidden.encode(), b"") == other.content.replace(unknown.encode(), b"")


def test_withdrawn_means_gone_and_every_copy_is_asked_about_again(picture, clock):
    story = make_live(lead_picture=picture)
    url = media_url(picture)
    response = Client().get(url)
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    assert Client().get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="rights")
    assert Client().get(url).status_code == 404
    assert Client().get(url, headers={"If-None-Match": response["ETag"]}).status_code == 404


def test_a_picture_is_public_from_the_instant_its_story_is_until_its_rights_end(picture, clock):
    Picture.objects.update(allowed_until=NOON + DAY)
    picture.refresh_from_db()
    make_scheduled(lead_picture=picture, at=NOON + HOUR)
    url, seen = media_url(picture), []
    for moment in (NOON + HOUR - SECOND, NOON + HOUR, NOON + DAY - SECOND, NOON + DAY):
        clock.move_to(moment)
        seen.append(Client().get(url).status_code)
    assert seen == [404, 200, 200, 404]


def test_a_stand_in_is_public_while_it_stands_in(picture, clock):
    section = make_section()
    press.set_stand_in(section, picture=picture, by=None)
    url = media_url(picture)
    assert Client().get(url).status_code == 200
    clock.shift(HOUR)
    press.set_stand_in(section, picture=None, by=None)
    assert Client().get(url).status_code == 404


def test_staff_look_at_what_is_hidden_and_no_cache_keeps_it(picture):
    draft(picture)
    client = Client()
    client.force_login(make_user("contributor"))
    response = client.get(media_url(picture))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    administrator = Client()
    administrator.force_login(make_user("administrator"))
    assert administrator.get(media_url(picture)).status_code == 404


def test_no_address_of_a_page_tells_a_title_a_slug_or_a_number(picture):
    Picture.objects.update(title="Geheimtreffen")
    picture.refresh_from_db()
    story = make_live("Geheime Sache", lead_picture=picture, body=f"<p>a</p>{figure(picture)}")
    edition = story.editions.get()
    html = Client().get(edition.get_absolute_url()).content.decode()
    addresses = {part for part in html.replace('"', " ").replace(",", " ").split() if "/media/" in part}
    assert len(addresses) == 8
    told = ("geheim", picture.key, picture.digest[:8], "harbour")
    assert [each for each in addresses if any(word in each.lower() for word in told)] == []


def test_a_file_that_cannot_be_made_just_now_is_kept_by_no_cache(picture):
    make_live(lead_picture=picture)
    original(picture).unlink()
    response = Client().get(media_url(picture))
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "5", "private, no-store")
    assert "ETag" not in response
