"""Boxes that search labels, and what a config has chosen and written beforehand: by keys, to the stored answer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <View style="display: flex">
    <View>
      <Filter name="find" toName="party" hotkey="shift+f" minlength="2" placeholder="Find a party"/>
      <Labels name="party" toName="text">
        <Label value="Landlord"/><Label value="Tenant"/><Label value="Tenants’ union" selected="true"/>
      </Labels>
    </View>
    <Text name="text" value="$text"/>
  </View>
  <Filter name="look" toName="area" hotkey="f" placeholder="Find an area"/>
  <Choices name="area" toName="text" choice="multiple">
    <Choice value="Housing"><Choice value="Rent"/><Choice value="Repairs"/></Choice>
    <Choice value="Work"><Choice value="Pay"/></Choice>
  </Choices>
  <Choices name="mood" toName="text" perRegion="true">
    <Choice value="Calm" selected="true"/><Choice value="Angry"/>
  </Choices>
  <TextArea name="why" toName="text" perRegion="true" value="Says so"/>
  <Taxonomy name="codes" toName="text" placeholder="Find a code"><Choice value="A" selected="true"/></Taxonomy>
</View>"""


@pytest.fixture(scope="module")
def complaints(stack: Stack) -> Effort:
    return family(stack, "Complaints to search", CONFIG, {"text": "Anna owns it; Ben rents it."})


def test_labels_and_trees_are_searched_by_keys(page: Page, complaints: Effort) -> None:
    open_first(page, complaints)
    bar = page.locator("assay-span-labels")
    labels = bar.locator(".label-button")
    expect(bar.get_by_role("button", name="Tenants’ union")).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name="Tenants’ union").click()

    page.locator(".doc.is-editable").focus()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 4):
        page.keyboard.press(key)
    page.keyboard.press("Shift+F")
    box = bar.get_by_role("searchbox", name="Find a party")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("placeholder", "Find a party")
    page.keyboard.type("t")
    expect(labels).to_have_count(3)
    page.keyboard.type("en")
    expect(labels).to_have_count(2)
    page.keyboard.press("Escape")
    expect(labels).to_have_count(3)
    expect(box).to_have_value("")
    page.keyboard.type("lord")
    expect(labels).to_have_text(["Landlord1"])
    page.keyboard.press("Enter")
    expect(page.locator("assay-span-list")).to_contain_text("Anna")
    expect(labels).to_have_count(3)

    page.keyboard.press("f")
    side = page.locator(".ws-side")
    expect(side.get_by_role("searchbox", name="Find an area")).to_be_focused()
    page.keyboard.type("re")
    found = side.locator("[data-question=area] .tree-text")
    expect(found).to_have_text(["Housing › Rent", "Housing › Repairs"])
    page.keyboard.press("Enter")
    expect(side.get_by_role("treeitem", name="Rent")).to_be_checked()
    expect(side.get_by_role("combobox")).to_have_attribute("placeholder", "Find a code")
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    stored = {one["from_name"]: one["value"] for one in submitted(complaints)}
    assert stored["party"]["labels"] == ["Landlord"]
    assert (stored["party"]["start"], stored["party"]["end"]) == (0, 4)
    assert stored["area"]["choices"] == [["Housing", "Rent"]]
    assert stored["mood"]["choices"] == ["Calm"]
    assert stored["why"]["text"] == ["Says so"]
    assert stored["codes"]["taxonomy"] == [["A"]]
