"""Every action has a key, shown on it: on the desk of every family, and by the keys of what has the focus."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first
from tests.browser.people import come_in
from tests.browser.tries import FAMILIES, mark_something, open_try
from tests.stories.effort import Effort
from tests.support.browser import NewPage
from tests.support.stack import Stack

ROWS = ".span-go, .span-remove, .relation-go, .turn-select, .turn-chip, .pick-remove"
"""Rows of lists are gone through by Tab, or by the keys of what they list."""
BARE = f"""() => [...document.querySelectorAll("assay-workspace :is(button, [role=button])")]
  .filter((one) => one.checkVisibility() && !one.closest("dialog") && !one.matches("{ROWS}"))
  .filter((one) => !one.hasAttribute("aria-keyshortcuts"))
  .map((one) => one.outerHTML.slice(0, 160))"""
RATED = """<View>
  <Text name="first" value="$first"/><Text name="second" value="$second"/>
  <Labels name="name" toName="first"><Label value="Name" hotkey="n"/></Labels>
  <Labels name="sum" toName="second"><Label value="Sum" hotkey="u"/></Labels>
  <Rating name="clear" toName="first" maxRating="3"/><Rating name="kind" toName="first" maxRating="3"/>
</View>"""
AT_ONCE = 6


@pytest.mark.parametrize("first", range(0, len(FAMILIES), AT_ONCE))
def test_every_button_of_a_desk_tells_its_key(page: Page, settled: Effort, first: int) -> None:
    come_in(page, settled, "owner")
    found = {}
    for template in FAMILIES[first : first + AT_ONCE]:
        open_try(page, template)
        mark_something(page)
        found[template] = page.evaluate(BARE)
    assert {name: bare for name, bare in found.items() if bare} == {}


@pytest.fixture(scope="module")
def rated(stack: Stack) -> Effort:
    return family(stack, "Rated", RATED, {"first": "Ann and Ben.", "second": "EUR 5 or EUR 6."})


def test_a_key_works_on_the_question_and_the_text_with_the_focus(page: Page, rated: Effort) -> None:
    open_first(page, rated)
    first, second = (page.locator(".doc.is-editable").nth(at) for at in (0, 1))
    for text, key in ((first, "n"), (second, "u")):
        text.focus()
        for press in ("Control+Home", "Control+Shift+ArrowRight", key):
            page.keyboard.press(press)
    expect(page.locator("mark.span")).to_have_count(2)
    page.keyboard.press("Control+End")
    page.keyboard.press(",")
    expect(second).to_be_focused()
    expect(second.locator("mark.span.is-selected")).to_have_count(1)

    clear, kind = (page.locator(f"[data-question={key}]") for key in ("clear", "kind"))
    for question in (clear, kind):
        question.get_by_role("radio").nth(1).check(force=True)
    kind.get_by_role("radio").nth(1).focus()
    page.keyboard.press("Alt+c")
    expect(kind.locator("input:checked")).to_have_count(0)
    expect(clear.locator("input:checked")).to_have_count(1)
    page.keyboard.press("Control+k")
    page.keyboard.type("clear the answer")
    page.keyboard.press("Enter")
    expect(clear.locator("input:checked")).to_have_count(0)


def test_two_versions_are_settled_by_a_key(new_page: NewPage, stack: Stack) -> None:
    """The other version is chosen without leaving the keyboard, and what was chosen is kept."""
    effort = family(stack, "Settled by keys", RATED, {"first": "Ann.", "second": "EUR 5."})
    here, there = new_page(locale="en-GB"), new_page(locale="en-GB")
    open_first(here, effort)
    come_in(there, effort, "ann")
    there.goto(here.url)
    for page, step in ((here, 0), (there, 2)):
        page.locator("[data-question=clear] input").nth(step).check(force=True)
        if page is here:
            expect(page.locator(".save-state")).to_have_text("Saved", timeout=15_000)
    dialog = there.get_by_role("dialog", name="This answer was also changed elsewhere")
    expect(dialog.get_by_role("button", name="Take the other")).to_have_attribute(
        "aria-keyshortcuts", "Alt+Shift+T"
    )
    there.keyboard.press("Alt+Shift+t")
    expect(dialog).to_have_count(0)
    expect(there.locator("[data-question=clear] input").first).to_be_checked()
