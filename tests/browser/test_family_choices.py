"""Choices in a tree, a taxonomy, dates, a condition: by keys, over a reload, to Label Studio's shape."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="area" toName="text" choice="multiple" required="true" requiredMessage="Choose an area.">
    <Choice value="Housing"><Choice value="Rent"/><Choice value="Repairs"/></Choice>
    <Choice value="Work"/>
  </Choices>
  <Taxonomy name="codes" toName="text" maxUsages="2">
    <Choice value="A"><Choice value="A1"/><Choice value="A2"/></Choice>
    <Choice value="B"><Choice value="B1"/></Choice>
  </Taxonomy>
  <Choices name="limit" toName="text" choice="single-radio">
    <Choice value="Yes"/><Choice value="No"/>
  </Choices>
  <DateTime name="until" toName="text" only="date" min="2020-01-01" required="true"
    visibleWhen="choice-selected" whenTagName="limit" whenChoiceValue="Yes"/>
</View>"""


@pytest.fixture(scope="module")
def letters(stack: Stack) -> Effort:
    return family(stack, "Choice letters", CONFIG, {"text": "The heating has been off since May."})


def test_trees_dates_and_conditions(page: Page, letters: Effort) -> None:
    open_first(page, letters)
    side = page.locator(".ws-side")
    page.get_by_role("button", name="Submit").click()
    expect(side.locator("[data-question=area] .question-error")).to_have_text("Choose an area.")
    expect(side.get_by_role("treeitem", name="Housing")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(side.get_by_role("treeitem", name="Repairs")).to_be_checked()

    side.get_by_role("combobox").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("b1")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(side.locator(".pick-text")).to_have_text(["A › A1", "B › B1"])

    expect(side.locator("input[type=date]")).to_have_count(0)
    side.get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("status").filter(has_text="Now also asked")).to_be_attached()
    side.locator("input[type=date]").fill("2019-05-01")
    expect(side.locator("[data-question=until] .question-error")).to_be_visible()
    side.locator("input[type=date]").fill("2026-05-01")
    expect_saved(page)
    page.reload()
    expect(side.get_by_role("treeitem", name="Repairs")).to_be_checked()
    expect(side.locator("input[type=date]")).to_have_value("2026-05-01")
    expect(side.locator(".pick-text")).to_have_text(["A › A1", "B › B1"])

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(letters)) == [
        ("area", "choices", {"choices": [["Housing", "Repairs"]]}),
        ("codes", "taxonomy", {"taxonomy": [["A", "A1"], ["B", "B1"]]}),
        ("limit", "choices", {"choices": ["Yes"]}),
        ("until", "datetime", {"datetime": "2026-05-01"}),
    ]
