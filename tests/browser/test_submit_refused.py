"""An answer that the server does not take, where no next item was ready: it stays on the desk and can be handed in."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import CONFIG, GUIDELINE, text
from tests.browser.people import arrived, come_in, expect_saved, start_labelling
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack


@pytest.fixture(scope="module")
def single(stack: Stack) -> Effort:
    """One item, so that nothing comes after it."""
    effort = Effort(
        stack,
        Founding(
            title="A single letter",
            sector="legal",
            people={"devices": "annotator"},
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": 1},
        ),
    )
    effort.upload("letters.jsonl", [{"text": text(1)}])
    return effort


def test_a_newer_draft_from_elsewhere_is_asked_about_and_the_answer_goes_through(
    new_page: NewPage, single: Effort
) -> None:
    one, two = new_page(), new_page()
    come_in(one, single, "devices")
    start_labelling(one, single)
    one.get_by_role("radio", name="Complaint").check()
    expect_saved(one)
    come_in(two, single, "devices")
    two.goto(one.url)
    two.get_by_role("radio", name="Notice").check()
    expect_saved(two)

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    one.route("**/submit", hold)
    one.get_by_role("radio", name="Complaint").focus()
    one.keyboard.press("Control+Enter")
    expect(one.locator(".ws-questions")).to_have_attribute("inert", "")
    expect(one.locator(".ws-text")).to_have_attribute("inert", "")
    one.keyboard.press("2")
    one.wait_for_timeout(200)
    held[0].continue_()
    one.unroute("**/submit")

    dialog = one.get_by_role("dialog")
    expect(dialog).to_contain_text("This answer was also changed elsewhere")
    expect(dialog).to_contain_text("Complaint")
    expect(dialog).to_contain_text("Notice")
    expect(one.get_by_role("alert")).to_be_empty()
    dialog.get_by_role("button", name="Keep mine").click()
    expect_saved(one)
    expect(one.get_by_role("radio", name="Complaint")).to_be_checked()
    expect(one.get_by_role("radio", name="Complaint")).to_be_focused()
    one.keyboard.press("Control+Enter")
    expect(one.locator(".ws-questions")).to_have_count(0)
    assert [values["verdict"] for _text, values in arrived(single, "devices")] == ["complaint"]
