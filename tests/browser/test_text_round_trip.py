"""What trips offsets, from the browser through the API into a release: every offset and every text is the same."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import come_in, expect_saved, select_by_mouse, start_labelling
from tests.stories.effort import Effort, said
from tests.stories.founding import Founding
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="mention" toName="text">
    <Label value="Place" alias="place" hotkey="p"/><Label value="Time" alias="time" hotkey="t"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>"""
TEXT = (
    "患者𠮷某，诊断为家族性高胆固醇血症。\r\n"
    "The nurse 👩🏽‍⚕️ and the family 👨‍👩‍👧‍👦 met at the cafe\u0301, na\u0308ive.\r\n"
    "מימין לשמאל and العربية here.\r\n"
    "\r\n"
    "Last 𪚥 line"
)
BY_MOUSE = (
    ("𠮷某", "𠮷某", "p"),
    ("固醇", "The nurse", "t"),
    ("👩🏽‍⚕️", "👨‍👩‍👧‍👦", "p"),
    ("cafe\u0301", "cafe\u0301", "t"),
    ("na\u0308i", "na\u0308i", "p"),
)
RIGHT_TO_LEFT = ("לשמאל", "العربية")
BY_KEYS = "𪚥 line"


@pytest.fixture(scope="module")
def odd(stack: Stack) -> Effort:
    """One item for one person."""
    effort = Effort(
        stack, Founding("Odd letters", "legal", {"ann": "annotator"}, CONFIG, settings={"overlap": 1})
    )
    effort.upload("odd.jsonl", [{"text": TEXT}], source="Written for the tests")
    return effort


def _expected() -> list[tuple[int, int, str, str]]:
    """(start, end, text, label) in code points."""
    found: list[tuple[int, int, str, str]] = []
    for first, last, key in BY_MOUSE:
        start, end = TEXT.index(first), TEXT.index(last, TEXT.index(first)) + len(last)
        found.append((start, end, TEXT[start:end], "place" if key == "p" else "time"))
    for words in (*RIGHT_TO_LEFT, BY_KEYS):
        start = TEXT.index(words)
        found.append((start, start + len(words), words, "time"))
    return sorted(found)


def test_every_offset_and_text_survives_browser_api_and_release(page: Page, odd: Effort) -> None:
    come_in(page, odd, "ann")
    start_labelling(page, odd)
    assignment = page.url.rstrip("/").rsplit("/", maxsplit=1)[-1]
    _mark(page)
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()

    client = odd.quick_person("ann")
    work = said(client.get(f"/api/v1/assignments/{assignment}"), 200)
    assert work["item"]["data"]["text"] == TEXT
    assert _spans(work["draft"]["result"]) == _expected()

    odd.settle()
    released = odd.release()
    (row,) = released.rows
    assert row["data"]["text"] == TEXT
    assert _spans(row["gold"]["mention"]["result"]) == _expected()
    (task,) = released.tasks
    (gold,) = (annotation for annotation in task["annotations"] if annotation["ground_truth"])
    units = task["data"]["text"].encode("utf-16-le")
    assert sorted(
        units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
        for value in (region["value"] for region in gold["result"])
    ) == sorted(text for _, _, text, _ in _expected())


def _mark(page: Page) -> None:
    """By dragging, by double clicks where letters run from right to left, and by keys at the end."""
    for first, last, key in BY_MOUSE:
        select_by_mouse(page, first, last)
        page.keyboard.press(key)
    for words in RIGHT_TO_LEFT:
        x, y = page.evaluate(MIDDLE, words)
        page.mouse.dblclick(x, y)
        page.keyboard.press("t")
    page.keyboard.press("Control+End")
    for _ in range(len(BY_KEYS)):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("t")
    expect(page.locator(".span-list li")).to_have_count(len(_expected()))


# The middle of some words on the page.
MIDDLE = """(words) => {
  for (const paragraph of document.querySelectorAll(".doc.is-editable p")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const box = range.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    }
  }
  throw new Error(`not on the page: ${words}`);
}"""


def _spans(result: list[dict[str, Any]]) -> list[tuple[int, int, str, str]]:
    values = (region["value"] for region in result)
    return sorted((value["start"], value["end"], value["text"], value["labels"][0]) for value in values)
