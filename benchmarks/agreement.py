"""Krippendorff's alpha with its interval, against the least that any count of the labels costs: one np.bincount."""

from functools import partial

import numpy as np

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.figures import Table as Stored
from annotation.algorithms.figures import figures
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from benchmarks.rubric import Table, best

SIZES = (100_000, 1_000_000)
RATERS_PER_ITEM, RATERS, LABELS, AGREE = 3, 40, ("yes", "no", "maybe", "unclear"), 0.7


def measure(table: Table) -> None:
    """From codes in arrays, as a stored study has them; then from stored patterns, as the job reads them."""
    for size in SIZES:
        study = _study(size)
        counted = best(partial(np.bincount, study.value, minlength=len(LABELS)))
        alpha = best(partial(_alpha, study), times=3)
        table.line(
            f"alpha and interval from {size:,} coded labels",
            f"{alpha * 1000:,.0f} ms",
            f"{alpha / counted:,.0f} x np.bincount ({counted * 1000:.2f} ms)",
        )
    rows = [(pattern, items) for pattern, items in _study(SIZES[0]).patterns().to_json()]
    whole = best(lambda: figures(Stored("choice", LABELS, rows), seed=1), times=3)
    table.line(
        f"every figure of one question, stored patterns of {SIZES[0]:,} labels", f"{whole * 1000:,.0f} ms", ""
    )


def _alpha(study: Study) -> Statistic:
    return krippendorff_alpha(study.patterns(), seed=1)


def _study(size: int) -> Study:
    """Three of forty raters an item; each gives the item's own label seven times in ten, else any."""
    random = np.random.default_rng(20_261_120)
    items = size // RATERS_PER_ITEM
    item = np.repeat(np.arange(items), RATERS_PER_ITEM)
    rater = ((np.arange(items)[:, None] * 7 + np.arange(RATERS_PER_ITEM) * 11) % RATERS).ravel()
    truth = random.integers(len(LABELS), size=items)
    slips = random.random(item.size) > AGREE
    value = np.where(slips, random.integers(len(LABELS), size=item.size), truth[item])
    return Study(tuple(range(items)), tuple(range(RATERS)), LABELS, item, rater, value)
