"""Image: boxes by mouse and polygons by the keyboard, with a question about each, to Label Studio's shape."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <RectangleLabels name="part" toName="scan"><Label value="Line" hotkey="i"/></RectangleLabels>
  <PolygonLabels name="stamp" toName="scan"><Label value="Stamp" hotkey="p"/></PolygonLabels>
  <Image name="scan" value="$scan"/>
</View>"""
WIDTH, HEIGHT = 400, 300


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "white").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def scans(stack: Stack) -> Effort:
    effort = family(stack, "Scans", CONFIG)
    bring_files(effort, {"scan": "scan.png"}, {"scan.png": _picture()})
    return effort


@pytest.fixture(scope="module")
def outlines(stack: Stack) -> Effort:
    effort = family(stack, "Outlines", CONFIG)
    bring_files(effort, {"scan": "scan.png"}, {"scan.png": _picture()})
    return effort


def test_boxes_and_polygons(page: Page, scans: Effort) -> None:
    open_first(page, scans)
    stage = page.get_by_role("application")
    expect(stage).to_be_focused()
    expect(stage.locator("img")).to_have_js_property("naturalWidth", WIDTH)
    page.keyboard.press("i")
    box = stage.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.25, steps=3)
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    page.mouse.up()
    expect(page.locator("polygon.area")).to_have_count(1)
    for key in (
        "Escape",
        "Escape",
        "p",
        "Enter",
        "Space",
        "Control+ArrowRight",
        "Space",
        "Control+ArrowDown",
    ):
        page.keyboard.press(key)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("polygon.area")).to_have_count(2)
    expect(page.locator("p[role=status]").filter(has_text="Added: Stamp").first).to_be_attached()
    for key in ("ArrowUp", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect_saved(page)
    page.reload()
    expect(page.locator(".span-row")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    line, stamp = submitted(scans)
    assert (line["original_width"], line["original_height"]) == (WIDTH, HEIGHT)
    value = line["value"]
    assert value["rectanglelabels"] == ["Line"]
    assert [round(value[name]) for name in ("x", "y", "width", "height", "rotation")] == [10, 20, 40, 20, 0]
    assert stamp["value"]["polygonlabels"] == ["Stamp"]
    assert stamp["value"]["closed"] is True
    (ax, ay), (bx, by), (cx, cy) = stamp["value"]["points"]
    assert [round(one) for one in (bx - ax, by - ay, cx - bx, cy - by)] == [6, 0, 0, 5]


def test_one_corner_is_moved_by_keys(page: Page, outlines: Effort) -> None:
    open_first(page, outlines)
    stage = page.get_by_role("application")
    expect(stage).to_be_focused()
    for key in ("p", "Enter", "Space", "Control+ArrowRight", "Space", "Control+ArrowDown", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("polygon.area")).to_have_count(1)
    said = page.locator("p[role=status]")
    for corner in (1, 2):
        page.keyboard.press("Alt+e")
        expect(said.filter(has_text=f"Corner {corner} of 3").first).to_be_attached()
    expect(page.locator(".area-handle.is-chosen")).to_have_attribute("data-corner", "1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+ArrowUp")
    expect(said.filter(has_text="Corner 2: x 56, y").first).to_be_attached()
    page.keyboard.press("Alt+Shift+y")
    expect(page.locator(".area-handle.is-chosen")).to_have_attribute("data-corner", "0")
    page.keyboard.press("Escape")
    expect(page.locator(".area-handle.is-chosen")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    (stamp,) = submitted(outlines)
    (ax, ay), (bx, by), (cx, cy) = stamp["value"]["points"]
    assert [round(one) for one in (ax, bx - ax, by - ay, cx - ax, cy - ay)] == [49, 6, -5, 5, 5]
