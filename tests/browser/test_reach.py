"""Everybody reaches everything: enlarged, on a phone, with less motion, in the reader's own colours, by the Tab key."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.measures import COVERED, CUT, MOVING, UNMARKED
from tests.browser.people import come_in
from tests.browser.tries import FAMILIES, mark_something, open_try
from tests.stories.effort import Effort
from tests.support.browser import NewPage

PAGES = (
    "/",
    "/me/",
    "/projects/",
    "/projects/new",
    "{project}",
    "{project}items/",
    "{project}schema/",
    "{project}dashboard/agreement/",
)
SIZES: dict[str, dict[str, Any]] = {
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2, "locale": "en-GB"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN"},
    "large letters": {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"},
}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_no_page_scrolls_sideways(new_page: NewPage, settled: Effort, size: str) -> None:
    page = new_page(**SIZES[size])
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if size == "large letters":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut = page.evaluate(CUT)
        if cut:
            found[name] = cut

    come_in(page, settled, "owner")
    for path in PAGES:
        page.goto(path.format(project=f"/projects/{settled.project}/"))
        look(path)
    for template in FAMILIES:
        open_try(page, template)
        mark_something(page)
        look(template)
        for key, name in (("?", "keys"), ("Control+k", "palette")) if template == "drug_relations" else ():
            page.locator(".doc.is-editable").first.focus()
            page.keyboard.press(key)
            page.get_by_role("dialog").wait_for()
            look(name)
            page.keyboard.press("Escape")
    assert found == {}


def test_whatever_has_the_focus_shows_it(page: Page, settled: Effort) -> None:
    come_in(page, settled, "owner")
    found: dict[str, list[str]] = {}
    page.goto("/projects/")
    found["projects"] = page.evaluate(UNMARKED)
    for template in FAMILIES:
        open_try(page, template)
        mark_something(page)
        found[template] = page.evaluate(UNMARKED)
    assert {name: one for name, one in found.items() if one} == {}


def test_what_the_tab_key_reaches_is_not_covered(new_page: NewPage, settled: Effort) -> None:
    page = new_page(**SIZES["zoomed"], reduced_motion="reduce")
    come_in(page, settled, "owner")
    found = []
    for template in ("obligations", "complaint_tree", "rubric_writing", "item_rubric_grading"):
        open_try(page, template)
        mark_something(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        for key in (*["Tab"] * 30, *["Shift+Tab"] * 20):
            page.keyboard.press(key)
            page.wait_for_timeout(20)  # it is scrolled to in the next frame
            found.append(page.evaluate(COVERED))
    assert [one for one in found if one] == []


def test_nothing_moves_for_who_wants_less_motion(new_page: NewPage, settled: Effort) -> None:
    page = new_page(reduced_motion="reduce")
    come_in(page, settled, "owner")
    for path in ("/projects/", f"/projects/{settled.project}/dashboard/agreement/"):
        page.goto(path)
        assert page.evaluate(MOVING) == [], path
    for template in ("drug_relations", "pdf_spans", "answer_ranking", "image_boxes", "dialogue_writing"):
        open_try(page, template)
        mark_something(page)
        assert page.evaluate(MOVING) == [], template


def _line(page: Page, selector: str) -> Any:
    """What of its look is no filling: borders and outline."""
    return page.locator(selector).first.evaluate(
        """(element) => { const s = getComputedStyle(element);
        return [s.borderTopWidth, s.borderTopStyle, s.borderLeftWidth, s.borderBottomWidth, s.outlineStyle,
          s.outlineWidth].join(" "); }"""
    )


def test_in_the_readers_own_colours_lines_say_what_fillings_said(new_page: NewPage, settled: Effort) -> None:
    page = new_page(forced_colors="active", locale="en-GB")
    come_in(page, settled, "owner")
    open_try(page, "obligations")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".doc.is-editable").focus()
    page.keyboard.press("Control+Home")
    caret = page.locator(".caret").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert caret != canvas
    mark_something(page)
    mark = page.locator("mark.span").last
    assert mark.evaluate("(one) => getComputedStyle(one).borderBottomColor") != canvas
    assert mark.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    page.locator(".label-button").first.focus()
    assert "solid" in _line(page, ".label-button:focus")

    page.locator(".step input").first.check(force=True)
    assert _line(page, ".step.is-chosen") != _line(page, ".step:not(.is-chosen)")
    open_try(page, "preference")
    page.keyboard.press("1")
    expect(page.locator("button.pair-target").first).to_have_attribute("aria-pressed", "true")
    pressed, other = ("button.pair-target[aria-pressed=true]", "button.pair-target[aria-pressed=false]")
    assert _line(page, pressed) != _line(page, other)


def test_colour_is_never_the_only_sign(page: Page, settled: Effort) -> None:
    """Without any colour, what is chosen, suggested and marked is told by words, shapes and lines."""
    come_in(page, settled, "owner")
    open_try(page, "obligations")
    mark_something(page)
    mark = page.locator("mark.span[data-chip]").last
    chip = mark.get_attribute("data-chip")
    assert chip
    assert chip in page.locator(".label-button").first.inner_text()
    open_try(page, "complaint_tree")
    row = page.get_by_role("treeitem").last
    row.click()
    expect(page.locator(".tree-row.is-chosen .tree-box > *").first).to_be_visible()
    open_try(page, "preference")
    page.keyboard.press("1")
    expect(page.locator("button.pair-target").first).to_contain_text("Chosen")
