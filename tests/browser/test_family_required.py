"""The templates for reasoning and citations: a submit waits for every step and every claim, and goes there."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation.project_templates import FOLDER
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack


def _of(stack: Stack, key: str, language: str) -> Effort:
    name = key if language == "en" else f"{key}.{language}"
    row: dict[str, Any] = json.loads((FOLDER / "examples" / f"{key}.json").read_text("utf-8"))[language]
    return family(
        stack, f"{key} {language}".replace("_", " "), (FOLDER / f"{name}.xml").read_text("utf-8"), row
    )


@pytest.fixture(scope="module")
def steps(stack: Stack) -> Effort:
    return _of(stack, "reasoning_steps", "en")


@pytest.fixture(scope="module")
def claims(stack: Stack) -> Effort:
    return _of(stack, "citations", "zh-hans")


def told(page: Page, words: str) -> None:
    """What a screen reader is told."""
    expect(page.locator("p[role=status]").filter(has_text=words).first).to_be_attached()


def test_a_submit_goes_to_the_step_without_a_mark(page: Page, steps: Effort) -> None:
    open_first(page, steps)
    turns = page.locator(".turn")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Select turn 1").click()
    page.keyboard.press("r")
    expect(page.get_by_text("Every turn needs a label.")).to_have_count(0)
    for number in (2, 3):
        page.keyboard.press("Control+Enter")
        told(page, f"turn {number} has no label yet")
        expect(page.locator(".doc.is-editable")).to_be_focused()
        expect(page.get_by_text("Every turn needs a label.")).to_be_visible()
        # The step is selected: the key of a verdict is all that it takes.
        page.keyboard.press("n")
        expect(turns.nth(number - 1).locator(".turn-chip")).to_have_text("Neutral")
    page.keyboard.press("Control+Enter")
    told(page, "turn 4 has no label yet")
    page.keyboard.press("w")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".region-panel textarea")).to_be_focused()
    page.keyboard.type("So 120,000.")
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    marks = [one["value"]["paragraphlabels"] for one in submitted(steps) if one["type"] == "paragraphlabels"]
    assert marks == [["right"], ["neutral"], ["neutral"], ["wrong"]]


def test_a_submit_goes_to_the_claim_without_evidence(page: Page, claims: Effort) -> None:
    open_first(page, claims)
    answer = page.locator(".doc.is-editable").first
    answer.focus()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 4, "c"):
        page.keyboard.press(key)
    page.get_by_role("radio", name="部分").check()
    page.keyboard.press("Control+Enter")
    told(page, "每项主张由哪些证据支持或反驳")
    expect(page.get_by_text("A marked part still needs a relation.")).to_be_visible()
    expect(page.locator(".span-row.is-selected")).to_have_count(1)
    # The claim is selected: another label says that the source has nothing about it.
    answer.focus()
    page.keyboard.press("n")
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    (claim,) = [one for one in submitted(claims) if one["type"] == "labels"]
    assert claim["value"]["labels"] == ["unfounded"]
