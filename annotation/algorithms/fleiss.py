"""What Fleiss' kappa has beside its value: the test against chance, and a kappa for each category.

Fleiss, J. L. (1971). doi:10.1037/h0031619; Fleiss, J. L., Nee, J. C. M. and Landis, J. R. (1979). Large sample variance
of kappa in the case of different sets of raters. doi:10.1037/0033-2909.86.5.974. With N items of m labels each, p_j the
share of category j, q_j = 1 - p_j, if kappa were 0:

    Var = 2 ((sum p_j q_j)^2 - sum p_j q_j (q_j - p_j)) / (N m (m - 1) (sum p_j q_j)^2)
    Var_j = 2 / (N m (m - 1))                             of the kappa of category j against all others

It takes items to be independent: where they belong to documents there is no such test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist

import numpy as np

from annotation.algorithms.gwet import fleiss_kappa
from annotation.algorithms.patterns import Label
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.units import Source, Units
from annotation.algorithms.weights import Weights


def fleiss_with_test(
    source: Source,
    *,
    weights: Weights = "identity",
    categories: Sequence[Label] = (),
    seed: int,
    confidence: float = 0.95,
) -> Statistic:
    """`fleiss_kappa`; unweighted, and with as many labels on every item, `details` has the null test too."""
    found = fleiss_kappa(source, weights=weights, categories=categories, seed=seed, confidence=confidence)
    units = Units.of(source)
    each = _labels_each(units)
    plain = isinstance(weights, str) and weights == "identity"
    if found.value is None or each is None or not plain:
        return found
    share = units.totals / units.totals.sum()
    against = share * (1 - share)
    spread = against.sum() ** 2 - float(against @ (1 - 2 * share))
    error = float(np.sqrt(2 * spread / (units.items.sum() * each * (each - 1)))) / float(against.sum())
    return _tested(found, error)


def fleiss_of_category(source: Source, category: Label, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Fleiss' kappa of one category against all others together.

    Nobody used it: no value. With labels missing it is Gwet's generalisation, without the null test.
    """
    units = Units.of(source).collapsed(category)
    carrying = int(units.items[np.unique(units.unit[units.code == 1])].sum())
    found = replace(
        fleiss_kappa(units, seed=seed, confidence=confidence), kind="fleiss_kappa_category", carrying=carrying
    )
    if not carrying and found.reason == Reason.NO_VARIATION:
        return replace(found, reason=Reason.LABEL_UNUSED)
    each = _labels_each(units)
    if found.value is None or each is None:
        return found
    return _tested(found, float(np.sqrt(2 / (units.items.sum() * each * (each - 1)))))


def _labels_each(units: Units) -> float | None:
    """The number of labels of every item, when it is the same and items are independent."""
    if units.group is not None:
        return None
    labels = units.labels[units.items > 0]
    return float(labels[0]) if labels.size and labels[0] > 1 and (labels == labels[0]).all() else None


def _tested(found: Statistic, error: float) -> Statistic:
    z = (found.value or 0.0) / error
    known = {"null_standard_error": error, "z": z, "p_null": 2 * NormalDist().cdf(-abs(z))}
    return replace(found, details=found.details | known)
