"""Imports: files of every kind, what comes with tasks, whom answers name; all of it or nothing."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.annotation.api.label_studio.script import CLS, House, Script, choice, refused, said, span
from tests.cast import drain

TEXT = "Ann met Bob"


def file(name: str, content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def data(owner: Script, project: int) -> list[dict[str, Any]]:
    """The data of all tasks, in order."""
    return [one["data"] for one in said(owner.get("tasks/", project=project, page_size=-1))["tasks"]]


FILES: dict[str, tuple[str, bytes, list[dict[str, Any]]]] = {
    "CSV": (
        "t.csv",
        b'text,n\n"a, ""b""",1\n"two\nlines",2\n',
        [{"text": 'a, "b"', "n": "1"}, {"text": "two\nlines", "n": "2"}],
    ),
    "CSV with a BOM": ("t.csv", "\ufefftext,n\n苹果,1\n".encode(), [{"text": "苹果", "n": "1"}]),
    "CSV of Windows": (
        "t.csv",
        b"text,n\r\na,1\r\nb,2\r\n",
        [{"text": "a", "n": "1"}, {"text": "b", "n": "2"}],
    ),
    "TSV": ("t.tsv", "text\tn\nä,ö\t1\n".encode(), [{"text": "ä,ö", "n": "1"}]),
    "TXT": ("t.txt", "one\ntwo 😀\n".encode(), [{"text": "one"}, {"text": "two 😀"}]),
    "JSON": ("t.json", b'[{"text": "a"}, {"data": {"text": "b"}}]', [{"text": "a"}, {"text": "b"}]),
    "JSON of one": ("t.json", b'{"text": "a"}', [{"text": "a"}]),
    "capitals": ("T.JSON", b'[{"text": "a"}]', [{"text": "a"}]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file(owner: Script, name: str) -> None:
    called, content, expected = FILES[name]
    project = owner.project()
    told = said(owner.upload(f"projects/{project}/import", file(called, content)), 201)
    assert (told["task_count"], len(told["file_upload_ids"])) == (len(expected), 1)
    found = data(owner, project)
    assert [{key: str(value) for key, value in one.items()} for one in found] == expected


def test_several_files_at_once(owner: Script) -> None:
    project = owner.project()
    files = [file("a.json", '[{"text": "1"}]'), file("b.csv", "text\n2\n"), file("c.txt", "3\n")]
    told = said(owner.upload(f"projects/{project}/import", *files, return_task_ids="true"), 201)
    assert told["task_count"] == len(told["task_ids"]) == 3
    assert told["found_formats"] == {".json": 1, ".csv": 1, ".txt": 1}
    assert sorted(str(one["text"]) for one in data(owner, project)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("called", "content"),
    [
        ("t.exe", b"MZ"),
        ("t", b"x"),
        ("t.json", b"{"),
        ("t.json", b""),
        ("t.json", b"5"),
        ("t.json", b'["x"]'),
        ("t.json", b'[{"text": "\\ud800"}]'),
        ("t.json", b'[{"text": "a\\u0000b"}]'),
        ("t.json", b"[" * 100_000),
        ("t.csv", b""),
        ("t.csv", b"text\n\xff\xfe\n"),
        ("t.csv", b"text\na\x00b\n"),
        ("t.csv", b"txt\nx\n"),
        ("t.txt", b"\xff\xff\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_400_and_leaves_nothing(
    owner: Script, called: str, content: bytes
) -> None:
    project = owner.project()
    refused(
        owner.upload(
            f"projects/{project}/import", file("good.json", '[{"text": "a"}]'), file(called, content)
        )
    )
    assert data(owner, project) == []


@pytest.mark.parametrize(
    ("task", "word"),
    [
        ({"txt": "x"}, "text"),
        ({"data": {"txt": "x"}}, "text"),
        ({"data": []}, "data"),
        ({"data": "x"}, ""),
        ({"data": None}, ""),
        (5, ""),
        (None, ""),
        ([], ""),
        ({"data": {"text": "x"}, "annotations": {}}, "annotations"),
        ({"data": {"text": "x"}, "annotations": [5]}, "annotations"),
        ({"data": {"text": "x"}, "annotations": [{}]}, "result"),
        ({"data": {"text": "x"}, "annotations": [{"result": None}]}, "result"),
        ({"data": {"text": "x"}, "annotations": [{"result": [5]}]}, "result"),
        ({"data": {"text": "x"}, "annotations": [{"result": [], "completed_by": []}]}, "completed_by"),
        ({"data": {"text": "x"}, "annotations": [{"result": [], "completed_by": 2**70}]}, "completed_by"),
        (
            {
                "data": {"text": "x"},
                "annotations": [{"result": [], "completed_by": {"email": "no@no.example"}}],
            },
            "no@no.example",
        ),
        ({"data": {"text": "x"}, "annotations": [{"result": [], "completed_by": 99_999_999}]}, "99999999"),
        ({"data": {"text": "x"}, "annotations": [{"result": [], "lead_time": "x"}]}, "lead_time"),
        ({"data": {"text": "x"}, "predictions": {}}, "predictions"),
        ({"data": {"text": "x"}, "predictions": ["x"]}, "predictions"),
        ({"data": {"text": "x"}, "predictions": [{"score": 1}]}, "result"),
        ({"data": {"text": "x"}, "predictions": [{"result": [], "score": "high"}]}, "score"),
        ({"data": {"text": "x"}, "meta": 5}, "meta"),
    ],
)
def test_one_bad_task_keeps_all_out(owner: Script, task: Any, word: str) -> None:
    project = owner.project()
    refused(owner.post(f"projects/{project}/import", [{"text": "good"}, task]), word)
    assert data(owner, project) == []
    assert said(owner.get(f"projects/{project}/"))["task_number"] == 0


def test_what_comes_with_tasks(house: House) -> None:
    assert house.ann.user
    assert house.ben.user
    region = span(TEXT, 0, 3)
    answers = [
        {
            "id": 77,
            "result": [region],
            "completed_by": {"email": house.ann.user.email.upper()},
            "lead_time": 2.5,
        },
        {"result": [], "completed_by": house.ben.user.pk, "was_cancelled": True, "ground_truth": False},
        {"result": [], "completed_by": {"id": house.ben.user.pk}, "ground_truth": False},
        {"result": []},
    ]
    predictions = [{"result": [region], "score": 0.25, "model_version": "m"}, {"result": []}]
    project = house.owner.project(maximum_annotations=2)
    sent = [{"data": {"text": TEXT}, "meta": {"a": [1]}, "annotations": answers, "predictions": predictions}]
    told = said(house.owner.post(f"projects/{project}/import", sent, return_task_ids=1), 201)
    assert (told["task_count"], told["annotation_count"], told["prediction_count"]) == (1, 4, 2)
    task = house.owner.task(told["task_ids"][0])
    assert [one["completed_by"]["email"] for one in task["annotations"]] == [
        house.ann.user.email,
        house.ben.user.email,
        house.ben.user.email,
        house.owner.user.email if house.owner.user else "",
    ]
    first, skipped, _second, last = task["annotations"]
    assert (first["import_id"], first["result"], first["lead_time"]) == (77, [region], 2.5)
    assert (skipped["was_cancelled"], skipped["ground_truth"], last["ground_truth"]) == (True, False, True)
    assert (task["total_annotations"], task["cancelled_annotations"], task["total_predictions"]) == (3, 1, 2)
    assert task["is_labeled"] is True
    drain()


def test_the_same_twice_is_there_twice(owner: Script) -> None:
    project = owner.project()
    first = owner.load(project, [{"text": "a"}, {"text": "a"}])
    second = owner.load(project, [{"text": "a"}])
    assert data(owner, project) == [{"text": "a"}] * 3
    assert [owner.task(one)["inner_id"] for one in (*first, *second)] == [1, 2, 3]


def test_a_json_export_comes_in_again(house: House) -> None:
    project = house.owner.project(CLS)
    (task,) = house.owner.load(
        project, [{"data": {"text": "x"}, "predictions": [{"result": [choice("news")], "score": 0.5}]}]
    )
    house.ann.annotate(task, [choice("sport")], lead_time=3)
    exported = b"".join(house.owner.get(f"projects/{project}/export", exportType="JSON").streaming_content)
    again = house.owner.project(CLS)
    (back,) = house.owner.load(again, json.loads(exported))
    told = house.owner.task(back)
    assert told["annotations"][0]["result"] == [choice("sport")]
    assert told["annotations"][0]["completed_by"]["id"] == (house.ann.user.pk if house.ann.user else 0)
    assert told["predictions"][0]["score"] == 0.5


def test_strange_numbers_and_keys_come_back(owner: Script) -> None:
    project = owner.project()
    sent = {"text": "x", "n": [0.1, 1e-7, -0.0, 12345678901234567890, None, True], "": {"é 中": "😀"}}
    (task,) = owner.load(project, [{"data": sent}])
    assert owner.task(task)["data"] == sent


def test_a_task_is_made_and_deleted_alone(owner: Script) -> None:
    project = owner.project()
    made = said(owner.post("tasks/", {"project": project, "data": {"text": "x"}, "meta": {"a": 1}}), 201)
    assert (made["data"], made["meta"], made["inner_id"]) == ({"text": "x"}, {"a": 1}, 1)
    for field, value in (("project", None), ("project", "x"), ("project", 2**70), ("data", [])):
        refused(owner.post("tasks/", {"project": project, "data": {"text": "x"}, field: value}), field)
    said(owner.post("tasks/", {"project": 99_999_999, "data": {"text": "x"}}), 404)
    said(owner.delete(f"tasks/{made['id']}/"), 204)
    said(owner.get(f"tasks/{made['id']}/"), 404)
