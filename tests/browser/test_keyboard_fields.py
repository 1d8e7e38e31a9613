"""A dialogue and a ranking with the keyboard alone, by what a screen reader is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, plain, submitted
from tests.browser.hearing import heard, press, start_by_keys
from tests.stories.effort import Effort
from tests.support.stack import Stack

TURNS = [
    {"author": "Doctor", "text": "How long?"},
    {"author": "Patient", "text": "Three weeks."},
    {"author": "Doctor", "text": "Then an X-ray."},
]
TALK = """<View>
  <ParagraphLabels name="step" toName="talk">
    <Label value="Right" hotkey="r"/><Label value="Wrong" hotkey="w"/>
  </ParagraphLabels>
  <Paragraphs name="talk" value="$talk" layout="dialogue" nameKey="author" textKey="text" granularity="paragraph"/>
</View>"""
ORDER = """<View>
  <List name="drafts" value="$drafts" title="Best first"/>
  <Ranker name="order" toName="drafts" required="true"/>
</View>"""
DRAFTS = [{"id": one, "title": f"Draft {one}", "body": f"Words of {one}."} for one in "abc"]


@pytest.fixture(scope="module")
def talks(stack: Stack) -> Effort:
    return family(stack, "Talks by ear", TALK, {"talk": TURNS})


@pytest.fixture(scope="module")
def orders(stack: Stack) -> Effort:
    return family(stack, "Orders by ear", ORDER, {"drafts": DRAFTS})


def test_a_turn_is_chosen_and_labelled(page: Page, talks: Effort) -> None:
    start_by_keys(page, talks, "Start labelling")
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    press(page, "ArrowDown")
    heard(page, re.compile("Patient.*Three weeks"))
    press(page, "w")
    heard(page, "Wrong")
    press(page, "ArrowDown")
    heard(page, re.compile("Doctor.*Then an X-ray"))
    press(page, "r")
    heard(page, "Right")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", level=1, name="Nothing left to label")).to_be_focused()
    assert [(one["value"]["start"], one["value"]["paragraphlabels"]) for one in submitted(talks)] == [
        ("1", ["Wrong"]),
        ("2", ["Right"]),
    ]


def test_a_card_is_picked_up_moved_and_dropped(page: Page, orders: Effort) -> None:
    start_by_keys(page, orders, "Start labelling")
    card = page.get_by_role("button", name=re.compile("^Draft b"))
    for _ in range(40):
        if card.evaluate("(one) => one === document.activeElement"):
            break
        press(page, "Tab")
    expect(card).to_be_focused()
    press(page, "Space")
    heard(page, "Picked up Draft b. Arrow keys move it, Space puts it down, Esc puts it back.")
    press(page, "ArrowUp", "ArrowUp")
    heard(page, "Draft b: Ranked, place 1 of 1.")
    expect(card).to_be_focused()
    press(page, "Escape")
    heard(page, "Put back: Draft b.")
    press(page, "Space", "ArrowUp", "ArrowUp", "Space")
    heard(page, "Put down. Draft b: Ranked, place 1 of 1.")
    expect(card).to_be_focused()
    expect(card).to_have_accessible_name("Draft b. Ranked, place 1 of 1.")

    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("One question still needs an answer.")
    focused = page.locator(".card-handle:focus")
    expect(focused).to_have_accessible_name(re.compile("Not ranked yet"))
    press(page, "1", "ArrowDown", "ArrowDown", "3")
    heard(page, "place 3 of 3")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", level=1, name="Nothing left to label")).to_be_focused()
    ((_name, _kind, value),) = plain(submitted(orders))
    assert value == {"ranker": {"order": ["a", "b", "c"]}}
