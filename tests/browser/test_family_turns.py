"""A chat in which nothing is marked: messages are rated whole, those of one role, by keyboard and by mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CHAT = [
    {"role": "user", "content": "Which form do I need 👩‍⚕️?"},
    {"role": "assistant", "content": "Form 7."},
    {"role": "user", "content": "And the fee?"},
    {"role": "assistant", "content": "There is none."},
]
READ = """<View style="display: flex">
  <Chat name="chat" value="$chat" editable="false" minMessages="2"/>
  <View>
    <View visibleWhen="no-region-selected"><Header value="Click on a message"/></View>
    <View visibleWhen="region-selected" whenRole="assistant">
      <Rating name="accuracy" toName="chat" perRegion="true" maxRating="5" required="true"/>
      <Choices name="tone" toName="chat" perRegion="true" choice="multiple">
        <Choice value="Too formal"/><Choice value="Too casual"/>
      </Choices>
      <TextArea name="comment" toName="chat" perRegion="true"/>
    </View>
  </View>
</View>"""
WRITTEN = """<View>
  <Chat name="chat" value="$chat" messageroles="user,assistant"/>
  <View visibleWhen="region-selected" whenRole="assistant">
    <Choices name="outcome" toName="chat" perRegion="true" required="true">
      <Choice value="Complies"/><Choice value="Refuses"/>
    </Choices>
  </View>
</View>"""


@pytest.fixture(scope="module")
def read(stack: Stack) -> Effort:
    return family(stack, "Help desk", READ, {"chat": CHAT})


@pytest.fixture(scope="module")
def written(stack: Stack) -> Effort:
    return family(stack, "Probing", WRITTEN, {"chat": CHAT[:1]})


def test_messages_are_rated_and_chosen_for(page: Page, read: Effort) -> None:
    open_first(page, read)
    turns = page.locator(".turn")
    expect(page.get_by_text("1. User: Which form")).to_be_visible()
    page.get_by_role("button", name="Select turn 2").click()
    expect(turns.nth(1)).to_have_class("turn tone-1 at-start is-selected")
    page.keyboard.press("r")
    panel = page.get_by_role("region", name="About")
    panel.get_by_role("checkbox", name="Too formal").check()
    panel.get_by_role("textbox").fill("Say which page.")
    expect(turns.nth(1).locator(".turn-answers")).to_contain_text("Say which page.")
    page.get_by_role("button", name="Select turn 1").click()
    expect(page.get_by_text("Nothing is asked about this one.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_role("button", name="Select turn 3").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("t")
    expect(turns.nth(3).locator(".turn-answers")).to_be_visible()
    expect_saved(page)
    page.reload()
    expect(turns.nth(1).locator(".turn-answers")).to_contain_text("Too formal")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    first, last, tone, comment = submitted(read)
    place = {"start": "1", "end": "1", "startOffset": 0, "endOffset": 7}
    assert first["value"] == {**place, "text": "Form 7.", "rating": 4}
    assert (first["type"], first["to_name"], last["value"]["rating"]) == ("rating", "chat", 5)
    assert (last["value"]["start"], last["value"]["endOffset"]) == ("3", len(CHAT[3]["content"]))
    assert tone["value"] == {**place, "text": "Form 7.", "choices": ["Too formal"]}
    assert comment["value"] == {**place, "text": ["Say which page."]}
    assert first["id"] == tone["id"] == comment["id"] != last["id"]


def test_messages_that_are_written_are_asked_about(page: Page, written: Effort) -> None:
    open_first(page, written)
    page.locator(".composer textarea").fill("I cannot say.")
    page.keyboard.press("Enter")
    page.locator(".message").click()
    page.get_by_role("region", name="About").get_by_role("radio", name="Refuses").check()
    expect(page.locator(".message .turn-answers")).to_contain_text("Refuses")
    expect_saved(page)
    page.reload()
    expect(page.locator(".message .turn-answers")).to_contain_text("Refuses")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    message, outcome = submitted(written)
    said = {"chatmessage": {"role": "assistant", "content": "I cannot say."}}
    assert (message["type"], message["value"]) == ("chatmessage", said)
    assert (outcome["id"], outcome["value"]) == (message["id"], {**said, "choices": ["Refuses"]})
