"""Which of two is better: by an arrow, over a reload, to Label Studio's shape."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Header value="Which answer is better?"/>
  <Text name="one" value="$one"/>
  <Text name="two" value="$two"/>
  <Pairwise name="better" toName="one,two" required="true"/>
  <TextArea name="why" toName="one" rows="2">
    <Shortcut value="It cites the law." alias="Cites" hotkey="alt+1"/>
  </TextArea>
</View>"""


THREE = """<View>
  <Text name="one" value="$one" title="One"/>
  <Text name="two" value="$two" title="Two"/>
  <Text name="three" value="$three" title="Three"/>
  <Pairwise name="first" toName="one,two" required="true"/>
  <Pairwise name="second" toName="two,three" required="true"/>
</View>"""


@pytest.fixture(scope="module")
def pairs(stack: Stack) -> Effort:
    return family(stack, "Pairs", CONFIG, {"one": "Perhaps.", "two": "Yes, by section 4."})


def test_the_better_of_two(page: Page, pairs: Effort) -> None:
    open_first(page, pairs)
    page.keyboard.press("ArrowRight")
    targets = page.locator("button.pair-target")
    expect(targets.nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("1")
    expect(targets.nth(0)).to_have_attribute("aria-pressed", "true")
    targets.nth(1).click()
    page.get_by_role("textbox", name="Text").focus()
    page.keyboard.press("Alt+1")
    expect_saved(page)
    page.reload()
    expect(targets.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(targets.nth(1)).to_contain_text("Chosen")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    result = submitted(pairs)
    assert plain(result) == [
        ("better", "pairwise", {"selected": "right"}),
        ("why", "textarea", {"text": ["It cites the law."]}),
    ]
    assert result[0]["to_name"] == "one,two"


@pytest.fixture(scope="module")
def three(stack: Stack) -> Effort:
    return family(stack, "Three answers", THREE, {"one": "Perhaps.", "two": "Yes.", "three": "No, never."})


def test_two_comparisons_with_a_text_in_common(page: Page, three: Effort) -> None:
    open_first(page, three)
    blocks = page.locator(".pair")
    expect(blocks).to_have_count(2)
    expect(blocks.nth(1)).to_contain_text("No, never.")
    page.keyboard.press("ArrowLeft")
    chosen = page.locator("button.pair-target[aria-pressed=true]")
    expect(chosen).to_have_count(1)
    blocks.nth(1).locator("button.pair-target").nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(chosen).to_have_count(2)
    expect_saved(page)
    page.reload()
    expect(chosen).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(three)) == [
        ("first", "pairwise", {"selected": "left"}),
        ("second", "pairwise", {"selected": "right"}),
    ]
