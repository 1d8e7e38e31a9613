"""A folder of labels is read whole or refused with file and line."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.formats.label_table import LabelTable, number, read_label_table
from annotation.formats.messages import FormatError

HEAD = "item,worker,label\n"


def _folder(path: Path, labels: str | bytes, gold: str | None = None) -> Path:
    content = labels.encode() if isinstance(labels, str) else labels
    (path / "labels.csv").write_bytes(content)
    if gold is not None:
        (path / "gold.csv").write_text(gold, encoding="utf-8")
    return path


def _read(path: Path, labels: str, gold: str | None = None) -> LabelTable:
    return read_label_table(_folder(path, labels, gold))


def test_rows_keep_their_order_and_names_are_sorted(tmp_path: Path) -> None:
    table = _read(tmp_path, HEAD + "b,y,no\na,x,yes\nb,x,no\n", "item,label\nb,no\nc,perhaps\n")
    assert (table.items, table.workers, table.labels) == (("a", "b"), ("x", "y"), ("no", "yes"))
    assert (table.item.tolist(), table.worker.tolist()) == ([1, 0, 1], [1, 0, 0])
    assert table.label.tolist() == [0, 1, 0]
    assert table.gold == {"b": "no", "c": "perhaps"}


def test_columns_stand_in_any_order_beside_others_after_a_byte_order_mark(tmp_path: Path) -> None:
    table = _read(tmp_path, '\ufefflabel,when,worker,item\r\n"a, or b",1,x,"two\nlines"\r\n\r\n')
    assert (table.labels, table.workers, table.items) == (("a, or b",), ("x",), ("two\nlines",))


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "labels.csv.gz").write_bytes(gzip.compress((HEAD + "a,x,1\n").encode()))
    assert read_label_table(tmp_path).labels == ("1",)


@pytest.mark.parametrize(
    ("labels", "code", "where"),
    [
        ("", "table_columns", "labels.csv:1"),
        ("item,label\na,1\n", "table_columns", "labels.csv:1"),
        ("item,worker,label,label\n", "table_columns", "labels.csv:1"),
        (HEAD, "table_empty", "labels.csv"),
        (HEAD + "a,x,1\nb,x\n", "table_width", "labels.csv:3"),
        (HEAD + 'a,x,"1\n2"\nb,x, \n', "table_blank", "labels.csv:4"),
        (HEAD + 'a,x,1\nb,x,"1\nc,x,1\n', "table_quotes", "labels.csv:3"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(tmp_path: Path, labels: str, code: str, where: str) -> None:
    with pytest.raises(FormatError) as caught:
        _read(tmp_path, labels)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.detail
    assert caught.value.action


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="UTF-8"):
        read_label_table(_folder(tmp_path, (HEAD + "a,x,süß\n").encode("latin-1")))


def test_a_cut_gzip_file_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress((HEAD + "a,x,1\n" * 1000).encode())
    (tmp_path / "labels.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(FormatError) as caught:
        read_label_table(tmp_path)
    assert (caught.value.code, caught.value.where) == ("table_unreadable", "labels.csv.gz")


def test_a_missing_folder_a_missing_file_and_two_files_are_refused(tmp_path: Path) -> None:
    cases: list[tuple[Callable[[], Path], str]] = [
        (lambda: tmp_path / "none", "table_no_folder"),
        (lambda: tmp_path, "table_missing"),
    ]
    for prepare, code in cases:
        with pytest.raises(FormatError) as caught:
            read_label_table(prepare())
        assert caught.value.code == code
    (tmp_path / "labels.csv.gz").write_bytes(gzip.compress(HEAD.encode()))
    with pytest.raises(FormatError) as caught:
        _read(tmp_path, HEAD + "a,x,1\n")
    assert caught.value.code == "table_twice"


def test_gold_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        _read(tmp_path, HEAD + "a,x,1\n", "item,label\na,1\na,1\na,2\n")
    assert (caught.value.code, caught.value.where) == ("table_gold_twice", "gold.csv:4")


@pytest.mark.parametrize(
    ("labels", "gold", "kind"),
    [
        (["yes", "no"], [], "classes"),
        (["-1", "1"], ["1"], "classes"),
        ([str(at) for at in range(20)], ["19"], "classes"),
        ([str(at) for at in range(11)], ["3.10"], "numbers"),
        ([str(5 * at) for at in range(12)], [], "numbers"),
        (["1e300", *map(str, range(12))], [], "numbers"),
        (["nan", *map(str, range(30))], [], "classes"),
    ],
)
def test_numbers_are_told_from_codes(tmp_path: Path, labels: list[str], gold: list[str], kind: str) -> None:
    rows = "".join(f"i{at},w,{label}\n" for at, label in enumerate(labels))
    known = "".join(f"i{at},{label}\n" for at, label in enumerate(gold))
    assert _read(tmp_path, HEAD + rows, "item,label\n" + known).kind == kind


def test_numbers_are_read_in_file_order(tmp_path: Path) -> None:
    assert _read(tmp_path, HEAD + "b,x,2.5\na,x,-1\n").numbers.tolist() == [2.5, -1.0]
    with pytest.raises(FormatError, match="inf"):
        number("inf")


def test_an_empty_file_of_gold_is_no_gold(tmp_path: Path) -> None:
    assert _read(tmp_path, HEAD + "a,x,yes\n", "").gold == {}
