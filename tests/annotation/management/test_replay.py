"""`manage.py replay`: the JSON as promised, and gold only in the scores."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.algorithms.replay import report
from annotation.management.replay_words import lines
from tests.annotation.algorithms.replay.crowd import crowd
from tests.annotation.management.pipes import Shut


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    offers, truth = crowd(7, items=30, workers=8, each=6)
    rows = zip(offers.item.tolist(), offers.worker.tolist(), offers.label.tolist(), strict=True)
    table = ["item,worker,label", *(f"i{item},w{worker},{'abc'[label]}" for item, worker, label in rows)]
    (tmp_path / "labels.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    known = ["item,label", *(f"i{item},{'abc'[label]}" for item, label in enumerate(truth.tolist()))]
    (tmp_path / "gold.csv").write_text("\n".join(known) + "\n", encoding="utf-8")
    return tmp_path


def _replay(folder: Path, **options: Any) -> tuple[dict[str, Any], str]:
    out = StringIO()
    target = folder / "out.json"
    call_command("replay", str(folder), json=target, stdout=out, stderr=StringIO(), **options)
    return json.loads(target.read_text(encoding="utf-8")), out.getvalue()


def test_the_figures_add_up(folder: Path) -> None:
    found, said = _replay(folder, seed=1)
    rows = (folder / "labels.csv").read_text(encoding="utf-8").splitlines()[1:]
    asked = [[rows[index].split(",") for index in one["labels_used"]] for one in found["per_item"]]
    for one, labels in zip(found["per_item"], asked, strict=True):
        assert {item for item, _, _ in labels} == {one["item"]}
        assert len({worker for _, worker, _ in labels}) == len(labels) >= 2
        assert one["outcome"] in {"settled", "adjudicate"}
        assert one["answer"] in {label for _, _, label in labels}
        assert 0 < one["posterior"] <= 1
    spent = sum(map(len, asked)) + sum(one["outcome"] == "adjudicate" for one in found["per_item"])
    assert found["labels_per_item"] == pytest.approx(spent / 30)
    gold = dict(
        line.split(",") for line in (folder / "gold.csv").read_text(encoding="utf-8").splitlines()[1:]
    )
    right = [one["answer"] == gold[one["item"]] for one in found["per_item"]]
    assert found["accuracy"] == pytest.approx(sum(right) / 30)
    assert set(found["fixed"]) == {"3", "5"}
    assert found["fixed"]["5"]["labels_per_item"] == 5
    assert 0 < found["busiest_share"] <= 1
    assert all(one["labels_used"] == sorted(one["labels_used"]) for one in found["per_item"])
    assert f"{found['accuracy']:.2%}" in said


def test_without_gold_only_the_scores_are_missing(folder: Path) -> None:
    known, _ = _replay(folder)
    (folder / "gold.csv").unlink()
    unknown, said = _replay(folder)
    assert unknown["per_item"] == known["per_item"]
    assert set(known) - set(unknown) == {"accuracy", "ece", "brier", "fixed"}
    assert "gold.csv" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"policy": "best"}, "There is no policy “best”"),
        ({"policy": "fixed-x"}, "There is no policy “fixed-x”"),
        ({"policy": "fixed"}, "There is no policy “fixed”"),
        ({"policy": "fixed-0"}, "asks for no label"),
        ({"policy": "fixed-3", "min": 2}, "takes no --min"),
        ({"policy": "fixed3", "max": 2}, "takes no --max"),
        ({"policy": "lead-of-two", "stop_at": 0.9}, "takes no --stop-at"),
        ({"min": 3, "max": 2}, "--max is 2 and --min 3"),
        ({"max": 1}, "--max is 1 and --min 2"),
        ({"min": 0}, "--min is 0"),
        ({"min": -2}, "--min is -2"),
        ({"seed": -1}, "seed"),
        ({"stop_at": 1.5}, "--stop-at is 1.5"),
        ({"stop_at": 0.0}, "--stop-at is 0"),
        ({"stop_at": float("nan")}, "--stop-at is nan"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(folder: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        _replay(folder, **options)


def test_one_label_an_item_is_a_policy_too(folder: Path) -> None:
    found, _ = _replay(folder, policy="fixed-1")
    assert found["labels_per_item"] == 1


def test_thousands_of_labels_are_answered_and_what_was_not_learned_is_said(tmp_path: Path) -> None:
    rows = [f"i{at},w{who},note {at if who else at % 7}" for at in range(2500) for who in range(6)]
    (tmp_path / "labels.csv").write_text("\n".join(["item,worker,label", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "gold.csv").write_text(
        "\n".join(["item,label", *(f"i{at},note {at}" for at in range(2500))]), encoding="utf-8"
    )
    found, said = _replay(tmp_path)
    assert "too many different labels" in said
    assert found["accuracy"] > 0.97
    with pytest.raises(CommandError, match="tables that are too large"):
        _replay(tmp_path, policy="dawid-skene")


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"labels\.csv"):
        call_command("replay", str(tmp_path))


def test_the_file_is_written_also_where_nobody_reads_the_lines(folder: Path) -> None:
    target = folder / "out.json"
    with pytest.raises(BrokenPipeError):
        call_command("replay", str(folder), json=target, stdout=Shut(), stderr=StringIO())
    assert json.loads(target.read_text(encoding="utf-8"))["items"] == 30


def test_one_is_said_in_the_singular_and_no_difference_has_no_sign_of_less(tmp_path: Path) -> None:
    rows = ["item,worker,label", *(f"a,w{who},yes" for who in range(3))]
    (tmp_path / "labels.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "gold.csv").write_text("item,label\na,yes\n", encoding="utf-8")
    said = _replay(tmp_path, policy="fixed1")[1]
    assert "1.000 labels an item, 1 item, 1 label in all" in said
    assert "on 1 item whose answer is known" in said
    told = report.Told(1, 0.5, 0.0, 0.0, [])
    for right in (0.50001, 0.49999):
        figures = report.Report(1, 3.0, 0, 1.0, {3: (3.0, right)}, told, [])
        assert "this is +0.00 points" in " ".join(lines(figures, "adaptive"))


@pytest.mark.parametrize(("people", "words"), [(2, "Fewer than three people"), (3, "too few labels each")])
def test_why_all_were_trusted_alike(tmp_path: Path, people: int, words: str) -> None:
    rows = [f"i{at},w{who},{'ab'[at % 2]}" for at in range(20) for who in range(people)]
    (tmp_path / "labels.csv").write_text("\n".join(["item,worker,label", *rows]) + "\n", encoding="utf-8")
    assert words in _replay(tmp_path)[1]
