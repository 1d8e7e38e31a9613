"""Simulated crowds of every kind, with their true classes: where does a method of truth inference lose?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.truth import Labels

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Rng = np.random.Generator
Confusions = Callable[[Rng, int, int], Floats]
"""(generator, annotators W, classes K) -> W x K x K, P(says v | class t)."""


def coins(rates: Callable[[Rng, int], Floats]) -> Confusions:
    """People who are right as often as `rates` (W) says, whatever the class."""

    def made(rng: Rng, people: int, classes: int) -> Floats:
        right, same = rates(rng, people)[:, None, None], np.eye(classes)
        return np.asarray(same * right + (1 - same) * (1 - right) / (classes - 1))

    return made


def ordinary(rng: Rng, people: int) -> Floats:
    """Most are good: Beta(6, 2)."""
    return rng.beta(6, 2, size=people)


def some(share: float, low: float, high: float) -> Callable[[Rng, int], Floats]:
    """A share of people right as often as `low`, the others as `high`."""
    return lambda rng, people: np.where(rng.random(people) < share, low, high)


def one_way(rng: Rng, people: int, classes: int) -> Floats:
    """Two classes; everybody misses two in five of the second and little of the first."""
    first, second = (np.clip(mean + 0.08 * rng.standard_normal(people), 0.01, 0.99) for mean in (0.05, 0.4))
    return _two(first, 1 - second)


def thresholds(rng: Rng, people: int, classes: int) -> Floats:
    """Two classes; people see more or less, and say yes sooner or later (signal detection)."""
    sight, bias = np.abs(rng.normal(1.2, 0.8, people)), rng.normal(0.5, 0.8, people)
    below = np.vectorize(lambda x: 0.5 * (1 + erf(x / sqrt(2))))
    return _two(np.clip(below(bias - sight / 2), 0.01, 0.99), np.clip(below(bias + sight / 2), 0.01, 0.99))


def both_ways(rng: Rng, people: int, classes: int) -> Floats:
    """Two classes; half of the people miss the one, half the other."""
    side = rng.random(people) < 0.5
    return _two(np.where(side, 0.4, 0.05), np.where(side, 0.95, 0.6))


def one_label(rng: Rng, people: int, classes: int) -> Floats:
    """Three in ten always say the same class."""
    table = coins(lambda rng, people: rng.beta(8, 2, size=people))(rng, people, classes)
    for who in np.flatnonzero(rng.random(people) < 0.3):
        table[who] = 0.02 / (classes - 1)
        table[who][:, rng.integers(classes)] = 0.98
    return table


def neighbours(rng: Rng, people: int, classes: int) -> Floats:
    """A scale; people say a class near the true one, more or less sharply, and somewhat too high."""
    sharp, shift = rng.uniform(0.4, 1.3, people), rng.normal(0.2, 0.4, people)
    steps = np.arange(classes)
    far = (steps[None, None, :] - steps[None, :, None] - shift[:, None, None]) / sharp[:, None, None]
    table = np.exp(-0.5 * far**2) + 0.01
    return np.asarray(table / table.sum(axis=2, keepdims=True))


def pairs(rng: Rng, people: int, classes: int) -> Floats:
    """Classes come in pairs that are confused."""
    right, same = rng.beta(6, 2, size=people)[:, None, None], np.eye(classes)
    twin = same[np.arange(classes) ^ 1]
    rest = (1 - same - twin) / (classes - 2)
    return np.asarray(right * same + (1 - right) * (0.8 * twin + 0.2 * rest))


def _two(yes_of_no: Floats, yes_of_yes: Floats) -> Floats:
    return np.stack(
        [np.stack([1 - yes_of_no, yes_of_no], axis=1), np.stack([1 - yes_of_yes, yes_of_yes], axis=1)], axis=1
    )


ORDINARY = coins(ordinary)


@dataclass(frozen=True)
class Scene:
    """Items with `each` labels by different people of a crowd. `hard` is the share of items that nobody can tell;
    `copied` the share of people who say what the first of them said of the item."""

    crowd: Confusions = ORDINARY
    items: int = 400
    people: int = 40
    classes: int = 3
    each: int = 5
    shares: tuple[float, ...] | None = None
    hard: float = 0.0
    copied: float = 0.0

    def labels(self, rng: Rng) -> tuple[Labels, Codes]:
        """Draw one study and its truth."""
        truth = rng.choice(self.classes, size=self.items, p=self.shares)
        tables = self.crowd(rng, self.people, self.classes)
        who = np.argsort(rng.random((self.items, self.people)), axis=1)[:, : self.each]
        chances = tables[who, truth[:, None]]
        guessed = rng.random(self.items) < self.hard
        chances[guessed] = 0.1 * chances[guessed] + 0.9 / self.classes
        below = chances.cumsum(axis=2)
        said = (rng.random((*who.shape, 1)) * below[..., -1:] > below).sum(axis=2)
        copies = (rng.random(self.people) < self.copied)[who]
        first = said[np.arange(self.items), copies.argmax(axis=1)]
        said = np.where(copies, first[:, None], said)
        what = np.repeat(np.arange(self.items), self.each)
        items, people, classes = (range(size) for size in (self.items, self.people, self.classes))
        labels = Labels.from_codes(items, people, classes, what, who.reshape(-1), said.reshape(-1))
        return labels, truth.astype(np.int64)


SCENES: dict[str, Scene] = {
    "ordinary crowd, 3 classes": Scene(),
    "ordinary crowd, 2 classes": Scene(classes=2),
    "good crowd": Scene(coins(lambda rng, people: rng.beta(18, 2, size=people))),
    "weak crowd": Scene(coins(lambda rng, people: rng.beta(6, 5, size=people))),
    "everybody alike": Scene(coins(some(0, 0, 0.75))),
    "two in five guess": Scene(coins(some(0.4, 1 / 3, 0.85))),
    "three in ten always say the same": Scene(one_label),
    "one in five is an adversary": Scene(coins(some(0.2, 0.2, 0.85)), classes=2),
    "one in ten is an expert": Scene(coins(some(0.1, 0.97, 0.6))),
    "biased one way": Scene(one_way, classes=2),
    "biased one way, 85 to 15": Scene(one_way, classes=2, shares=(0.85, 0.15)),
    "biased both ways": Scene(both_ways, classes=2),
    "thresholds, 39 people judge 108 items": Scene(thresholds, 108, 39, 2, 39),
    "thresholds, seven labels an item": Scene(thresholds, 500, 60, 2, 7),
    "95 to 5": Scene(classes=2, items=800, shares=(0.95, 0.05)),
    "four classes, 70 20 7 3": Scene(classes=4, shares=(0.7, 0.2, 0.07, 0.03)),
    "a scale of five": Scene(neighbours, 500, 80, 5, 6),
    "a scale of five, most low": Scene(neighbours, 400, 150, 5, 8, (0.5, 0.2, 0.15, 0.1, 0.05)),
    "eight classes in pairs": Scene(pairs, classes=8, each=3),
    "twenty classes": Scene(people=60, classes=20),
    "three labels a person": Scene(items=300, people=500),
    "three labels a person, 5 classes": Scene(items=300, people=500, classes=5),
    "two labels an item": Scene(each=2),
    "three labels an item": Scene(each=3),
    "ten labels an item": Scene(each=10),
    "two people": Scene(items=300, people=2, each=2),
    "three people": Scene(items=200, people=3, each=3),
    "20 items, 5 people": Scene(items=20, people=5, each=3),
    "three in ten items are hard": Scene(hard=0.3),
    "three in ten people copy": Scene(copied=0.3),
}
