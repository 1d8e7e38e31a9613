"""Decide a dispute: the answers side by side without names, a rationale that must be there."""

from playwright.sync_api import Page, expect

from tests.browser.people import come_in
from tests.stories.effort import Effort


def _decisions(effort: Effort) -> list[tuple[str, str, str]]:
    """(value, rationale, clause) of the project's decisions, in their order."""
    rows = effort.stack.rows(
        """SELECT a.value, a.rationale, a.clause FROM annotation_adjudication a
        JOIN annotation_dispute d ON d.id = a.dispute_id JOIN annotation_project p ON p.id = d.project_id
        WHERE p.uid = ? ORDER BY a.id""",
        effort.project,
    )
    return [(str(value).strip('"'), rationale, clause) for value, rationale, clause in rows]


def test_an_adjudicator_takes_an_answer_and_then_decides_otherwise(page: Page, settled: Effort) -> None:
    come_in(page, settled, "judge")
    page.goto("/")
    page.get_by_role("link", name="Disputes").first.click()
    page.locator("a.quiet-link").first.click()
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    assert not any(name in page.content() for name in ("ann@", "ben@", "Ann", "Ben"))
    first = page.url
    expect(page.get_by_text("2 points differ.")).to_be_visible()
    for side in sides.all():
        expect(side.locator(".summary > .differs")).to_have_count(1)
        expect(side.locator(".differs")).to_contain_text("not in every answer")

    decide = page.get_by_role("button", name="Decide")
    expect(decide).to_have_attribute("aria-disabled", "true")
    taken = sides.first.locator(".summary, ul, p").first.inner_text()
    page.get_by_role("button", name="Take A").click()
    expect(sides.first).to_contain_text("Same as yours")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#assay-rationale")).to_be_focused()
    page.keyboard.type("It asks for redress, so it is a complaint.")
    page.locator("#assay-clause").select_option("1.1")
    expect(page.locator(".save-state")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("#assay-rationale")).to_have_value("It asks for redress, so it is a complaint.")
    expect(page.locator("#assay-clause")).to_have_value("1.1")
    expect(sides.first).to_contain_text("Same as yours")
    decide.click()
    expect(page).not_to_have_url(first)
    second = page.url

    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Notice")).to_be_checked()
    page.locator("#assay-rationale").fill("It only informs.")
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(second)
    one, two = _decisions(settled)
    assert one[0].capitalize() in taken
    assert one[1:] == ("It asks for redress, so it is a complaint.", "1.1")
    assert two == ("notice", "It only informs.", "")


def test_an_annotator_is_not_shown_the_dispute(page: Page, settled: Effort) -> None:
    ((dispute,),) = settled.stack.rows(
        """SELECT d.uid FROM annotation_dispute d JOIN annotation_project p ON p.id = d.project_id
        WHERE p.uid = ? AND d.closed_at IS NULL LIMIT 1""",
        settled.project,
    )
    come_in(page, settled, "ann")
    answer = page.goto(f"/disputes/{dispute}/")
    assert answer
    assert answer.status == 404


def test_spans_are_merged_precedents_cited_and_the_lead_is_asked(page: Page, settled: Effort) -> None:
    """After the decisions of the first test: one dispute is left, and two decisions are like it."""
    come_in(page, settled, "judge")
    page.goto("/disputes/")
    expect(page.get_by_role("columnheader", name="Why it stands here")).to_be_visible()
    expect(page.get_by_text("2 answers, no two the same.")).to_be_visible()
    page.locator("a.quiet-link").first.click()
    precedents = page.locator(".precedent")
    expect(precedents).to_have_count(2)
    expect(precedents.first).to_contain_text("the same labels were contested")
    precedents.first.get_by_role("checkbox", name="Cite").check()

    page.keyboard.press("Shift+X")
    expect(page.get_by_role("radio", name="The item is bad")).to_be_checked()
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("radio", name="An answer")).to_be_checked()
    page.keyboard.press("Shift+U")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#assay-unclear")).to_be_focused()
    page.keyboard.type("Does a bill ask for redress?")
    page.locator("#assay-clause").select_option("1.1")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_role("heading", name="No dispute left")).to_be_visible()
    rows = settled.stack.rows(
        """SELECT g.clause, g.note, d.closed_at FROM annotation_guidelinedoubt g
        JOIN annotation_dispute d ON d.id = g.dispute_id JOIN annotation_project p ON p.id = g.project_id
        WHERE p.uid = ?""",
        settled.project,
    )
    assert [tuple(row) for row in rows] == [("1.1", "Does a bill ask for redress?", None)]

    come_in(page, settled, "owner")
    page.goto(f"/projects/{settled.project}/disputes/doubts")
    expect(page.get_by_role("checkbox", name="Does a bill ask for redress?")).to_be_checked()
    page.get_by_label("Your answer").fill("Only if it says so.")
    page.get_by_role("button", name="Back into the queue").click()
    expect(page.get_by_text("One dispute is in the queue again.")).to_be_visible()
    come_in(page, settled, "judge")
    page.goto("/disputes/")
    page.locator("a.quiet-link").first.click()
    expect(page.get_by_text("Only if it says so.")).to_be_visible()
