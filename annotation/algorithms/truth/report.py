"""What truth inference made of a table of labels, with its accuracy where gold is known: for a terminal or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.numbers import NumericFit, off_by
from annotation.algorithms.truth.reliability import Reliability, reliability

BINS = 10
SHOWN = 1e-6
"""Classes less probable are left out of a file."""


@dataclass(frozen=True, eq=False)
class Told:
    """A method's answers against gold: `known` items with labels and gold, mean score (ties in fractions), and how
    well their probabilities hold (expected calibration error over ten bins, Brier score)."""

    known: int
    accuracy: float
    ece: float
    brier: float


def told(fit: Fit, gold: Mapping[str, str]) -> Told | None:
    """Score a fit against gold answers by item; None where no labelled item has one."""
    code = {name: at for at, name in enumerate(fit.labels.classes)}
    at = [row for row, name in enumerate(fit.labels.items) if name in gold]
    if not at:
        return None
    truth = np.full(len(fit.labels.items), -1, dtype=np.int64)
    truth[at] = [code.get(gold[str(fit.labels.items[row])], -1) for row in at]
    score = fit.correctness(truth)[at]
    sure = fit.posterior[at].max(axis=1)
    return Told(
        len(at), float(score.mean()), calibration_error(sure, score), float(((sure - score) ** 2).mean())
    )


def as_json(fit: Fit, gold: Mapping[str, str]) -> dict[str, Any]:
    """One method's object: how many items, labels and workers, every item's answer and posterior, every worker's
    reliability, and accuracy where gold is known."""
    labels = fit.labels
    known = told(fit, gold)
    figures: dict[str, Any] = {
        "method": fit.method,
        "items": len(labels.items),
        "labels": int(labels.item.size),
        "workers": len(labels.annotators),
        "converged": fit.converged,
        "log_likelihood": fit.log_likelihood,
    }
    if known is not None:
        figures |= {"known": known.known, "accuracy": known.accuracy, "ece": known.ece, "brier": known.brier}
    figures["per_item"] = _items(fit)
    figures["per_worker"] = _workers(labels.annotators, reliability(fit))
    return figures


def numbers_told(fit: NumericFit, gold: Mapping[str, float]) -> tuple[int, float, float] | None:
    """Items with gold, mean absolute error and root mean squared error; None where no item has gold."""
    at = [row for row, name in enumerate(fit.numbers.items) if name in gold]
    if not at:
        return None
    known = np.array([gold[str(fit.numbers.items[row])] for row in at])
    return len(at), *off_by(fit.value[at], known)


def numbers_as_json(fit: NumericFit, gold: Mapping[str, float]) -> dict[str, Any]:
    """One numeric method's object; errors in the units of the labels."""
    numbers = fit.numbers
    known = numbers_told(fit, gold)
    figures: dict[str, Any] = {
        "method": fit.method,
        "items": len(numbers.items),
        "labels": int(numbers.value.size),
        "workers": len(numbers.annotators),
        "converged": fit.converged,
    }
    if known is not None:
        figures |= {"known": known[0], "mean_absolute_error": known[1], "root_mean_squared_error": known[2]}
    errors = [None if np.isnan(error) else float(error) for error in fit.error]
    figures["per_item"] = [
        {"item": item, "answer": float(value), "standard_error": error}
        for item, value, error in zip(numbers.items, fit.value, errors, strict=True)
    ]
    figures["per_worker"] = [
        {"worker": worker, "labels": int(given), "bias": float(bias), "spread": float(spread)}
        for worker, given, bias, spread in zip(
            numbers.annotators, numbers.given, fit.bias, fit.spread, strict=True
        )
    ]
    return figures


def _items(fit: Fit) -> list[dict[str, Any]]:
    """Each item's answer, its probability, those of all classes, and which tie for the first place, if several do."""
    classes = fit.labels.classes
    rows = []
    for item, chances, answer, top in zip(
        fit.labels.items, fit.posterior.tolist(), fit.answer.tolist(), fit.top.tolist(), strict=True
    ):
        likely = {str(name): chance for name, chance in zip(classes, chances, strict=True) if chance >= SHOWN}
        row = {
            "item": item,
            "answer": classes[answer],
            "posterior": chances[answer],
            "probabilities": likely,
        }
        if sum(top) > 1:
            row["tied"] = [name for name, among in zip(classes, top, strict=True) if among]
        rows.append(row)
    return rows


def _workers(names: Sequence[object], found: Reliability) -> list[dict[str, Any]]:
    columns = (found.labels, found.value, found.low, found.high)
    return [
        {"worker": name, "labels": int(given), "reliability": value, "low": low, "high": high}
        for name, given, value, low, high in zip(names, *(column.tolist() for column in columns), strict=True)
    ]


def calibration_error(sure: Floats, score: Floats) -> float:
    """ECE: the mean over items of how far the mean probability of their bin lies from its accuracy."""
    at = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(at, weights=sure - score, minlength=BINS)
    return float(np.abs(gaps).sum() / sure.size)
