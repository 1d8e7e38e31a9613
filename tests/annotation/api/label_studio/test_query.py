"""The Data Manager's query: every operator on every kind of column, orders, pages; what cannot be read is 400."""

import json
from typing import Any

import pytest

from tests.annotation.api.label_studio.script import House, Script, condition, refused, said, span

ROWS = [
    {"text": "apple pie", "n": 3, "note": "x"},
    {"text": "banana", "n": 10, "note": ""},
    {"text": "apple tart", "n": 2.5},
    {"text": "Zürich 苹果", "n": "many"},
]
Pick = tuple[list[Any], list[int]]


@pytest.fixture
def four(house: House) -> tuple[Script, int, list[int]]:
    project = house.owner.project()
    tasks = house.owner.load(project, ROWS)
    house.owner.annotate(tasks[0], [span("apple pie", 0, 5)], lead_time=4)
    house.owner.annotate(tasks[1], lead_time=8, ground_truth=True)
    said(
        house.owner.post(
            "predictions/", {"task": tasks[2], "result": [], "score": 0.5, "model_version": "m1"}
        ),
        201,
    )
    return house.owner, project, tasks


CASES: dict[str, Pick] = {
    "equal": ([condition("data.text", "equal", "banana")], [1]),
    "not_equal": ([condition("data.text", "not_equal", "banana")], [0, 2, 3]),
    "contains, in any case": ([condition("data.text", "contains", "APPLE")], [0, 2]),
    "contains Chinese": ([condition("data.text", "contains", "苹果")], [3]),
    "not_contains": ([condition("data.text", "not_contains", "apple")], [1, 3]),
    "regex": ([condition("data.text", "regex", "^apple (pie|tart)$")], [0, 2]),
    "empty": ([condition("data.note", "empty", "true")], [1, 2, 3]),
    "not empty": ([condition("data.note", "empty", "false")], [0]),
    "a key that no task has": ([condition("data.zzz", "equal", "x")], []),
    "data greater": ([condition("data.n", "greater", 2.75, "Number")], [0, 1]),
    "data less": ([condition("data.n", "less", 3, "Number")], [2]),
    "data between": ([condition("data.n", "in", {"min": 2, "max": 3}, "Number")], [0, 2]),
    "count equal": ([condition("total_annotations", "equal", 1, "Number")], [0, 1]),
    "count less": ([condition("total_annotations", "less", 1, "Number")], [2, 3]),
    "count as text": ([condition("total_annotations", "equal", "1", "Number")], [0, 1]),
    "count between": ([condition("total_annotations", "in", {"min": 1, "max": 2}, "Number")], [0, 1]),
    "count not between": ([condition("total_annotations", "not_in", {"min": 1, "max": 2}, "Number")], [2, 3]),
    "inner id": ([condition("inner_id", "greater_or_equal", 3, "Number")], [2, 3]),
    "completed": ([condition("completed_at", "empty", "false", "Datetime")], [0, 1]),
    "completed later than": (
        [condition("completed_at", "greater", "2020-01-01T00:00:00Z", "Datetime")],
        [0, 1],
    ),
    "created before": ([condition("created_at", "less", "2020-01-01T00:00:00.000Z", "Datetime")], []),
    "created between": (
        [condition("created_at", "in", {"min": "2020-01-01T00:00:00Z", "max": "2999-01-01"}, "Datetime")],
        [0, 1, 2, 3],
    ),
    "lead time": ([condition("avg_lead_time", "greater", 5, "Number")], [1]),
    "score": ([condition("predictions_score", "greater", 0.4, "Number")], [2]),
    "model": ([condition("predictions_model_versions", "contains", ["m1"], "List")], [2]),
    "no model": ([condition("predictions_model_versions", "empty", "true", "List")], [0, 1, 3]),
    "ground truth": ([condition("ground_truth", "equal", True, "Boolean")], [1]),
    "results": ([condition("annotations_results", "contains", "PER")], [0]),
    "what is not there differs from nothing": ([condition("data.note", "not_equal", "x")], [1]),
    "not equal, as a number": ([condition("data.n", "not_equal", 10, "Number")], [0, 2]),
    "equal, as a number": ([condition("data.n", "equal", "3.0", "Number")], [0]),
    "no score differs from none": ([condition("predictions_score", "not_equal", 2, "Number")], [2]),
    "none counted": ([condition("total_annotations", "empty", "true", "Number")], [2, 3]),
    "some counted": ([condition("total_predictions", "empty", "false", "Number")], [2]),
    "no results": ([condition("annotations_results", "empty", "true")], [1, 2, 3]),
    "results that say something": ([condition("annotations_results", "empty", "false")], [0]),
    "an id that is none": ([condition("annotations_ids", "equal", "12wrong")], []),
    "part of a model's name": ([condition("predictions_model_versions", "contains", ["m"], "List")], [2]),
    "anywhere in the data": ([condition("data", "contains", "苹果")], [3]),
    "the file's name": ([condition("file_upload", "contains", "nothing")], []),
    "kept elsewhere": ([condition("storage_filename", "empty", "false")], []),
    "two conditions on one line": (
        [
            {
                **condition("data.text", "contains", "apple"),
                "child_filter": condition("data.n", "greater", 2.75, "Number"),
            }
        ],
        [0],
    ),
    "nothing asked": ([], [0, 1, 2, 3]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_filter(four: tuple[Script, int, list[int]], case: str) -> None:
    owner, project, tasks = four
    filters, found = CASES[case]
    assert owner.query(project, *filters) == [tasks[at] for at in found]


def test_joined_by_or_and_by_and(four: tuple[Script, int, list[int]]) -> None:
    owner, project, tasks = four
    both = [condition("data.text", "contains", "apple"), condition("id", "greater", tasks[0], "Number")]
    assert owner.query(project, *both) == [tasks[2]]
    assert owner.query(project, *both, join="or") == tasks


def test_a_flag_of_the_data(house: House) -> None:
    owner = house.owner
    project = owner.project()
    tasks = owner.load(
        project, [{"text": "a", "ok": True}, {"text": "b", "ok": False}, {"text": "c", "ok": None}]
    )
    for value in (True, "true"):
        assert owner.query(project, condition("data.ok", "equal", value, "Boolean")) == tasks[:1]
    assert owner.query(project, condition("data.ok", "empty", "true", "Boolean")) == tasks[2:]


def test_who_changed_a_task_last(four: tuple[Script, int, list[int]]) -> None:
    owner, project, tasks = four
    assert owner.user
    assert owner.query(project, condition("updated_by", "contains", owner.user.pk, "List")) == tasks[:2]
    assert owner.query(project, condition("updated_by", "not_contains", owner.user.pk, "List")) == tasks[2:]


def test_the_annotator_s_column(four: tuple[Script, int, list[int]], house: House) -> None:
    owner, project, tasks = four
    assert owner.user
    assert owner.query(project, condition("annotators", "contains", [owner.user.pk], "List")) == tasks[:2]
    assert owner.query(project, condition("annotators", "not_contains", [owner.user.pk], "List")) == tasks[2:]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (["tasks:id"], [0, 1, 2, 3]),
        (["-tasks:id"], [3, 2, 1, 0]),
        (["tasks:data.text"], [0, 2, 1, 3]),
        (["-tasks:total_annotations", "-tasks:id"], [1, 0, 3, 2]),
        (["-tasks:inner_id"], [3, 2, 1, 0]),
        (["tasks:data.n"], [2, 0, 1, 3]),
        (["-tasks:data.note"], [0, 1, 2, 3]),
        (["tasks:predictions_score"], [2, 0, 1, 3]),
        (["-tasks:annotations_results"], [0, 1, 2, 3]),
    ],
)
def test_an_order(four: tuple[Script, int, list[int]], order: list[str], found: list[int]) -> None:
    owner, project, tasks = four
    if order == ["tasks:data.text"]:  # how databases sort what is beyond ASCII is theirs
        assert owner.query(project, condition("data.text", "regex", "^[a-z]"), ordering=order) == [
            tasks[at] for at in found[:3]
        ]
        return
    assert owner.query(project, ordering=order) == [tasks[at] for at in found]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("{", "query"),
        ("[]", "query"),
        ("5", "query"),
        ('"x"', "query"),
        ({"filters": {"conjunction": "xor", "items": []}}, "xor"),
        ({"filters": {"conjunction": "and", "items": {"a": 1}}}, "filters"),
        ({"filters": {"conjunction": "and", "items": [5]}}, "filters"),
        ({"filters": []}, ""),
        ({"filters": "x"}, "filters"),
        ({"filters": {"items": [condition("nothing", "equal", 1)]}}, "nothing"),
        ({"filters": {"items": [condition("id", "resembles", 1)]}}, "resembles"),
        ({"filters": {"items": [{**condition("id", "equal", 1), "operator": []}]}}, "operator"),
        ({"filters": {"items": [condition("id", "equal", "x", "Number")]}}, "id"),
        ({"filters": {"items": [condition("id", "equal", 2**70, "Number")]}}, ""),
        ({"filters": {"items": [condition("id", "in", 5, "Number")]}}, "id"),
        ({"filters": {"items": [condition("completed_at", "less", "soon", "Datetime")]}}, "completed_at"),
        ({"filters": {"items": [condition("data.text", "regex", "(")]}}, "data.text"),
        ({"filters": {"items": [condition("data.text", "equal", "\ud800")]}}, ""),
        ({"filters": {"items": [condition("data.text", "equal", "a\u0000b")]}}, ""),
        ({"filters": {"items": [condition("data.\u0000", "equal", "b")]}}, ""),
        ({"ordering": ["tasks:nothing"]}, "nothing"),
        ({"ordering": {}}, ""),
        ({"ordering": [5]}, "ordering"),
    ],
)
def test_a_query_that_cannot_be_read(four: tuple[Script, int, list[int]], query: Any, word: str) -> None:
    owner, project, _tasks = four
    text = query if isinstance(query, str) else json.dumps(query)
    answer = owner.get("tasks/", project=project, query=text)
    if word:
        refused(answer, word)
    else:
        assert answer.status_code in {200, 400}


