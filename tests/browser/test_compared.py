"""Answers beside one another: a lead's look at an item, and disputes about regions, cells and what is written."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hearing import heard
from tests.browser.people import come_in
from tests.stories.effort import Effort, Result, Work, said
from tests.stories.founding import Founding
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="part" toName="text"><Label value="Claim"/><Label value="Evidence"/></Labels>
  <Relations><Relation value="supports"/><Relation value="contradicts"/></Relations>
  <Choices name="sure" toName="text" perRegion="true"><Choice value="Sure"/><Choice value="Open"/></Choices>
  <Text name="text" value="$text"/>
  <TextArea name="why" toName="text" markdown="true"/>
  <Labels name="finding" toName="ledger"><Label value="Large"/><Label value="Private"/></Labels>
  <Table name="ledger" value="$rows"/>
</View>"""
TEXT = "屋顶漏水 👩‍⚕️. The photo shows it."
ROW = {
    "text": TEXT,
    "rows": [{"memo": "Rent", "sum": 12}, {"memo": "Guests", "sum": 4900}],
}


def _place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


CLAIM = _place("屋顶漏水")
EVIDENCE = _place("The photo")


def _region(name: str, kind: str, value: dict[str, Any], key: str = "", to: str = "text") -> dict[str, Any]:
    return {"id": key or name, "from_name": name, "to_name": to, "type": kind, "value": value}


def _answer(who: str, sure: str, label: str, why: str, cell: dict[str, Any]) -> Result:
    """The same two marks under ids of one's own; everything about them differs."""
    claim, evidence = f"{who}-claim", f"{who}-evidence"
    ends = {"from_id": evidence, "to_id": claim, "direction": "right", "labels": [label]}
    return [
        _region("part", "labels", {**CLAIM, "labels": ["Claim"]}, claim),
        _region("part", "labels", {**EVIDENCE, "labels": ["Evidence"]}, evidence),
        _region("sure", "choices", {**CLAIM, "choices": [sure]}, claim),
        _region("relations", "relation", ends),
        _region("why", "textarea", {"text": [why]}),
        _region("finding", "labels", {**cell, "labels": ["Large"]}, to="ledger"),
    ]


ANSWERS = {
    "ann": _answer("ann", "Sure", "supports", "It **leaks**.", {"row": 1, "column": "sum", "text": "4900"}),
    "ben": _answer("ben", "Open", "contradicts", "- no *leak*", {"row": 0, "column": "memo", "text": "Rent"}),
}


@pytest.fixture(scope="module")
def compared(stack: Stack) -> Effort:
    """One item on whose every question two people differ, but where the marks are."""
    effort = Effort(
        stack,
        Founding(
            title="Compared",
            sector="legal",
            people={"ann": "annotator", "ben": "annotator", "judge": "adjudicator"},
            config=CONFIG,
            settings={"overlap": 2},
        ),
    )
    effort.upload("items.jsonl", [ROW])
    for name, answer in ANSWERS.items():
        assert len(list(effort.label(effort.quick_person(name), _says(answer)))) == 1
    effort.settle()
    return effort


def _says(answer: Result) -> Callable[[Work], Result]:
    return lambda _work: answer


def _item(effort: Effort) -> str:
    sql = """SELECT i.uid FROM annotation_item i JOIN annotation_project p ON p.id = i.project_id
        WHERE p.uid = ?"""
    ((item,),) = effort.stack.rows(sql, effort.project)
    return f"/projects/{effort.project}/items/{item}/"


def _open_dispute(page: Page, effort: Effort, question: str) -> None:
    come_in(page, effort, "judge")
    client = effort.quick_person("judge")
    listed = [
        said(client.get(f"/api/v1/disputes/{row['id']}"), 200)
        for row in said(client.get(effort.path("disputes")), 200)["results"]
    ]
    (dispute,) = (one["dispute"] for one in listed if one["question"] == question)
    page.goto(f"/disputes/{dispute}/")
    expect(page.locator(".side")).to_have_count(2)


def _side(page: Page, words: str) -> tuple[Locator, str]:
    """The answer that says this, and its letter: which of the two is A is dealt anew for each dispute."""
    side = page.locator(".side").filter(has=page.locator(".differs", has_text=words))
    return side, side.get_by_role("heading").inner_text().removeprefix("Answer ")


def test_a_lead_sees_the_answers_one_by_one_and_where_they_differ(page: Page, compared: Effort) -> None:
    come_in(page, compared, "owner")
    page.goto(_item(compared))
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    desk = page.get_by_role("tabpanel")
    chips = desk.locator(".cell-chip")
    expect(chips).to_have_count(1)
    expect(desk.locator("[data-cell]", has=page.locator(".cell-chip"))).to_contain_text("4900")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    heard(page, "Answer: ")
    expect(desk.locator("[data-cell]", has=page.locator(".cell-chip"))).to_contain_text("Rent")

    table = page.get_by_role("region", name="The answers beside one another")
    expect(table.locator("td", has_text="supports").locator(".differs")).to_have_count(1)
    expect(table.locator("td", has_text="contradicts").locator(".differs")).to_have_count(1)
    expect(table.locator("td", has_text="4900").locator(".differs")).to_contain_text("not in every answer")
    same = table.get_by_role("row").filter(has_text="Claim").filter(has_text="Evidence").first
    expect(same.locator(".differs")).to_have_count(0)
    expect(table.locator("strong", has_text="leaks")).to_be_visible()
    expect(table.locator("em", has_text="leak")).to_be_visible()

    # Nothing can be changed: neither by keys nor by controls.
    expect(desk.locator("input:enabled:not([type=checkbox]), textarea:not([readonly])")).to_have_count(0)
    (shown,) = desk.get_by_role("checkbox", disabled=False).all()
    expect(shown).to_have_accessible_name("Show the relations in the text")
    expect(desk.locator(".label-button")).to_have_count(0)
    page.locator("mark.span").first.click()
    page.keyboard.press("Delete")
    expect(desk.locator("mark.span")).to_have_count(2)


