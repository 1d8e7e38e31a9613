"""Boxes on the pages of a PDF: each is stored with its page, and shown on it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.pdf import written
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <RectangleLabels name="part" toName="pdf"><Label value="Stamp" hotkey="m"/></RectangleLabels>
  <TextArea name="says" toName="pdf" perRegion="true"/>
  <PDF name="pdf" value="$pdf"/>
</View>"""


@pytest.fixture(scope="module")
def deeds(stack: Stack) -> Effort:
    effort = family(stack, "Deeds", CONFIG)
    bring_files(effort, {"pdf": "deed.pdf"}, {"deed.pdf": written("One.", "Two.", "Three.")})
    return effort


def test_a_box_on_the_second_page(page: Page, deeds: Effort) -> None:
    open_first(page, deeds)
    stage = page.get_by_role("application")
    expect(stage).to_have_accessible_name("Page 1")
    page.get_by_role("button", name="Next page").click()
    expect(stage).to_have_accessible_name("Page 2")
    expect(stage.get_by_role("img", name="Page 2")).to_have_js_property("complete", True)
    stage.focus()
    for key in ("m", "Enter", "Control+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("polygon.area")).to_have_count(1)
    page.locator(".region-panel textarea").fill("Paid.")
    expect(page.locator(".span-row")).to_contain_text("Page 2")
    page.get_by_role("button", name="Previous page").click()
    expect(page.locator("polygon.area")).to_have_count(0)
    expect_saved(page)
    page.reload()
    expect(page.locator("polygon.area")).to_have_count(0)
    page.locator(".span-go").click()
    expect(page.locator("polygon.area.is-selected")).to_have_count(1)
    expect(page.locator(".region-panel textarea")).to_have_value("Paid.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    box, says = submitted(deeds)
    assert (box["type"], box["item_index"], box["value"]["rectanglelabels"]) == (
        "rectanglelabels",
        1,
        ["Stamp"],
    )
    assert (box["value"]["x"], box["value"]["width"], box["image_rotation"]) == (42.5, 25, 0)
    assert (says["id"], says["item_index"], says["value"]["text"]) == (box["id"], 1, ["Paid."])
    assert says["value"]["width"] == box["value"]["width"]
