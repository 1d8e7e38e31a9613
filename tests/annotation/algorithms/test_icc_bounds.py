"""The interval of an intraclass correlation holds its value, whatever the table."""

import numpy as np
import pytest

from annotation.algorithms.icc import FORMS, Form, icc
from annotation.algorithms.study import Study


def _study(table: list[list[int]]) -> Study:
    return Study.from_triples(
        (item, rater, number) for item, row in enumerate(table) for rater, number in enumerate(row)
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(40))
def test_the_value_lies_within_its_interval(form: Form, seed: int) -> None:
    random = np.random.default_rng(seed)
    items, raters = int(random.integers(2, 13)), int(random.integers(2, 5))
    table = random.integers(6, size=(items, raters)) + random.integers(6, size=(items, 1)) * (seed % 2)
    found = icc(_study(table.tolist()), form=form, seed=1)
    if found.value is None or found.low is None:
        assert found.reason or any(one.code == "no_interval" for one in found.warnings)
        return
    assert found.high is not None
    assert found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(
    "table", [[[4, 4, 4], [0, 5, 5]], [[3, 3, 1], [3, 1, 2]], [[9, 6], [1, 5], [4, 8]], [[1, 2], [2, 1]]]
)
@pytest.mark.parametrize("form", FORMS)
def test_an_end_at_the_pole_of_spearman_and_brown(form: Form, table: list[list[int]]) -> None:
    found = icc(_study(table), form=form, seed=1)
    if found.value is not None and found.low is not None:
        assert found.high is not None
        assert found.low <= found.value <= found.high <= 1
