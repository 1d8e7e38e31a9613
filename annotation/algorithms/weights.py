"""Weights of agreement: how far two categories agree, 1 for the same and less the further they are apart.

Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition, chapter 3. With x the numbers of the
categories (their ranks 1..q where they are not numbers, or are to be read as ranks):

    identity   1 if k = l, else 0
    linear     1 - |x_k - x_l| / (max - min)
    quadratic  1 - (x_k - x_l)^2 / (max - min)^2
    radical    1 - sqrt|x_k - x_l| / sqrt(max - min)
    ratio      1 - ((x_k - x_l) / (x_k + x_l))^2 / ((max - min) / (max + min))^2
    ordinal    1 - C(|k - l| + 1, 2) / C(q, 2)                                 by ranks alone
    circular   1 - s_kl / max s,  s = sin(pi (x_k - x_l) / (max - min + 1))^2
    bipolar    1 - b_kl / max b,  b = (x_k - x_l)^2 / ((x_k + x_l - 2 min) (2 max - x_k - x_l))
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annotation.algorithms.statistic import Reason

Floats = NDArray[np.float64]
Weights = str | Sequence[Sequence[float]] | NDArray[Any]
"""A name of the table above, or a square matrix in the order of the categories."""


def weight_matrix(weights: Weights, categories: Sequence[Hashable], *, ranks: bool = False) -> Floats:
    """Weights of agreement, (q, q), of categories in the order of the scale.

    `ranks` has numbers read as ranks too, as Cohen's weighted kappa does. Raises ValueError for an unknown name, for a
    matrix of another size, and for ratio weights of categories that are not positive numbers.
    """
    if not isinstance(weights, str):
        return _given(weights, len(categories))
    if weights not in NAMES:
        raise ValueError(f"no weights are called {weights!r}; there are {', '.join(sorted(NAMES))}")
    return NAMES[weights](_positions(categories, ranks))


def matrix_of_disagreement(disagreement: ArrayLike) -> Floats:
    """The weights of agreement that stand for a matrix of disagreement: 1 - d / max d.

    Raises ValueError when it is not square, holds a negative or infinite number, or nothing but zeros.
    """
    given = np.asarray(disagreement, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise ValueError("a matrix of disagreement has as many rows as columns")
    if not np.isfinite(given).all() or given.min(initial=0.0) < 0 or not given.any():
        raise ValueError("a matrix of disagreement holds numbers from 0 up, not all of them 0")
    return np.asarray(1 - given / given.max(), dtype=np.float64)


def are_numbers(categories: Sequence[Hashable]) -> bool:
    """Whether every category is a number (and none a truth value)."""
    return all(isinstance(label, int | float) and not isinstance(label, bool) for label in categories)


_LARGEST, _SMALLEST = 1e60, 1e-60  # their fourth powers, times any number of items, are floats


def out_of_range(x: Floats) -> Reason | None:
    """The reason that a float does not hold what is made of these numbers or of their differences."""
    if x.size and (np.abs(x).max() > _LARGEST or 0 < np.ptp(x) < _SMALLEST):
        return Reason.NUMBERS_OUT_OF_RANGE
    return None


def unweighable(weights: Weights, categories: Sequence[Hashable]) -> Reason | None:
    """Why weights that read categories as numbers cannot be made, where they cannot."""
    read = isinstance(weights, str) and weights not in {"identity", "ordinal"} and are_numbers(categories)
    return out_of_range(as_floats(categories)) if read else None


def as_floats(categories: Sequence[Hashable]) -> Floats:
    """Categories that are numbers as floats, (q,); whole numbers beyond any float are infinite."""
    try:
        return np.array(categories, dtype=np.float64)
    except OverflowError:
        return np.array([_float(label) for label in categories])


def _float(label: Any) -> float:
    try:
        return float(label)
    except OverflowError:
        return math.inf if label > 0 else -math.inf


def _positions(categories: Sequence[Hashable], ranks: bool) -> Floats:
    if ranks or not are_numbers(categories):
        return np.asarray(np.arange(1.0, len(categories) + 1), dtype=np.float64)
    return as_floats(categories)


def _given(weights: Sequence[Sequence[float]] | NDArray[Any], size: int) -> Floats:
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (size, size):
        raise ValueError(f"weights of shape {given.shape} do not fit {size} categories")
    if not np.isfinite(given).all():
        raise ValueError("weights are finite numbers")
    return given


def _identity(x: Floats) -> Floats:
    return np.asarray(np.eye(len(x)), dtype=np.float64)


def _power(exponent: float) -> Callable[[Floats], Floats]:
    return lambda x: _scaled(np.abs(x[:, None] - x) ** exponent)


def _ordinal(x: Floats) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(len(x)), np.arange(len(x)))).astype(np.float64)
    return _scaled(apart * (apart + 1) / 2)


def _ratio(x: Floats) -> Floats:
    if x.min() <= 0:
        raise ValueError("ratio weights need categories that are positive numbers")
    return _scaled(((x[:, None] - x) / (x[:, None] + x)) ** 2)


def _circular(x: Floats) -> Floats:
    return _scaled(np.sin(np.pi * (x[:, None] - x) / (x.max() - x.min() + 1)) ** 2)


def _bipolar(x: Floats) -> Floats:
    reach = (x[:, None] + x - 2 * x.min()) * (2 * x.max() - x[:, None] - x)
    apart = (x[:, None] - x) ** 2
    return _scaled(np.divide(apart, reach, out=np.zeros_like(apart), where=(apart > 0) & (reach > 0)))


def _scaled(apart: Floats) -> Floats:
    # One category alone is at no distance from itself.
    return np.asarray(1 - apart / apart.max() if apart.any() else np.ones_like(apart), dtype=np.float64)


NAMES: dict[str, Callable[[Floats], Floats]] = {
    "identity": _identity,
    "linear": _power(1),
    "quadratic": _power(2),
    "radical": _power(0.5),
    "ratio": _ratio,
    "ordinal": _ordinal,
    "circular": _circular,
    "bipolar": _bipolar,
}
