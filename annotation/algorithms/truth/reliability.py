"""How often each annotator is right, with an interval.

The truth is not known, only its posterior: an annotator's right answers are the expected ones, R = sum of the
probabilities h of what they said. Their share r has a Beta prior with the crowd's mean and the strength at which the
counts of all are most probable (`strength`), so that few labels say little. An uncertain truth says less than a
known one: of the information n / (r (1 - r)) of n labels, the part sum h (1 - h) / (r (1 - r))^2 is missing. What is
left is that of

    n' = n - sum h (1 - h) / (r (1 - r))

labels, and the interval is that of the Beta distribution with mean r and n' labels and the prior's.

Louis, T. A. (1982). Finding the observed information matrix when using the EM algorithm. JRSS B 44(2), 226-233.
doi:10.1111/j.2517-6161.1982.tb01203.x
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.special import beta_quantile
from annotation.algorithms.truth.strength import strength

_EDGE = 1e-3


@dataclass(frozen=True, eq=False)
class Reliability:
    """Of each annotator (W): the share of right answers `value`, its bounds `low` and `high` with probability
    `confidence`, the number of `labels` and the expected number of `right` ones. `crowd` is the mean of all labels."""

    value: Floats
    low: Floats
    high: Floats
    labels: Floats
    right: Floats
    crowd: float
    confidence: float


def reliability(fit: Fit, confidence: float = 0.95) -> Reliability:
    """The reliability of the fit's annotators.

    Somebody without labels has the crowd's mean and a wide interval; without any label all have 1/2 and the whole
    range. Where all labels are the same everybody is right, with the room that so few labels leave.
    Raises ValueError unless 0 < confidence < 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}")
    labels = fit.labels
    hit = fit.posterior[labels.item, labels.value]
    right, unsure, given = labels.by_annotator(hit), labels.by_annotator(hit * (1 - hit)), labels.given
    crowd = float((hit.sum() + 1) / (hit.size + 2))
    worth = strength(np.stack([right, np.maximum(given - right, 0)], axis=1), np.array([crowd, 1 - crowd]))
    worth = min(worth, max(float(hit.size), 2.0))  # the crowd itself is known from so many labels only
    value = np.clip((right + worth * crowd) / (given + worth), _EDGE, 1 - _EDGE)
    known = np.clip(given - unsure / (value * (1 - value)), 0, None) + worth
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, value * known, (1 - value) * known)
    high = beta_quantile(1 - tail, value * known, (1 - value) * known)
    return Reliability(
        value, np.minimum(low, value), np.maximum(high, value), given, right, crowd, confidence
    )
