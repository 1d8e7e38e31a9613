"""Keys, the palette of commands, a person's own keys, and the guideline beside the text."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import CONFIG, GUIDELINE, text
from tests.browser.people import come_in
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack

PEOPLE = ("finder", "chinese", "mapper", "quiet", "reader", "composer", "holder", "quick")


@pytest.fixture(scope="module")
def keyed(stack: Stack) -> Effort:
    """Items that each of these people may have."""
    effort = Effort(
        stack,
        Founding(
            title="Keyed letters",
            sector="legal",
            people=dict.fromkeys(PEOPLE, "annotator"),
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": len(PEOPLE), "lease_minutes": 30},
        ),
    )
    effort.upload("letters.jsonl", ({"text": text(at)} for at in range(1, 4)), source="Written for the tests")
    return effort


def begin(page: Page, effort: Effort, name: str) -> None:
    """Open an item, in any language."""
    come_in(page, effort, name)
    page.goto(f"/label/next/{effort.project}")
    page.locator("main form button.primary").first.click()
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()
    expect(page.locator(".doc.is-editable")).to_be_focused()  # its commands are there


def chosen(page: Page) -> Locator:
    """The option of the palette that Enter would run."""
    return page.locator('[role=option][aria-selected="true"]')


def test_a_command_is_found_and_run_by_the_keyboard_alone(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "finder")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Command")
    expect(box).to_be_focused()
    page.keyboard.type("compl")
    expect(chosen(page)).to_contain_text("Complaint")
    expect(box).to_have_attribute("aria-activedescendant", chosen(page).get_attribute("id") or "?")
    expect(page.locator("assay-command-palette [role=status]")).to_have_text(re.compile("[0-9]+ command"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Complaint")).to_be_checked()
    expect(page.locator(".doc.is-editable")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("no such thing")
    expect(page.locator("assay-command-palette [role=status]")).to_have_text("No command is called that.")
    page.keyboard.press("Escape")
    expect(page.locator(".doc.is-editable")).to_be_focused()


def test_in_chinese_a_command_is_found_by_its_english_name_too(new_page: NewPage, keyed: Effort) -> None:
    page = new_page(locale="zh-CN")
    begin(page, keyed, "chinese")
    for words in ("标注规范", "guideline"):
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        # The English words are loaded when the palette is opened.
        expect(page.locator("[role=option]", has_text="显示或隐藏标注规范")).to_be_visible(timeout=15_000)
        page.keyboard.press("Escape")


def test_a_palette_that_is_opened_again_at_once_has_its_commands(page: Page, keyed: Effort) -> None:
    """A browser tells of closing in a task of its own, which may come after the next opening."""
    begin(page, keyed, "quick")
    page.keyboard.press("Control+k")
    expect(chosen(page)).to_be_visible()
    page.evaluate("""() => {
        document.querySelector("assay-command-palette dialog").close()
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "k", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true}))
    }""")
    page.keyboard.type("compl")
    expect(chosen(page)).to_contain_text("Complaint")
    page.keyboard.press("Escape")
    expect(page.locator(".doc.is-editable")).to_be_focused()


def test_what_an_input_method_takes_is_no_key(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "composer")
    press = """(more) => document.querySelector("h1").dispatchEvent(new KeyboardEvent("keydown",
        {key: "1", code: "Digit1", bubbles: true, cancelable: true, ...more}))"""
    page.evaluate(press, {"isComposing": True})
    page.evaluate(press, {"keyCode": 229, "key": "Process"})
    page.evaluate(press, {"ctrlKey": True, "altKey": True, "modifierAltGraph": True, "key": "¹"})
    expect(page.get_by_role("radio", name="Complaint")).not_to_be_checked()
    page.evaluate(press, {})
    expect(page.get_by_role("radio", name="Complaint")).to_be_checked()


def test_every_page_finds_the_others(page: Page, keyed: Effort) -> None:
    come_in(page, keyed, "finder")
    page.goto("/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Find a page")
    expect(box).to_be_focused()
    page.keyboard.type("no such page")
    expect(page.locator("#palette [role=status]")).to_have_text("No page is called that.")
    box.fill("work")
    expect(page.locator("#palette [role=status]")).to_have_text(re.compile("Pages found: [1-9]"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/me/work$"))


def test_a_key_is_changed_taken_from_another_and_there_after_a_reload(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "mapper")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").get_by_role("button", name="Change keys").click()
    dialog = page.get_by_role("dialog", name="Change keys")
    row = dialog.locator('[data-command="work.skip"]')
    row.get_by_role("button", name=re.compile("^Change the key of Skip the item")).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(row.get_by_role("alert")).to_contain_text("cannot be given away")
    page.keyboard.press("p")
    expect(row.get_by_role("alert")).to_contain_text("P is the key of “Place”")
    row.get_by_role("button", name="Give it to Skip the item").click()
    expect(row.locator("kbd")).to_have_text("P")
    expect(dialog.get_by_text("Kept", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("button", name="Skip")).to_have_attribute("aria-keyshortcuts", "P")
    expect(page.get_by_role("button", name="Place").first).not_to_have_attribute(
        "aria-keyshortcuts", re.compile("P")
    )
    page.locator(".doc.is-editable").focus()
    page.keyboard.press("p")
    expect(page.get_by_role("dialog", name="Skip this item")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+k")
    dialog.get_by_role("button", name="Reset all").click()
    expect(row.locator("kbd")).to_have_text("S")


def test_keys_of_one_sign_can_be_turned_off(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "quiet")
    page.keyboard.press("Alt+k")
    page.get_by_role("checkbox", name=re.compile("Keys of one letter or digit")).uncheck()
    expect(page.get_by_text("Kept", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("1")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("radio", name="Complaint")).not_to_be_checked()
    expect(page.locator(".options kbd")).to_have_count(0)
    page.reload()
    expect(page.locator(".doc.is-editable")).to_be_focused()
    expect(page.locator(".options kbd")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("skip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Skip this item")).to_be_visible()


def test_the_guideline_is_searched_linked_and_tells_what_changed(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "reader")
    page.keyboard.press("g")
    panel = page.locator("#assay-guideline")
    panel.get_by_role("button", name="Mark as read").click()
    expect(panel).to_contain_text("You have read version 1.")
    expect(panel.get_by_role("region", name="Guideline")).to_be_focused()
    page.keyboard.press("Alt+g")
    page.keyboard.type("places")
    expect(panel.get_by_role("status")).to_have_text("1 of 1")
    newer = GUIDELINE.replace("Mark places and times", "Mark places, times and sums")
    owner = keyed.person("owner")
    owner.post(f"/projects/{keyed.project}/guideline/edit", data={"text": newer})
    page.reload()
    changes = panel.locator(".guideline-changes")
    expect(changes).to_contain_text("Changed since version 1, which you read last.")
    expect(changes.locator("ins")).to_contain_text(["sums"])
    expect(panel.locator('[id="clause-2.1"]')).to_contain_text("changed")
    changes.get_by_role("link", name="Open clause 2.1").click()
    expect(panel.locator('[id="clause-2.1"]')).to_be_focused()
    panel.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("The guideline changed since you last read it.")).to_be_visible()
    page.get_by_role("button", name="Show what changed").click()
    expect(changes.locator("> summary")).to_be_focused()
    page.keyboard.press("Alt+r")
    expect(panel).to_contain_text("You have read version 2.")
    expect(changes).to_have_count(0)
    page.reload()
    expect(panel).to_contain_text("You have read version 2.")
    page.goto(f"{page.url}#clause-1.1")
    page.reload()
    expect(panel.locator('[id="clause-1.1"]')).to_be_focused()


def test_a_key_that_is_held_down_submits_one_item(page: Page, keyed: Effort) -> None:
    begin(page, keyed, "holder")
    first = page.url
    page.get_by_role("radio", name="Complaint").check()
    page.keyboard.down("Control")
    page.keyboard.down("Enter")
    expect(page).not_to_have_url(first)
    for _again in range(3):
        page.wait_for_timeout(200)
        page.keyboard.down("Enter")
    told = page.locator(".ws-trouble .notice")
    expect(told).to_have_count(0)
    page.keyboard.up("Enter")
    page.keyboard.press("Enter")
    expect(told).to_have_count(1)
    page.keyboard.up("Control")
