"""Acts of a person whose network comes and goes."""

from playwright.sync_api import Page, expect

from tests.browser.people import answers, come_in, start_labelling
from tests.stories.effort import Effort

API = "**/api/v1/**"

KEPT = """async (words) => {
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    const drafts = await new Promise((done) => {
      const asked = base.transaction("draft").objectStore("draft").getAll();
      asked.onsuccess = () => done(asked.result);
    });
    base.close();
    if (drafts.some((one) => one.includes(words))) return true;
  }
  return false;
}"""


def kept(page: Page, words: str) -> None:
    """Wait until a draft with these words is on the device."""
    page.wait_for_function(KEPT, arg=words)


def begin(page: Page, effort: Effort, name: str) -> None:
    """Open the first item, with the next one ready behind it."""
    come_in(page, effort, name)
    with page.expect_response("**/ahead"):
        start_labelling(page, effort)


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check()


def submit(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def cut(page: Page) -> None:
    """The server cannot be reached from this page any more."""
    page.route(API, lambda route: route.abort())


def verdicts(effort: Effort, name: str) -> list[str]:
    return [values["verdict"] for _text, values in answers(effort, name)]


def arrived(effort: Effort, name: str, expected: list[str]) -> None:
    effort.stack.until(lambda: verdicts(effort, name) == expected, 30)


def state(page: Page, words: str) -> None:
    expect(page.locator(".save-state")).to_have_text(words, timeout=15_000)
