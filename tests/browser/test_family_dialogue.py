"""Paragraphs: labels inside of turns and over them, and whole turns with an answer about each."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved, select_by_mouse
from tests.stories.effort import Effort
from tests.support.stack import Stack

TURNS = [
    {"author": "Doctor", "text": "How long 👩‍⚕️?"},
    {"author": "Patient", "text": "Three weeks.\nIt is worse at night."},
    {"author": "Doctor", "text": "Then an X-ray."},
]
INSIDE = """<View>
  <ParagraphLabels name="part" toName="talk">
    <Label value="Time" hotkey="t"/><Label value="Plan" hotkey="p"/>
  </ParagraphLabels>
  <Paragraphs name="talk" value="$talk" layout="dialogue" nameKey="author" textKey="text"/>
</View>"""
WHOLE = """<View>
  <ParagraphLabels name="step" toName="talk">
    <Label value="Right" hotkey="r"/><Label value="Wrong" hotkey="w"/>
  </ParagraphLabels>
  <Paragraphs name="talk" value="$talk" layout="dialogue" nameKey="author" textKey="text" granularity="paragraph"/>
  <TextArea name="fix" toName="talk" perRegion="true" visibleWhen="region-selected" whenTagName="step"
    whenLabelValue="Wrong"/>
</View>"""


@pytest.fixture(scope="module")
def inside(stack: Stack) -> Effort:
    return family(stack, "Consultations", INSIDE, {"talk": TURNS})


@pytest.fixture(scope="module")
def whole(stack: Stack) -> Effort:
    return family(stack, "Steps", WHOLE, {"talk": TURNS})


def test_labels_inside_of_turns_and_on_a_turn(page: Page, inside: Effort) -> None:
    open_first(page, inside)
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn-name").nth(1)).to_have_text("Patient")
    select_by_mouse(page, "long", "Three weeks.")
    page.keyboard.press("t")
    expect(page.locator("mark.span")).to_have_count(2)
    page.get_by_role("button", name="Select turn 3").click()
    page.keyboard.press("p")
    expect(page.locator(".turn").nth(2).locator(".turn-chip")).to_have_text("Plan")
    expect_saved(page)
    page.reload()
    expect(page.locator(".turn-chip")).to_have_text("Plan")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    first, second = submitted(inside)
    assert first["value"] == {
        "start": "0",
        "end": "1",
        "startOffset": 4,
        "endOffset": 12,
        "text": first["value"]["text"],
        "paragraphlabels": ["Time"],
    }
    assert (second["value"]["start"], second["value"]["end"]) == ("2", "2")
    assert (second["value"]["startOffset"], second["value"]["endOffset"]) == (0, len(TURNS[2]["text"]))


def test_whole_turns_with_the_keyboard_alone(page: Page, whole: Effort) -> None:
    open_first(page, whole)
    expect(page.locator(".doc.is-turns")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("w")
    expect(page.locator(".turn-chip")).to_have_text(["Right", "Wrong"])
    expect(page.locator("p[role=status]").first).to_be_attached()
    page.get_by_role("textbox", name="fix").or_(page.locator(".region-panel textarea")).first.fill(
        "Four weeks."
    )
    expect(page.locator(".turn").nth(1).locator(".turn-answers")).to_contain_text("Four weeks.")
    expect_saved(page)
    page.reload()
    expect(page.locator(".turn-chip")).to_have_text(["Right", "Wrong"])
    expect(page.locator(".turn-answers")).to_contain_text("Four weeks.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    right, wrong, fix = submitted(whole)
    assert (right["value"]["start"], right["value"]["paragraphlabels"]) == ("0", ["Right"])
    assert (wrong["value"]["start"], wrong["value"]["endOffset"]) == ("1", len(TURNS[1]["text"]))
    assert (fix["id"], fix["value"]["text"]) == (wrong["id"], ["Four weeks."])
