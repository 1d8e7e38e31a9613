"""Answers: who may give, see, change and take them back; what is refused of them."""

from typing import Any

import pytest

from tests.annotation.api.label_studio.script import House, refused, said, span

TEXT = "Ann met Bob 😀 in Rome"


@pytest.fixture
def task(house: House) -> int:
    return house.owner.load(house.owner.project(maximum_annotations=2), [{"text": TEXT}])[0]


@pytest.mark.parametrize("result", [{"a": 1}, 5, "x", None, [1], ["x"], [None], [[]], [{}, 3]])
def test_a_result_that_is_no_list_of_objects_is_400(house: House, task: int, result: Any) -> None:
    refused(house.ann.post(f"tasks/{task}/annotations/", {"result": result}), "result")
    refused(house.ann.post(f"tasks/{task}/drafts", {"result": result}), "result")
    assert house.owner.task(task)["total_annotations"] == 0
    made = house.ann.annotate(task)
    refused(house.ann.patch(f"annotations/{made['id']}/", {"result": result}), "result")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("was_cancelled", "perhaps"),
        ("was_cancelled", []),
        ("ground_truth", {}),
        ("lead_time", "long"),
        ("lead_time", []),
        ("completed_by", "x"),
        ("completed_by", 2**70),
        ("completed_by", -1),
        ("completed_by", []),
        ("completed_by", True),
        ("unique_id", "x"),
        ("parent_prediction", "x"),
        ("parent_prediction", 2**70),
        ("parent_annotation", -(2**70)),
        ("parent_annotation", []),
    ],
)
def test_a_field_of_another_type_is_400_and_named(house: House, task: int, field: str, value: Any) -> None:
    refused(house.owner.post(f"tasks/{task}/annotations/", {"result": [], field: value}), field)
    assert house.owner.task(task)["annotations"] == []


def test_an_annotator_answers_in_nobody_else_s_name(house: House, task: int) -> None:
    assert house.ben.user
    assert house.ann.user
    forged = house.ann.post(f"tasks/{task}/annotations/", {"result": [], "completed_by": house.ben.user.pk})
    refused(forged, status=403)
    made = house.ann.annotate(task, completed_by=house.ann.user.pk)
    house.ann.patch(f"annotations/{made['id']}/", {"completed_by": house.ben.user.pk})
    assert house.owner.task(task)["annotations"][0]["completed_by"]["id"] == house.ann.user.pk


def test_a_lead_brings_in_a_member_s_answer_but_no_stranger_s(house: House, task: int) -> None:
    assert house.ben.user
    assert house.other.user
    made = house.owner.annotate(task, completed_by=house.ben.user.pk)
    assert made["completed_by"] == house.ben.user.pk
    refused(
        house.owner.post(f"tasks/{task}/annotations/", {"result": [], "completed_by": house.other.user.pk}),
        "completed_by",
    )


def test_nobody_else_s_answer_is_seen_changed_or_deleted(house: House, task: int) -> None:
    made = house.ann.annotate(task, [span(TEXT, 0, 3)])
    path = f"annotations/{made['id']}/"
    for one in (house.ben, house.other):
        said(one.get(path), 404)
        said(one.patch(path, {"result": []}), 404)
        said(one.delete(path), 404)
    assert said(house.ann.get(path))["result"] == [span(TEXT, 0, 3)]


def test_ground_truth_is_switched(house: House, task: int) -> None:
    made = house.owner.annotate(task, ground_truth=True)
    assert made["ground_truth"] is True
    path = f"annotations/{made['id']}/"
    counted = said(house.owner.get(f"projects/{house.owner.task(task)['project']}/"))
    assert (counted["ground_truth_number"], counted["useful_annotation_number"]) == (1, 0)
    assert said(house.owner.patch(path, {"ground_truth": False}))["ground_truth"] is False
    assert said(house.owner.get(path))["ground_truth"] is False


