"""Numbers: the mean where people are alike, better than the mean where they are not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from annotation.algorithms.truth.numbers import Numbers, off_by
from annotation.algorithms.truth.numeric import NUMERIC_METHODS, NumericMethod, fit_numbers

EACH = pytest.mark.parametrize("method", NUMERIC_METHODS)


def _crowd(seed: int, bias: float, spread: float) -> tuple[Numbers, NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    truth = rng.normal(0, 30, 200)
    shift, size = rng.normal(0, bias, 30), 10 * np.exp(rng.normal(0, spread, 30))
    who = np.argsort(rng.random((200, 30)), axis=1)[:, :5].reshape(-1)
    what = np.repeat(np.arange(200), 5)
    said = truth[what] + shift[who] + rng.normal(size=1000) * size[who]
    return Numbers.from_codes(range(200), range(30), what, who, said), truth + shift.mean()


@pytest.mark.parametrize(("bias", "spread", "most"), [(0.0, 0.0, 1.02), (15.0, 0.0, 0.75), (0.0, 0.8, 0.7)])
def test_weights_help_where_people_differ_and_cost_little_where_not(
    bias: float, spread: float, most: float
) -> None:
    ratios = []
    for seed in range(4):
        numbers, truth = _crowd(seed, bias, spread)
        ours, plain = (off_by(fit_numbers(numbers, name).value, truth)[1] for name in ("weighted", "mean"))
        ratios.append(ours / plain)
    assert np.mean(ratios) < most


def test_the_default_lies_between() -> None:
    numbers, _ = _crowd(1, 15.0, 0.5)
    found = [fit_numbers(numbers, method).value for method in ("default", "mean", "weighted")]
    assert np.allclose(found[0], (found[1] + found[2]) / 2)


def test_bias_and_spread_are_found() -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(0, 30, 300)
    triples = [
        (i, w, truth[i] + (20 if w == 0 else 0) + rng.normal() * (25 if w == 1 else 5))
        for i in range(300)
        for w in range(6)
    ]
    found = fit_numbers(Numbers.from_triples(triples), "weighted")
    assert found.converged
    assert found.bias[0] - found.bias[2:].mean() == pytest.approx(20, abs=2)
    assert found.spread[1] == pytest.approx(25, rel=0.15)
    assert found.spread[2:].max() < 8


def test_somebody_who_says_the_same_of_everything_tells_nothing() -> None:
    rng = np.random.default_rng(6)
    truth = rng.normal(0, 30, 100)
    triples = [(i, w, 0.0 if w < 2 else truth[i] + rng.normal() * 10) for i in range(100) for w in range(6)]
    found = fit_numbers(Numbers.from_triples(triples), "weighted")
    assert abs(np.corrcoef(found.value, truth)[0, 1]) > 0.97


@EACH
def test_the_order_of_rows_makes_no_difference(method: NumericMethod) -> None:
    numbers, _ = _crowd(2, 5.0, 0.5)
    rows = list(zip(numbers.item.tolist(), numbers.annotator.tolist(), numbers.value.tolist(), strict=True))
    mixed = [rows[at] for at in np.random.default_rng(0).permutation(len(rows))]
    one, two = (fit_numbers(Numbers.from_triples(each), method) for each in (rows, mixed))
    assert np.array_equal(one.value, two.value)
    assert np.array_equal(one.bias, two.bias)


@EACH
def test_little_or_equal_numbers_are_answered(method: NumericMethod) -> None:
    same = fit_numbers(Numbers.from_triples([(i, w, 7.0) for i in range(4) for w in range(3)]), method)
    assert np.allclose(same.value, 7.0)
    single = fit_numbers(Numbers.from_triples([(1, "ann", 3.0), (1, "bob", 5.0)]), method)
    assert single.value[0] == pytest.approx(4.0)
    alone = fit_numbers(Numbers.from_triples([(i, "ann", float(i)) for i in range(9)]), method)
    assert np.array_equal(np.argsort(alone.value), np.arange(9))


def test_median_of_even_and_odd() -> None:
    triples = [("a", w, float(value)) for w, value in enumerate([1, 9, 2])]
    triples += [("b", w, float(value)) for w, value in enumerate([4, 1, 3, 8])]
    assert fit_numbers(Numbers.from_triples(triples), "median").value.tolist() == [2.0, 3.5]


def test_no_numbers_and_no_method_are_refused() -> None:
    with pytest.raises(ValueError, match="no numbers"):
        fit_numbers(Numbers.from_codes([], [], [], [], []))
    with pytest.raises(ValueError, match="no method"):
        fit_numbers(Numbers.from_triples([(1, 1, 1.0)]), "mode")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="finite"):
        Numbers.from_triples([(1, 1, float("nan"))])
