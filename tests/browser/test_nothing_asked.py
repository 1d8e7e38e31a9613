"""A config that asks nothing: the item is looked at and handed in."""

from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.support.stack import Stack

CONFIG = '<View><Header value="Only seen"/><Table name="table" value="$item"/></View>'


def test_an_item_is_seen_and_handed_in(page: Page, stack: Stack) -> None:
    effort = family(stack, "Only seen", CONFIG, {"item": {"parcel": "12/4", "days": 30}})
    open_first(page, effort)
    expect(page.get_by_role("row", name="parcel 12/4", exact=True)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert submitted(effort) == []