def test_what_was_sent_comes_back_as_it_was(house: House, task: int) -> None:
    ours = span(TEXT, 0, 3)
    sent = [
        {**ours, "meta": {"text": ["note"]}, "score": 0.25, "zzz": None, "origin": "manual"},
        {**span(TEXT, 4, 7), "id": "r2", "value": {**span(TEXT, 4, 7)["value"], "extra": [1, 2.50, "é"]}},
        {"type": "relation", "from_id": "r0", "to_id": "r2", "direction": "right", "labels": ["met"]},
    ]
    made = house.ann.annotate(task, sent, lead_time=12.5)
    assert made["result"] == sent
    assert made["lead_time"] == 12.5
    assert house.owner.task(task)["annotations"][0]["result"] == sent


def test_offsets_are_utf_16(house: House, task: int) -> None:
    sent = span(TEXT, 18, 22)
    sent["value"]["text"] = "Rome"
    made = house.ann.annotate(task, [sent])
    assert made["result"] == [sent]
    from annotation.models import Annotation

    stored = Annotation.objects.get(assignment=made["id"]).current
    assert stored
    assert stored.result[0]["value"]["start"] == 17
    assert stored.result[0]["value"]["text"] == "Rome"


def test_label_of_no_config_is_refused(house: House, task: int) -> None:
    refused(house.ann.post(f"tasks/{task}/annotations/", {"result": [span(TEXT, 0, 3, "XYZ")]}), "XYZ")


def test_ids_are_never_used_again(house: House, task: int) -> None:
    first = house.ann.annotate(task)["id"]
    said(house.ann.delete(f"annotations/{first}/"), 204)
    assert house.ann.annotate(task)["id"] > first
    project = house.owner.task(task)["project"]
    said(house.owner.delete(f"tasks/{task}/"), 204)
    (again,) = house.owner.load(project, [{"text": TEXT}])
    assert again > task
    said(house.owner.delete(f"projects/{project}/"), 204)
    assert house.owner.project() > project


def test_a_deleted_task_s_answers_are_gone(house: House, task: int) -> None:
    made = house.ann.annotate(task)
    said(house.owner.delete(f"tasks/{task}/"), 204)
    said(house.owner.get(f"annotations/{made['id']}/"), 404)
    said(house.ann.get(f"annotations/{made['id']}/"), 404)
    said(house.ann.post(f"tasks/{task}/annotations/", {"result": []}), 404)


def test_deleting_twice_is_404(house: House, task: int) -> None:
    made = house.ann.annotate(task)
    said(house.ann.delete(f"annotations/{made['id']}/"), 204)
    said(house.ann.delete(f"annotations/{made['id']}/"), 404)
    assert said(house.ann.get(f"tasks/{task}/annotations/")) == []


def test_data_of_an_answered_task_stay(house: House, task: int) -> None:
    made = house.ann.annotate(task)
    refused(house.owner.patch(f"tasks/{task}/", {"data": {"text": "other"}}), "data")
    assert said(house.owner.patch(f"tasks/{task}/", {"meta": {"seen": 1}}))["meta"] == {"seen": 1}
    said(house.ann.delete(f"annotations/{made['id']}/"), 204)
    assert said(house.owner.patch(f"tasks/{task}/", {"data": {"text": "other"}}))["data"] == {"text": "other"}
    refused(house.owner.patch(f"tasks/{task}/", {"data": {"txt": "x"}}), "text")
    said(house.ann.patch(f"tasks/{task}/", {"meta": {}}), 403)


@pytest.mark.parametrize(
    "given",
    [
        {"result": [span(TEXT, 0, 3)], "lead_time": 3.25, "ground_truth": True},
        {"result": [], "was_cancelled": True, "lead_time": 1},
        {"result": [], "unique_id": "0b5bb9b0-9d3e-4c0a-9a87-0d6c2f4c7f3a", "parent_prediction": None},
    ],
)
def test_an_answer_is_told_as_it_is_stored(house: House, task: int, given: dict[str, Any]) -> None:
    made = house.owner.post(f"tasks/{task}/annotations/", given).json()
    stored = house.owner.get(f"annotations/{made['id']}/").json()
    assert {**made, "created_ago": ""} == {**stored, "created_ago": ""}
