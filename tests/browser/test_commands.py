"""Every action has a key, shown on it: on the desk of every family, and by the keys of what has the focus."""

import io
import re
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family, open_first
from tests.browser.people import come_in
from tests.browser.tries import FAMILIES, mark_something, open_try
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack

UNSHOWN = {
    ".span-go, .relation-go, .version-go, .turn-select, .turn-chip": "rows of a list: Tab and Enter are their keys",
    ".span-row:not(.is-selected) .span-remove": "its key takes away what is selected",
    ".pick-remove": "what is picked from a tree is taken back where it was picked",
    ".key-button, .key-row .link-button": "rows of the table of keys: each shows the key of what it changes",
    ".key-settings .actions .button:first-of-type": "taking back all of one's own keys is not for a key",
}
"""Buttons without a key of their own, and why."""
BARE = """([root, unshown]) => [...document.querySelectorAll(`${root} :is(button, [role=button])`)]
  .filter((one) => one.checkVisibility() && !one.matches(unshown))
  .filter((one) => root.includes("dialog") || !one.closest("dialog"))
  .filter((one) => {
    one.focus({ preventScroll: true });
    const caps = [...one.querySelectorAll("kbd")];
    // What is out of use cannot have the focus, which some wait for with their caps.
    const shows = one.disabled ? caps.length > 0 : caps.some((cap) => cap.checkVisibility());
    return !one.hasAttribute("aria-keyshortcuts") || !shows;
  })
  .map((one) => one.outerHTML.replace(/<!--.*?-->|\\s+/g, " ").slice(0, 200))"""
RATED = """<View>
  <Text name="first" value="$first"/><Text name="second" value="$second"/>
  <Labels name="name" toName="first"><Label value="Name" hotkey="n"/></Labels>
  <Labels name="sum" toName="second"><Label value="Sum" hotkey="u"/></Labels>
  <Rating name="clear" toName="first" maxRating="3"/><Rating name="kind" toName="first" maxRating="3"/>
</View>"""
FULL = """<View>
  <Text name="text" value="$text"/>
  <Labels name="word" toName="text"><Label value="Word"/></Labels>
  <Relations><Relation value="before"/></Relations>
  <Choices name="kind" toName="text" choice="single"><Choice value="List"/><Choice value="Prose"/></Choices>
  <RectangleLabels name="part" toName="scan"><Label value="Stamp"/></RectangleLabels>
  <Image name="scan" value="$scan"/>
  <TextArea name="told" toName="text" markdown="true"/>
</View>"""
WORDS = [f"w{at:03d}" for at in range(60)]
AT_ONCE = 6


def bare(page: Page, root: str = "assay-workspace") -> list[str]:
    """The buttons in sight that do not show their key, each looked at with the focus on it."""
    page.keyboard.press("Shift")  # the focus is seen as a person's at the keyboard
    return list(page.evaluate(BARE, [root, ", ".join(UNSHOWN)]))


def come_back(page: Page, effort: Effort) -> None:
    """To the item on the desk, whether or not it was begun."""
    page.goto("/")
    card = page.get_by_role("article").filter(has_text=effort.founding.title)
    card.get_by_role("button", name=re.compile("Start labelling|Continue")).click()
    expect(page.locator("assay-workspace .ws-head")).to_be_visible()


def suggested() -> list[dict[str, Any]]:
    """Every word, each related to the next, a kind and an area."""

    def region(name: str, to: str, kind: str, value: dict[str, Any], key: str) -> dict[str, Any]:
        return {"id": key, "from_name": name, "to_name": to, "type": kind, "value": value}

    box = {"x": 10, "y": 20, "width": 30, "height": 25, "rotation": 0, "rectanglelabels": ["Stamp"]}
    return [
        *(
            region(
                "word",
                "text",
                "labels",
                {"start": at * 5, "end": at * 5 + 4, "text": one, "labels": ["Word"]},
                one,
            )
            for at, one in enumerate(WORDS)
        ),
        *(
            region(
                "relations",
                "text",
                "relation",
                {"from_id": one, "to_id": other, "direction": "right", "labels": ["before"]},
                f"{one}-{other}",
            )
            for one, other in pairwise(WORDS)
        ),
        region("kind", "text", "choices", {"choices": ["List"]}, "kind"),
        region("part", "scan", "rectanglelabels", box, "part"),
    ]


