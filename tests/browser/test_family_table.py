"""Table: cells as regions, by keys and by mouse, several labels on one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.hearing import heard, press
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


LONG = 1200


@pytest.fixture(scope="module")
def journals(stack: Stack) -> Effort:
    rows = [{"memo": f"Entry {at}", "sum": at} for at in range(1, LONG + 1)]
    return family(stack, "Journals", CONFIG, {"rows": rows})


@pytest.fixture(scope="module")
def ledgers(stack: Stack) -> Effort:
    return family(stack, "Ledgers", CONFIG, {"rows": ROWS})


def test_cells_are_labelled_by_keys_and_by_mouse(page: Page, ledgers: Effort) -> None:
    open_first(page, ledgers)
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("columnheader")).to_have_text(["Row", "memo", "sum", "by"])
    expect(grid.get_by_role("gridcell", name="票 Rent")).to_be_focused()
    press(page, "ArrowDown", "p")
    heard(page, "Row 2, memo: Guests")
    press(page, "ArrowRight", "p", "l")
    expect(grid.get_by_role("gridcell", name="4900 Large Private", exact=True)).to_be_focused()
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


def test_a_long_table_draws_the_rows_that_are_near(page: Page, journals: Effort) -> None:
    open_first(page, journals)
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(LONG + 1))
    expect(grid.get_by_role("gridcell", name="Entry 1", exact=True)).to_be_focused()
    cells = page.locator("[data-cell]")
    assert cells.count() < LONG
    page.keyboard.press("Control+End")
    last = page.locator(f"[data-cell='{2 * LONG - 1}']")
    expect(last).to_have_text(str(LONG))
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    expect(page.locator("[data-cell='0']")).to_have_count(0)
    press(page, "l")
    expect(last.locator(".cell-chip")).to_have_text("Large")
    page.locator(".table-scroll").evaluate("(one) => one.scrollTo(0, one.scrollHeight / 2)")
    expect(grid.get_by_role("gridcell", name=f"Entry {LONG // 2}", exact=True)).to_be_in_viewport()
    expect(last).to_be_focused()
    press(page, "ArrowLeft", "p")
    expect_saved(page)
    page.reload()
    page.get_by_role("button", name=f"Private Row {LONG:,}").click()
    expect(grid.get_by_role("gridcell", name=f"Entry {LONG} Private")).to_be_in_viewport()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    values = [one["value"] for one in submitted(journals)]
    assert [(one["row"], one["column"], one["labels"]) for one in values] == [
        (LONG - 1, "memo", ["Private"]),
        (LONG - 1, "sum", ["Large"]),
    ]
