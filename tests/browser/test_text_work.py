"""Work on a text: snapping to words, labelling all the same, searching, suggestions, touch, overlapping marks."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.people import come_in, expect_saved, select_by_mouse, start_labelling
from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.browser import NewPage
from tests.support.stack import Stack

CONFIG = """<View>
  <Labels name="mention" toName="text">
    <Label value="Party" alias="party" hotkey="p"/><Label value="Thing" alias="thing" hotkey="t"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>"""
TEXT = (
    "The Lessee pays Acme Ltd. The Lessee also insures; LESSEE and Ｌｅｓｓｅｅ are one.\n"
    "承租人应当妥善保管租赁物，承租人不得转租。\nסוף"
)
PEOPLE = ("snapper", "same", "finder", "judge", "toucher", "nester")


@pytest.fixture(scope="module")
def clauses(stack: Stack) -> Effort:
    """Two items of one text, for everybody."""
    founding = Founding(
        title="Clauses at work",
        sector="legal",
        people=dict.fromkeys(PEOPLE, "annotator"),
        config=CONFIG,
        settings={"overlap": len(PEOPLE)},
    )
    effort = Effort(stack, founding)
    effort.upload(
        "clauses.jsonl", ({"text": f"{TEXT} {at}"} for at in range(2)), source="Written for the tests"
    )
    return effort


def _listed(page: Page) -> list[str]:
    return page.locator(".span-list .span-text").all_text_contents()


def _told(page: Page) -> Any:
    """What a screen reader is told."""
    return expect(page.locator("assay-workspace [aria-live=polite]").first)


def test_selections_snap_to_words_when_that_is_wanted(page: Page, clauses: Effort) -> None:
    come_in(page, clauses, "snapper")
    start_labelling(page, clauses)
    select_by_mouse(page, "esse", "esse")
    page.keyboard.press("p")
    assert _listed(page) == ["esse"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("button", name="Whole words")).to_have_attribute("aria-pressed", "true")
    _told(page).to_contain_text("whole words")
    select_by_mouse(page, "cme L", "cme L")
    page.keyboard.press("p")
    select_by_mouse(page, "善", "善")
    page.keyboard.press("t")
    assert _listed(page) == ["Acme Ltd", "妥善"]
    page.keyboard.press("Alt+s")


def test_all_the_same_get_the_label_in_one_step(page: Page, clauses: Effort) -> None:
    come_in(page, clauses, "same")
    start_labelling(page, clauses)
    select_by_mouse(page, "承租人", "承租人")
    page.keyboard.press("p")
    page.keyboard.press("Alt+a")
    _told(page).to_contain_text("1 other place now labelled Party")
    assert _listed(page) == ["承租人", "承租人"]
    page.keyboard.press("Control+z")
    expect(page.locator(".span-list li")).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".span-list li")).to_have_count(2)


def test_what_a_search_finds_is_labelled_by_a_key(page: Page, clauses: Effort) -> None:
    come_in(page, clauses, "finder")
    start_labelling(page, clauses)
    page.keyboard.press("Control+f")
    search = page.get_by_role("searchbox", name="Search in the text")
    expect(search).to_be_focused()
    page.keyboard.type("lessee")
    expect(page.locator(".find-count")).to_have_text("1 of 4")
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator(".find-count")).to_have_text("4 of 4")
    _told(page).to_contain_text("4 of 4")
    assert page.evaluate("CSS.highlights.get('assay-find').size") == 4
    page.keyboard.press("Escape")
    expect(page.locator(".doc.is-editable")).to_be_focused()
    page.keyboard.press("p")
    assert _listed(page) == ["Ｌｅｓｓｅｅ"]
    page.keyboard.press("/")
    page.keyboard.type("租人")
    expect(page.locator(".find-count")).to_have_text(re.compile("of 2"))
    page.keyboard.type("不得转让")
    expect(page.locator(".find-count")).to_have_text("Nothing found")
    page.get_by_role("button", name="Close the search").click()
    expect(search).to_have_count(0)


def test_spans_that_meet_have_lines_of_their_own(page: Page, clauses: Effort) -> None:
    come_in(page, clauses, "nester")
    start_labelling(page, clauses)
    for first, last, key in (("Lessee", "Ltd", "p"), ("Acme", "Ltd", "t"), ("pays", "Acme", "t")):
        select_by_mouse(page, first, last)
        page.keyboard.press(key)
    lanes = page.locator("mark.span").evaluate_all(
        "all => [...new Set(all.map((one) => [one.dataset.span, getComputedStyle(one).paddingBottom].join()))]"
    )
    heights: dict[str, set[str]] = {}
    for one in lanes:
        span, height = one.split(",")
        heights.setdefault(span, set()).add(height)
    assert sorted(heights.values(), key=sorted) == [{"1px"}, {"5px"}, {"9px"}]


def test_a_selection_by_touch_is_labelled_by_a_tap(new_page: NewPage, clauses: Effort) -> None:
    page = new_page(has_touch=True, viewport={"width": 820, "height": 1180})
    come_in(page, clauses, "toucher")
    start_labelling(page, clauses)
    page.locator(".doc.is-editable p").first.tap()
    page.wait_for_timeout(500)
    # As the handles of a long press leave it: no pointer event comes after.
    page.evaluate(
        """() => {
          const node = document.querySelector(".doc.is-editable p").firstChild;
          getSelection().setBaseAndExtent(node, 4, node, 10);
        }"""
    )
    expect(page.locator(".label-hint")).to_have_text("Choose a label for the selected text.")
    page.get_by_role("button", name="Party").first.tap()
    expect(page.locator(".span-list .span-text")).to_have_text(["Lessee"])


def test_suggestions_are_accepted_changed_and_dismissed_by_keys(page: Page, clauses: Effort) -> None:
    suggested = [("Lessee", "party"), ("Acme Ltd", "thing"), ("承租人", "party"), ("妥善", "thing")]
    page.route("**/label/**", lambda route: _with_suggestions(route, suggested))
    sent: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/submit"):
            sent.append(request.post_data_json or {})

    page.on("request", note)
    come_in(page, clauses, "judge")
    start_labelling(page, clauses)
    expect(page.locator("mark.is-suggested")).to_have_count(4)
    assert _listed(page) == []
    page.keyboard.press("Tab")
    _told(page).to_contain_text("Suggestion, 1 of 4, Party: Lessee")
    page.keyboard.press("Enter")
    _told(page).to_contain_text("Accepted Party: Lessee. 3 left. Next suggestion, Thing: Acme Ltd")
    page.keyboard.press("p")
    page.keyboard.press("Backspace")
    _told(page).to_contain_text("Dismissed Party: 承租人. 1 left.")
    expect(page.locator("mark.is-suggested")).to_have_text(["妥善"])
    assert _listed(page) == ["Lessee", "Acme Ltd"]
    page.keyboard.press("Control+z")
    expect(page.locator("mark.is-suggested")).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("mark.is-suggested")).to_have_count(1)
    expect_saved(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("mark.is-suggested")).to_have_count(0)
    page.wait_for_timeout(500)
    outcomes = {one["region"]: one["outcome"] for one in sent[0]["suggestions"]}
    assert outcomes == {"s0": "accepted", "s1": "changed", "s2": "dismissed", "s3": "ignored"}


def _with_suggestions(route: Route, suggested: list[tuple[str, str]]) -> None:
    """The page as it would come for an item that a model has looked at."""
    if route.request.resource_type != "document":
        return route.continue_()
    answer = route.fetch()

    def add(found: re.Match[str]) -> str:
        work = json.loads(found[2])
        text = work["item"]["data"]["text"]
        result = [_region(at, text, words, label) for at, (words, label) in enumerate(suggested)]
        work["suggestions"] = [{"id": "p1", "model": "small-1", "score": 0.9, "result": result}]
        return found[1] + json.dumps(work).replace("<", "\\u003c") + found[3]

    body = re.sub(r'(<script id="work"[^>]*>)(.*?)(</script>)', add, answer.text(), flags=re.DOTALL)
    return route.fulfill(response=answer, body=body)


def _region(at: int, text: str, words: str, label: str) -> dict[str, Any]:
    start = text.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": f"s{at}", "from_name": "mention", "to_name": "text", "type": "labels", "value": value}
