"""Percent agreement and Krippendorff's alpha, with missing labels and any number of raters.

What alpha is made of, with the publications, is in `alpha.py`; the distances are in `distances.py`.
Percent agreement is the share of agreeing pairs of labels on an item, averaged over items.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.alpha import parts
from annotation.algorithms.alpha_sums import alpha_sums
from annotation.algorithms.asymptotic import error_of_mean
from annotation.algorithms.bootstrap import DRAWS
from annotation.algorithms.distances import LEVELS, NUMERIC, Metric, from_function, from_matrix, numbers
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.patterns import Label
from annotation.algorithms.scalars import as_json
from annotation.algorithms.statistic import FEW_WITH_LABEL, Caution, Reason, Statistic
from annotation.algorithms.units import Source, Units, mean_of_second
from annotation.algorithms.weights import Weights, are_numbers, out_of_range, unweighable, weight_matrix

Distance = Callable[[Any, Any], float] | Sequence[Sequence[float]] | NDArray[Any]
"""A function of two labels, or a square matrix in the order of the categories."""

MOST_CATEGORIES = 30_000
"""Beyond this many different labels distances that are no differences of numbers take too long."""

DOMINANT = 0.9
"""From this share of all labels on, a label is said to dominate."""


def percent_agreement(source: Source, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The mean share of agreeing pairs of labels per item. Not corrected for chance.

    The standard error is that of a mean over items, which for two raters is the binomial one with n - 1 for n; items of
    one document count together. All labels the same: 1, which says nothing of chance. One item: its share, without a
    standard error. No item with two labels: no value.
    """
    given = Units.of(source)
    units = given.pairable()
    empty = replace(_empty("percent", given, units), chance_corrected=False)
    if empty.reason:
        return empty
    m = units.labels
    squares = np.bincount(units.unit, units.times**2, minlength=len(m))
    agreeing = (squares - m) / (m * (m - 1))
    sums = units.sums(np.column_stack([np.ones_like(agreeing), agreeing]), mean_of_second)
    value = float(mean_of_second(sums.totals))
    found = replace(empty, value=value, observed=1 - value)
    if empty.items > 1:
        error = error_of_mean(agreeing - value, units.items, units.group)
        found = replace(found, standard_error=error.value, details=error.known(value, confidence))
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def krippendorff_alpha(
    source: Source,
    *,
    level: str = "nominal",
    distance: Distance | None = None,
    seed: int,
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Statistic:
    """Krippendorff's alpha of a `level` (`ordinal`, or one of `distances.LEVELS`), or with distances of one's own.

    Items with one label are left out. There is no value when no item has two labels, when only one has, when all labels
    are the same, for a level of numbers when a label is none or when squares of them are beyond what a float holds, and
    for the ratio level when one is below 0, where its distance is not defined. The interval rests on `draws` samples;
    with 0 there is none. Raises ValueError for an unknown level, for sets that are none, and for a matrix of distances
    that does not fit the labels.
    """
    return _measured(Units.of(source), _asked(level, distance), seed, confidence, draws)


def alpha_by(source: Source, metric: Metric, *, kind: str, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's alpha with distances of one's own making; `kind` names it. Otherwise as `krippendorff_alpha`."""
    return _measured(Units.of(source), _Asked(kind, metric), seed, confidence)


def gwet_weighted_alpha(
    source: Source, *, weights: Weights = "ordinal", seed: int, confidence: float = 0.95
) -> Statistic:
    """Krippendorff's alpha with weights of agreement after Gwet in place of squared distances.

    With `ordinal` this is not Krippendorff's ordinal alpha: Gwet's weights stand for ranks alone, Krippendorff's
    distances also for how often each label was given. (Gwet 2014, chapter 5; see `weights`.)
    """
    units = Units.of(source)
    named = weights if isinstance(weights, str) else "custom"
    if reason := unweighable(weights, units.categories):
        return Statistic(kind=f"alpha_gwet_{named}", reason=reason)
    metric = (
        from_matrix(1 - weight_matrix(weights, units.categories)) if units.categories else LEVELS["nominal"]
    )
    return _measured(units, _Asked(f"alpha_gwet_{named}", metric), seed, confidence)


def label_alpha(source: Source, label: Label, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's nominal alpha of one label against all others together, with how many items carry it."""
    units = Units.of(source).collapsed(label)
    pairable = units.pairable()
    carrying = int(pairable.items[np.unique(pairable.unit[pairable.code == 1])].sum())
    found = _measured(units, _Asked("alpha_label", LEVELS["nominal"]), seed, confidence)
    found = replace(found, carrying=carrying)
    if not carrying and found.reason == Reason.NO_VARIATION:
        return replace(found, reason=Reason.LABEL_UNUSED)
    if found.value is not None and carrying < FEW_WITH_LABEL:
        few = Caution("few_items_with_label", {"label": as_json(label), "items": carrying})
        found = replace(found, warnings=(*found.warnings, few))
    return found


@dataclass(frozen=True)
class _Asked:
    """Which alpha: its name, and its distances, or None for Krippendorff's ordinal ones."""

    kind: str
    metric: Metric | None


def _asked(level: str, distance: Distance | None) -> _Asked:
    if distance is not None:
        return _Asked(
            "alpha_distance", from_function(distance) if callable(distance) else from_matrix(distance)
        )
    if level == "ordinal":
        return _Asked("alpha_ordinal", None)
    if level not in LEVELS:
        raise ValueError(f"no level is called {level!r}; there are ordinal, {', '.join(sorted(LEVELS))}")
    return _Asked("alpha" if level == "nominal" else f"alpha_{level}", LEVELS[level])


def _measured(given: Units, asked: _Asked, seed: int, confidence: float, draws: int = DRAWS) -> Statistic:
    units = given.pairable()
    empty = _empty(asked.kind, given, units)
    reason = empty.reason or _refused(units, asked)
    if reason:
        return replace(empty, reason=reason)
    units = units.in_own_order() if asked.metric is LEVELS["nominal"] else units
    made = parts(units.with_unanimous(), asked.metric)
    # Krippendorff's ordinal differences count labels; the positions here are shares of them.
    scale = 1.0 if asked.metric else made.n**2
    observed, expected = made.disagreement, made.expected
    if made.unvaried:
        return replace(empty, reason=Reason.NO_VARIATION, observed=observed * scale, expected=0.0)
    value = 1 - observed / expected
    found = replace(empty, value=value, observed=observed * scale, expected=expected * scale)
    error = made.standard_error
    found = replace(
        found,
        standard_error=error.value,
        details=error.known(value, confidence),
        warnings=(*empty.warnings, *_dominant(units, asked)),
    )
    return with_interval(
        found,
        alpha_sums(made, ordinal=asked.metric is None),
        seed=seed,
        confidence=confidence,
        reach=made.greatest / expected,
        bounds=(min(-1.0, value), 1.0),
        draws=draws,
    )


def _refused(units: Units, asked: _Asked) -> Reason | None:
    """Why there is no alpha, before distances are made."""
    if int(units.items.sum()) == 1:
        return Reason.ONE_ITEM
    if asked.metric in NUMERIC:
        if not are_numbers(units.categories):
            return Reason.NOT_NUMBERS
        given = numbers(units.categories)[units.totals > 0]
        if asked.metric is LEVELS["ratio"] and given.min() < 0:
            return Reason.NEGATIVE_NUMBERS
        if reason := out_of_range(given):
            return reason
    by_position = asked.metric in (None, LEVELS["interval"])
    return Reason.TOO_LARGE if not by_position and len(units.categories) > MOST_CATEGORIES else None


def _empty(kind: str, given: Units, pairable: Units) -> Statistic:
    items = int(pairable.items.sum())
    reason = None
    if not items:
        reason = given.nothing_shared
    labels = int(pairable.totals.sum())
    return Statistic(kind=kind, reason=reason, items=items, labels=labels, warnings=few_items(items))


def _dominant(units: Units, asked: _Asked) -> tuple[Caution, ...]:
    """The caution that nearly all labels are one label, so that alpha rests on the few others."""
    share = float(units.totals.max() / units.totals.sum())
    if asked.kind != "alpha" or share < DOMINANT:
        return ()
    label = units.categories[int(units.totals.argmax())]
    return (Caution("label_dominates", {"label": as_json(label), "percent": _percent(share)}),)


def _percent(share: float) -> float:
    """A whole percentage, but what is between 99 and 100 cut to one digit: only all is 100."""
    return round(100 * share) if share < 0.991 else int(1000 * share) / 10
