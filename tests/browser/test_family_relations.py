"""Spans, questions about each of them and relations between them: by the keyboard alone, to Label Studio's shape."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="part" toName="text">
    <Label value="Claim" hotkey="c"/><Label value="Evidence" hotkey="e"/>
  </Labels>
  <Relations><Relation value="supports" hotkey="u"/><Relation value="contradicts"/></Relations>
  <Text name="text" value="$text"/>
  <Choices name="sure" toName="text" perRegion="true" required="true">
    <Choice value="Yes" hotkey="y"/><Choice value="No" hotkey="n"/>
  </Choices>
</View>"""
TEXT = "屋顶漏水 👩‍⚕️. The photo shows it."


@pytest.fixture(scope="module")
def claims(stack: Stack) -> Effort:
    return family(stack, "Claims", CONFIG, {"text": TEXT})


def told(page: Page, words: str) -> None:
    """What a screen reader is told."""
    expect(page.locator("p[role=status]").filter(has_text=words).first).to_be_attached()


def test_marks_answers_and_relations_with_the_keyboard_alone(page: Page, claims: Effort) -> None:
    open_first(page, claims)
    expect(page.locator(".doc.is-editable")).to_be_focused()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 4, "c", "Control+End", *["Shift+ArrowLeft"] * 9, "e"):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_count(2)
    told(page, "A question about Evidence")
    page.keyboard.press("y")
    told(page, "Yes: chosen")
    page.keyboard.press("r")
    told(page, "Relating Evidence")
    page.keyboard.press(",")
    page.keyboard.press("u")
    told(page, "Related: Evidence: shows it. → Claim: 屋顶漏水")
    expect(page.locator("svg.arcs .arc-label")).to_have_text("supports")

    page.keyboard.press("Control+Enter")
    told(page, "about Claim: 屋顶漏水")
    expect(page.get_by_role("alert")).to_contain_text("One question still needs an answer.")
    expect(page.locator(".region-panel input:focus")).to_have_count(1)
    page.keyboard.press("n")
    expect_saved(page)
    page.reload()
    expect(page.locator(".relation-row")).to_have_count(1)
    page.locator(".relation-go").press("Enter")
    page.keyboard.press("Alt+Shift+r")
    told(page, "Relations are no longer shown in the text.")
    expect(page.locator("svg.arcs .arc-label")).to_have_count(0)
    page.keyboard.press("Alt+Delete")
    told(page, "Relation removed")
    expect(page.locator(".relation-row")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(".relation-row")).to_have_count(1)
    expect_saved(page)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    result = submitted(claims)
    claim, evidence = (one for one in result if one["type"] == "labels")
    assert (claim["value"]["start"], claim["value"]["end"]) == (0, 4)
    assert evidence["value"]["start"] == len(TEXT[:-9].encode("utf-16-le")) // 2
    answers = {one["id"]: one["value"] for one in result if one.get("from_name") == "sure"}
    assert answers == {
        claim["id"]: {**_place(claim), "choices": ["No"]},
        evidence["id"]: {**_place(evidence), "choices": ["Yes"]},
    }
    assert [one for one in result if one["type"] == "relation"] == [
        {
            "type": "relation",
            "from_id": evidence["id"],
            "to_id": claim["id"],
            "direction": "right",
            "labels": ["supports"],
        }
    ]


def _place(region: dict[str, Any]) -> dict[str, Any]:
    return {name: region["value"][name] for name in ("start", "end", "text")}
