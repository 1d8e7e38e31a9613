"""Predictions: stored as sent, refused where the config does not ask, shown to whom the project shows them."""

from typing import Any

import pytest

from tests.annotation.api.label_studio.script import House, refused, said, span

TEXT = "Ann met Bob"
REGION = span(TEXT, 0, 3)


@pytest.fixture
def task(house: House) -> int:
    return house.owner.load(house.owner.project(), [{"text": TEXT}])[0]


@pytest.mark.parametrize(
    "region",
    [
        {**REGION, "from_name": "nothing"},
        {**REGION, "to_name": "nowhere"},
        {**REGION, "type": "choices"},
        {**REGION, "value": {"start": 0, "end": 3, "labels": ["XYZ"]}},
        {**REGION, "value": {"start": 0, "end": 3000, "labels": ["PER"]}},
        {**REGION, "value": {"start": "x", "end": [], "labels": ["PER"]}},
        {**REGION, "value": 5},
    ],
)
def test_what_the_config_does_not_ask_is_refused(house: House, task: int, region: Any) -> None:
    refused(house.owner.post("predictions/", {"task": task, "result": [region]}))
    project = house.owner.task(task)["project"]
    many = [{"task": task, "result": [REGION]}, {"task": task, "result": [region]}]
    refused(house.owner.post(f"projects/{project}/import/predictions", many))
    assert said(house.owner.get("predictions/", task=task)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("task", None),
        ("task", "x"),
        ("task", 2**70),
        ("task", -1),
        ("result", {}),
        ("result", "x"),
        ("result", [1]),
        ("score", "high"),
        ("score", []),
        ("model_version", []),
        ("model_version", "x" * 101),
    ],
)
def test_a_field_of_another_type_is_400_and_named(house: House, task: int, field: str, value: Any) -> None:
    given = {"task": task, "result": [REGION], field: value}
    refused(house.owner.post("predictions/", given), field)
    project = house.owner.task(task)["project"]
    refused(house.owner.post(f"projects/{project}/import/predictions", [given]), field)


def test_many_at_once_or_none(house: House, task: int) -> None:
    project = house.owner.task(task)["project"]
    path = f"projects/{project}/import/predictions"
    one = {"task": task, "result": [REGION], "score": 0.5, "model_version": "m"}
    assert said(house.owner.post(path, [one, one]), 201) == {"created": 2}
    assert said(house.owner.post(path, []), 201) == {"created": 0}
    elsewhere = house.owner.load(house.owner.project(), [{"text": TEXT}])[0]
    refused(house.owner.post(path, [one, {**one, "task": elsewhere}]), "task")
    refused(house.owner.post(path, {"task": task}))
    assert len(said(house.owner.get("predictions/", task=task))) == 2
    assert len(said(house.owner.get("predictions/", project=project))) == 2


def test_one_is_changed_and_deleted(house: House, task: int) -> None:
    made = said(house.owner.post("predictions/", {"task": task, "result": [REGION], "score": 0.5}), 201)
    path = f"predictions/{made['id']}/"
    changed = said(house.owner.patch(path, {"score": 0.75, "model_version": "m2"}))
    assert (changed["score"], changed["model_version"], changed["result"]) == (0.75, "m2", [REGION])
    refused(house.owner.patch(path, {"result": [{**REGION, "from_name": "nothing"}]}))
    said(house.ann.delete(path), 404)
    said(house.owner.delete(path), 204)
    said(house.owner.get(path), 404)
    assert house.owner.task(task)["total_predictions"] == 0


def test_only_a_lead_brings_them_in(house: House, task: int) -> None:
    given = {"task": task, "result": [REGION]}
    said(house.ann.post("predictions/", given), 403)
    project = house.owner.task(task)["project"]
    said(house.ann.post(f"projects/{project}/import/predictions", [given]), 403)
    said(house.other.post("predictions/", given), 404)


def test_an_annotator_sees_them_where_the_project_shows_them(house: House) -> None:
    for shown in (True, False):
        project = house.owner.project(show_collab_predictions=shown)
        tasks = [{"data": {"text": TEXT}, "predictions": [{"result": [REGION], "score": 0.5}]}]
        (task,) = house.owner.load(project, tasks)
        seen = said(house.ann.get(f"projects/{project}/next"))
        assert seen["id"] == task
        assert bool(seen["predictions"]) is shown
        assert bool(house.ann.task(task)["predictions"]) is shown
        assert said(house.ann.get("predictions/", project=project)) == []
        assert bool(house.owner.task(task)["predictions"])
