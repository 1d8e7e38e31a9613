"""axe-core finds no barrier on any page, in both themes and both languages.

A page does not depend on the database, so each run reads it in two of the four combinations: SQLite's run in light
English and dark Chinese, PostgreSQL's in dark English and light Chinese. On the desks, contrast is measured in both.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.brought import bring_files
from tests.browser.family import family
from tests.browser.people import come_in
from tests.browser.tries import FAMILIES, mark_something, open_try
from tests.pdf import written
from tests.stories.effort import Effort, said
from tests.support.browser import NewPage
from tests.support.databases import Run
from tests.support.stack import Stack

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PROJECT_PAGES = (
    "", "items/", "batches/", "batches/new", "guideline/", "guideline/edit", "schema/", "schema/edit", "people/",
    "disputes/", "disputes/?state=held", "disputes/?state=closed", "disputes/doubts", "disputes/second-looks",
    "disputes/rules", "releases/", "releases/new", "audit/", "settings/",
    "routing/qualification", "routing/qualification/new", "routing/qualification/grant", "routing/trust",
    "undertaking/", "undertaking/edit", "routing/", "routing/overlap", "routing/ranking/", "routing/assigning/",
    "dashboard/progress/", "dashboard/agreement/", "dashboard/differences/", "dashboard/experts/", "dashboard/todo/",
)  # fmt: skip
PAGES = {
    "": ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page"],
    "owner": [
        "/", "/me/", "/me/profile", "/projects/", "/projects/new", "/projects/new?template=blank", "/organisations/",
        "/organisations/new", "{organisation}", "{organisation}settings", "{organisation}invitations",
        "{organisation}audit", "{organisation}roster", "{organisation}credentials?state=all",
        *(f"{{project}}{page}" for page in PROJECT_PAGES), "{item}", "{batch}", "{expert}",
    ],
    "ann": ["/", "/me/credentials/new", "/me/work"],
    "judge": ["/", "/disputes/", "{dispute}"],
}  # fmt: skip

STILL = """() => document.getAnimations().every(
  (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
PAPER = """<View>
  <Labels name="term" toName="pdf"><Label value="Sum" hotkey="u"/></Labels><PDF name="pdf" value="$pdf"/>
  <TextArea name="note" toName="pdf" markdown="true" maxSubmissions="1"/>
</View>"""
AT_ONCE = 10  # pages a test, so that each has its time


@pytest.fixture(params=["English", "Chinese"])
def reading(request: pytest.FixtureRequest, new_page: NewPage, run: Run) -> Page:
    """A page in one language, in the theme that this database's run takes for it."""
    english = request.param == "English"
    dark = english != (run.database == "sqlite")
    return new_page(locale="en-GB" if english else "zh-CN", color_scheme="dark" if dark else "light")


@pytest.mark.parametrize(
    ("name", "first"), [(name, at) for name, pages in PAGES.items() for at in range(0, len(pages), AT_ONCE)]
)
def test_pages(reading: Page, settled: Effort, name: str, first: int) -> None:
    if name:
        come_in(reading, settled, name)
    addresses = _addresses(settled)
    paths = PAGES[name][first : first + AT_ONCE]
    assert _barriers(reading, [path.format(**addresses) for path in paths]) == []


def test_the_editor(reading: Page, letters: Effort) -> None:
    """An item, a selected region, each of its dialogs, the search, the guideline, an answer that changed elsewhere."""
    client = letters.quick_person("watched")
    work = said(client.post(letters.path("next"), json={}), 200)
    come_in(reading, letters, "watched")
    found = _barriers(reading, ["/", f"/label/{work['assignment']}/"])
    found += _dialogs(reading, ("s", "?", "Control+k", "Alt+k", "y"))
    for key in ("Control+End", "Shift+ArrowLeft", "p", "1"):
        reading.keyboard.press(key)
    expect(reading.locator("mark.span.is-selected")).to_have_count(1)
    found += _both(reading)
    for key in ("/", "g"):
        reading.keyboard.press(key)
    expect(reading.locator(".find-bar")).to_be_visible()
    found += [f"search and guideline: {one}" for one in _both(reading)]
    reading.reload()
    now = said(client.get(f"/api/v1/assignments/{work['assignment']}"), 200)
    draft = {"revision": (now["draft"] or {"revision": 0})["revision"], "result": [], "seconds": 1}
    said(client.put(f"/api/v1/assignments/{work['assignment']}/draft", json=draft), 200)
    reading.get_by_role("radio", checked=False).first.check()
    reading.get_by_role("dialog").wait_for()
    found += [f"changed elsewhere: {one}" for one in _both(reading)]
    assert found == []


@pytest.mark.parametrize("first", range(0, len(FAMILIES), AT_ONCE))
def test_every_family(reading: Page, settled: Effort, first: int) -> None:
    come_in(reading, settled, "owner")
    found = []
    for template in FAMILIES[first : first + AT_ONCE]:
        open_try(reading, template)
        mark_something(reading)
        found += [f"{template}: {one}" for one in _both(reading)]
    assert found == []


def test_a_document_in_pages_and_versions_of_a_draft(reading: Page, papers: Effort) -> None:
    come_in(reading, papers, "ann")
    reading.goto(f"/label/next/{papers.project}")
    reading.locator("main form button.primary").first.click()
    expect(reading.locator(".page-words span").first).to_be_attached()
    mark_something(reading)
    found = _both(reading)
    reading.get_by_role("textbox").last.fill("**x**")
    assert found + _dialogs(reading, ("Alt+Shift+v",)) == []
    # In the reader's own colours the words that lie over the picture stay unseen.
    reading.emulate_media(forced_colors="active")
    words = reading.locator(".page-words").first
    assert words.evaluate("(one) => getComputedStyle(one).color") == "rgba(0, 0, 0, 0)"


@pytest.fixture(scope="module")
def papers(stack: Stack) -> Effort:
    effort = family(stack, "Papers", PAPER)
    bring_files(effort, {"pdf": "loan.pdf"}, {"loan.pdf": written("The loan is EUR 4200.", "Due 31 May.")})
    return effort


def test_the_adjudicators_desk(reading: Page, settled: Effort) -> None:
    come_in(reading, settled, "judge")
    found = _barriers(reading, [_addresses(settled)["dispute"]])
    found += _dialogs(reading, ("?", "Control+k"))
    reading.get_by_role("radio").last.check()
    assert found + _both(reading) == []


def _addresses(effort: Effort) -> dict[str, str]:
    def first(sql: str) -> str:
        return str(effort.stack.rows(sql, effort.project)[0][0])

    project = f"/projects/{effort.project}/"
    of = "JOIN annotation_project p ON p.id = {}.project_id WHERE p.uid = ? ORDER BY {}.id LIMIT 1"
    item = first(f"SELECT i.uid FROM annotation_item i {of.format('i', 'i')}")
    batch = first(f"SELECT b.uid FROM annotation_batch b {of.format('b', 'b')}")
    expert = first(
        f"""SELECT e.uid FROM experts_expert e JOIN annotation_annotation a ON a.expert_id = e.id
        {of.format("a", "a")}"""
    )
    dispute = first(
        """SELECT d.uid FROM annotation_dispute d JOIN annotation_project p ON p.id = d.project_id
        WHERE p.uid = ? AND d.closed_at IS NULL"""
    )
    return {
        "project": project,
        "organisation": f"/organisations/{effort.organisation}/",
        "item": f"{project}items/{item}/",
        "batch": f"{project}batches/{batch}/",
        "expert": f"{project}people/experts/{expert}/",
        "dispute": f"/disputes/{dispute}/",
    }


def _dialogs(page: Page, keys: Sequence[str]) -> list[str]:
    """What is found on each dialog that these keys open."""
    found = []
    for key in keys:
        page.keyboard.press(key)
        page.get_by_role("dialog").wait_for()
        found += [f"{key}: {one}" for one in _both(page)]
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    return found


def _both(page: Page) -> list[str]:
    """Everything in the theme that is on, and the contrast in the other."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = _look(page)
    page.emulate_media(color_scheme="light" if dark else "dark")
    found += [f"{'light' if dark else 'dark'}: {one}" for one in _look(page, ["wcag143"])]
    page.emulate_media(color_scheme="dark" if dark else "light")
    return found


def _barriers(page: Page, paths: list[str]) -> list[str]:
    """What axe finds on these pages, a line each."""
    found = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if "no-such" in path else 200), path
        page.wait_for_load_state("networkidle")
        found += [f"{path}: {one}" for one in _look(page)]
    return found


def _look(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    # A colour on its way to another is neither.
    page.wait_for_function(STILL)
    page.evaluate(AXE)
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} | {node['failureSummary'][:300]}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
