"""Every family of tags on the pages that try a template: the whole desk, and nothing is stored."""

from playwright.sync_api import Page, expect

FAMILIES = (
    "complaint_tree", "diagnosis_taxonomy", "contract_facts", "document_rating", "summary_writing", "note_triage",
    "obligations", "drug_relations", "statute_spans", "call_spans", "dialogue_turns", "chat_review", "chat_turns",
    "table_cells", "pdf_spans", "image_boxes", "image_outlines", "dialogue_writing", "preference", "answer_ranking",
    "rubric_writing", "item_rubric_grading", "reasoning_steps",
)  # fmt: skip
# A label is pressed, then a region made for it from where the field's focus stands.
_DRAWN = ("Enter", "Space", "Control+ArrowRight", "Space", "Control+ArrowDown", "Space", "Enter")
_PLACED = ("Control+End", "Shift+Control+ArrowLeft", "Shift+Control+ArrowLeft")


def open_try(page: Page, template: str) -> None:
    """The desk of a template, with its example on it."""
    answer = page.goto(f"/projects/new/try?template={template}")
    assert answer
    assert answer.status == 200, template
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()


def mark_something(page: Page) -> None:
    """A region, where the template asks for one; it stays selected."""
    labels = page.locator(".label-button")
    if not labels.count():
        return
    stage = page.get_by_role("application")
    if stage.count():
        labels.first.click()
        stage.first.focus()
        for key in _DRAWN:
            page.keyboard.press(key)
    else:
        field = page.locator(".doc.is-editable, [data-cell][tabindex='0']").first
        field.focus()
        for key in _PLACED:
            page.keyboard.press(key)
        labels.first.click()
    expect(page.locator(".span-row, .cell-chip, .turn-chip").first).to_be_attached()
