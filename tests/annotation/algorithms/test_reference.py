"""Every worked example gives its published value; a test is named after the publication."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.conger import kappa_of_raters
from annotation.algorithms.fleiss import fleiss_with_test
from annotation.algorithms.gwet import gwet_ac
from annotation.algorithms.reference.__main__ import main
from annotation.algorithms.reference.cases import Case, read
from annotation.algorithms.reference.run import folders_of, run
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study
from tests.annotation.shared_data import SHARED, judgements, reference_cases, shared

SEED = 7


@pytest.mark.parametrize("case", reference_cases())
def test_the_published_value(case: dict[str, Any]) -> None:
    fields = ("id", "metric", "layout", "data", "params", "expected", "tolerance", "source")
    found = run(Case(**{name: case[name] for name in fields}), [SHARED / "data"])
    assert found.passed, str(found)


def test_pubmedqa_agrees_with_the_figures_of_its_readme() -> None:
    study = Study.from_triples(judgements("labels/pubmedqa_two_annotators"))
    assert percent_agreement(study, seed=SEED).value == pytest.approx(0.701, abs=5e-4)
    assert kappa_of_raters(study, seed=SEED).value == pytest.approx(0.457, abs=5e-4)


# What the measures answer where libraries raise, or answer 0, 1 or NaN: alpha, Fleiss, AC1, Cohen.
DOCUMENTED: dict[str, tuple[float | Reason, ...]] = {
    "all_same_label": (Reason.NO_VARIATION,) * 4,
    "single_item_agree": (Reason.ONE_ITEM,) * 4,
    "single_item_disagree": (Reason.ONE_ITEM,) * 4,
    "no_pairable": (Reason.NO_SHARED_ITEMS,) * 4,
    "one_rater": (Reason.ONE_ANNOTATOR,) * 4,
    "perfect_two_labels": (1.0, 1.0, 1.0, 1.0),
    "total_disagreement": (-0.5, -1.0, -1.0, -1.0),
}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_degenerate_input_has_a_documented_answer(name: str) -> None:
    rows = json.loads(shared("reference/values.json").read_text(encoding="utf-8"))["degenerate"][name]["data"]
    study = Study.from_triples(
        (item, rater, label) for item, row in enumerate(rows) for rater, label in enumerate(row)
    )
    found = [
        measure(study, seed=SEED)
        for measure in (krippendorff_alpha, fleiss_with_test, gwet_ac, kappa_of_raters)
    ]
    assert [one.reason or one.value for one in found] == [
        answer if isinstance(answer, Reason) else pytest.approx(answer) for answer in DOCUMENTED[name]
    ]


def _file(tmp_path: Path, *cases: dict[str, Any]) -> Path:
    path = tmp_path / "delivery" / "reference" / "values.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"agreement": list(cases)}), encoding="utf-8")
    return path


ROWS = [["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]


def test_the_runner_prints_failures_and_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = {"layout": "items x raters", "data": ROWS, "params": {}, "tolerance": 1e-6, "source": "By hand"}
    path = _file(
        tmp_path,
        {"id": "right", "metric": "cohen_kappa", "expected": 0.5} | known,
        {"id": "wrong", "metric": "Cohen's κ", "expected": 0.4} | known,
        {"id": "strange", "metric": "zeta", "expected": 0.4} | known,
    )
    assert main([str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("wrong: Cohen's κ: expected 0.4, got 0.5, tolerance 1e-06 [By hand]")
    assert "zeta" in lines[1]
    assert lines[2] == "1 passed, 2 failed"


def test_folders_lie_beside_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {
        "id": "x",
        "metric": "percent agreement",
        "layout": "folder",
        "data": "labels/small",
        "expected": 0.5,
    }
    path = _file(tmp_path, case)
    folder = tmp_path / "delivery" / "data" / "labels" / "small"
    folder.mkdir(parents=True)
    (folder / "labels.csv").write_text("item,worker,label\n1,x,a\n1,y,a\n2,x,a\n2,y,b\n", encoding="utf-8")
    assert main([str(path)]) == 0
    assert main([str(path), "--data", str(tmp_path)]) == 1
    assert "labels/small" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{", "[1]", '{"truth": []}'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "values.json"
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 2


@pytest.mark.parametrize(
    ("metric", "params", "layout", "expected"),
    [
        ("Gwet AC1", {}, "items x raters", 0.52941),
        ("gwet-ac2", {"weights": [[1, 0], [0, 1]]}, "items x raters", 0.52941),
        ("bennett_S", {"categories": 2}, "items x raters", 0.5),
        ("Randolph's free-marginal kappa", {"categories": 4}, "items x raters", 2 / 3),
        ("scott_pi", {}, "items x raters", 0.46667),
        ("percent agreement", {}, "", 0.75),
        ("cohen_kappa observed disagreement", {}, "items x raters", 0.25),
        ("KRIPPENDORFF α", {"level": "Nominal"}, "items x raters", 0.53333),
        ("krippendorff_alpha", {"distance": [[0, 1], [1, 0]]}, "items x raters", 0.53333),
    ],
)
def test_names_are_read_by_their_meaning(
    metric: str, params: dict[str, Any], layout: str, expected: float
) -> None:
    case = Case("x", metric, layout, ROWS, params, expected, 1e-5)
    found = run(case, folders_of(Path("x")))
    assert found.passed, str(found)


UNITS = [[0, 5, 0, "x"], [0, 5, 1, "x"], [7, 2, 0, "y"], [7, 3, 1, "y"]]
MARKS = {"gold": [[0, 5, "x"], [7, 9, "y"]], "other": [{"start": 0, "end": 5, "label": "x"}]}


@pytest.mark.parametrize(
    ("metric", "layout", "data", "params", "expected"),
    [
        ("span F1 (strict)", "units [start,length,rater,category]", UNITS, {}, 0.5),
        ("relaxed span_f1", "units [start,length,rater,category]", UNITS, {}, 1.0),
        ("character F1", "items x annotators", [[[[0, 5, "x"]], [[0, 4, "x"]]]], {}, 8 / 9),
        ("strict precision", "", MARKS, {"reference": "gold"}, 1.0),
        ("strict recall", "", MARKS, {"reference": "gold"}, 0.5),
        ("cu-alpha (Krippendorff 2016)", "units [start,length,rater,category]", UNITS, {"length": 20}, 1.0),
        (
            "krippendorff |u|α",
            "units [start,length,rater,category]",
            UNITS[:2],
            {"length": 20, "raters": 2},
            1.0,
        ),
        (
            "gamma-k",
            "units [start,length,rater,category]",
            UNITS,
            {"category": "x", "sampler": "shuffle"},
            1.0,
        ),
        ("W of rankings", "items x raters", [[["a", "b"], ["a", "b"]], [["a", "b"], ["b", "a"]]], {}, 0.5),
    ],
)
def test_spans_and_rankings_are_read_too(
    metric: str, layout: str, data: Any, params: dict[str, Any], expected: float
) -> None:
    found = run(Case("x", metric, layout, data, params, expected, 1e-6), [])
    assert found.passed, str(found)


@pytest.mark.parametrize(
    ("metric", "layout", "data", "params"),
    [
        ("cohen_kappa", "contingency table", [[1e308, 1], [1, 1]], {}),
        ("cohen_kappa", "contingency table", [[-1, 2], [2, 1]], {}),
        ("krippendorff_alpha", "items x raters", None, {}),
        ("krippendorff_alpha", "spiral", [[1, 2]], {"level": "nominal"}),
        ("krippendorff_alpha", "items x raters", ROWS, {"level": "celestial"}),
        ("krippendorff_alpha", "items x raters", ROWS, {"distance": [[0, 1]]}),
        ("weighted_kappa", "items x raters", ROWS, {}),
        ("gamma", "units [annotator,category,start,end]", [["a"]], {}),
        (
            "krippendorff_alpha_U (1995)",
            "units [start,length,rater,category]",
            [[0, 9, 0, "x"]],
            {"category": "x"},
        ),
        ("fleiss_kappa", "folder", "labels/nowhere", {}),
    ],
)
def test_what_cannot_be_run_is_a_failure_that_says_why(
    metric: str, layout: str, data: Any, params: dict[str, Any]
) -> None:
    found = run(Case("x", metric, layout, data, params, 0.5), [])
    assert not found.passed
    assert "Error" not in str(found)


def test_a_case_that_does_not_say_what_is_expected_fails(tmp_path: Path) -> None:
    case = {"metric": "percent agreement", "layout": "items × raters", "data": [["a", "a"], ["a", "b"]]}
    told = [
        {**case, "expected": "0.5"},
        case,
        {**case, "expected": "half"},
        {**case, "expected": 0.5, "tolerance": "much"},
        {**case, "expected": 0.5, "layout": "items by raters", "tolerance": "1e-9"},
        {
            **case,
            "expected": 0.5,
            "layout": "triples",
            "data": [[1, 1, "a"], [1, 2, "b"], [2, 1, 0], [2, 2, 0]],
        },
    ]
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert [run(one, []).passed for one in read(path)] == [True, False, False, False, True, True]
