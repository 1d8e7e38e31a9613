"""What a measure cannot do without is said, and only the case that lacks it fails."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.algorithms.measures import MEASURES
from annotation.algorithms.reference import answers
from annotation.algorithms.reference.__main__ import main
from annotation.algorithms.reference.cases import Case
from annotation.algorithms.reference.run import run

ROWS = [[1, 1], [2, 2], [1, 2]]
UNITS = [["a", "x", 0, 3], ["b", "x", 1, 4]]


def test_the_registry_knows_what_each_measure_needs() -> None:
    found = {name: measure.needs for name, measure in MEASURES.items() if measure.needs}
    assert found == {
        "fleiss_kappa_category": ("category",),
        "span_f1_token": ("tokens",),
        "alpha_u": ("label",),
        "ku_alpha": ("label",),
        "gamma_k": ("label",),
    }


@pytest.mark.parametrize(
    ("metric", "layout", "data", "needed"),
    [
        ("fleiss_kappa category-specific", "items x raters", ROWS, "`category`"),
        ("krippendorff_alpha with a custom distance", "items x raters", ROWS, "`distance`"),
        ("AC2", "items x raters", ROWS, "`weights`"),
        ("ku_alpha", "units [annotator,category,start,end]", UNITS, "`category`"),
        ("gamma-k", "units [annotator,category,start,end]", UNITS, "`category`"),
        ("token F1", "units [annotator,category,start,end]", UNITS, "`tokens`"),
        ("span F1", "items x raters", ROWS, "[start, end, label]"),
    ],
)
def test_what_is_missing_is_named(metric: str, layout: str, data: Any, needed: str) -> None:
    found = run(Case("x", metric, layout, data, {}, 0.5), [])
    assert not found.passed
    assert repr(metric) in str(found) or "[start" in needed
    assert needed in found.problem


def test_a_new_measure_s_needs_are_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "options_of", lambda *_: ("fleiss_kappa_category", {}))
    found = run(Case("x", "kappa", "items x raters", ROWS, {}, 0.5), [])
    assert found.problem == "'kappa' needs `category` in `params`"


def test_other_cases_run_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = {"layout": "items x raters", "data": ROWS}
    cases = [
        {"id": "one", "metric": "fleiss_kappa category-specific", "expected": 0.5} | known,
        {"id": "two", "metric": "percent agreement", "expected": 2 / 3} | known,
    ]
    path = tmp_path / "values.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    assert main([str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("one: 'fleiss_kappa category-specific' needs `category` in `params`")
    assert lines[1] == "1 passed, 1 failed"
