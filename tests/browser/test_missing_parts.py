"""Parts of the editor that come late or not at all: nothing is drawn by half, and it is told what to do."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import arrived, come_in, start_labelling
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="kind" toName="text" choice="single" required="true">
    <Choice value="Letter"/><Choice value="Notice"/>
  </Choices>
</View>"""
PEOPLE = ("late", "never", "keys", "quick", "gone")
SUGGESTED = "**/chunk-suggested-*"
ASIDE = "**/chunk-aside-*"


@pytest.fixture(scope="module")
def mixed(stack: Stack) -> Effort:
    """Only the second item needs the pack that shows what a model suggests."""
    effort = Effort(
        stack,
        Founding(
            title="Some suggested",
            sector="legal",
            people=dict.fromkeys(PEOPLE, "annotator"),
            config=CONFIG,
            settings={"overlap": len(PEOPLE), "suggestions": True},
        ),
    )
    region: dict[str, Any] = {"id": "k", "from_name": "kind", "to_name": "text", "type": "choices"}
    suggested = [{"model": "m", "result": [{**region, "value": {"choices": ["Notice"]}}]}]
    effort.upload("items.jsonl", [{"text": "The first."}, {"text": "The second.", "_predictions": suggested}])
    return effort


def _hold(page: Page, pattern: str) -> list[Route]:
    """What the page asks for is held; the list is of what it asked for."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def _hand_in_the_first(page: Page, effort: Effort, name: str) -> None:
    """The next item, which needs more than the first, is fetched before."""
    come_in(page, effort, name)
    with page.expect_response("**/ahead"), page.expect_request(SUGGESTED):
        start_labelling(page, effort)
    page.get_by_role("radio", name="Letter").check()
    page.keyboard.press("Control+Enter")


def test_the_next_item_waits_for_what_shows_it(page: Page, mixed: Effort) -> None:
    held = _hold(page, SUGGESTED)
    _hand_in_the_first(page, mixed, "late")
    heading = page.get_by_role("heading", name="The item is on its way…")
    expect(heading).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator(".suggested-answer")).to_contain_text("Notice")
    expect(heading).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_part_that_does_not_come_is_told_and_a_reload_helps(page: Page, mixed: Effort) -> None:
    page.route(SUGGESTED, lambda route: route.abort())
    _hand_in_the_first(page, mixed, "never")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("A part of this page could not be loaded.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    ((_text, given),) = arrived(mixed, "never")
    assert list(given) == ["kind"]
    page.unroute(SUGGESTED)
    alert.get_by_role("button", name="Load the page again").click()
    expect(page.locator(".suggested-answer")).to_contain_text("Notice")
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_dialog_that_does_not_come_is_told(page: Page, mixed: Effort) -> None:
    page.route(ASIDE, lambda route: route.abort())
    come_in(page, mixed, "keys")
    start_labelling(page, mixed)
    page.keyboard.press("?")
    expect(page.get_by_role("alert")).to_contain_text("A part of this page could not be loaded.")
    page.unroute(ASIDE)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()


def test_what_is_typed_before_a_dialog_is_there_is_for_the_dialog(page: Page, mixed: Effort) -> None:
    held = _hold(page, ASIDE)
    come_in(page, mixed, "quick")
    with page.expect_request(ASIDE):
        start_labelling(page, mixed)
    page.keyboard.press("Control+k")
    page.keyboard.type("1skup")
    for key in ("Backspace", "Backspace", "i", "p", "Control+Enter"):
        page.keyboard.press(key)
    for route in held:
        route.continue_()
    command = page.get_by_role("combobox", name="Command")
    expect(command).to_have_value("1skip")
    expect(command).to_be_focused()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.keyboard.press("Escape")
    held.clear()
    with page.expect_request(ASIDE):
        page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("skip")
    page.keyboard.press("Enter")
    for route in held:
        route.continue_()
    expect(page.get_by_role("dialog", name="Skip this item")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Letter")).to_be_checked()


def test_keys_work_again_where_a_dialog_does_not_come(page: Page, mixed: Effort) -> None:
    held = _hold(page, ASIDE)
    come_in(page, mixed, "gone")
    with page.expect_request(ASIDE):
        start_labelling(page, mixed)
    page.keyboard.press("Control+k")
    page.keyboard.press("2")
    for route in held:
        route.abort()
    expect(page.get_by_role("alert")).to_contain_text("A part of this page could not be loaded.")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Letter")).to_be_checked()
