"""What a person does on the pages."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.stories.effort import Effort
from tests.stories.founding import PASSWORD

# Selects, by the mouse, from the first character of one piece of text to the last of another.
PLACES = """([first, last]) => {
  const place = (words, atEnd) => {
    for (const paragraph of document.querySelectorAll(".doc.is-editable p")) {
      const at = paragraph.textContent.indexOf(words);
      if (at < 0) continue;
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      let before = 0;
      const wanted = atEnd ? at + words.length : at;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const size = node.data.length;
        if (atEnd ? wanted <= before + size : wanted < before + size) {
          const range = document.createRange();
          const from = wanted - before;
          range.setStart(node, atEnd ? from - 1 : from);
          range.setEnd(node, atEnd ? from : from + 1);
          const boxes = [...range.getClientRects()];
          const box = atEnd ? boxes[boxes.length - 1] : boxes[0];
          return [atEnd ? box.right - 1 : box.left + 1, box.top + box.height / 2];
        }
        before += size;
      }
    }
    throw new Error(`not on the page: ${words}`);
  };
  return [place(first, false), place(last, true)];
}"""


def log_in(page: Page, effort: Effort, name: str) -> None:
    """Sign in by the page."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(effort.founding.address(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url("**/accounts/login/")


def come_in(page: Page, effort: Effort, name: str) -> None:
    """Be signed in already: the page of the log-in lets in 30 a minute from one address."""
    cookies = effort.quick_person(name).cookies.get_dict()
    page.context.add_cookies(
        [{"name": key, "value": value, "url": effort.stack.url} for key, value in cookies.items()]
    )


def start_labelling(page: Page, effort: Effort) -> None:
    """From the queue to the first item."""
    page.goto("/")
    card = page.get_by_role("article").filter(has_text=effort.founding.title)
    card.get_by_role("button", name="Start labelling").click()
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()


def select_by_mouse(page: Page, first: str, last: str | None = None) -> None:
    """Drag from the beginning of `first` to the end of `last` (or of `first`)."""
    (x, y), (to_x, to_y) = page.evaluate(PLACES, [first, last or first])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=3)
    page.mouse.move(to_x, to_y, steps=5)
    page.mouse.up()


def expect_saved(page: Page) -> None:
    """The words that promise it."""
    expect(page.locator(".save-state")).to_have_text("Saved", timeout=15_000)


def answers(effort: Effort, name: str) -> list[tuple[str, dict[str, Any]]]:
    """(text, {question: value}) of everything a person has submitted, as it is stored."""
    rows = effort.stack.rows(
        """SELECT i.data, j.question, j.value, a.id FROM annotation_annotation a
        JOIN annotation_item i ON i.id = a.item_id
        JOIN annotation_judgement j ON j.annotation_id = a.id
        JOIN experts_expert e ON e.id = a.expert_id
        JOIN core_user u ON u.id = e.user_id
        WHERE u.email = ? ORDER BY a.id""",
        effort.founding.address(name),
    )
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for data, question, value, annotation in rows:
        _text, values = found.setdefault(annotation, (_json(data)["text"], {}))
        values[question] = _json(value)
    return list(found.values())


def arrived(effort: Effort, name: str, count: int = 1) -> list[tuple[str, dict[str, Any]]]:
    """The same, once there are so many: the next item is shown before the server has confirmed the one before it."""
    effort.stack.until(lambda: len(answers(effort, name)) >= count, 30)
    return answers(effort, name)


def _json(stored: Any) -> Any:
    """SQLite gives JSON as text, PostgreSQL as values."""
    try:
        return json.loads(stored) if isinstance(stored, str) else stored
    except json.JSONDecodeError:
        return stored
