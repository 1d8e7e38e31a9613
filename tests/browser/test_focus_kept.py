"""The focus stays where one works when a control vanishes; what comes and goes with a selected mark is told."""

from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first
from tests.browser.hearing import heard, press
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="part" toName="text"><Label value="Claim" hotkey="c"/><Label value="Fact" hotkey="f"/></Labels>
  <Text name="text" value="$text"/>
  <Relations><Relation value="supports"/></Relations>
  <Rating name="stars" toName="text"/>
  <View visibleWhen="region-selected" whenTagName="part" whenLabelValue="Fact">
    <Choices name="source" toName="text"><Choice value="Known"/><Choice value="Unknown"/></Choices>
  </View>
</View>"""


def test_the_focus_is_kept(page: Page, stack: Stack) -> None:
    open_first(page, family(stack, "Focus kept", CONFIG, {"text": "One two three four."}))
    begin = page.get_by_role("button", name="Relate to…")
    begin.focus()
    expect(begin).to_be_focused()
    press(page, "Enter")
    heard(page, "First select a marked part")

    page.locator(".doc.is-editable").focus()
    word = ("Shift+ArrowRight",) * 3
    press(page, "Control+Home", *word, "c", "ArrowRight", "ArrowRight", *word, "f")
    expect(page.locator("mark.span")).to_have_count(2)
    heard(page, "Now also asked: Choice")

    begin.focus()
    press(page, "Enter")
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    press(page, "Enter")
    expect(begin).to_be_focused()

    source = page.get_by_role("radio", name="Unknown")
    source.focus()
    page.evaluate("document.querySelector('assay-span-list').context.desk.selected.value = null")
    heard(page, "No longer asked: Choice")
    expect(page.locator(".ws-side :focus, h1:focus")).to_have_count(1)

    page.get_by_role("radio", name="3 of 5").focus()
    press(page, "Space")
    page.get_by_role("button", name="Clear").focus()
    press(page, "Enter")
    expect(page.get_by_role("radio", name="1 of 5")).to_be_focused()

    removes = page.locator(".span-remove")
    removes.first.focus()
    press(page, "Enter")
    expect(removes).to_have_count(1)
    expect(removes).to_be_focused()
    press(page, "Enter")
    expect(removes).to_have_count(0)
    expect(page.locator("body:focus")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
