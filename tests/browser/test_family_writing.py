"""What people write: Markdown, a dialogue, a rubric, grades; by the keyboard, to the stored shape; versions of it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.family import family, open_first, plain, submitted
from tests.browser.people import come_in, expect_saved
from tests.browser.tries import open_try
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
TALK = """<View>
  <Text name="task" value="$task"/>
  <Chat name="talk" value="$messages" messageroles="user,assistant"/>
  <Grades name="grades" toName="task" value="$criteria"/>
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
    expect(page.locator("assay-writing textarea")).to_be_focused()
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


@pytest.fixture(scope="module")
def talk(stack: Stack) -> Effort:
    """Two items: the first is submitted, the second stays on the desk."""
    rest = {"messages": [], "criteria": [{"text": "Right", "weight": 1, "most": 100}]}
    return family(
        stack, "Talk", TALK, {"task": "Talk about the cap.", **rest}, {"task": "Talk about the term.", **rest}
    )


def _open(page: Page, effort: Effort) -> None:
    """The item that the annotator holds, else the next one."""
    come_in(page, effort, "ann")
    page.goto("/")
    card = page.get_by_role("article").filter(has_text=effort.founding.title)
    card.get_by_role("button", name=re.compile("Start labelling|Continue")).click()
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()


def _said(page: Page) -> Locator:
    return page.locator(".message-text")


