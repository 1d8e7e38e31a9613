"""Pictures whose areas have no label of their own: drawn as they are, or with labels that stand beside them."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

DRAWN = """<Rectangle name="bbox" toName="image" strokeWidth="3"/>
  <Polygon name="poly" toName="image" strokeWidth="3"/>"""
LABELLED = f"""<View>
  <Image name="image" value="$ocr"/>
  <Labels name="label" toName="image">
    <Label value="Text" background="green"/>
    <Label value="Handwriting" background="blue"/>
  </Labels>
  {DRAWN}
  <TextArea name="transcription" toName="image" editable="true" perRegion="true" required="true"
    maxSubmissions="1" rows="5" placeholder="Recognized Text" displayMode="region-list"/>
</View>"""
PLAIN = f"""<View>
  <Image name="image" value="$ocr"/>
  {DRAWN}
</View>"""
TRIANGLE = ("Enter", "Space", "Control+ArrowRight", "Space", "Control+ArrowDown", "Space", "Enter")
WIDTH = 400


def brought(stack: Stack, title: str, config: str) -> Effort:
    """A project with one blank picture."""
    effort = family(stack, title, config)
    file = io.BytesIO()
    Image.new("RGB", (WIDTH, 300), "white").save(file, "PNG")
    bring_files(effort, {"ocr": "page.png"}, {"page.png": file.getvalue()})
    return effort


@pytest.fixture(scope="module")
def labelled(stack: Stack) -> Effort:
    return brought(stack, "Read what is written", LABELLED)


@pytest.fixture(scope="module")
def plain(stack: Stack) -> Effort:
    return brought(stack, "Find what is written", PLAIN)


def drag(page: Page, x: float, y: float, width: float, height: float) -> None:
    """Draw a box with the mouse, in shares of the picture."""
    box = page.get_by_role("application").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (x + width / 2), box["y"] + box["height"] * y, steps=3)
    page.mouse.move(box["x"] + box["width"] * (x + width), box["y"] + box["height"] * (y + height))
    page.mouse.up()


def write(page: Page, words: str) -> None:
    """Say what the selected area reads, and go back to the picture."""
    page.locator(".region-panel textarea").fill(words)
    page.get_by_role("application").focus()


def wait_for_picture(page: Page) -> None:
    """Until it can be drawn on."""
    stage = page.get_by_role("application")
    expect(stage).to_be_focused()
    expect(stage.locator("img")).to_have_js_property("naturalWidth", WIDTH)


def sides(value: dict[str, Any]) -> list[int]:
    """From corner to corner of a triangle: it begins in the middle of what is seen."""
    (ax, ay), (bx, by), (cx, cy) = value["points"]
    return [round(one) for one in (bx - ax, by - ay, cx - bx, cy - by)]


def near(value: dict[str, Any]) -> list[int]:
    return [round(value[name]) for name in ("x", "y", "width", "height", "rotation")]


def test_labels_are_put_on_boxes_and_polygons(page: Page, labelled: Effort) -> None:
    open_first(page, labelled)
    wait_for_picture(page)
    areas = page.locator("polygon.area")
    page.get_by_role("button", name="Text", exact=False).first.click()
    expect(page.get_by_role("button", name="Draw a box")).to_have_attribute("aria-pressed", "true")
    drag(page, 0.1, 0.2, 0.4, 0.2)
    expect(areas).to_have_count(1)
    expect(page.locator(".area-chip")).to_have_text(["Text"])
    expect(page.locator(".region-panel").get_by_role("radio", name="Text")).to_be_checked()
    write(page, "Dear Sir")

    # Without a label in hand a label's key is for the area that is selected.
    for key in ("Escape", "Escape", "Escape", "4", *TRIANGLE, "2"):
        page.keyboard.press(key)
    expect(areas).to_have_count(2)
    expect(page.locator(".area-chip")).to_have_text(["Text", "Handwriting"])
    write(page, "J. Smith")
    expect_saved(page)

    page.reload()
    expect(page.locator(".area-chip")).to_have_text(["Text", "Handwriting"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    found = {(one["type"], one["from_name"], one["id"]): one["value"] for one in submitted(labelled)}
    (box,) = (key[2] for key in found if key[0] == "rectangle")
    (triangle,) = (key[2] for key in found if key[0] == "polygon")
    place = found["rectangle", "bbox", box]
    assert near(place) == [10, 20, 40, 20, 0]
    assert found["labels", "label", box] == {**place, "labels": ["Text"]}
    assert found["textarea", "transcription", box] == {**place, "text": ["Dear Sir"]}
    corners = found["polygon", "poly", triangle]
    assert sides(corners) == [5, 0, 0, 5]
    assert found["labels", "label", triangle] == {**corners, "labels": ["Handwriting"]}
    assert len(found) == 6


def test_areas_are_drawn_without_labels(page: Page, plain: Effort) -> None:
    open_first(page, plain)
    wait_for_picture(page)
    page.keyboard.press("1")
    drag(page, 0.1, 0.2, 0.4, 0.2)
    expect(page.locator("polygon.area")).to_have_count(1)
    # The box stays selected; what draws is taken in hand all the same.
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="Draw a polygon")).to_have_attribute("aria-pressed", "true")
    for key in TRIANGLE:
        page.keyboard.press(key)
    expect(page.locator("polygon.area")).to_have_count(2)
    expect_saved(page)
    page.reload()
    expect(page.locator(".span-row")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    box, triangle = submitted(plain)
    assert (box["type"], near(box["value"])) == ("rectangle", [10, 20, 40, 20, 0])
    assert triangle["type"] == "polygon"
    assert sides(triangle["value"]) == [5, 0, 0, 5]
