"""A real browser: Debian's chromium, driven by Playwright."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.support.lacking import lacking
from tests.support.stack import Stack

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a page that asks another host breaks
]
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for the whole run."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not executable:
        lacking("chromium", "apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path")
    # Playwright's loop stays on this thread, which Django would take for an asynchronous caller in later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        except Error as error:
            lacking(f"a chromium that starts ({error.message.splitlines()[0]})", "apt-get install chromium")
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser, stack: Stack, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Make pages in a fresh context each, with Playwright's options (`color_scheme`, `locale`, `viewport`).

    A script error or a breach of the content security policy fails the test. When a test fails, screenshots of its
    pages are in `test-results/`.
    """
    pages: list[Page] = []
    wrong: list[str] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(
            base_url=stack.url, **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("console", lambda message: _note_breach(message, wrong))
        pages.append(page)
        return page

    failures = request.session.testsfailed
    yield make
    if request.session.testsfailed > failures:
        _photograph(pages, request.node.name)
    for page in pages:
        page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page in the light theme, in English, 1280 pixels wide."""
    return new_page(locale="en-GB", color_scheme="light")


def _note_breach(message: ConsoleMessage, wrong: list[str]) -> None:
    if "Content Security Policy" in message.text:
        wrong.append(message.text)


def _photograph(pages: list[Page], test: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", test)
    for number, page in enumerate(pages):
        page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
