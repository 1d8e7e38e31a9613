"""Every published nominal example gives its published value; the test is named after the publication."""

from typing import Any

import numpy as np
import pytest

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.kappa import cohen_kappa, kappa_of_table
from annotation.algorithms.study import Study
from tests.annotation.shared_data import judgements, reference_cases

SEED = 7


def _study(case: dict[str, Any]) -> Study:
    if case["layout"] == "folder":
        return Study.from_triples(judgements(case["data"]))
    rows = case["data"]
    return Study.from_triples(
        (item, rater, label) for item, row in enumerate(rows) for rater, label in enumerate(row)
    )


def _nominal(case: dict[str, Any]) -> bool:
    params = case.get("params", {})
    return bool(params.get("level") == "nominal" or params.get("weights") == "identity")


ALPHA = [
    case
    for case in reference_cases("krippendorff_alpha", "krippendorff_alpha (missing data)")
    if not case.values[0] or _nominal(case.values[0])
]


@pytest.mark.parametrize("case", ALPHA)
def test_nominal_alpha_is_the_published_one(case: dict[str, Any]) -> None:
    found = krippendorff_alpha(_study(case).patterns(), seed=SEED)
    assert found.value == pytest.approx(case["expected"], abs=case["tolerance"])
    assert found.low is not None
    assert found.high is not None
    assert found.low <= (found.value or 0) <= found.high


@pytest.mark.parametrize("case", reference_cases("cohen_kappa"))
def test_cohen_kappa_is_the_published_one(case: dict[str, Any]) -> None:
    if case["layout"].startswith("contingency"):
        found = kappa_of_table(np.array(case["data"]), seed=SEED)
    else:
        found = cohen_kappa(_study(case), 0, 1, seed=SEED)
    assert found.value == pytest.approx(case["expected"], abs=case["tolerance"])


def test_pubmedqa_agrees_with_the_figures_of_its_readme() -> None:
    from annotation.algorithms.summary import summarise_labels

    found = summarise_labels(judgements("labels/pubmedqa_two_annotators"), seed=SEED)
    assert found.percent is not None
    assert found.percent.value == pytest.approx(0.701, abs=5e-4)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0.457, abs=5e-4)
