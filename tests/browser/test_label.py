"""Label an item: with the keyboard alone, with the mouse, over reloads."""

from playwright.sync_api import Page, expect

from tests.browser.people import (
    answers,
    arrived,
    come_in,
    expect_saved,
    log_in,
    select_by_mouse,
    start_labelling,
)
from tests.stories.effort import Effort
from tests.support.browser import NewPage


def test_with_the_keyboard_alone_from_the_queue_to_the_next_item(page: Page, letters: Effort) -> None:
    log_in(page, letters, "keys")
    start_labelling(page, letters)
    expect(page.locator(".doc.is-editable")).to_be_focused()
    first = page.url
    for key in ("Control+End", *["Shift+ArrowLeft"] * len("night."), "t"):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_text("night.")
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Complaint")).to_be_checked()
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(first)
    expect(page.locator("mark.span")).to_have_count(0)
    ((text, values),) = arrived(letters, "keys")
    assert values["verdict"] == "complaint"
    ((start, end, label),) = values["mention"]
    assert (text[start:end], end, label) == ("night.", len(text), "time")


def test_the_caret_moves_over_a_joined_emoji_in_one_step(page: Page, letters: Effort) -> None:
    come_in(page, letters, "reader")
    start_labelling(page, letters)
    for key in (
        "Control+Home",
        *["ArrowRight"] * len("Letter 1. The ward 病房 sent "),
        "Shift+ArrowRight",
        "p",
    ):
        page.keyboard.press(key)
    expect(page.locator("mark.span")).to_have_text("👩‍⚕️")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("mark.span")).to_have_count(0)
    ((text, values),) = arrived(letters, "reader")
    ((start, end, _),) = values["mention"]
    assert text[start:end] == "👩‍⚕️"


def test_with_the_mouse_over_chinese_emoji_and_line_ends(page: Page, letters: Effort) -> None:
    come_in(page, letters, "mouse")
    start_labelling(page, letters)
    first = page.url
    for begin, end, label in (
        ("病房", "病房", "Place"),
        ("👩‍⚕️ away", "👩‍⚕️ away", "Time"),
        ("away", "The bill", "Place"),
        ("𠮷 late", "𠮷 late", "Time"),
    ):
        select_by_mouse(page, begin, end)
        page.get_by_role("button", name=label).first.click()
    page.get_by_role("radio", name="Notice").check()
    expect_saved(page)
    page.get_by_role("button", name="Submit").click()
    expect(page).not_to_have_url(first)
    ((text, values),) = arrived(letters, "mouse")
    assert values["verdict"] == "notice"
    assert sorted((text[start:end], label) for start, end, label in values["mention"]) == sorted(
        [("病房", "place"), ("👩‍⚕️ away", "time"), ("away.\r\nThe bill", "place"), ("𠮷 late", "time")]
    )


def test_what_is_saved_is_there_after_a_reload(page: Page, letters: Effort) -> None:
    come_in(page, letters, "drafts")
    start_labelling(page, letters)
    select_by_mouse(page, "账单")
    page.keyboard.press("p")
    page.get_by_role("radio", name="Complaint").check()
    expect_saved(page)
    page.reload()
    expect(page.get_by_role("radio", name="Complaint")).to_be_checked()
    expect(page.locator("mark.span")).to_have_text("账单")
    assert answers(letters, "drafts") == []


def test_skip_with_a_reason(page: Page, letters: Effort) -> None:
    come_in(page, letters, "skipper")
    start_labelling(page, letters)
    first = page.url
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("The item itself is faulty").click()
    dialog.get_by_role("button", name="Skip item").click()
    expect(page).not_to_have_url(first)
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()
    rows = letters.stack.rows("SELECT skip_reason FROM annotation_assignment WHERE outcome = 'skipped'")
    assert ("bad_item",) in rows


def test_submit_without_a_required_answer_says_so(new_page: NewPage, letters: Effort) -> None:
    page = new_page(locale="en-GB")
    come_in(page, letters, "skipper")
    page.goto("/")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("One question still needs an answer.")
