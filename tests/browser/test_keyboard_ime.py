"""What an input method takes is no key: while it composes, Enter, arrows and letters are its own, everywhere."""

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.people import come_in
from tests.browser.tries import open_try
from tests.stories.effort import Effort

DRAWN_ANEW = """async (box) => {
  let element = box;
  while (element && !element.requestUpdate) element = element.parentElement;
  element?.requestUpdate();
  await element?.updateComplete;
}"""


class Composing:
    """An input method, as Chromium meets one: a composition that is open, and keys that it takes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.devtools: CDPSession = page.context.new_cdp_session(page)

    def open(self, words: str) -> None:
        """The words stand underlined at the caret."""
        size = len(words.encode("utf-16-le")) // 2
        self.devtools.send(
            "Input.imeSetComposition", {"text": words, "selectionStart": size, "selectionEnd": size}
        )

    def take(self, key: str, code: str) -> None:
        """A key that the input method has taken, in both forms in which browsers tell it."""
        for taken in ({"key": key, "isComposing": True}, {"key": "Process", "keyCode": 229}):
            self.page.evaluate(
                """([init, code]) => document.activeElement.dispatchEvent(
                  new KeyboardEvent("keydown", {...init, code, bubbles: true, cancelable: true}))""",
                [taken, code],
            )

    def end(self, words: str) -> None:
        """The words are taken."""
        self.devtools.send("Input.insertText", {"text": words})


@pytest.fixture
def composing(page: Page, settled: Effort) -> Composing:
    come_in(page, settled, "owner")
    return Composing(page)


def _in(box: Locator, composing: Composing, words: str) -> None:
    """Compose in this box, with Enter, Escape and the arrows for the input method; leaves the composition open.

    The box is drawn anew meanwhile, as it is when something else on the page changes.
    """
    box.focus()
    composing.open(words)
    begun = box.input_value()
    box.evaluate(DRAWN_ANEW)
    expect(box).to_have_value(begun)
    for key in ("Enter", "Escape", "ArrowDown", "ArrowUp", "Tab"):
        composing.take(key, key)


def test_in_the_palette(page: Page, composing: Composing) -> None:
    open_try(page, "drug_relations")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Command")
    _in(box, composing, "tijiao")
    expect(page.get_by_role("dialog")).to_be_visible()
    composing.end("skip")
    expect(box).to_have_value("skip")
    expect(page.get_by_role("option", selected=True)).to_contain_text("kip")


def test_in_the_search_of_the_text(page: Page, composing: Composing) -> None:
    open_try(page, "drug_relations")
    page.locator(".doc.is-editable").focus()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    _in(box, composing, "the")
    expect(box).to_be_focused()
    composing.end("the")
    expect(box).to_have_value("the")


def test_in_the_search_of_a_taxonomy(page: Page, composing: Composing) -> None:
    open_try(page, "diagnosis_taxonomy")
    box = page.locator(".ws-side").get_by_role("combobox").first
    _in(box, composing, "zhen")
    expect(page.locator(".pick")).to_have_count(0)
    expect(box).to_be_focused()
    composing.end("诊断")
    expect(box).to_have_value("诊断")
    expect(page.locator(".pick")).to_have_count(0)


def test_in_a_dialogue_that_is_written(page: Page, composing: Composing) -> None:
    open_try(page, "dialogue_writing")
    box = page.locator(".composer textarea")
    before = page.locator(".message").count()
    _in(box, composing, "nihao")
    expect(page.locator(".message")).to_have_count(before)
    composing.end("你好")
    expect(box).to_have_value("你好")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(before + 1)
    expect(page.locator(".message-text").last).to_have_text("你好")


def test_in_a_message_that_is_changed(page: Page, composing: Composing) -> None:
    open_try(page, "dialogue_writing")
    page.locator(".composer textarea").fill("First")
    page.keyboard.press("Enter")
    message = page.locator(".message").last
    message.focus()
    page.keyboard.press("F2")
    box = message.get_by_role("textbox")
    _in(box, composing, "nihao")
    expect(box).to_be_visible()
    composing.end("你好")
    page.keyboard.press("Enter")
    expect(message.locator(".message-text")).to_have_text("First你好")


def test_in_a_rubric_and_in_a_written_answer(page: Page, composing: Composing) -> None:
    open_try(page, "rubric_writing")
    box = page.get_by_role("textbox", name="Criterion 1", exact=True)
    rows = page.locator(".rubric-row").count()
    _in(box, composing, "qingchu")
    expect(page.locator(".rubric-row")).to_have_count(rows)
    composing.end("清楚")
    expect(box).to_have_value("清楚")

    box = page.locator("assay-writing textarea").first
    box.focus()
    page.keyboard.type("- one")
    _in(box, composing, "xiansuo")
    expect(page.locator("assay-markdown li")).to_have_text(["one"])
    composing.end("线索")
    expect(box).to_have_value("- one线索")
    expect(page.locator("assay-markdown li")).to_have_text(["one线索"])
    page.keyboard.press("Enter")
    expect(box).to_have_value("- one线索\n- ")


def test_on_the_text_labels_are_not_pressed(page: Page, composing: Composing) -> None:
    open_try(page, "drug_relations")
    page.locator(".doc.is-editable").focus()
    for key in ("Control+Home", "Shift+Control+ArrowRight"):
        page.keyboard.press(key)
    for digit in "123":
        composing.take(digit, f"Digit{digit}")
    composing.take("Enter", "Enter")
    expect(page.locator("mark.span")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator("mark.span")).to_have_count(1)


def test_on_cards_of_a_ranking(page: Page, composing: Composing) -> None:
    open_try(page, "answer_ranking")
    card = page.locator(".card-handle").last
    card.focus()
    name = card.get_attribute("aria-label")
    for key, code in (("1", "Digit1"), (" ", "Space"), ("ArrowUp", "ArrowUp")):
        composing.take(key, code)
    expect(page.locator(".card-handle").last).to_have_accessible_name(name or "?")
