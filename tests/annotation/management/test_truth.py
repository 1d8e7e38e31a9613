"""`manage.py truth`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.algorithms.truth import METHODS, Labels, fit
from annotation.algorithms.truth.plain import plain_json
from annotation.algorithms.truth.report import as_json
from tests.annotation.management.pipes import Shut

HEAD = "item,worker,label\n"
ROWS = "".join(
    f"i{item},w{worker},{'yes' if item % 2 else 'no'}\n" for item in range(8) for worker in range(3)
)
GOLD = "item,label\n" + "".join(f"i{item},{'yes' if item % 2 else 'no'}\n" for item in range(6))


def _folder(path: Path, labels: str, gold: str | None = None) -> Path:
    (path / "labels.csv").write_text(HEAD + labels, encoding="utf-8")
    if gold is not None:
        (path / "gold.csv").write_text(gold, encoding="utf-8")
    return path


def _run(folder: Path, **options: Any) -> tuple[str, dict[str, Any]]:
    said, file = io.StringIO(), folder / "out.json"
    call_command("truth", folder, json=file, stdout=said, stderr=io.StringIO(), **options)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return said.getvalue(), found


def test_it_prints_the_accuracy_and_writes_every_item(tmp_path: Path) -> None:
    said, found = _run(_folder(tmp_path, ROWS + "i9,w0,yes\ni9,w1,no\n", GOLD + "i9,yes\n"))
    assert "26 labels of 9 items by 3 workers" in said
    assert (found["method"], found["items"], found["labels"], found["workers"]) == ("default", 9, 26, 3)
    assert found["known"] == 7
    assert [row["item"] for row in found["per_item"]] == [*(f"i{at}" for at in range(8)), "i9"]
    first = found["per_item"][0]
    assert (first["answer"], first["posterior"]) == ("no", max(first["probabilities"].values()))
    assert {worker["worker"] for worker in found["per_worker"]} == {"w0", "w1", "w2"}
    for worker in found["per_worker"]:
        assert 0 <= worker["low"] < worker["reliability"] < worker["high"] <= 1


def test_a_tie_scores_its_share_and_names_the_tied(tmp_path: Path) -> None:
    _, found = _run(
        _folder(tmp_path, "a,x,1\na,y,0\nb,x,1\nb,y,1\n", "item,label\na,1\nb,1\n"), method="majority"
    )
    assert found["accuracy"] == 0.75
    assert found["per_item"][0]["tied"] == ["0", "1"]
    assert "tied" not in found["per_item"][1]


def test_gold_that_nobody_gave_scores_nothing_and_gold_of_unknown_items_is_passed_over(
    tmp_path: Path,
) -> None:
    _, found = _run(_folder(tmp_path, "a,x,1\na,y,1\nb,x,0\n", "item,label\na,perhaps\nb,0\nz,1\n"))
    assert (found["known"], found["accuracy"]) == (2, 0.5)


def test_without_gold_it_says_so(tmp_path: Path) -> None:
    said, found = _run(_folder(tmp_path, ROWS, "item,label\n"))
    assert "gold.csv" in said
    assert "accuracy" not in found


def test_all_methods_side_by_side(tmp_path: Path) -> None:
    said, found = _run(_folder(tmp_path, ROWS, GOLD), method="all")
    assert tuple(found["methods"]) == METHODS
    for name in METHODS:
        assert name in said
        assert found["methods"][name]["accuracy"] == 1.0


def test_numbers_have_errors_instead(tmp_path: Path) -> None:
    rows = "".join(f"i{at},w{who},{at * 7.5 + who}\n" for at in range(12) for who in range(3))
    gold = "item,label\n" + "".join(f"i{at},{at * 7.5 + 1}\n" for at in range(12))
    said, found = _run(_folder(tmp_path, rows, gold), method="all")
    assert "mean absolute error" in said
    assert found["methods"]["mean"]["mean_absolute_error"] == pytest.approx(0)
    assert found["methods"]["weighted"]["per_item"][3] == {
        "item": "i11",
        "answer": pytest.approx(83.5, abs=0.2),
        "standard_error": pytest.approx(0, abs=0.5),
    }
    _, classes = _run(tmp_path, kind="classes")
    assert "accuracy" in classes


def test_the_order_of_the_rows_changes_no_byte(tmp_path: Path) -> None:
    lines = (ROWS + "i9,w0,yes\ni9,w1,no\ni3,w2,no\n").splitlines(keepends=True)
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, rows in ((one, lines), (two, lines[::-1])):
        folder.mkdir()
        _run(_folder(folder, "".join(rows), GOLD), method="all")
    assert (one / "out.json").read_bytes() == (two / "out.json").read_bytes()


@pytest.mark.parametrize(
    ("labels", "options", "words"),
    [
        ("a,x,1\nb,x\n", {}, "labels.csv:3: "),
        ("", {}, "labels.csv: "),
        ("a,x,1\n", {"method": "vote"}, "vote"),
        ("a,x,1\n", {"method": "mean"}, "mean"),
        ("a,x,yes\n", {"kind": "numbers"}, "yes"),
        ("a,x,1.5\n", {"kind": "numbers", "method": "mace"}, "mace"),
    ],
)
def test_bad_input_is_refused_in_words(
    tmp_path: Path, labels: str, options: dict[str, str], words: str
) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        _run(_folder(tmp_path, labels), **options)
    assert caught.value.returncode == 1


def test_more_classes_than_memory_holds_are_answered_by_the_majority(tmp_path: Path) -> None:
    rows = "".join(
        f"i{at},w{who},note {at + (who == 2 and at % 2)}\n" for at in range(5000) for who in range(4)
    )
    _folder(tmp_path, rows, "item,label\n" + "".join(f"i{at},note {at}\n" for at in range(5000)))
    said, found = _run(tmp_path)
    assert "too many to learn" in said
    assert (found["method"], found["accuracy"], found["known"]) == ("majority", 1.0, 5000)
    by_item = {row["item"]: row for row in found["per_item"]}
    assert by_item["i1"]["probabilities"] == {"note 1": 0.75, "note 2": 0.25}
    assert (by_item["i1"]["answer"], by_item["i1"]["posterior"]) == ("note 1", 0.75)
    worst = min(found["per_worker"], key=lambda one: one["agreement"])
    assert worst["worker"] == "w2"
    assert 0 < worst["low"] < worst["agreement"] < worst["high"] < 1
    assert "reliability" not in worst  # it is another figure
    assert "Least agreed with" in said
    assert "Least reliable" not in said
    assert "too many" not in _run(tmp_path, method="majority")[0]
    assert [*_run(tmp_path, method="all")[1]["methods"]] == ["majority"]
    with pytest.raises(CommandError, match="too large for 5,001 different labels"):
        _run(tmp_path, method="dawid_skene")


def test_the_plain_majority_is_the_majority(tmp_path: Path) -> None:
    labels = Labels.from_triples(
        [("a", "x", "1"), ("a", "y", "0"), ("b", "x", "1"), ("b", "y", "1"), ("b", "z", "2")]
    )
    plain, full = (
        plain_json(labels, {"a": "1", "b": "1"}),
        as_json(fit(labels, "majority"), {"a": "1", "b": "1"}),
    )
    assert set(plain) == set(full)
    assert {**plain, "per_worker": 0} == {**full, "per_worker": 0}


def test_an_answer_of_which_nobody_saw_another_is_not_certain(tmp_path: Path) -> None:
    _, found = _run(_folder(tmp_path, "a,x,yes\na,y,yes\nb,x,yes\n"))
    assert [row["posterior"] for row in found["per_item"]] == [pytest.approx(4 / 5)] * 2


def test_one_of_each_is_said_in_the_singular(tmp_path: Path) -> None:
    said, _ = _run(_folder(tmp_path, "a,x,1\n"), method="majority")
    assert "1 label of 1 item by 1 worker" in said


def test_the_file_is_written_also_where_nobody_reads_the_lines(tmp_path: Path) -> None:
    file = _folder(tmp_path, ROWS) / "out.json"
    with pytest.raises(BrokenPipeError):
        call_command("truth", tmp_path, json=file, stdout=Shut(), stderr=io.StringIO())
    assert json.loads(file.read_text(encoding="utf-8"))["items"] == 8


def test_a_missing_folder_and_a_file_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("truth", tmp_path / "none", stdout=io.StringIO())
    _folder(tmp_path, ROWS)
    with pytest.raises(CommandError, match="none"):
        call_command("truth", tmp_path, json=tmp_path / "none" / "a.json", stdout=io.StringIO())
