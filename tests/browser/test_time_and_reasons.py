"""Why this item, the time that counts as work, and a mark that is moved by keys."""

from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="name" toName="text"><Label value="Name" hotkey="n"/></Labels><Text name="text" value="$text"/>
</View>"""


def names(stack: Stack, title: str) -> Effort:
    return family(stack, title, CONFIG, {"text": "Ann Lee owes Ben."})


def test_why_this_item_is_one_key_away(page: Page, stack: Stack) -> None:
    open_first(page, names(stack, "Reasons"))
    page.keyboard.press("y")
    dialog = page.get_by_role("dialog", name="Why this item")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".doc.is-editable")).to_be_focused()


HURRY = """async () => {
  const doc = document.querySelector(".doc.is-editable");
  const press = (key, more) => doc.dispatchEvent(
    new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true, ...more }));
  press("Home", { ctrlKey: true });
  press("ArrowRight", { shiftKey: true });
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();  // drawn, and to be shown in the next frame
  await new Promise((shown) => requestAnimationFrame(shown));
  press("ArrowRight", { shiftKey: true });
  press("ArrowRight", { shiftKey: true });
  await new Promise((told) => setTimeout(told, 100));  // the browser has told what was shown
}"""


def test_a_selection_that_the_browser_tells_of_late_takes_no_key_back(page: Page, stack: Stack) -> None:
    effort = names(stack, "Names in a hurry")
    open_first(page, effort)
    expect(page.locator(".doc.is-editable")).to_be_focused()
    page.evaluate(HURRY)
    page.keyboard.press("n")
    expect(page.locator("mark.span")).to_have_text("Ann")


def test_a_mark_is_moved_by_keys_and_idle_time_is_no_work(page: Page, stack: Stack) -> None:
    effort = names(stack, "Moved names")
    page.clock.install()
    open_first(page, effort)
    expect(page.locator(".doc.is-editable")).to_be_focused()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 3, "n"):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_text("Ann")
    page.clock.fast_forward("20:00")
    # No mark ends in the space between: the first key takes it and the letter after it.
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("mark.span")).to_have_text("Ann Lee")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator("mark.span")).to_have_text("nn Lee")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.clock.run_for(5_000)
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    value = {"start": 0, "end": 7, "text": "Ann Lee", "labels": ["Name"]}
    assert plain(submitted(effort)) == [("name", "labels", value)]
    sql = """SELECT v.seconds FROM annotation_annotationversion v
        JOIN annotation_annotation a ON a.id = v.annotation_id
        JOIN annotation_project p ON p.id = a.project_id WHERE p.uid = ?"""
    ((seconds,),) = stack.rows(sql, effort.project)
    # Of the twenty minutes in which nothing was pressed one counts.
    assert 60 <= float(seconds) < 180
