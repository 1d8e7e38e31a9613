"""Numbers given by several people: their mean, their median, or a mean that knows each annotator.

    y = m + b_w + g_w z_i + e,   e ~ N(0, v_w);   z_i ~ N(0, a),   b_w ~ N(0, c),   g_w ~ N(1, d),   v_w ~ n s / chi2(n)

b is an annotator's bias, v their variance and g their scale: who says the same of everything has g near 0 and tells
nothing, however small v is. Annotators are drawn from a crowd: c, d, s and n (how alike variances are) are where the
numbers of all are most probable. EM: the posteriors of z, b and g given the rest, then v and the crowd given them.
With few numbers of somebody b is near 0, g near 1 and v near s; where people do not differ the answer is the mean.
An item's number is what the crowd's mean person would say of it: m + mean b + mean g z.

`default` is the mean of `mean` and `weighted`: where gold is itself somebody's mean, weights may take away from it.

Raykar, V. C. et al. (2010). Learning from crowds. JMLR 11, 1297-1322, section 5 (the variance; LFC_N in Zheng, Y. et
al. (2017), doi:10.14778/3055540.3055547), with a bias and a scale, and annotators drawn from a crowd.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.numbers import Numbers, NumericFit
from annotation.algorithms.truth.special import log_gamma

NumericMethod = Literal["default", "mean", "median", "weighted"]
NUMERIC_METHODS: tuple[NumericMethod, ...] = get_args(NumericMethod)
ROUNDS = 300
STILL = 1e-4
"""No item moves by more of the standard deviation of all numbers in the last round."""
_TINY = 1e-9
_ALIKE = np.exp(np.linspace(np.log(1.0), np.log(2000.0), 25))


class _State:
    """Posterior means and variances of z (N), b and g (W); variances v (W); the crowd. Works on numbers divided by
    their standard deviation `unit`, around their mean."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.centre = float(numbers.value.mean())
        self.unit = float(numbers.value.std()) or 1.0
        self.y = (numbers.value - self.centre) / self.unit
        people = len(numbers.annotators)
        self.z = np.asarray(numbers.by_item(self.y) / np.maximum(numbers.size, 1))
        self.z_var: Floats = np.zeros_like(self.z)
        gaps = self.y - self.z[numbers.item]
        self.s = max(float((gaps * gaps).mean()), _TINY)
        self.a, self.c, self.d = max(float(self.z.var()), _TINY), self.s / 10, 0.1
        self.b: Floats = np.zeros(people)
        self.g: Floats = np.ones(people)
        self.b_var: Floats = np.zeros(people)
        self.g_var: Floats = np.zeros(people)
        self.both: Floats = np.zeros(people)
        self.v: Floats = np.full(people, self.s)

    def items(self) -> None:
        """The posterior of z, and a."""
        w, by_item = self.numbers.annotator, self.numbers.by_item
        precision = by_item((self.g**2 + self.g_var)[w] / self.v[w]) + 1 / self.a
        pull = (self.g[w] * (self.y - self.b[w]) - self.both[w]) / self.v[w]
        self.z, self.z_var = by_item(pull) / precision, 1 / precision
        self.a = max(float((self.z**2 + self.z_var).mean()), _TINY)

    def people(self) -> None:
        """The joint posterior of b and g, and c and d."""
        by, z = self.numbers.by_annotator, self.z[self.numbers.item]
        ones = self.numbers.given / self.v + 1 / self.c
        cross = by(z) / self.v
        squares = by(z * z + self.z_var[self.numbers.item]) / self.v + 1 / self.d
        first, second = by(self.y) / self.v, by(z * self.y) / self.v + 1 / self.d
        size = ones * squares - cross**2
        self.b, self.g = (squares * first - cross * second) / size, (ones * second - cross * first) / size
        self.b_var, self.g_var, self.both = squares / size, ones / size, -cross / size
        seen = self.numbers.given > 0
        self.c = max(float((self.b**2 + self.b_var)[seen].mean()), _TINY)
        self.d = max(float(((self.g - 1) ** 2 + self.g_var)[seen].mean()), _TINY)

    def variances(self) -> None:
        """v and s, from the expected squares of what is left."""
        w, z, z_var = self.numbers.annotator, self.z[self.numbers.item], self.z_var[self.numbers.item]
        left = (self.y - self.b[w] - self.g[w] * z) ** 2 + self.b_var[w] + 2 * self.both[w] * z
        left += self.g_var[w] * (z * z + z_var) + self.g[w] ** 2 * z_var
        squares = self.numbers.by_annotator(left)
        self.s = max(float(left.mean()), _TINY)
        alike = _alike(squares, self.numbers.given, self.s)
        self.v = np.maximum((squares + alike * self.s) / (self.numbers.given + alike), _TINY)

    def found(self, rounds: int, converged: bool) -> NumericFit:
        """In the units of the numbers, as the crowd's mean person says it."""
        offset, scale = (float(np.average(of, weights=self.numbers.given)) for of in (self.b, self.g))
        return NumericFit(
            self.numbers,
            "weighted",
            self.centre + self.unit * (offset + scale * self.z),
            self.unit * abs(scale) * np.sqrt(self.z_var),
            self.unit * (self.b - offset),
            self.unit * np.sqrt(self.v),
            rounds,
            converged,
        )


