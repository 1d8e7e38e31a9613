"""A document with one question of each plain kind: by keys, over a reload, to Label Studio's shape."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Filter name="find" toName="office" minlength="0"/>
  <Choices name="office" toName="text" choice="single" required="true">
    <Choice value="Harbour"/><Choice value="Hill"/><Choice value="Mill"/>
  </Choices>
  <Rating name="clear" toName="text" maxRating="4"/>
  <Number name="rent" toName="text" min="100" max="2000" step="0.5"/>
  <DateTime name="due" toName="text"/>
  <TextArea name="why" toName="text" maxSubmissions="1"/>
</View>"""


@pytest.fixture(scope="module")
def notices(stack: Stack) -> Effort:
    return family(stack, "Notices", CONFIG, {"text": "The rent of 812.50 is due on 31 May 2026 at noon."})


def test_a_question_of_each_kind(page: Page, notices: Effort) -> None:
    open_first(page, notices)
    side = page.locator(".ws-side")
    side.get_by_role("searchbox").fill("hi")
    expect(side.get_by_role("radio")).to_have_count(1 + 4)
    page.keyboard.press("Enter")
    expect(side.get_by_role("radio", name="Hill")).to_be_checked()

    scale = side.locator("[data-question=clear]")
    scale.get_by_role("radio").first.focus()
    page.keyboard.press("3")
    expect(scale.get_by_role("radio", name="3 of 4")).to_be_checked()
    page.keyboard.press("Alt+c")
    expect(scale.locator("input:checked")).to_have_count(0)
    scale.get_by_role("radio", name="2 of 4").check(force=True)

    rent = side.locator("[data-question=rent]")
    rent.locator("input").fill("812.3")
    expect(rent.locator(".question-error")).to_have_text("This is not a number that can be used here.")
    expect(rent).to_contain_text("A number from 100 to 2,000. In steps of 0.5.")
    rent.locator("input").fill("812.5")
    expect(rent.locator(".question-error")).to_be_empty()
    expect(rent.locator("input")).to_have_attribute("aria-invalid", "false")
    side.locator("input[type=datetime-local]").fill("2026-05-31T12:00")
    side.locator("[data-question=why] textarea").fill("It says so: 五月。")
    expect_saved(page)

    page.reload()
    expect(side.get_by_role("radio", name="Hill")).to_be_checked()
    expect(scale.get_by_role("radio", name="2 of 4")).to_be_checked()
    expect(rent.locator("input")).to_have_value("812.5")
    expect(side.locator("input[type=datetime-local]")).to_have_value("2026-05-31T12:00")
    expect(side.locator("[data-question=why] textarea")).to_have_value("It says so: 五月。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(notices)) == [
        ("office", "choices", {"choices": ["Hill"]}),
        ("clear", "rating", {"rating": 2}),
        ("rent", "number", {"number": 812.5}),
        ("due", "datetime", {"datetime": "2026-05-31T12:00"}),
        ("why", "textarea", {"text": ["It says so: 五月。"]}),
    ]
