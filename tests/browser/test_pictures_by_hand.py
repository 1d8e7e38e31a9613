"""Pictures by real touch and by mouse: zoom, pan, move, draw when zoomed in; one that did not come comes again."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first
from tests.pdf import written
from tests.stories.effort import Effort
from tests.support.browser import NewPage
from tests.support.stack import Stack

BOXES = """<View>
  <RectangleLabels name="part" toName="scan"><Label value="Line" hotkey="i"/></RectangleLabels>
  <Image name="scan" value="$scan"/>
</View>"""
WORDS = """<View>
  <Labels name="term" toName="pdf"><Label value="Term"/></Labels>
  <PDF name="pdf" value="$pdf"/>
</View>"""
Point = tuple[float, float]


def _scans(stack: Stack, title: str) -> Effort:
    effort = family(stack, title, BOXES)
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(file, "PNG")
    bring_files(effort, {"scan": "scan.png"}, {"scan.png": file.getvalue()})
    return effort


@pytest.fixture(scope="module")
def deeds(stack: Stack) -> Effort:
    effort = family(stack, "Deeds by hand", WORDS)
    bring_files(effort, {"pdf": "deed.pdf"}, {"deed.pdf": written("One.", "Two.")})
    return effort


@pytest.fixture
def tablet(new_page: NewPage) -> Page:
    return new_page(has_touch=True, viewport={"width": 1000, "height": 900}, locale="en-GB")


class Hand:
    """Fingers on a page, as the browser is told of them."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)

    def _tell(self, kind: str, *fingers: Point) -> None:
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(fingers)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def tap(self, at: Point) -> None:
        self._tell("touchStart", at)
        self._tell("touchEnd")

    def drag(self, start: Point, end: Point) -> None:
        self._tell("touchStart", start)
        for step in range(1, 9):
            share = step / 8
            self._tell("touchMove", tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
        self._tell("touchEnd")

    def pinch(self, at: Point, apart: float, to: float, moved: Point = (0, 0)) -> None:
        """Two fingers around a place go from one distance to another, and move along together."""
        self._tell("touchStart", (at[0] - apart / 2, at[1]))
        for step in range(11):
            share = step / 10
            x, y = at[0] + moved[0] * share, at[1] + moved[1] * share
            half = (apart + (to - apart) * share) / 2
            kind = "touchStart" if step == 0 else "touchMove"
            self._tell(kind, (x - half, y), (x + half, y))
        self._tell("touchEnd")


def _box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _at(box: dict[str, float], x: float, y: float) -> Point:
    """A place of a box, in shares of its size."""
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def _share(box: dict[str, float], at: Point) -> Point:
    return (at[0] - box["x"]) / box["width"], (at[1] - box["y"]) / box["height"]


def _scale(page: Page) -> Any:
    return page.evaluate("visualViewport.scale")


def _draw(page: Page, start: Point, end: Point) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def _corners(page: Page) -> list[Point]:
    """Of the first area, in percent of a picture of 800 by 600."""
    points = page.locator("polygon.area").first.get_attribute("points") or ""
    pairs = [pair.split(",") for pair in points.split()]
    return [(round(float(x) / 8, 1), round(float(y) / 6, 1)) for x, y in pairs]


def test_fingers_zoom_pan_and_move(tablet: Page, stack: Stack) -> None:
    page = tablet
    open_first(page, _scans(stack, "Scans by hand"))
    expect(page.locator(".image-stage img")).to_have_js_property("naturalWidth", 800)
    hand = Hand(page)
    page.keyboard.press("i")
    stage = _box(page, ".image-stage")
    hand.drag(_at(stage, 0.2, 0.2), _at(stage, 0.4, 0.4))
    expect(page.locator("polygon.area")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("polygon.is-selected")).to_have_count(0)
    hand.tap(_at(stage, 0.3, 0.3))
    expect(page.locator("polygon.is-selected")).to_have_count(1)
    before = _corners(page)
    hand.drag(_at(stage, 0.3, 0.3), _at(stage, 0.4, 0.5))
    after = _corners(page)
    moved = [(round(b[0] - a[0]), round(b[1] - a[1])) for a, b in zip(before, after, strict=True)]
    assert moved == [(10, 20)] * 4
    middle = _at(stage, 0.5, 0.5)
    hand.pinch(middle, 80, 160)
    expect(page.get_by_role("button", name="Fit the width")).to_contain_text("200 %")
    assert _share(_box(page, ".image-stage"), middle) == pytest.approx((0.5, 0.5), abs=0.01)
    hand.pinch(middle, 120, 120, moved=(-60, -40))
    assert _share(_box(page, ".image-stage"), (middle[0] - 60, middle[1] - 40)) == pytest.approx(
        (0.5, 0.5), abs=0.01
    )
    assert _corners(page) == after
    assert _scale(page) == 1


def test_fingers_zoom_pages(tablet: Page, deeds: Effort) -> None:
    page = tablet
    open_first(page, deeds)
    expect(page.locator(".doc-page img").first).to_have_js_property("complete", True)
    sheet = _box(page, ".doc-page")
    middle = (sheet["x"] + sheet["width"] / 2, 600.0)
    share = _share(sheet, middle)
    Hand(page).pinch(middle, 80, 160)
    expect(page.get_by_role("button", name="Fit the width")).to_contain_text("200 %")
    assert _share(_box(page, ".doc-page"), middle) == pytest.approx(share, abs=0.01)
    assert _scale(page) == 1


def test_drawing_when_zoomed_in_and_panned(page: Page, stack: Stack) -> None:
    open_first(page, _scans(stack, "Scans made larger"))
    expect(page.locator(".image-stage img")).to_have_js_property("naturalWidth", 800)
    larger = page.get_by_role("button", name="Larger")
    for size in (125, 150, 200):
        larger.click()
        expect(page.get_by_role("button", name="Fit the width")).to_contain_text(f"{size} %")
    frame = _box(page, ".image-scroll")
    _draw(page, _at(frame, 0.8, 0.8), _at(frame, 0.3, 0.4))
    left, top = page.locator(".image-scroll").evaluate("(one) => [one.scrollLeft, one.scrollTop]")
    assert left == pytest.approx(frame["width"] * 0.5, abs=2)
    assert top == pytest.approx(frame["height"] * 0.4, abs=2)
    page.keyboard.press("i")
    stage = _box(page, ".image-stage")
    _draw(page, _at(stage, 0.4, 0.4), _at(stage, 0.5, 0.45))
    assert _corners(page) == [(40, 40), (50, 40), (50, 45), (40, 45)]


def test_a_picture_that_did_not_come_is_asked_for_again(page: Page, stack: Stack) -> None:
    page.route("**/assets/**", lambda route: route.abort())
    open_first(page, _scans(stack, "Scans that are late"))
    again = page.get_by_role("alert").get_by_role("button", name="Try again")
    again.focus()
    page.unroute("**/assets/**")
    page.keyboard.press("Enter")
    expect(page.locator(".image-stage img")).to_have_js_property("naturalWidth", 800)
    expect(page.get_by_role("application")).to_be_focused()
