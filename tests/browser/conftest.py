"""A real browser under our own Content-Security-Policy; whatever it complains about fails the test."""

import os
import shutil
import time

import pytest
from playwright.sync_api import sync_playwright

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NO_FAULT = (
    "status of 409",  # a conflict is an answer like others
    "'beforeunload' confirmation panel",  # a test left unsaved work behind, and nobody was there to be asked
)
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"


@pytest.fixture(scope="session")
def browser():
    """Chromium, where one is installed; else the test is skipped with a line that says so."""
    if not BROWSER:
        pytest.skip("no Chromium or Chrome is installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in this thread
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser, live_server):
    """Opens pages, each with cookies of its own; complaints of any (script errors, refused loads) fail the test."""
    contexts, complaints = [], []

    def open_page(**options):
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = complaints
        page.add_init_script(WATCH)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _is_ours(asked.url, live_server.url) or complaints.append(asked.url))
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # its last words, that somebody left, are heard before the database is emptied
        context.close()
    time.sleep(0.2)
    assert [said for said in complaints if not any(words in said for words in NO_FAULT)] == []


def _is_ours(url, address):
    return url.startswith((address, "data:"))


@pytest.fixture
def page(new_page):
    """One such page."""
    return new_page()
