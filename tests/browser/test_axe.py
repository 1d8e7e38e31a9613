"""axe-core finds no barrier on any page, in both themes and both languages.

A page does not depend on the database, so each run reads it in two of the four combinations: SQLite's run in light
English and dark Chinese, PostgreSQL's in dark English and light Chinese.
"""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.people import come_in
from tests.stories.effort import Effort, said
from tests.support.browser import NewPage
from tests.support.databases import Run

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
    client = letters.quick_person("watched")
    work = said(client.post(letters.path("next"), json={}), 200)
    come_in(reading, letters, "watched")
    found = _barriers(reading, ["/", f"/label/{work['assignment']}/"])
    for key in ("Control+End", "Shift+ArrowLeft", "p", "1"):
        reading.keyboard.press(key)
    found += _look(reading)
    for key, name in (("s", "skip"), ("?", "keys")):
        reading.keyboard.press(key)
        reading.get_by_role("dialog").wait_for()
        found += [f"{name}: {one}" for one in _look(reading)]
        reading.keyboard.press("Escape")
    assert found == []


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


def _look(page: Page) -> list[str]:
    page.evaluate(AXE)
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} | {node['failureSummary'][:300]}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