COLUMNS = (
    "annotators",
    "annotations_ids",
    "updated_by",
    "id",
    "ground_truth",
    "completed_at",
    "data.text",
    "file_upload",
)
VALUES: tuple[Any, ...] = (None, "x", 5, -1, {}, [], ["x"], [5], {"min": None, "max": []}, True, 1e300, 2**65)


@pytest.mark.parametrize("column", COLUMNS)
def test_no_value_of_any_column_breaks_it(four: tuple[Script, int, list[int]], column: str) -> None:
    owner, project, _tasks = four
    for operator in ("equal", "not_equal", "contains", "regex", "less", "in", "in_list", "empty", "exists"):
        for value in VALUES:
            query = json.dumps({"filters": {"items": [condition(column, operator, value)]}})
            status = owner.get("tasks/", project=project, query=query).status_code
            assert status in {200, 400}, (operator, value)


def test_pages(four: tuple[Script, int, list[int]]) -> None:
    owner, project, tasks = four
    every = said(owner.get("tasks/", project=project, page_size=-1))
    assert [one["id"] for one in every["tasks"]] == tasks
    assert (every["total"], every["total_annotations"], every["total_predictions"]) == (4, 2, 1)
    second = said(owner.get("tasks/", project=project, page_size=3, page=2))
    assert [one["id"] for one in second["tasks"]] == tasks[3:]
    said(owner.get("tasks/", project=project, page_size=3, page=3), 404)
    for no_page in ("x", 0, 2**70):  # as its client knows that a list has ended
        said(owner.get("tasks/", project=project, page=no_page), 404)
    for name, value in (("page_size", "x"), ("project", "x")):
        refused(owner.get("tasks/", **{"project": project, name: value}), name)
    refused(owner.get("tasks/"), "project")


def test_fields_all_and_task_only(four: tuple[Script, int, list[int]]) -> None:
    owner, project, _tasks = four
    light = said(owner.get("tasks/", project=project, fields="task_only"))["tasks"][0]
    full = said(owner.get("tasks/", project=project, fields="all"))["tasks"][0]
    assert not light["annotations"]
    assert len(full["annotations"]) == 1


def test_projects_by_ids_title_and_order(owner: Script) -> None:
    first, second, third = (owner.project(title=name) for name in ("Alpha one", "Beta", "Alpha two"))
    got = said(owner.get("projects/", ids=f"{first},{second}"))
    assert {one["id"] for one in got["results"]} == {first, second}
    assert got["count"] == 2
    titled = said(owner.get("projects/", title="alpha", ordering="title"))["results"]
    assert [one["id"] for one in titled] == [first, third]
    page = said(owner.get("projects/", page_size=2, page=1, ordering="id"))
    assert page["next"]
    assert [one["id"] for one in page["results"]] == [first, second]
    said(owner.get("projects/", page="x"), 404)
    for name, value in (("ids", "x"), ("ids", "1,y"), ("ordering", "nothing")):
        refused(owner.get("projects/", **{name: value}), name)
