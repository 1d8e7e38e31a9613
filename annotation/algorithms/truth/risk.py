"""The chance that answers are worse than others, by what is believed of the truth.

With P the believed posterior, an item's answer A (the classes that tie for the first place, each with its share of the
score) against B gains in the mean g = sum_t P_t (A_t - B_t), with variance sum_t P_t (A_t - B_t)^2 - g^2. Items are
taken as independent, so the gain of many is close to normal.
"""

from __future__ import annotations

from math import erf, sqrt

import numpy as np

from annotation.algorithms.truth.fitted import TIE
from annotation.algorithms.truth.labels import Floats


def credit(posterior: Floats) -> Floats:
    """The score (N x K) that each class would give an item's answer: 1, or its share where several tie."""
    top = posterior >= posterior.max(axis=1, keepdims=True) - TIE
    return np.asarray(top / top.sum(axis=1, keepdims=True))


def chance_of_loss(answers: Floats, others: Floats, believed: Floats, loss: float) -> float:
    """The chance that the answers of one posterior (N x K) score worse than those of another by more than `loss` (a
    share of the items), in [0, 1]; 0 where the answers are the same."""
    apart = credit(answers) - credit(others)
    gain = (believed * apart).sum(axis=1)
    variance = float(((believed * apart**2).sum(axis=1) - gain**2).sum())
    over = float(gain.sum()) + loss * len(gain)
    if variance <= TIE:
        return float(over < 0)
    return 0.5 * (1 - erf(over / sqrt(2 * variance)))
