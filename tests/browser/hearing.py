"""What somebody who sees nothing does: keys alone, and what the live regions say."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import come_in
from tests.stories.effort import Effort


def start_by_keys(page: Page, effort: Effort, start: str) -> None:
    """From the queue to the first item: by Tab to the project's button of this name, and Enter."""
    come_in(page, effort, "ann")
    page.goto("/")
    button = page.get_by_role("button", name=start)
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.first.evaluate("(one) => one === document.activeElement"):
            break
    expect(button.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=effort.founding.title)).to_be_visible()


def press(page: Page, *keys: str) -> None:
    """These keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def heard(page: Page, words: str | re.Pattern[str]) -> None:
    """A live region says so."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_attached()