@pytest.mark.parametrize("first", range(0, len(FAMILIES), AT_ONCE))
def test_every_button_of_a_desk_tells_its_key(page: Page, settled: Effort, first: int) -> None:
    come_in(page, settled, "owner")
    found = {}
    for template in FAMILIES[first : first + AT_ONCE]:
        open_try(page, template)
        mark_something(page)
        found[template] = bare(page)
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.fixture(scope="module")
def full(stack: Stack) -> Effort:
    """An item with a guideline beside it, suggestions of every sort, more marks and relations than a list shows."""
    effort = Effort(
        stack,
        Founding(
            title="Full desk",
            sector="legal",
            people={"ann": "annotator"},
            config=FULL,
            guideline="# 1. What it is\n\n1.1 A word has four signs.\n\n# 2. Marks\n\n2.1 Mark all.",
            settings={"overlap": 1, "lease_minutes": 30, "suggestions": True},
        ),
    )
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    row = {
        "text": " ".join(WORDS),
        "scan": "scan.png",
        "_predictions": [{"model": "small-1", "score": 0.75, "result": suggested()}],
    }
    bring_files(effort, row, {"scan.png": file.getvalue()})
    return effort


def test_every_button_of_a_full_desk_shows_its_key(page: Page, full: Effort) -> None:
    come_in(page, full, "ann")
    come_back(page, full)
    if not page.locator(".ws-guideline").is_visible():
        page.locator("h1").first.focus()
        page.keyboard.press("g")
    expect(page.locator(".clause-link").first).to_be_visible()
    expect(page.get_by_role("button", name="Show", exact=True)).to_have_count(1)
    assert bare(page) == []

    # The key shows what is suggested on the picture, the nearest to the focus.
    show = page.get_by_role("button", name="Show", exact=True)
    page.keyboard.press("Alt+Shift+h")
    expect(show).to_have_attribute("aria-pressed", "true")

    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text("1–25 of 60")).to_be_visible()
    expect(page.locator(".relation-row")).to_have_count(50)
    assert bare(page) == []
    page.keyboard.press("Alt+.")
    expect(page.get_by_text("26–50 of 60")).to_be_visible()
    page.keyboard.press("Alt+,")
    expect(page.get_by_text("1–25 of 60")).to_be_visible()
    page.keyboard.press("Alt+Shift+f")
    expect(page.locator(".relation-row")).to_have_count(59)

    # The link to the clause that is read is copied, and said so.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Alt+Shift+c")
    expect(page.locator("p[role=status]").first).to_contain_text("clause 1")


def test_every_button_of_a_dialog_shows_its_key(page: Page, full: Effort) -> None:
    come_in(page, full, "ann")
    come_back(page, full)
    found = {}
    for key in ("?", "Alt+k", "y", "s", "Alt+Shift+v"):
        page.locator("h1").first.focus()
        page.keyboard.press(key)
        dialog = page.locator("dialog[open]")
        expect(dialog).to_have_count(1)
        found[key] = bare(page, "dialog[open]")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    assert {key: bad for key, bad in found.items() if bad} == {}


def test_a_skip_and_a_version_are_settled_by_a_key(page: Page, full: Effort) -> None:
    come_in(page, full, "ann")
    come_back(page, full)
    page.locator("textarea").first.fill("A first draft.")
    page.keyboard.press("Alt+Shift+k")
    dialog = page.get_by_role("dialog", name="Versions of this draft")
    dialog.get_by_label("Name").fill("First")
    page.keyboard.press("Alt+Shift+k")
    expect(dialog.get_by_role("status")).to_have_text("The version is kept.")
    page.keyboard.press("Escape")
    page.locator("textarea").first.fill("A second draft.")
    page.keyboard.press("Alt+Shift+z")
    dialog.locator(".version-go").first.click()
    expect(dialog.get_by_role("button", name="Take this version back")).to_be_enabled()
    page.keyboard.press("Alt+Shift+z")
    expect(page.locator("textarea").first).to_have_value("A first draft.")

    # It does nothing before the dialog has asked why.
    page.keyboard.press("Alt+Shift+Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("h1").first.focus()
    page.keyboard.press("s")
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.keyboard.press("Alt+Shift+Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("textarea")).to_have_count(0)


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
