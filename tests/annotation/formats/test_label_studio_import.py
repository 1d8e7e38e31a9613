"""What Label Studio's import takes, and how the rest is refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.formats.label_studio_import import tasks_of, tasks_of_file, tasks_of_json
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.messages import FormatError
from tests.annotation.shared_data import SHARED

EXPORTS = [
    path for path in sorted((SHARED / "data/labelstudio/exports").glob("*.json")) if "PARSED" not in path.name
]
DATA = {"text": "Ann"}
RESULT = [{"from_name": "tone", "type": "choices", "value": {"choices": ["good"]}}]


def texts(tasks: list[BroughtTask]) -> list[Any]:
    return [task.data["text"] for task in tasks]


def test_data_alone_one_object_and_whole_tasks() -> None:
    annotation = {
        "id": 9,
        "result": RESULT,
        "completed_by": {"email": "a@b.c"},
        "lead_time": 1.5,
        "extra": [1],
    }
    whole = {
        "id": 3,
        "data": DATA,
        "meta": {"a": 1},
        "annotations": [annotation],
        "predictions": None,
        "drafts": [],
    }
    assert tasks_of(DATA) == tasks_of([DATA]) == [BroughtTask(DATA)]
    assert tasks_of([whole]) == [BroughtTask(DATA, {"a": 1}, [annotation], rest={"id": 3})]


def test_predictions_that_an_export_names_by_number_are_kept_apart() -> None:
    (task,) = tasks_of({"data": DATA, "annotations": [], "predictions": [4, 5], "drafts": [6]})
    assert (task.predictions, task.drafts, task.rest) == ([], [], {"predictions": [4, 5], "drafts": [6]})


def one(part: str, **about: Any) -> dict[str, Any]:
    return {"data": DATA, part: [{"result": [], **about}]}


REFUSED: list[tuple[Any, str, str | None]] = [
    (5, "import_not_tasks", None),
    ([], "import_no_tasks", None),
    ([DATA, 5], "import_wanted_object", "tasks[1]"),
    ([DATA, {}], "row_empty", "tasks[1]"),
    ({"data": {}}, "row_empty", "tasks[0].data"),
    ({"data": "Ann"}, "import_wanted_object", "tasks[0].data"),
    ({"data": DATA, "meta": [1]}, "import_wanted_object", "tasks[0].meta"),
    ({"data": DATA, "annotations": {}}, "import_wanted_list", "tasks[0].annotations"),
    ({"data": DATA, "annotations": [1]}, "import_wanted_object", "tasks[0].annotations[0]"),
    ({"data": DATA, "annotations": [{}]}, "import_wanted_list", "tasks[0].annotations[0].result"),
    (
        {"data": DATA, "annotations": [{"result": "x"}]},
        "import_wanted_list",
        "tasks[0].annotations[0].result",
    ),
    (
        {"data": DATA, "annotations": [{"result": [1]}]},
        "import_wanted_object",
        "tasks[0].annotations[0].result[0]",
    ),
    ({"data": DATA, "predictions": [1, {"result": []}]}, "import_wanted_object", "tasks[0].predictions[0]"),
    (one("predictions", score="1"), "import_wanted_number", "tasks[0].predictions[0].score"),
    (one("predictions", model_version=3), "import_wanted_text", "tasks[0].predictions[0].model_version"),
    (one("annotations", lead_time=True), "import_wanted_number", "tasks[0].annotations[0].lead_time"),
    (one("annotations", ground_truth="no"), "import_wanted_truth", "tasks[0].annotations[0].ground_truth"),
    (one("annotations", completed_by="x"), "import_wanted_person", "tasks[0].annotations[0].completed_by"),
    (one("drafts", completed_by={"email": 5}), "import_wanted_person", "tasks[0].drafts[0].completed_by"),
    ({"text": "\ud800"}, "lone_surrogate", "tasks[0].text"),
    (
        {"data": DATA, "annotations": [{"result": [{"a\x00": 1}]}]},
        "nul_character",
        "tasks[0].annotations[0].result[0]",
    ),
]


@pytest.mark.parametrize(("value", "code", "where"), REFUSED, ids=[str(row[2]) + row[1] for row in REFUSED])
def test_what_is_refused_and_where(value: object, code: str, where: str | None) -> None:
    with pytest.raises(FormatError) as refused:
        tasks_of(value)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert refused.value.detail
    assert refused.value.action


BROKEN: list[tuple[bytes, str]] = [
    (b"", "import_no_tasks"),
    (b"\xef\xbb\xbf \n", "import_no_tasks"),
    (b"[{", "json_broken"),
    (b'[{"text": NaN}]', "json_not_finite"),
    (b'[{"text": 1e999}]', "json_not_finite"),
    (b'[{"text": "a", "text": "b"}]', "json_duplicate_key"),
    (b'[{"text": "\xff"}]', "encoding_invalid"),
    ('[{"text": "a"}]'.encode("utf-16"), "encoding_utf16"),
    (b'[{"text": "\\ud800"}]', "lone_surrogate"),
    (b'[{"text":' + b"[" * 200 + b"]" * 200 + b"}]", "json_too_deep"),
    (b"[" * 100_000, "json_too_deep"),
]


@pytest.mark.parametrize(("encoded", "code"), BROKEN, ids=[f"{at}-{row[1]}" for at, row in enumerate(BROKEN)])
def test_broken_json(encoded: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        tasks_of_json(encoded)
    assert refused.value.code == code


def test_the_word_for_an_error() -> None:
    with pytest.raises(
        FormatError, match=r"^tasks\[1\]\.annotations\[0\]\.result: Must be a list of objects\.$"
    ):
        tasks_of([DATA, {"data": DATA, "annotations": [{}]}])


def test_a_task_that_is_too_large_is_named() -> None:
    with pytest.raises(FormatError) as refused:
        tasks_of_json(json.dumps([DATA, {"text": "a" * 16_000_001}]).encode())
    assert (refused.value.code, refused.value.where) == ("row_too_large", "tasks[1]")


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("mark", [b"", MARK])
def test_files(mark: bytes) -> None:
    def read(name: str, content: bytes) -> list[BroughtTask]:
        return tasks_of_file(name, mark + content, text_key="text")

    assert read("a.JSON", b'{"text": "a"}') == [BroughtTask({"text": "a"})]
    assert read("a.csv", b'text,n\r\n"a, ""b""\r\nc",007\r\n') == [
        BroughtTask({"text": 'a, "b"\r\nc', "n": "007"})
    ]
    assert read("a.b.tsv", "text\tlang\n张三\tzh\n".encode()) == [BroughtTask({"text": "张三", "lang": "zh"})]
    assert texts(read("a.txt", " one \r\n\n二\u2028😀".encode())) == [" one ", "二\u2028😀"]


FILES = [
    ("a.exe", b"MZ", "import_format", None),
    ("noending", b"", "import_format", None),
    ("a.csv", b"", "file_empty", "line 1"),
    ("a.csv", b"text\n", "import_no_tasks", None),
    ("a.csv", b"text,n\na,1\nb\n", "row_short", "line 3"),
    ("a.csv", b"text,text\na,1\n", "header_duplicate", "line 1"),
    ("a.csv", b'text\na\n"b\n', "csv_quote_open", "line 3"),
    ("a.tsv", b"text\n\xff\n", "encoding_invalid", "line 2"),
    ("a.txt", b"a\n\xff\n", "encoding_invalid", "line 2"),
    ("a.txt", b"\n \n", "import_no_tasks", None),
    ("a.txt", "ab".encode("utf-16"), "encoding_utf16", None),
]


@pytest.mark.parametrize(
    ("name", "content", "code", "where"), FILES, ids=[f"{row[0]}-{row[2]}" for row in FILES]
)
def test_files_that_are_refused(name: str, content: bytes, code: str, where: str | None) -> None:
    with pytest.raises(FormatError) as refused:
        tasks_of_file(name, content, text_key="text")
    assert (refused.value.code, refused.value.where) == (code, where)
    assert refused.value.detail


def test_an_unknown_ending_is_named() -> None:
    with pytest.raises(FormatError, match="exe"):
        tasks_of_file("t.exe", b"MZ", text_key="text")


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_files_of_label_studio_come_in_whole(path: Any) -> None:
    content = path.read_bytes()
    rows = json.loads(content)
    tasks = tasks_of_json(content)
    for row, task in zip(rows if isinstance(rows, list) else [rows], tasks, strict=True):
        assert task.data == row.get("data", row)
        assert task.annotations == (row.get("annotations") or [] if "data" in row else [])


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "annotations", "result", "meta", "predictions", "x"]), part, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(value=ANY)
def test_anything_is_taken_or_refused(value: Any) -> None:
    try:
        tasks = tasks_of_json(json.dumps(value).encode())
    except FormatError:  # and nothing else
        return
    assert tasks
