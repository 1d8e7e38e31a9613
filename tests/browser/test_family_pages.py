"""PDF: words are marked on the picture of their page, by mouse and by keys, and in the text alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.pdf import written
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="term" toName="pdf"><Label value="Sum" hotkey="u"/><Label value="Day" hotkey="d"/></Labels>
  <PDF name="pdf" value="$pdf"/>
</View>"""
PAGES = ("The loan is EUR 4200 in all.", "Nothing here.", "It is due on 31 March 2027.")
# The middles of the edges of a word on a page, as the page shows it.
EDGES = """([first, last]) => {
  const find = (word) => [...document.querySelectorAll(".page-words span")].find(
    (span) => span.textContent.trim() === word);
  const [from, to] = [find(first).getBoundingClientRect(), find(last).firstChild];
  const range = document.createRange();
  range.setStart(to, 0);
  range.setEnd(to, to.data.trimEnd().length);
  const end = range.getBoundingClientRect();
  return [from.left + 0.5, from.top + from.height / 2, end.right - 0.5, end.top + end.height / 2];
}"""


@pytest.fixture(scope="module")
def loans(stack: Stack) -> Effort:
    effort = family(stack, "Loans as PDF", CONFIG)
    bring_files(effort, {"pdf": "loan.pdf"}, {"loan.pdf": written(*PAGES)})
    return effort


def test_marks_on_the_pages_of_a_document(page: Page, loans: Effort) -> None:
    open_first(page, loans)
    expect(page.locator(".doc-page")).to_have_count(3)
    expect(page.locator(".doc-page").first.locator(".page-words span", has_text="4200")).to_be_attached()
    expect(page.get_by_role("img", name="Page 1")).to_have_js_property("complete", True)
    x, y, to_x, to_y = page.evaluate(EDGES, ["EUR", "4200"])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=3)
    page.mouse.move(to_x, to_y, steps=3)
    page.mouse.up()
    page.keyboard.press("u")
    expect(page.locator(".span-row .span-text")).to_have_text(["EUR 4200"])
    page.keyboard.press("Escape")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(page.get_by_label("Page", exact=False).and_(page.locator(".page-input"))).to_have_value("3")
    expect(page.locator(".doc-page").nth(2).locator(".page-words span").first).to_be_attached()
    for key in ("End", "ArrowLeft", *["Shift+Control+ArrowLeft"] * 3, "d"):
        page.keyboard.press(key)
    expect(page.locator("mark.page-mark").last).to_have_attribute("data-chip", "Day")
    expect_saved(page)
    page.reload()
    expect(page.locator("mark.page-mark").first).to_be_attached()
    page.get_by_role("button", name="Text only").click()
    expect(page.locator(".doc mark.span")).to_have_text(["EUR 4200", "31 March 2027"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    first, second = (one["value"] for one in submitted(loans))
    assert (first["text"], first["page"], first["labels"]) == ("EUR 4200", 0, ["Sum"])
    assert (second["text"], second["page"], second["labels"]) == ("31 March 2027", 2, ["Day"])
