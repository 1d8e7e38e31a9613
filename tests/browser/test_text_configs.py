"""Every config of Label Studio that opens: its desk comes up with a control for each question, and no script fails."""

import json
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from annotation.formats.labelling_config import ConfigInvalid, parse_config
from tests.annotation.shared_data import SHARED, shared
from tests.browser.people import come_in
from tests.stories.effort import Effort

FOLDER = "data/labelstudio/configs"
PARTS = 4
# Sends a config as the button of the page does.
TRY = """([config, token]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/projects/new/try";
  for (const [name, value] of Object.entries({ config, csrfmiddlewaretoken: token })) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
# The questions that elements with something in them are about.
CONTROLS = """() => [...document.querySelectorAll("assay-workspace *")]
  .filter((one) => one.localName.startsWith("assay-") && one.question && one.childElementCount > 0)
  .map((one) => one.question.key)"""


def _opens(source: str) -> bool:
    try:
        parse_config(source)
    except ConfigInvalid:
        return False
    return True


def _names() -> list[str]:
    return sorted(one.name for one in (SHARED / FOLDER).glob("*.xml") if _opens(one.read_text("utf-8")))


def _asked(schema: dict[str, Any]) -> tuple[set[str], bool]:
    """The questions that are asked from the start, and whether others wait for a region."""
    conditional = {one["key"] for one in schema["questions"] if one.get("when")}
    of_regions = {one["key"] for one in schema["questions"] if one.get("per_region")}
    return {one["key"] for one in schema["questions"]} - conditional - of_regions, bool(of_regions)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_config_that_opens_comes_up_whole(page: Page, letters: Effort, part: int) -> None:
    shared(FOLDER)
    come_in(page, letters, "owner")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"{error}"))
    page.on("console", lambda said: wrong.append(said.text) if _is_error(said) else None)
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    page.goto("/projects/new")
    names = _names()[part::PARTS]
    assert len(names) > 20
    for name in names:
        wrong.clear()
        config = (SHARED / FOLDER / name).read_text("utf-8")
        with page.expect_navigation():
            page.evaluate(TRY, [config, token])
        expect(page.locator("assay-workspace .ws-head"), name).to_be_visible()
        told = page.locator("script#work").text_content()
        asked, of_regions = _asked(json.loads(told or "{}")["schema"])
        _expect_controls(page, name, asked)
        if of_regions:
            expect(page.locator("assay-region-panel"), name).to_be_attached()
        assert wrong == [], name


def _expect_controls(page: Page, name: str, asked: set[str]) -> None:
    """What is drawn comes in packs of its own, a moment after the page."""
    drawn = set[str]()
    for _ in range(100):
        drawn = set(page.evaluate(CONTROLS))
        if asked <= drawn:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{name}: no control for {sorted(asked - drawn)}")


def _is_error(said: ConsoleMessage) -> bool:
    return said.type == "error"
