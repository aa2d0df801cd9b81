"""What browser tests do on every page: sign in, and ask for accessibility."""


def sign_in(page, user, password="correct-horse-battery"):
    """Signs a member of staff in through the page everybody uses."""
    page.goto("/admin/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", password)
    follow(page, "#login-form button[type=submit]")


def follow(page, what):
    """Clicks what leads to another page (CSS selector), and waits for that page: the next step may fit both."""
    with page.expect_navigation():
        page.click(what)


def put_caret_at_end(page, place):
    """Clicks into a text of the editor (locator), goes to the line's end, waits until the editor knows the caret.

    A browser tells of the caret in an event of its own, which keys pressed in the same instant may overtake.
    """
    place.click()
    page.keyboard.press("End")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")


def axe(page):
    """What axe-core finds wrong with a page (list of rule and places)."""
    from axe_playwright_python.sync_playwright import Axe

    # Without its preloading, for which it would add a <style> of its own to our page.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
