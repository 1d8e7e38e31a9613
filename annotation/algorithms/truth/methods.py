"""The methods by name, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from annotation.algorithms.truth.dawid_skene import dawid_skene, smoothed
from annotation.algorithms.truth.default import default, equal_trust, unseen
from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Labels
from annotation.algorithms.truth.mace import mace
from annotation.algorithms.truth.majority import majority
from annotation.algorithms.truth.one_coin import one_coin
from annotation.algorithms.truth.pooled import around_coin, pooled
from annotation.algorithms.truth.soft import soft

Method = Literal[
    "default",
    "majority",
    "equal_trust",
    "one_coin",
    "around_coin",
    "pooled",
    "dawid_skene",
    "smoothed",
    "mace",
    "soft",
]
METHODS: tuple[Method, ...] = get_args(Method)

LARGEST = 20_000_000


class TooManyClasses(ValueError):
    """Tables of annotators x classes x classes, or of items or labels x classes, would be larger than `LARGEST`."""


_BY_NAME: dict[str, Callable[[Labels], Fit]] = {
    "default": default,
    "majority": majority,
    "equal_trust": equal_trust,
    "one_coin": one_coin,
    "around_coin": around_coin,
    "pooled": pooled,
    "dawid_skene": dawid_skene,
    "smoothed": smoothed,
    "mace": mace,
    "soft": soft,
}


def fit(labels: Labels, method: Method = "default") -> Fit:
    """The probability of each class for each item, and what was learned of the annotators.

    Nothing is drawn at random, and the order of the rows given makes no difference. Without labels every class is
    equally probable. With a single class nothing tells an error from the truth: whatever the method, of L labels that
    all say the same another one would differ with the probability 1 / (L + 2) (Laplace's rule of succession), and so
    may the truth; so the class has the rest. Raises ValueError for an unknown method, TooManyClasses where tables would
    have more than `LARGEST` cells (160 MB).
    """
    if method not in _BY_NAME:
        raise ValueError(f"no method {method!r}")
    items, annotators, classes = labels.shape
    if too_large(labels):  # also of the majority: what a fit says of people is such a table
        raise TooManyClasses(f"{annotators:,} annotators with {classes:,} classes are too many")
    if classes < 2 or not labels.item.size:
        even = 1 / max(classes, 1)
        tables = np.full((annotators, classes, classes), even)
        sure = 1 - unseen(labels) if classes == 1 else even
        return Fit(labels, method, np.full((items, classes), sure), np.full(classes, even), tables)
    return _BY_NAME[method](labels)


def too_large(labels: Labels) -> bool:
    """Whether a fit's tables would be larger than memory should be filled with; `plain` answers then."""
    items, annotators, classes = labels.shape
    return classes * max(annotators * classes, items, labels.item.size) > LARGEST
