"""What people write: Markdown, a dialogue, a rubric, grades; by the keyboard, to the stored shape; versions of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import expect_saved
from tests.stories.effort import Effort
from tests.support.stack import Stack

CONFIG = """<View>
  <Text name="task" value="$task"/>
  <Header value="Your answer"/>
  <TextArea name="answer" toName="task" markdown="true" maxSubmissions="1" required="true"/>
  <Header value="The talk"/>
  <Chat name="talk" value="$messages" messageroles="user,assistant" minMessages="3" maxMessages="4"/>
  <Header value="A rubric"/>
  <Rubric name="rubric" toName="task" required="true"/>
  <Header value="Grades"/>
  <Grades name="grades" toName="task" value="$criteria" required="true"/>
</View>"""
ROW = {
    "task": "Explain the cap. 解释上限。",
    "messages": [{"role": "user", "content": "What is a cap?"}],
    "criteria": [{"text": "Right", "weight": 2, "most": 3}, {"text": "Clear", "weight": 1, "most": 1}],
}


@pytest.fixture(scope="module")
def task(stack: Stack) -> Effort:
    return family(stack, "Writing", CONFIG, ROW)


def _write(page: Page) -> None:
    """Every answer, by the keyboard."""
    page.get_by_role("textbox", name="Your answer").focus()
    page.keyboard.press("Control+b")
    page.keyboard.insert_text("上限")
    for _sign in "**":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+l")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")

    page.locator(".composer textarea").focus()
    page.keyboard.type("It is a limit.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Of what?")
    page.keyboard.press("Enter")
    page.keyboard.type("Of damages.")
    page.keyboard.press("Enter")

    page.get_by_role("textbox", name="Criterion 1", exact=True).focus()
    page.keyboard.type("Names the cap")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.keyboard.type("Is short")

    page.locator(".grade-row input").first.focus()
    page.keyboard.press("2")
    page.keyboard.press("1")


def test_what_is_written_is_saved_and_submitted(page: Page, task: Effort) -> None:
    open_first(page, task)
    expect(page.locator("assay-writing textarea")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("4 questions still need an answer.")
    _write(page)
    expect(page.locator("assay-markdown strong")).to_have_text("上限")
    expect(page.locator("assay-markdown li")).to_have_text(["one", "two"])
    expect(page.locator(".grades-score")).to_contain_text("71.4 %")
    expect(page.locator(".rubric-share")).to_have_text(["75 %", "25 %"])
    _no_markup_runs(page)
    expect_saved(page)

    page.reload()
    expect(page.locator(".message-text")).to_have_text(["It is a limit.\nOf what?", "Of damages."])
    expect(page.locator("assay-writing textarea").first).to_have_value("**上限**\n- one\n- two")
    _keep_and_take_back(page)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nothing left to label")).to_be_visible()
    assert plain(submitted(task)) == [
        ("answer", "textarea", {"text": ["**上限**\n- one\n- two"]}),
        (
            "talk",
            "chatmessage",
            {"chatmessage": {"role": "assistant", "content": "It is a limit.\nOf what?"}},
        ),
        ("talk", "chatmessage", {"chatmessage": {"role": "user", "content": "Of damages."}}),
        ("rubric", "rubric", {"rubric": [_line("Names the cap", 3), _line("Is short", 1)]}),
        ("grades", "grades", {"grades": [_points("Right", 2), _points("Clear", 1)]}),
    ]


def _keep_and_take_back(page: Page) -> None:
    """A version is kept, something else is written, the version is compared and comes back as one step."""
    page.keyboard.press("Alt+Shift+v")
    dialog = page.get_by_role("dialog", name="Versions of this draft")
    dialog.get_by_label("Name (optional)").fill("Before")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Before")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    page.locator("assay-writing textarea").first.fill("Something else")
    page.keyboard.press("Alt+Shift+v")
    dialog.get_by_role("button", name="Before").click()
    expect(dialog.locator("ins")).not_to_have_count(0)
    dialog.get_by_role("button", name="Take this version back").click()
    expect(page.locator("assay-writing textarea").first).to_have_value("**上限**\n- one\n- two")
    expect_saved(page)


def _line(text: str, weight: int) -> dict[str, object]:
    return {"text": text, "weight": weight}


def _points(text: str, points: int) -> dict[str, object]:
    return {"text": text, "points": points}


def _no_markup_runs(page: Page) -> None:
    """The preview is built of elements that are made one by one: tags are text, and no address runs."""
    box = page.locator("assay-writing textarea").first
    before = box.input_value()
    box.fill("<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>y</b> [z](https://example.org)")
    preview = page.locator("assay-markdown")
    expect(preview).to_contain_text("<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>y</b>")
    expect(preview.locator("img, b, script")).to_have_count(0)
    expect(preview.locator("a")).to_have_attribute("rel", "noopener noreferrer nofollow")
    box.fill(before)
