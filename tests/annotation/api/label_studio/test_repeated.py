"""An answer that is sent again because nobody heard that it was stored: there is one, and it comes back."""

from typing import Any

import pytest

from tests.annotation.api.label_studio.script import CLS, House, choice, refused, said

NAME = "00000000-0000-4000-8000-000000000007"
NEWS: dict[str, Any] = {"result": [choice("news")], "unique_id": NAME, "lead_time": 2}


@pytest.mark.django_db
def test_it_comes_back_as_it_was(ours_house: tuple[House, int, int]) -> None:
    scripts, project, task = ours_house
    first = scripts.ann.annotate(task, **NEWS)
    assert scripts.ann.annotate(task, **{**NEWS, "lead_time": 3}) == first
    refused(scripts.ann.post(f"tasks/{task}/annotations/", {**NEWS, "result": []}), "unique_id")
    refused(scripts.ann.post(f"tasks/{task}/annotations/", {**NEWS, "was_cancelled": True}), "unique_id")
    assert said(scripts.owner.get(f"projects/{project}/"))["total_annotations_number"] == 1


@pytest.mark.django_db
def test_a_name_is_of_one_person_and_one_task(ours_house: tuple[House, int, int]) -> None:
    scripts, project, task = ours_house
    (other,) = scripts.owner.load(project, [{"text": "Another."}])
    made = [
        scripts.ann.annotate(task, **NEWS),
        scripts.ben.annotate(task, **NEWS),
        scripts.ann.annotate(other, **NEWS),
    ]
    assert len({one["id"] for one in made}) == 3
    assert {one["unique_id"] for one in made} == {NAME}


@pytest.mark.django_db
def test_what_was_taken_back_may_be_given_anew(ours_house: tuple[House, int, int]) -> None:
    scripts, _project, task = ours_house
    first = scripts.ann.annotate(task, **NEWS)
    said(scripts.ann.delete(f"annotations/{first['id']}/"), 204)
    second = scripts.ann.annotate(task, **NEWS)
    assert second["id"] != first["id"]
    assert scripts.ann.annotate(task, **NEWS) == second


@pytest.mark.django_db
def test_a_skip_comes_back_too(ours_house: tuple[House, int, int]) -> None:
    scripts, project, task = ours_house
    skip: dict[str, Any] = {"result": [], "was_cancelled": True, "unique_id": NAME}
    assert scripts.ann.annotate(task, **skip) == scripts.ann.annotate(task, **skip)
    assert said(scripts.owner.get(f"projects/{project}/"))["skipped_annotations_number"] == 1


@pytest.fixture
def ours_house(house: House) -> tuple[House, int, int]:
    """People, a project for two of them, and its task."""
    project = house.owner.project(CLS, maximum_annotations=2)
    (task,) = house.owner.load(project, [{"text": "Clause 1."}])
    return house, project, task