def fit_numbers(numbers: Numbers, method: NumericMethod = "default") -> NumericFit:
    """Each item's number. Raises ValueError for an unknown method or without any number.

    An item without numbers has the mean of all (NaN by `mean` and `median`). All numbers the same: that number. One
    annotator: their numbers, drawn a little to their mean (not by `mean` and `median`).
    """
    methods: dict[str, Callable[[Numbers], NumericFit]] = {
        "default": _default,
        "mean": _mean,
        "median": _median,
        "weighted": _weighted,
    }
    if method not in methods:
        raise ValueError(f"no method {method!r}")
    if not numbers.value.size:
        raise ValueError("no numbers")
    return methods[method](numbers)


def _default(numbers: Numbers) -> NumericFit:
    learned, plain = _weighted(numbers), _mean(numbers)
    value = np.where(numbers.size > 0, (learned.value + plain.value) / 2, learned.value)
    rounds, done = learned.iterations, learned.converged
    return NumericFit(numbers, "default", value, learned.error, learned.bias, learned.spread, rounds, done)


def _mean(numbers: Numbers) -> NumericFit:
    with np.errstate(invalid="ignore", divide="ignore"):
        return _plain(numbers, "mean", numbers.by_item(numbers.value) / numbers.size)


def _median(numbers: Numbers) -> NumericFit:
    ranked = numbers.value[np.lexsort((numbers.value, numbers.item))]
    size = numbers.size.astype(np.int64)
    begins, last = np.cumsum(size) - size, len(ranked) - 1
    low, high = (np.minimum(begins + half, last) for half in (np.maximum(size - 1, 0) // 2, size // 2))
    return _plain(numbers, "median", np.where(size > 0, (ranked[low] + ranked[high]) / 2, np.nan))


def _plain(numbers: Numbers, method: str, value: Floats) -> NumericFit:
    """A method that knows nothing of people; their bias and spread are told around its values."""
    gaps = numbers.value - value[numbers.item]
    bias = numbers.by_annotator(gaps) / np.maximum(numbers.given, 1)
    around = gaps - bias[numbers.annotator]
    spread = np.sqrt(numbers.by_annotator(around * around) / np.maximum(numbers.given, 1))
    return NumericFit(numbers, method, value, np.full(len(value), np.nan), bias, spread)


def _weighted(numbers: Numbers) -> NumericFit:
    now = _State(numbers)
    rounds, moved = 0, np.inf
    while rounds < ROUNDS and moved > STILL:
        before = now.z
        now.items()
        now.people()
        now.variances()
        moved = float(np.abs(now.z - before).max())
        rounds += 1
    return now.found(rounds, moved <= STILL)


def _alike(squares: Floats, given: Floats, s: float) -> float:
    """The n at which the annotators' sums of squares are most probable: each is v times a chi-square."""
    seen = given > 0
    size, total = given[seen][:, None], squares[seen][:, None]
    rising = log_gamma((_ALIKE + size) / 2) - log_gamma(_ALIKE / 2)
    found = (rising + _ALIKE / 2 * np.log(_ALIKE * s) - (_ALIKE + size) / 2 * np.log(_ALIKE * s + total)).sum(
        axis=0
    )
    return float(_ALIKE[len(_ALIKE) - 1 - int(np.argmax(found[::-1]))])
