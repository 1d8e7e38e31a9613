"""axe-core finds no barrier on any page, in both themes and both languages.

A page is loaded once a language, read, and read again in the other theme. Which pages there are the URL resolver says
(`opened.py`); the desks are read with everything that keys open on them.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation.web.projects.dashboard.pages import SECTIONS
from tests.browser.brought import bring_files
from tests.browser.family import family
from tests.browser.opened import NOBODY, ROUTES, Opened, opened
from tests.browser.people import come_in
from tests.browser.tries import FAMILIES, mark_something, open_try
from tests.pdf import written
from tests.stories.effort import Effort, said
from tests.support.browser import NewPage
from tests.support.stack import Stack

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES = ("light", "dark")
MORE = (
    ("owner", "web:project-new", "?template=blank"),
    ("owner", "web:project-disputes", "?state=held"),
    ("owner", "web:project-disputes", "?state=closed"),
    ("owner", "web:verification", "?state=all"),
    ("owner", "web:dispute", ""),
    ("owner", "decided", ""),
    ("adjudicator", "decided", ""),
    ("owner", "web:my-work", ""),
    ("annotator", "web:home", ""),
    ("annotator2", "web:label-next", ""),
    ("adjudicator", "web:home", ""),
    (NOBODY, "core:invitation", ""),
    *(("owner", "web:dashboard", f"../{section}/") for section in SECTIONS),
)
"""What some addresses show besides: in another state, or to somebody else."""
WRONG = {404: ("owner", "no-such-page"), 403: ("annotator", "web:settings")}
# On the page, once everything that it fetches is there; a colour on its way to another is neither.
STILL = """() => document.readyState === "complete" && !document.querySelector(".htmx-request")
  && ![...document.querySelectorAll("assay-workspace, assay-adjudication, assay-answers")]
    .some((one) => !one.firstElementChild)
  && document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
PAPER = """<View>
  <Labels name="term" toName="pdf"><Label value="Sum" hotkey="u"/></Labels><PDF name="pdf" value="$pdf"/>
  <TextArea name="note" toName="pdf" markdown="true" maxSubmissions="1"/>
</View>"""
AT_ONCE = 10  # pages a test, so that each has its time


@pytest.fixture(params=["en-GB", "zh-CN"])
def reading(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """A page in one language."""
    return new_page(locale=request.param, color_scheme="light")


@pytest.fixture(scope="session")
def scene(stack: Stack) -> Opened:
    return opened(stack)


@pytest.mark.parametrize("first", range(0, len(ROUTES), 2 * AT_ONCE))
def test_pages(reading: Page, scene: Opened, first: int) -> None:
    """Of every route that answers with a page."""
    found = []
    for route in ROUTES[first : first + 2 * AT_ONCE]:
        reader = scene.reader(route)
        if reader is not None:
            scene.come_in(reading, reader)
            found += _barriers(reading, scene.addresses[route])
    assert found == []


@pytest.mark.parametrize("first", range(0, len(MORE), AT_ONCE))
def test_pages_in_another_state(reading: Page, scene: Opened, first: int) -> None:
    found = []
    for name, route, more in MORE[first : first + AT_ONCE]:
        scene.come_in(reading, name)
        found += _barriers(reading, scene.addresses[route] + more)
    assert found == []


def test_errors(reading: Page, scene: Opened) -> None:
    found = []
    for status, (name, place) in WRONG.items():
        scene.come_in(reading, name)
        found += _barriers(reading, scene.addresses.get(place, f"/{place}"), status)
    language = reading.evaluate("document.documentElement.lang")
    reading.route("**/broken", lambda route: route.fulfill(status=500, body=scene.broken[language]))
    assert found + _barriers(reading, "/broken", 500) == []


def test_few_routes_have_no_page(scene: Opened) -> None:
    """Otherwise the tests above would look at nothing."""
    assert sum(scene.reader(route) is not None for route in ROUTES) >= 75


def test_the_editor(reading: Page, letters: Effort) -> None:
    """An item, a selected region, each of its dialogs, the search, the guideline, an answer that changed elsewhere."""
    client = letters.quick_person("watched")
    work = said(client.post(letters.path("next"), json={}), 200)
    come_in(reading, letters, "watched")
    found = _barriers(reading, f"/label/{work['assignment']}/")
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
    sql = """SELECT d.uid FROM annotation_dispute d JOIN annotation_project p ON p.id = d.project_id
        WHERE p.uid = ? AND d.closed_at IS NULL"""
    found = _barriers(reading, f"/disputes/{settled.stack.rows(sql, settled.project)[0][0]}/")
    found += _dialogs(reading, ("?", "Control+k"))
    reading.get_by_role("radio").last.check()
    assert found + _both(reading) == []


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


def _barriers(page: Page, address: str, status: int = 200) -> list[str]:
    """What axe finds at an address, a line each."""
    answer = page.goto(address)
    assert answer
    assert answer.status == status, address
    return [f"{address}: {one}" for one in _both(page)]


def _both(page: Page) -> list[str]:
    """What axe finds on the page as it is, in each theme."""
    page.evaluate(AXE)
    found = []
    for theme in THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        page.wait_for_function(STILL)
        found += [f"{theme}: {one}" for one in _look(page)]
    return found


def _look(page: Page) -> list[str]:
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} | {node['failureSummary'][:300]}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