def test_an_annotator_still_sees_their_own_answer_only(page: Page, compared: Effort) -> None:
    come_in(page, compared, "ann")
    answer = page.goto(_item(compared))
    assert answer
    assert answer.status in {403, 404}
    assert "contradicts" not in page.content()
    ((assignment,),) = compared.stack.rows(
        """SELECT a.uid FROM annotation_assignment a JOIN experts_expert e ON e.id = a.expert_id
        JOIN core_user u ON u.id = e.user_id WHERE u.email = ?""",
        compared.founding.address("ann"),
    )
    page.goto(f"/label/{assignment}/")
    expect(page.locator(".relation-row")).to_contain_text("supports")
    expect(page.locator("[data-cell]", has=page.locator(".cell-chip"))).to_contain_text("4900")
    assert not any(words in page.content() for words in ("ben@", "no *leak*", "assay-answers"))


def test_cells_and_markdown_stand_in_a_dispute_with_their_words(page: Page, compared: Effort) -> None:
    _open_dispute(page, compared, "finding")
    expect(page.locator(".side .differs", has_text="Rent")).to_have_count(1)
    side, _letter = _side(page, "4900")
    expect(page.get_by_text("2 points differ.")).to_be_visible()
    versions = page.locator(".merge-table .version .span-text")
    expect(versions).to_have_text(["Row 1, memo: Rent", "Row 2, sum: 4900"])
    side.locator("summary").click()
    expect(side.locator("strong", has_text="leaks")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#assay-rationale")).to_be_focused()


def test_what_was_taken_and_undone_is_told_and_keeps_the_focus(page: Page, compared: Effort) -> None:
    _open_dispute(page, compared, "finding")
    take = page.get_by_role("button", name="Take B")
    take.click()
    heard(page, "Answer B is yours now.")
    expect(take).to_be_focused()
    expect(take).to_have_attribute("aria-disabled", "true")
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    heard(page, "Undone. Removed Large: ")
    expect(undo).to_be_focused()
    expect(undo).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Redo").click()
    heard(page, "Done again. Labelled Large: ")


def test_a_dispute_about_relations_is_decided_with_the_marks_they_join(page: Page, compared: Effort) -> None:
    _open_dispute(page, compared, "relations")
    side, letter = _side(page, "supports")
    page.keyboard.press(f"Shift+{letter}")
    heard(page, f"Answer {letter} is yours now.")
    expect(side).to_contain_text("Same as yours")
    page.locator("#assay-rationale").fill("The photo shows the leak.")
    page.keyboard.press("Control+Enter")
    sql = """SELECT a.result FROM annotation_adjudication a JOIN annotation_dispute d ON d.id = a.dispute_id
        JOIN annotation_project p ON p.id = d.project_id WHERE p.uid = ? AND d.question = 'relations'"""
    compared.stack.until(lambda: bool(compared.stack.rows(sql, compared.project)), 30)
    ((stored,),) = compared.stack.rows(sql, compared.project)
    result = json.loads(stored) if isinstance(stored, str) else stored
    marks = {one["id"]: one["value"]["text"] for one in result if one["from_name"] == "part"}
    (relation,) = (one["value"] for one in result if one["type"] == "relation")
    assert (marks[relation["from_id"]], marks[relation["to_id"]]) == ("The photo", "屋顶漏水")
    assert relation["labels"] == ["supports"]


def test_a_dispute_about_what_is_said_of_a_region_is_decided(page: Page, compared: Effort) -> None:
    _open_dispute(page, compared, "sure")
    side, letter = _side(page, "Open")
    expect(side.locator(".differs")).to_contain_text("Claim: 屋顶漏水")
    page.keyboard.press(f"Shift+{letter}")
    page.locator("#assay-rationale").fill("Nobody looked.")
    page.keyboard.press("Control+Enter")
    sql = """SELECT a.value FROM annotation_adjudication a JOIN annotation_dispute d ON d.id = a.dispute_id
        JOIN annotation_project p ON p.id = d.project_id WHERE p.uid = ? AND d.question = 'sure'"""
    compared.stack.until(lambda: bool(compared.stack.rows(sql, compared.project)), 30)
    ((value,),) = compared.stack.rows(sql, compared.project)
    assert (json.loads(value) if isinstance(value, str) else value) == [[0, 4, "Open"]]
