"""Suggestions for every kind of answer: seen where they belong, no answer until accepted, and what became of them."""

import io
import json
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Labels name="mark" toName="text"><Label value="Party"/><Label value="Place"/></Labels>
  <Choices name="sure" toName="text" perRegion="true"><Choice value="Sure"/><Choice value="Open"/></Choices>
  <Relations><Relation value="lives in"/></Relations>
  <Choices name="kind" toName="text" choice="single"><Choice value="Letter"/><Choice value="Notice"/></Choices>
  <TextArea name="why" toName="text"/>
  <Number name="days" toName="text"/>
  <Labels name="finding" toName="ledger"><Label value="Large"/></Labels>
  <Table name="ledger" value="$rows"/>
  <RectangleLabels name="part" toName="scan"><Label value="Stamp"/><Label value="Line"/></RectangleLabels>
  <Image name="scan" value="$scan"/>
</View>"""
TEXT = "Ada lives in Tromsø."


def _region(name: str, to: str, kind: str, value: dict[str, Any], key: str = "") -> dict[str, Any]:
    return {"id": key or name, "from_name": name, "to_name": to, "type": kind, "value": value}


ADA = {"start": 0, "end": 3, "text": "Ada"}
BOX = {"x": 10, "y": 20, "width": 30, "height": 25, "rotation": 0}
RESULT = [
    _region("mark", "text", "labels", {**ADA, "labels": ["Party"]}, "ada"),
    _region(
        "mark", "text", "labels", {"start": 13, "end": 19, "text": "Tromsø", "labels": ["Place"]}, "tromso"
    ),
    _region("sure", "text", "choices", {**ADA, "choices": ["Sure"]}, "ada"),
    _region("kind", "text", "choices", {"choices": ["Notice"]}),
    _region("why", "text", "textarea", {"text": ["It says where she lives."]}),
    _region("days", "text", "number", {"number": 14}),
    _region("finding", "ledger", "labels", {"row": 1, "column": "sum", "text": "4900", "labels": ["Large"]}),
    _region("part", "scan", "rectanglelabels", {**BOX, "rectanglelabels": ["Stamp"]}),
]


@pytest.fixture(scope="module")
def offered(stack: Stack) -> Effort:
    effort = Effort(
        stack,
        Founding(
            title="Suggested",
            sector="legal",
            people={"ann": "annotator"},
            config=CONFIG,
            settings={"overlap": 1, "lease_minutes": 30, "suggestions": True},
        ),
    )
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    row = {
        "text": TEXT,
        "rows": [{"memo": "Rent", "sum": 12}, {"memo": "Guests", "sum": 4900}],
        "scan": "scan.png",
        "_predictions": [{"model": "small-1", "score": 0.75, "result": RESULT}],
    }
    bring_files(effort, row, {"scan.png": file.getvalue()})
    return effort


def _outcomes(effort: Effort) -> dict[str, str]:
    ((shown,),) = effort.stack.rows(
        """SELECT v.predictions_shown FROM annotation_annotationversion v
        JOIN annotation_annotation a ON a.id = v.annotation_id JOIN annotation_item i ON i.id = a.item_id
        JOIN annotation_project p ON p.id = i.project_id WHERE p.name = ?""",
        "Suggested",
    )
    (one,) = json.loads(shown) if isinstance(shown, str) else shown
    return dict(one["regions"])


def test_every_kind_of_answer_is_suggested_and_settled(page: Page, offered: Effort) -> None:
    open_first(page, offered)
    told = page.locator("p[role=status]").first
    rows = page.locator(".suggested-answer")
    expect(rows).to_have_count(4)
    expect(page.locator("mark.is-suggested")).to_have_count(2)
    expect(page.locator(".cell-chip.is-suggested")).to_have_text(["Large (Suggested)"])
    expect(page.locator("polygon.is-suggested")).to_have_count(1)
    kind = page.locator("[data-question=kind]")
    expect(kind.locator(".suggested-answer")).to_contain_text("small-1")
    expect(kind.locator(".suggested-answer")).to_contain_text("Notice")

    # No answer until accepted; then the focus goes on to the question itself, and undo offers it again.
    expect(kind.get_by_role("radio", name="Notice")).not_to_be_checked()
    kind.get_by_role("button", name="Accept").press("Enter")
    expect(kind.get_by_role("radio", name="Notice")).to_be_checked()
    expect(kind.get_by_role("radio", name="Notice")).to_be_focused()
    expect(told).to_contain_text("Accepted. 0 left.")
    page.keyboard.press("Control+z")
    expect(kind.get_by_role("button", name="Accept")).to_be_visible()
    kind.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Alt+i")
    expect(kind.get_by_role("radio", name="Notice")).to_be_checked()

    # What is put aside stays so after a reload.
    why = page.locator("[data-question=why]")
    why.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Alt+Shift+i")
    expect(rows).to_have_count(2)
    expect_saved(page)
    page.reload()
    expect(page.locator("polygon.is-suggested")).to_have_count(1)
    expect(rows).to_have_count(2)

    # By keys alone: the spans in the text, the cell, then what is left among the questions.
    page.keyboard.press("Alt+n")
    expect(told).to_contain_text("Suggestion, 1 of 2, Party: Ada")
    page.keyboard.press("Enter")
    expect(page.locator("mark.is-suggested")).to_have_text(["Tromsø"])
    page.keyboard.press("Backspace")
    expect(page.locator("mark.is-suggested")).to_have_count(0)
    page.keyboard.press("Alt+n")
    expect(told).to_contain_text("Suggestion, 1 of 1, Large")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-chip:not(.is-suggested)")).to_have_text(["Large"])
    page.get_by_role("application").focus()
    page.keyboard.press("Tab")
    expect(told).to_contain_text("Suggestion, Stamp: x 10")
    page.keyboard.press("Enter")
    expect(page.locator("polygon.area:not(.is-suggested)")).to_have_count(1)
    page.get_by_role("application").press("ArrowRight")

    # What is suggested about a region is offered with the region.
    page.locator("mark.span", has_text="Ada").click()
    panel = page.locator(".region-panel")
    panel.get_by_role("button", name="Accept").click()
    expect(panel.get_by_role("radio", name="Sure")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    answers = {one["from_name"]: one["value"] for one in submitted(offered)}
    assert sorted(answers) == ["finding", "kind", "mark", "part", "sure"]
    assert (answers["kind"]["choices"], answers["part"]["x"]) == (["Notice"], 11)
    assert _outcomes(offered) == {
        "ada": "accepted",
        "tromso": "dismissed",
        "kind": "accepted",
        "why": "dismissed",
        "days": "ignored",
        "finding": "accepted",
        "part": "changed",
    }
