"""Sums and maxima over the last axis of tables with many rows and few columns.

numpy reduces each row by a call of its own; going column by column is ten to seventy times as fast for three columns.
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.labels import Floats


def highest(table: Floats) -> Floats:
    """The maximum of each row, as a column."""
    most = table[:, 0].copy()
    for at in range(1, table.shape[1]):
        np.maximum(most, table[:, at], out=most)
    return most[:, None]


def total(table: Floats) -> Floats:
    """The sum of each row, as a column."""
    return np.asarray(table @ np.ones((table.shape[1], 1)))


def normalised(logs: Floats) -> Floats:
    """Rows of log weights as probabilities."""
    chances = np.exp(logs - highest(logs))
    return np.asarray(chances / total(chances))
