"""The calendar moved by mouse and by keyboard, the site at another moment, both under the real policy."""

from datetime import timedelta

import pytest
from browsing import axe, follow, sign_in
from cast import make_cleared, make_live, make_story, make_user
from django.utils import timezone

from articles import press
from articles.models import DayNote, Edition, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/admin/articles/story/calendar/"


def noon_in(days):
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def day_in(days):
    return noon_in(days).date().isoformat()


def dropped(page, act):
    """Does what drops an entry, and waits for the calendar that comes back with a sentence."""
    with page.expect_navigation():
        act()
    return page.inner_text(".messagelist li")


def agenda(page):
    page.goto(f"{URL}?view=agenda&date={day_in(0)}")


def test_a_story_and_an_edition_are_dragged_to_another_day(page):
    story, going = make_story("Kai", due_at=noon_in(1)), make_cleared("Geht raus")
    press.schedule(going, by=None, at=noon_in(2))
    sign_in(page, make_user("chief"))
    agenda(page)
    target = page.locator(f'.cal-day[data-day="{day_in(3)}"]')
    said = dropped(page, lambda: page.locator(".entry", has_text="Kai").drag_to(target))
    assert said.startswith("“Kai” is due ")
    assert Story.objects.get(pk=story.pk).due_at == noon_in(3)
    page.locator(".entry", has_text="Geht raus").drag_to(page.locator(f'.cal-day[data-day="{day_in(4)}"]'))
    page.wait_for_selector("text=The edition of “Geht raus” goes out")
    assert Edition.objects.get().live_from == noon_in(4)


def test_an_idea_is_dragged_into_the_month(page):
    story = make_story("Idee")
    sign_in(page, make_user("chief"))
    page.goto(f"{URL}?date={day_in(1)}")
    target = page.locator(f'td[data-day="{day_in(1)}"]')
    dropped(page, lambda: page.locator(".cal-ideas .entry").drag_to(target))
    assert Story.objects.get(pk=story.pk).due_at == noon_in(1)
    assert page.locator(f'td[data-day="{day_in(1)}"] .entry').count() == 1


def test_a_story_is_moved_by_keyboard_and_every_step_is_announced(page):
    story = make_story("Kai", due_at=noon_in(1))
    sign_in(page, make_user("chief"))
    agenda(page)
    said = page.locator("#cal-said")
    page.locator(".entry-move").focus()
    page.keyboard.press("Space")
    assert said.inner_text().startswith("Grabbed: Kai. Arrow keys choose the day")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert said.inner_text().startswith("To ")
    assert page.locator(".is-target").get_attribute("data-day") == day_in(7)
    for _press in range(2):
        page.keyboard.press("ArrowDown")
    assert said.inner_text() == "No such day on this page"
    page.keyboard.press("Escape")
    assert (said.inner_text(), page.locator(".is-target").count()) == ("Left where it was", 0)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    dropped(page, lambda: page.keyboard.press("Enter"))
    assert Story.objects.get(pk=story.pk).due_at == noon_in(2)


def test_without_grabbing_the_move_link_leads_to_a_form_and_back(page):
    make_story("Kai", due_at=noon_in(1))
    sign_in(page, make_user("chief"))
    agenda(page)
    page.locator(".entry-move").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/**")
    page.fill("[name=due_at]", f"{day_in(5)}T06:30:00")
    follow(page, ".submit-row .default")
    assert page.locator(f'[data-day="{day_in(5)}"] time').inner_text() == "06:30"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_pass_axe_in_light_and_dark(page, scheme):
    story = make_story("Fällig", due_at=noon_in(-1))
    make_story("Idee")
    make_live("Online")
    press.schedule(make_cleared("Geplant"), by=None, at=noon_in(1))
    DayNote.objects.create(day=noon_in(0).date(), text="Wahl")
    page.emulate_media(color_scheme=scheme)
    sign_in(page, make_user("chief"))
    base = "/admin/articles/story/"
    pages = [f"{URL}?view={view}" for view in ("month", "week", "agenda")]
    pages += [f"{URL}address/", f"{base}outgoing/", f"{base}at/", f"{base}{story.pk}/plan/"]
    for url in [*pages, f"/admin/at/{timezone.now():%Y%m%dT%H%M%SZ}/"]:
        page.goto(url)
        assert axe(page) == [], url


def test_nothing_is_wider_than_a_phone(new_page):
    make_story("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", due_at=noon_in(0))
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, make_user("chief"))
    for url in (*(f"{URL}?view={view}" for view in ("month", "week", "agenda")), "/admin/articles/story/outgoing/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url


def test_one_browses_the_site_of_tomorrow_and_leaves(page):
    story = make_cleared("Morgen früh")
    press.schedule(story, by=None, at=noon_in(1))
    sign_in(page, make_user("chief"))
    page.goto("/admin/articles/story/at/")
    page.fill("[name=at]", f"{day_in(1)}T12:00:00")
    follow(page, ".submit-row .default")
    follow(page, "text=Morgen früh")
    assert page.inner_text("h1") == "Morgen früh"
    assert page.locator(".elsewhen").is_visible()
    follow(page, ".elsewhen a >> nth=1")
    assert "/admin/" not in page.url
    assert page.locator(".elsewhen").count() == 0
    assert page.locator("h1").inner_text() != "Morgen früh"
    page.complaints[:] = [each for each in page.complaints if "404" not in each]


def test_outgoing_refreshes_itself_and_leaves_the_focus_where_it_is(page):
    sign_in(page, make_user("chief"))
    page.clock.install()
    page.goto("/admin/articles/story/outgoing/")
    page.locator(".out-bar a.button").focus()
    press.schedule(make_cleared("Neu geplant"), by=None, at=noon_in(1))
    page.clock.run_for(31_000)
    page.wait_for_selector("text=Neu geplant")
    assert page.evaluate("document.activeElement.textContent") == "Refresh"
