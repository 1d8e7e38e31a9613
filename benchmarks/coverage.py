"""How often the interval of alpha holds the truth: drawn many times from models whose alpha is known.

    python -m benchmarks.coverage [samples] [name of a model, or `panel` …]

Two models. In `slips` every annotator gives an item's own label with the probability sqrt(alpha), else any label by the
scale's shares; two annotators then both give it with the probability alpha, which is alpha's value over all items
there could be. In `documents` ten items stand in a document and share a label, and an annotator's care differs between
documents (a correlation of .2 within one), so that items are worth less than their number. They are resampled together.

Said for each cell: the share of samples whose interval holds the truth, whose lower end is above it, whose upper end
is below it, the mean width, and the share of samples that have no alpha (all labels the same) or no interval. Beside
it the same for the plain percentile bootstrap. Seeds are fixed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.alpha import parts
from annotation.algorithms.alpha_sums import alpha_sums
from annotation.algorithms.bootstrap import DRAWS
from annotation.algorithms.conger import conger_kappa, light_kappa
from annotation.algorithms.distances import LEVELS
from annotation.algorithms.sample import Sample
from annotation.algorithms.study import Study
from annotation.algorithms.units import Units

Bounds = tuple[float | None, float | None]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Method = Callable[[Study, int], Bounds]

ALPHAS, ITEMS = (0.4, 0.7, 0.95), (30, 100, 1_000)
SCALES = {
    "2 even": (0.5, 0.5),
    "4 even": (0.25, 0.25, 0.25, 0.25),
    "3 skewed": (0.7, 0.2, 0.1),
    "2 skewed": (0.85, 0.15),
    "2 rare": (0.95, 0.05),
}
RATERS = (3, 2, 5)
SAMPLES = 500
TOGETHER = 10  # items of a document
ALIKE = 4.0  # of the beta distribution of care over documents: a correlation of 1 / (1 + 4)


@dataclass(frozen=True)
class Cell:
    """What is drawn: a model's name, the true alpha, how many items and annotators, the shares of the labels."""

    model: str
    alpha: float
    items: int
    raters: int
    scale: str


@dataclass(frozen=True)
class Held:
    """Of samples with an interval: the shares that hold the truth, lie above it and below it, the mean width.

    `without` is the share of all samples that have none.
    """

    inside: float
    above: float
    below: float
    width: float
    without: float


def main() -> None:
    """Print the table."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    wanted = sys.argv[2:] or ["slips", "documents", "panel"]
    print(
        "| model | labels | annotators | items | alpha | holds | too high | too low | width | none | percentile |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for cell in cells():
        if cell.model in wanted:
            ours, plain = (held(cell, method, samples) for method in (tilted, percentile))
            print(f"| {_told(cell)} | {_shares(ours)} | {plain.inside:.1%} |", flush=True)
    for scale, items, alpha in product(("3 skewed", "2 rare"), ITEMS, ALPHAS) if "panel" in wanted else ():
        cell = Cell("slips", alpha, items, 3, scale)
        for name, method in PANEL.items():
            found = held(cell, method, samples)
            print(f"| {_told(cell).replace('slips', name)} | {_shares(found)} | |", flush=True)


def cells() -> Iterator[Cell]:
    """Every cell of the table: three annotators on every scale, two and five on two of them; documents on two."""
    for scale, raters in product(SCALES, RATERS):
        if raters == RATERS[0] or scale in {"2 even", "3 skewed"}:
            yield from (Cell("slips", alpha, items, raters, scale) for items, alpha in product(ITEMS, ALPHAS))
    for scale in ("2 even", "3 skewed"):
        yield from (
            Cell("documents", alpha, items, 3, scale) for items, alpha in product((300, 1_000), ALPHAS)
        )


def held(cell: Cell, method: Method, samples: int) -> Held:
    """How the intervals of a method do over samples of a cell."""
    random = np.random.default_rng([round(100 * cell.alpha), cell.items, cell.raters, len(cell.scale)])
    above = below = without = 0
    width = 0.0
    for at in range(samples):
        low, high = method(draw(cell, random), at)
        if low is None or high is None:
            without += 1
            continue
        above += low > cell.alpha
        below += high < cell.alpha
        width += high - low
    with_one = max(1, samples - without)
    inside = 1 - (above + below) / with_one
    return Held(inside, above / with_one, below / with_one, width / with_one, without / samples)


def draw(cell: Cell, random: np.random.Generator) -> Study:
    """One sample of a cell."""
    shares = np.array(SCALES[cell.scale])
    group = None
    if cell.model == "documents":
        truth, keeps, group = _documents(cell, random)
    else:
        truth, keeps = _alone(cell, random)
    anything = random.choice(len(shares), size=keeps.shape, p=shares)
    value = np.where(keeps, truth[:, None], anything)
    item, rater = (code.ravel() for code in np.indices(value.shape))
    names = tuple(range(cell.items)), tuple(range(cell.raters)), tuple(range(len(shares)))
    return Study(*names, item, rater, value.ravel(), group)


def tilted(study: Study, seed: int) -> Bounds:
    """The interval that measures have."""
    found = krippendorff_alpha(study, seed=seed)
    return found.low, found.high


def conger(study: Study, seed: int) -> Bounds:
    """The interval of Conger's kappa."""
    found = conger_kappa(study, seed=seed)
    return found.low, found.high


def light(study: Study, seed: int) -> Bounds:
    """The interval of Light's kappa."""
    found = light_kappa(study, seed=seed)
    return found.low, found.high


PANEL: dict[str, Method] = {"Conger": conger, "Light": light}


def percentile(study: Study, seed: int) -> Bounds:
    """The plain percentile bootstrap, to show what it misses."""
    units = Units.of(study).pairable()
    made = parts(units, LEVELS["nominal"])
    if made.unvaried:
        return None, None
    sums = alpha_sums(made, ordinal=False)
    values = Sample.drawn(sums.features, sums.counts, sums.evaluate, DRAWS, seed).values
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)


def _alone(cell: Cell, random: np.random.Generator) -> tuple[Codes, Flags]:
    truth = random.choice(len(SCALES[cell.scale]), size=cell.items, p=SCALES[cell.scale])
    return truth, random.random((cell.items, cell.raters)) < np.sqrt(cell.alpha)


def _documents(cell: Cell, random: np.random.Generator) -> tuple[Codes, Flags, Codes]:
    number = cell.items // TOGETHER
    group = np.repeat(np.arange(number), TOGETHER)
    truth = random.choice(len(SCALES[cell.scale]), size=number, p=SCALES[cell.scale])[group]
    mean = np.sqrt(cell.alpha)
    care = random.beta(ALIKE * mean, ALIKE * (1 - mean), size=(number, cell.raters))[group]
    return truth, random.random(care.shape) < care, group


def _told(cell: Cell) -> str:
    return f"{cell.model} | {cell.scale} | {cell.raters} | {cell.items:,} | {cell.alpha:.2f}"


def _shares(one: Held) -> str:
    return f"{one.inside:.1%} | {one.above:.1%} | {one.below:.1%} | {one.width:.3f} | {one.without:.1%}"


if __name__ == "__main__":
    main()
