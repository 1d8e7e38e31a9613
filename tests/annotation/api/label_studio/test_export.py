"""Exports: every format, what they are narrowed by, snapshots and their conversions."""

import csv
import io
import json
from typing import Any

import pytest

from tests.annotation.api.label_studio.script import CLS, House, Script, choice, condition, refused, said

Full = tuple[Script, int, list[int]]


@pytest.fixture
def full(house: House) -> Full:
    """Three tasks: one answered, one skipped with a ground truth, one bare."""
    project = house.owner.project(CLS)
    tasks = house.owner.load(project, [{"text": "a"}, {"text": "b"}, {"text": "c"}])
    house.ann.annotate(tasks[0], [choice("news")], lead_time=1.5)
    house.ann.annotate(tasks[1], was_cancelled=True)
    house.owner.annotate(tasks[1], [choice("sport")], ground_truth=True)
    return house.owner, project, tasks


def body(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def exported(full: Full, **query: Any) -> list[Any]:
    return list(json.loads(body(full[0].get(f"projects/{full[1]}/export", **query))))


def test_annotated_tasks_or_all_or_those_named(full: Full) -> None:
    _owner, _project, tasks = full
    assert [one["id"] for one in exported(full)] == tasks[:2]
    assert [one["id"] for one in exported(full, download_all_tasks="true")] == tasks
    assert [one["id"] for one in exported(full, **{"ids[]": [tasks[2], tasks[0]]})] == [tasks[0], tasks[2]]
    assert [one["id"] for one in exported(full, ids=f"{tasks[1]}")] == [tasks[1]]
    refused(full[0].get(f"projects/{full[1]}/export", ids="x"), "ids")


def test_the_shape_of_json(full: Full) -> None:
    first, second = exported(full, export_type="JSON")
    (answer,) = first["annotations"]
    assert (answer["result"], answer["lead_time"]) == ([choice("news")], 1.5)
    assert isinstance(answer["completed_by"], int)
    assert answer["was_cancelled"] is answer["ground_truth"] is False
    assert (second["total_annotations"], second["cancelled_annotations"]) == (1, 1)


def test_tables_drop_skips_and_have_a_row_an_answer(full: Full) -> None:
    assert [(one["text"], one["topic"]) for one in exported(full, exportType="JSON_MIN")] == [
        ("a", "news"),
        ("b", "sport"),
    ]
    for name, by in (("CSV", ","), ("TSV", "\t")):
        text = body(full[0].get(f"projects/{full[1]}/export", exportType=name)).decode()
        rows = list(csv.DictReader(io.StringIO(text), delimiter=by))
        assert [(row["text"], row["topic"]) for row in rows] == [("a", "news"), ("b", "sport")]


def test_every_format_that_is_listed_is_written(full: Full) -> None:
    owner, project, _tasks = full
    listed = said(owner.get(f"projects/{project}/export/formats"))
    assert {one["name"] for one in listed} >= {"JSON", "JSON_MIN", "CSV", "TSV", "CONLL2003", "COCO"}
    for one in listed:
        assert owner.get(f"projects/{project}/export", exportType=one["name"]).status_code == 200


@pytest.mark.parametrize("name", ["NOPE", "JSONX", "../x", "x" * 5000, "\u0000"])
def test_an_unknown_format_is_400(full: Full, name: str) -> None:
    owner, project, _tasks = full
    refused(owner.get(f"projects/{project}/export", exportType=name), "exportType")
    made = said(owner.post(f"projects/{project}/exports/", {}), 201)["id"]
    refused(owner.get(f"projects/{project}/exports/{made}/download", exportType=name))
    refused(owner.post(f"projects/{project}/exports/{made}/convert", {"export_type": name}))


def test_the_life_of_a_snapshot(full: Full) -> None:
    owner, project, tasks = full
    made = said(owner.post(f"projects/{project}/exports/", {"title": "Monday"}), 201)
    assert (made["title"], made["status"]) == ("Monday", "completed")
    path = f"projects/{project}/exports/{made['id']}"
    assert [one["id"] for one in said(owner.get(f"projects/{project}/exports/"))] == [made["id"]]
    owner.annotate(tasks[2], [choice("other")])
    kept = json.loads(body(owner.get(f"{path}/download", exportType="JSON")))
    assert [len(one["annotations"]) for one in kept] == [1, 2, 0], "it is as it was"
    converted = said(owner.post(f"{path}/convert", {"export_type": "CSV"}))
    assert converted["export_type"] == "CSV"
    assert said(owner.get(f"{path}/"))["converted_formats"][0]["status"] == "completed"
    assert body(owner.get(f"{path}/download", exportType="CSV")).startswith(b'"annotation_id"')
    said(owner.delete(f"{path}/"), 204)
    said(owner.get(f"{path}/"), 404)


OPTIONS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "only with annotations": ({"task_filter_options": {"only_with_annotations": True}}, [1, 2]),
    "annotated only": ({"task_filter_options": {"annotated": "only"}}, [1, 2]),
    "skipped only": ({"task_filter_options": {"skipped": "only"}}, [2]),
    "skipped not": ({"task_filter_options": {"skipped": "exclude"}}, [1, 0]),
    "finished only": ({"task_filter_options": {"finished": "only"}}, [1, 2]),
    "finished not": ({"task_filter_options": {"finished": "exclude"}}, [0]),
    "no kind is every kind": ({"annotation_filter_options": {"usual": False}}, [1, 2, 0]),
    "no skips": (
        {"annotation_filter_options": {"usual": True, "ground_truth": True, "skipped": False}},
        [1, 1, 0],
    ),
    "no truth": (
        {"annotation_filter_options": {"usual": True, "ground_truth": False, "skipped": True}},
        [1, 1, 0],
    ),
    "nulls": (
        {"task_filter_options": None, "annotation_filter_options": None, "serialization_options": None},
        [1, 2, 0],
    ),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_snapshot_is_narrowed(full: Full, name: str) -> None:
    owner, project, _tasks = full
    options, counts = OPTIONS[name]
    made = said(owner.post(f"projects/{project}/exports/", options), 201)["id"]
    kept = json.loads(body(owner.get(f"projects/{project}/exports/{made}/download")))
    assert [len(one["annotations"]) for one in kept] == counts


def test_a_snapshot_of_a_view_and_whole_authors(full: Full) -> None:
    owner, project, tasks = full
    filters = {"conjunction": "and", "items": [condition("data.text", "equal", "a")]}
    view = said(owner.post("dm/views/", {"project": project, "data": {"filters": filters}}), 201)["id"]
    for only_id in (True, False):
        given = {
            "task_filter_options": {"view": view},
            "serialization_options": {"annotations__completed_by": {"only_id": only_id}},
        }
        made = said(owner.post(f"projects/{project}/exports/", given), 201)["id"]
        (task,) = json.loads(body(owner.get(f"projects/{project}/exports/{made}/download")))
        assert task["id"] == tasks[0]
        assert isinstance(task["annotations"][0]["completed_by"], int) is only_id


@pytest.mark.parametrize(
    "given",
    [
        {"title": []},
        {"task_filter_options": 5},
        {"task_filter_options": {"view": "x"}},
        {"task_filter_options": {"view": 2**70}},
        {"annotation_filter_options": []},
        {"serialization_options": "x"},
        [],
        5,
    ],
)
def test_options_that_make_no_sense_are_400(full: Full, given: Any) -> None:
    refused(full[0].post(f"projects/{full[1]}/exports/", given))


def test_strange_but_harmless_options(full: Full) -> None:
    strange: list[dict[str, Any]] = [
        {"task_filter_options": {"skipped": [], "finished": {}, "annotated": 5}},
        {"serialization_options": {"annotations__completed_by": 5}},
        {"task_filter_options": {"view": []}},
    ]
    for given in strange:
        assert full[0].post(f"projects/{full[1]}/exports/", given).status_code in {201, 400}


def test_only_who_sees_the_work_exports(full: Full, house: House) -> None:
    _owner, project, _tasks = full
    made = said(house.owner.post(f"projects/{project}/exports/", {}), 201)["id"]
    for path in ("export", "exports/", f"exports/{made}/", f"exports/{made}/download"):
        said(house.ann.get(f"projects/{project}/{path}"), 403)
        said(house.other.get(f"projects/{project}/{path}"), 404)
    elsewhere = house.owner.project()
    said(house.owner.get(f"projects/{elsewhere}/exports/{made}/"), 404)
