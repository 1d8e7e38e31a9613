"""Table: cells as regions, by keys and by mouse, several labels on one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="finding" toName="ledger">
    <Label value="Private" hotkey="p"/><Label value="Large" hotkey="l"/>
  </Labels>
  <Table name="ledger" value="$rows"/>
</View>"""
ROWS = [{"memo": "票 Rent", "sum": 12}, {"memo": "Guests", "sum": 4900, "by": "d.f."}]


@pytest.fixture(scope="module")
def ledgers(stack: Stack) -> Effort:
    return family(stack, "Ledgers", CONFIG, {"rows": ROWS})


def test_cells_are_labelled_by_keys_and_by_mouse(page: Page, ledgers: Effort) -> None:
    open_first(page, ledgers)
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("columnheader")).to_have_text(["Row", "memo", "sum", "by"])
    expect(grid.get_by_role("gridcell", name="票 Rent")).to_be_focused()
    for key in ("ArrowDown", "p", "ArrowRight", "p", "l"):
        page.keyboard.press(key)
    expect(
        grid.get_by_role("gridcell", name="4900 Private Large").or_(grid.locator("[data-cell='4']"))
    ).to_contain_text("Large")
    expect(page.locator(".cell-chip")).to_have_count(3)
    page.keyboard.press("p")
    expect(page.locator(".cell-chip")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(page.locator(".cell-chip")).to_have_count(3)
    page.keyboard.press("Escape")
    page.get_by_role("gridcell", name="12", exact=True).click()
    page.get_by_role("button", name="Large").first.click()
    expect_saved(page)
    page.reload()
    expect(page.locator(".cell-chip")).to_have_count(4)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    values = [one["value"] for one in submitted(ledgers)]
    assert [(one["row"], one["column"], one["text"], one["labels"]) for one in values] == [
        (0, "sum", "12", ["Large"]),
        (1, "memo", "Guests", ["Private"]),
        (1, "sum", "4900", ["Large"]),
        (1, "sum", "4900", ["Private"]),
    ]