def _expect_held(page: Page, words: str) -> None:
    """A submit does not go, and says why; the focus is where it is put right."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("assay-chat-writing .question-error")).to_have_text(words)
    expect(page.locator("assay-chat-writing textarea:focus")).to_be_visible()


def test_what_is_typed_of_a_dialogue_is_never_lost(page: Page, talk: Effort) -> None:
    _open(page, talk)
    box = page.locator(".composer textarea")
    box.fill("What is the cap?")
    page.keyboard.press("Enter")
    box.fill("It is a limit.")
    page.keyboard.press("Enter")
    expect_saved(page)
    page.get_by_text("Assistant", exact=True).last.click()
    page.keyboard.type("Half a mess 半条")
    page.wait_for_timeout(500)

    page.reload()
    expect(box).to_have_value("Half a mess 半条")
    expect(page.locator(".composer-role.is-chosen")).to_have_text("Assistant")
    _expect_held(page, "A message is written but not added: press Enter to add it, or empty the field.")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("assay-chat-writing .question-error")).to_be_hidden()

    page.locator(".message").first.focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    _expect_held(page, "A message has no words: write some, or press Esc to bring back what it said.")
    # Who writes on before the browser has put the focus where the answer wants it keeps the field.
    page.evaluate("""async () => {
        const box = document.activeElement
        const key = {key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true}
        box.dispatchEvent(new KeyboardEvent("keydown", key))
        for (let turn = 0; turn < 100; turn++) await null
        document.execCommand("insertText", false, "W")
    }""")
    page.keyboard.type("hat is a cap?")
    page.get_by_role("button", name="Edit message 2").click()
    expect(_said(page)).to_have_text(["What is a cap?"])
    page.keyboard.press("Control+a")
    page.keyboard.type("A limit of damages.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".doc").first).to_contain_text("Talk about the term.")
    assert [value["chatmessage"]["content"] for _name, _type, value in plain(submitted(talk))] == [
        "What is a cap?",
        "A limit of damages.",
    ]


def test_a_version_is_not_said_to_be_kept_when_the_draft_is_not_saved(page: Page, talk: Effort) -> None:
    _open(page, talk)
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.url.endswith("/versions") else None)
    page.route("**/draft", lambda route: route.abort())
    page.locator(".composer textarea").fill("Not saved")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+Shift+v")
    dialog = page.get_by_role("dialog", name="Versions of this draft")
    expect(dialog.get_by_text("No version is kept yet.")).to_be_visible()
    del posts[:]
    dialog.get_by_role("button", name="Keep this version").click()
    expect(dialog.get_by_role("status")).to_contain_text("The version is not kept")
    assert posts == []
    page.unroute("**/draft")
    dialog.get_by_role("button", name="Keep this version").click()
    expect(dialog.locator(".version-list li")).not_to_have_count(0)
    assert posts


def test_what_is_done_with_a_message_are_commands(page: Page, talk: Effort) -> None:
    come_in(page, talk, "owner")
    open_try(page, "dialogue_writing")
    for words in ("One", "Two"):
        page.locator(".composer textarea").fill(words)
        page.keyboard.press("Enter")
    messages = page.locator(".message")
    messages.filter(has_text="Two").focus()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(_said(page)).to_have_text(["Two", "One"])
    expect(messages.first).to_be_focused()
    page.keyboard.press("Alt+m")
    page.keyboard.type("Zero")
    page.keyboard.press("Enter")
    expect(_said(page)).to_have_text(["Zero", "Two", "One"])
    messages.nth(1).focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("remove it")
    page.keyboard.press("Enter")
    expect(_said(page)).to_have_text(["Zero", "One"])
    expect(messages.nth(1)).to_be_focused()
    remove = page.get_by_role("button", name="Remove message 1")
    expect(remove).to_have_attribute("aria-keyshortcuts", "Alt+Shift+Backspace")


def test_weights_go_with_their_criteria(page: Page, talk: Effort) -> None:
    come_in(page, talk, "owner")
    open_try(page, "rubric_writing")
    for at, words in enumerate(("First", "Second"), 1):
        page.get_by_role("textbox", name=f"Criterion {at}", exact=True).fill(words)
        page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    rows = page.locator(".rubric-row")
    expect(rows).to_have_count(2)
    weights = page.locator(".rubric-weight input")
    error = page.locator("assay-rubric .question-error")
    weights.first.fill("1.50")
    page.get_by_role("button", name="Undo").click()
    expect(weights.first).to_have_value("1")
    weights.first.fill("much")
    expect(error).to_have_text("Criterion 1: a weight is a number other than 0.")
    page.get_by_role("button", name="Move 1 down").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    expect(weights.nth(1)).to_have_value("much")
    expect(error).to_have_text("Criterion 2: a weight is a number other than 0.")
    page.keyboard.press("Alt+Shift+Backspace")
    expect(rows).to_have_count(1)
    expect(error).to_be_hidden()


def test_points_that_cannot_be_given_are_told(page: Page, talk: Effort) -> None:
    _open(page, talk)
    box = page.locator(".grade-typed input")
    error = page.locator("assay-grades .question-error")
    box.fill("120")
    expect(error).to_have_text("Criterion 1: points are a whole number from 0 to 100.")
    page.keyboard.press("Control+Enter")
    expect(box).to_be_focused()
    box.fill("80")
    expect(error).to_be_hidden()
    expect(page.locator(".grades-score")).to_contain_text("80 %")
    expect_saved(page)


def test_points_are_given_and_taken_back_by_keys(page: Page, talk: Effort) -> None:
    come_in(page, talk, "owner")
    open_try(page, "item_rubric_grading")
    row = page.locator(".grade-row").first
    row.locator("input").first.focus()
    page.keyboard.press("1")
    expect(row).not_to_have_class(re.compile("is-open"))
    expect(page.locator(".grade-row").nth(1).locator("input").first).to_be_focused()
    row.locator("input").first.focus()
    page.keyboard.press("Alt+Shift+Backspace")
    expect(row).to_have_class(re.compile("is-open"))
    expect(row.locator("input").first).to_be_focused()


def test_a_text_given_before_its_element_is_known_is_shown(page: Page, talk: Effort) -> None:
    come_in(page, talk, "owner")
    open_try(page, "obligations")
    page.evaluate(
        """() => { const shown = document.createElement("assay-markdown");
        shown.text = "**early**"; document.querySelector(".ws-text").append(shown); }"""
    )
    early = page.locator("assay-markdown")
    expect(early).to_have_text("")
    page.evaluate(
        """async () => {
        const loaded = performance.getEntriesByType("resource").map((one) => one.name);
        const beside = (name) => new URL(name, loaded.find((one) => one.includes("/chunk-"))).href;
        const built = await (await fetch(beside("manifest.json"))).json();
        const { ELEMENTS } = await import(beside(built["src/elements/packs/writing.ts"].file));
        customElements.define("assay-markdown", ELEMENTS["assay-markdown"]); }"""
    )
    expect(early.locator("strong")).to_have_text("early")


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
