"""A script for Label Studio, and people in a browser, make gold together."""

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import come_in
from tests.stories import label_studio_script
from tests.stories.effort import Effort, said
from tests.stories.founding import Founding
from tests.support.stack import Stack

PEOPLE = {"ann": "annotator", "ben": "annotator", "cleo": "annotator", "judge": "adjudicator"}


@pytest.fixture(scope="module")
def scripted(stack: Stack) -> Effort:
    """An organisation; its script makes the project."""
    return Effort(
        stack,
        Founding(title="Scripted", sector="legal", people=PEOPLE, config=label_studio_script.CONFIG),
    )


def _run(effort: Effort, act: str, name: str, *more: str) -> list[str]:
    """The script, as a program of its own, with the key of a person."""
    key = said(effort.quick_person(name).get("/api/current-user/token"), 200)["token"]
    done = subprocess.run(
        [sys.executable, label_studio_script.__file__, effort.stack.url, act, key, *more],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=180,
    )
    return done.stdout.splitlines()


def _settled(effort: Effort, project: str) -> list[dict[str, Any]]:
    (told,) = _run(effort, "gold", "owner", project)
    found: list[dict[str, Any]] = json.loads(told)
    return found


def test_a_script_labels_a_person_settles_and_the_script_takes_the_gold(page: Page, scripted: Effort) -> None:
    (project,) = _run(scripted, "begin", "owner")
    assert len(_run(scripted, "label", "ann", project, "calm,calm,calm")) == 3
    assert len(_run(scripted, "label", "ben", project, "cross,calm")) == 2
    assert len(_run(scripted, "label", "cleo", project, "calm,calm")) == 1

    # Agreement is measured while they label, and two of three are settled without anybody.
    ((uid,),) = scripted.stack.rows("SELECT uid FROM annotation_project WHERE id = ?", int(project))
    owner = scripted.quick_person("owner")

    def figures() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = said(owner.get(f"/api/v1/projects/{uid}/agreement"), 200)["results"]
        return found

    scripted.stack.until(lambda: any(one["question"] == "tone" for one in figures()), 60)
    scripted.stack.until(lambda: len(_settled(scripted, project)) == 2, 60)

    come_in(page, scripted, "judge")
    page.goto("/disputes/")
    page.locator("a.quiet-link").first.click()
    expect(page.locator(".side")).to_have_count(2)
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="cross")).to_be_checked()
    page.locator("#assay-rationale").fill("Late is cross.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    scripted.stack.until(lambda: len(_settled(scripted, project)) == 3, 60)

    for task, text, place in zip(
        _settled(scripted, project), label_studio_script.TEXTS, label_studio_script.PLACES, strict=True
    ):
        (answer,) = task["annotations"]
        assert task["data"] == {"text": text}
        assert answer["ground_truth"] is True
        by_name = {one["from_name"]: one for one in answer["result"]}
        assert by_name["mention"]["value"] == label_studio_script.region(text, place)["value"]
        is_first = text == label_studio_script.TEXTS[0]
        assert by_name["tone"]["value"]["choices"] == ["cross" if is_first else "calm"]
        settled = task["meta"]["assay"]["settled"]
        assert settled["tone"] == ("adjudicated" if is_first else "unanimous")
