"""Fields keep what is typed where it stands: texts in their boxes, numbers of regions; and what is read is searched."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="clause" value="$clause"/>
  <Labels name="part" toName="clause"><Label value="Sum" hotkey="u"/></Labels>
  <Header value="Reasons"/>
  <TextArea name="reasons" toName="clause" maxSubmissions="3"/>
  <Header value="Remarks"/>
  <TextArea name="remarks" toName="clause"/>
  <Number name="amount" toName="clause" perRegion="true"/>
</View>"""


ROW = {"clause": "In all 12 and 30 euros are due."}
JUDGED = """<View>
  <Text name="contract" value="$contract"/>
  <Choices name="fair" toName="contract"><Choice value="Fair"/><Choice value="Unfair"/></Choices>
</View>"""
LONG = "\n\n".join(f"Clause {at}. The tenant pays {at} euros." for at in range(1, 900)) + "\n\nThe last 罚款."


@pytest.fixture(scope="module")
def clauses(stack: Stack) -> Effort:
    return family(stack, "Clauses with texts", CONFIG, ROW)


@pytest.fixture(scope="module")
def sums(stack: Stack) -> Effort:
    return family(stack, "Clauses with sums", CONFIG, ROW)


@pytest.fixture(scope="module")
def contracts(stack: Stack) -> Effort:
    return family(stack, "Contracts to judge", JUDGED, {"contract": LONG})


def test_a_text_that_is_emptied_keeps_its_place(page: Page, clauses: Effort) -> None:
    open_first(page, clauses)
    boxes = page.locator("assay-note").filter(has_text="Reasons").locator("textarea")
    boxes.first.focus()
    page.keyboard.type("alpha")
    boxes.nth(1).focus()
    page.keyboard.type("beta")
    expect(boxes).to_have_count(3)
    boxes.first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type("gamma")
    assert [box.input_value() for box in boxes.all()] == ["gamma", "beta", ""]
    boxes.first.fill("")
    boxes.nth(1).click()
    page.keyboard.type("!")
    assert [box.input_value() for box in boxes.all()] == ["", "beta!", ""]

    remarks = page.locator("assay-note").filter(has_text="Remarks")
    another = remarks.get_by_role("button", name="Another text")
    expect(another).to_be_hidden()
    remarks.locator("textarea").focus()
    expect(boxes.first).to_have_value("beta!")
    page.keyboard.type("one")
    page.keyboard.press("Alt+Shift+w")
    expect(remarks.locator("textarea").nth(1)).to_be_focused()
    page.keyboard.type("two")
    another.click()
    expect(remarks.locator("textarea").nth(2)).to_be_focused()
    page.keyboard.type("three")
    expect_saved(page)
    page.reload()
    expect(remarks.locator("textarea")).to_have_count(3)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    written = {one["from_name"]: one["value"]["text"] for one in submitted(clauses)}
    assert written == {"reasons": ["beta!"], "remarks": ["one", "two", "three"]}


def test_a_number_that_is_mistyped_keeps_the_one_before_and_holds_the_submit(
    page: Page, sums: Effort
) -> None:
    open_first(page, sums)
    text = page.get_by_role("textbox", name="Text", exact=True)
    for words in ("12", "30"):
        text.focus()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+f")
        expect(page.get_by_role("searchbox", name="Search in the text")).to_be_focused()
        page.keyboard.insert_text(words)
        expect(page.locator(".find-count")).to_have_text("1 of 1")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.locator(".span-row", has_text=words)).to_have_count(1)
    rows = page.locator(".span-row")
    expect(rows).to_have_count(2)
    number = page.locator("assay-number input")
    first, second = rows.nth(0).locator("button").first, rows.nth(1).locator("button").first
    first.click()
    number.fill("12")
    expect_saved(page)
    number.fill("12o")
    expect(number).to_have_attribute("aria-invalid", "true")
    second.click()
    expect(number).to_have_value("")
    number.fill("30")
    page.keyboard.press("Control+Enter")
    expect(number).to_have_value("12o")
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("12.5")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    about = [one["value"] for one in submitted(sums) if one["from_name"] == "amount"]
    assert {one["text"]: one["number"] for one in about} == {"12": 12.5, "30": 30}


def test_a_text_that_is_only_read_is_searched(page: Page, contracts: Effort) -> None:
    open_first(page, contracts)
    expect(page.locator(".doc")).to_contain_text("Clause 1.")
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.insert_text("罚款")
    expect(page.locator(".find-count")).to_have_text("1 of 1")
    last = page.locator(".doc p", has_text="The last 罚款.")
    expect(last).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(search).to_have_count(0)
    assert page.evaluate("getSelection().toString()") == "罚款"
