"""A text that runs from right to left: the left arrow goes on in it, a span's end follows the key."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View><Labels name="mark" toName="text"><Label value="Party" hotkey="p"/></Labels>
  <Text name="text" value="$text"/></View>"""
TEXT = "המוכר ימסור את הדירה.\nThe seller hands over."


@pytest.fixture(scope="module")
def deeds(stack: Stack) -> Effort:
    return family(stack, "Deeds from right to left", CONFIG, {"text": TEXT})


def test_arrows_go_where_they_point(page: Page, deeds: Effort) -> None:
    open_first(page, deeds)
    page.keyboard.press("Control+Home")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft", "p"):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_text("מו")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("mark.span")).to_have_text("מוכ")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "p"):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    values = [one["value"] for one in submitted(deeds)]
    assert [(one["start"], one["end"], one["text"]) for one in values] == [(1, 4, "מוכ"), (22, 25, "The")]
