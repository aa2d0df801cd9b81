"""The board of a front in a real browser: dragged, moved by keyboard, changed in place, and accessible."""

import pytest
from browsing import axe, sign_in
from cast import make_live, make_user

from articles.desk import fronts
from articles.models import Front, layout
from articles.vocabulary import ContainerKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/admin/articles/front/home/"


@pytest.fixture
def board(page):
    """The board of a front page with a lead and two second stories, opened by the chief."""
    boxes = (layout.container("lead", ContainerKind.LEAD), layout.container("more", ContainerKind.SECONDARY, places=2))
    fronts.begin(Front.objects.of(None), containers=boxes)
    make_live("Hinten")
    make_live("Vorne")
    sign_in(page, make_user("chief"))
    page.goto(HOME)
    return page


def chosen():
    """The story chosen for each place (dict)."""
    boxes = fronts.containers_of(Front.objects.get())
    return {f"{each.key}:{n}": slot.story for each in boxes for n, slot in enumerate(each.slots) if slot.story}


def test_a_story_is_dragged_to_a_place_and_on_by_keyboard(board):
    card = board.locator(".front-card", has_text="Hinten")
    story = card.get_attribute("data-story")
    card.drag_to(board.locator('[data-to="lead:0"]'))
    board.wait_for_selector('[data-to="lead:0"].is-chosen')
    assert chosen() == {"lead:0": story}
    board.locator('[data-to="lead:0"].is-chosen').drag_to(board.locator('[data-to="more:1"]'))
    board.wait_for_selector('[data-to="more:1"].is-chosen')
    assert chosen() == {"more:1": story}
    board.locator(f'[data-focus="before-{story}"]').focus()
    board.keyboard.press("Enter")
    board.wait_for_selector('[data-to="more:0"].is-chosen')
    assert chosen() == {"more:0": story}
    assert board.evaluate("document.activeElement.dataset.focus") == f"before-{story}"
    assert board.url.endswith(HOME)


def test_the_keyboard_stays_at_the_place_that_was_cleared(board):
    board.locator('[data-to="more:0"] [data-focus^="keep-"]').click()
    board.locator(".is-chosen [data-focus^=clear]").focus()
    board.keyboard.press("Enter")
    board.wait_for_selector('[data-to="more:0"]:not(.is-chosen)')
    assert board.evaluate("document.activeElement.closest('[data-to]').dataset.to") == "more:0"


def test_the_finder_offers_the_places_a_container_was_given(board):
    board.locator('[aria-labelledby="box-more"] > details > summary').click()
    board.fill('[aria-labelledby="box-more"] [name=places]', "3")
    board.locator('[data-focus="arrange-more"]').click()
    board.wait_for_selector('[data-to="more:2"]')
    board.locator('.front-put option[value="more:2"]').first.wait_for(state="attached")
    offered = board.locator(".front-put").first.locator("option").evaluate_all("all => all.map((each) => each.value)")
    assert offered == ["lead:0", "more:0", "more:1", "more:2"]


def test_what_is_told_of_a_place_stays_open_and_is_kept(board):
    board.locator('[data-focus^="keep-"]').first.click()
    board.wait_for_selector('[data-to="lead:0"].is-chosen')
    board.locator('[data-to="lead:0"] summary').click()
    board.fill('[data-to="lead:0"] [name=headline]', "Eigene Worte")
    board.locator('[data-to="lead:0"] details button').click()
    board.wait_for_selector('[data-to="lead:0"] strong:has-text("Eigene Worte")')
    assert board.locator('[data-to="lead:0"] details').get_attribute("open") is not None
    assert fronts.containers_of(Front.objects.get())[0].slots[0].headline == "Eigene Worte"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_is_accessible(new_page, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": 390, "height": 844})
    make_live("Vorne")
    sign_in(page, make_user("chief"))
    for address in (HOME, f"{HOME}launch/", f"{HOME}history/", "/admin/articles/front/"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
