"""Shares of sums, some of which are of nothing."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def quotient(part: Floats, whole: Floats, least: float = 0.0) -> Floats:
    """`part` by `whole`, element by element; NaN where the whole is not above `least`."""
    out = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    return np.asarray(np.divide(part, whole, out=out, where=np.asarray(whole) > least), dtype=np.float64)
