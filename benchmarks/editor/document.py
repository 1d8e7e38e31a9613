"""One long document: opened, labelled, scrolled, walked through and written about, in a page of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

ADDED = 12
QUIET = 900  # milliseconds in which the draft is saved after a change


@dataclass
class Seen:
    """What one run of a document took, in milliseconds."""

    ready: float = 0
    script: list[float] = field(default_factory=list)
    """Of each span that was added."""
    painted: list[float] = field(default_factory=list)
    longest: dict[str, float] = field(default_factory=dict)
    """The longest task of each activity; 0 where none took 50 ms, below which a browser tells nothing."""


def run(browser: Browser, address: str, name: str, length: int) -> Seen:
    """Do everything once with the work `name`, whose text has about `length` characters."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    try:
        page.goto(address)
        page.wait_for_function("window.bench")
        seen = Seen()
        seen.ready = page.evaluate("name => bench.open(`${name}.json`)", name)
        page.wait_for_timeout(300)
        with _tasks(page, seen, "adding a span"):
            _add(page, seen, length)
        with _tasks(page, seen, "scrolling"):
            _scroll(page)
        with _tasks(page, seen, "moving the caret"):
            _walk(page)
        with _tasks(page, seen, "typing a note"):
            page.locator("assay-note textarea").click()
            page.keyboard.type("The parties agreed on this in writing. 双方已书面约定。", delay=15)
            page.wait_for_timeout(QUIET)
        return seen
    finally:
        page.close()


@contextmanager
def _tasks(page: Page, seen: Seen, activity: str) -> Iterator[None]:
    page.evaluate("bench.tasks.length = 0")
    yield
    page.wait_for_timeout(100)
    seen.longest[activity] = page.evaluate("Math.max(0, ...bench.tasks)")


def _add(page: Page, seen: Seen, length: int) -> None:
    """At the beginning, where it is on the screen, and in the middle of the text."""
    for at in range(ADDED):
        start = 40 + 61 * at if at < ADDED - 4 else length // 2 + 61 * at
        script, painted = page.evaluate(
            "([start, key]) => bench.label(start, start + 9, key)", [start, str(at % 5 + 1)]
        )
        seen.script.append(script)
        seen.painted.append(painted)
    page.wait_for_timeout(QUIET)


def _scroll(page: Page) -> None:
    """By the wheel, then with leaps."""
    page.evaluate("window.scrollTo(0, 0)")
    page.mouse.move(500, 500)
    for _ in range(30):
        page.mouse.wheel(0, 240)
        page.wait_for_timeout(16)
    for part in (0.5, 0.9, 0.2, 1.0, 0.0):
        page.evaluate("part => window.scrollTo(0, part * document.documentElement.scrollHeight)", part)
        page.wait_for_timeout(120)


def _walk(page: Page) -> None:
    """By characters, words, lines and to both ends, then from span to span."""
    page.locator(".doc.is-editable").focus()
    for key in ("Control+Home", "Control+End", "Control+Home"):
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    for key in ("ArrowRight", "Shift+ArrowRight", "Control+ArrowRight", "ArrowDown", "ArrowUp", "Tab"):
        for _ in range(12):
            page.keyboard.press(key)
