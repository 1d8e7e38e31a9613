"""Gamma, gamma-cat and gamma-k of a study.

Every text that two annotators answered is aligned and compared with random texts (`chance.py`):

    gamma     = 1 - sum_t u_t observed_t / sum_t u_t expected_t      u: units an annotator marked on average
    gamma-cat = 1 - sum_t w_t observed_t / sum_t w_t expected_t      w: weight of the text's pairs (`labels.py`)

gamma-k is gamma-cat of one label. With one text these are the published measures. Gamma looks at places and labels,
the others at the labels of what is aligned. They lie below 1, 0 is chance, and below 0 is worse than it.

A text that nobody marked has nothing to align and is left out; an annotator without a unit in a text that others marked
counts. Units without length are left out, and equal units of one annotator are one; units may overlap. A text that is
too crowded for the exact alignment is left out too, with a caution that counts these; when all are, the reason is
TOO_LARGE. `observed` and `expected` are the two means of disorders, `details` tell how many random texts were drawn in
all (`chance_draws`) and how precisely their mean is known (`chance_precision`). Texts are resampled for the interval,
those of one document together; the draws are not made anew for it.

No value: NO_LABELS, ONE_ANNOTATOR, NO_SHARED_ITEMS, NO_SPANS as for F1; LABEL_UNUSED; NO_OVERLAP when no two units (of
the label) are aligned; NO_VARIATION when random texts never differ, and of labels when there is only one. One text has
a value and a wide interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.gamma.chance import PRECISION, Asked, Measured, draws, measure_texts, reached
from annotation.algorithms.gamma.marks import Marks, Weights
from annotation.algorithms.gamma.sampling import Sampling
from annotation.algorithms.span_items import Marked, blank, pairable, sums_by_group
from annotation.algorithms.statistic import FEW_WITH_LABEL, Caution, Reason, Statistic
from annotation.algorithms.study import Study


def gamma(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Gamma with the weights of the publication: places and labels count alike, and a missing partner as much."""
    return GammaStudy.of(study, seed=seed).gamma(confidence=confidence)


def gamma_cat(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Gamma-cat with the same weights."""
    return GammaStudy.of(study, seed=seed).gamma_cat(confidence=confidence)


def gamma_k(study: Study, label: str, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Gamma-k with the same weights."""
    return GammaStudy.of(study, seed=seed).gamma_k(label, confidence=confidence)


@dataclass(frozen=True)
class GammaStudy:
    """A study's texts aligned, and as many random ones: done once for all three measures.

    `items` are those that were measured, `labels` the labels by code, `left_out` counts crowded texts.
    """

    study: Study
    items: list[Marked]
    labels: tuple[str, ...]
    found: list[Measured]
    left_out: int
    seed: int

    @classmethod
    def of(
        cls,
        study: Study,
        *,
        seed: int,
        weights: Weights | None = None,
        sampling: Sampling = "statistical",
        precision: float = PRECISION,
    ) -> GammaStudy:
        """Measure every text with two answers and a unit; see `chance.py` for `sampling` and `precision`."""
        given = [one for one in _bare(pairable(study)) if any(one.spans)]
        labels = tuple(sorted({span[2] for one in given for spans in one.spans for span in spans}))
        asked = Asked(weights or Weights(), len(labels), sampling, precision, seed)
        codes = {label: at for at, label in enumerate(labels)}
        texts = [tuple(Marks.of(set(spans), codes) for spans in one.spans) for one in given]
        made = measure_texts(texts, asked)
        kept = [one for one, found in zip(given, made, strict=True) if found]
        return cls(study, kept, labels, [found for found in made if found], made.count(None), seed)

    def gamma(self, *, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""
        rows = np.array(
            [[one.units * one.alignment.disorder, one.units * one.chance.expected] for one in self.found]
        )
        weight = np.array([one.units for one in self.found])
        return self._figure(self._blank("gamma"), rows, weight, confidence)

    def gamma_cat(self, *, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""
        return self._of_labels(self._blank("gamma_cat"), 0, confidence)

    def gamma_k(self, label: str, *, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""
        found = self._blank("gamma_k")
        if label not in self.labels:
            return replace(found, reason=found.reason or Reason.LABEL_UNUSED, warnings=())
        carrying = sum(any(span[2] == label for spans in one.spans for span in spans) for one in self.items)
        if carrying < FEW_WITH_LABEL:
            caution = Caution("few_items_with_label", {"label": label, "items": carrying})
            found = replace(found, warnings=(*found.warnings, caution))
        return self._of_labels(replace(found, carrying=carrying), 1 + self.labels.index(label), confidence)

    def _of_labels(self, found: Statistic, at: int, confidence: float) -> Statistic:
        if found.reason is None and len(self.labels) < 2:
            return replace(found, reason=Reason.NO_VARIATION, warnings=())
        if found.reason is None and not any(one.labels.aligned[at] for one in self.found):
            return replace(found, reason=Reason.NO_OVERLAP, warnings=())
        weight = np.array([one.labels.weight[at] * (one.labels.aligned[at] > 0) for one in self.found])
        terms = [(one.labels.disorder[at], float(one.chance.labels[at])) for one in self.found]
        return self._figure(found, weight[:, None] * np.array(terms).reshape(-1, 2), weight, confidence)

    def _blank(self, kind: str) -> Statistic:
        shared = _bare(pairable(self.study))
        found = blank(kind, self.study, shared, None, chance_corrected=True)
        if found.reason is None and not self.found:
            return replace(found, reason=Reason.TOO_LARGE, warnings=())
        if self.left_out:
            caution = Caution("too_large_items", {"items": self.left_out})
            found = replace(found, warnings=(*found.warnings, caution), items=found.items - self.left_out)
        return found

    def _figure(self, found: Statistic, rows: Floats, weight: Floats, confidence: float) -> Statistic:
        """From observed and expected terms (texts, 2), weighted already."""
        if found.reason:
            return found
        observed, expected = (rows.sum(axis=0) / weight.sum()).tolist()
        if not expected > 0:
            return replace(found, reason=Reason.NO_VARIATION, observed=observed, expected=0.0, warnings=())
        details = {
            "chance_draws": float(draws(self.found)),
            "chance_precision": reached(self.found),
        }
        found = replace(
            found, value=1 - observed / expected, observed=observed, expected=expected, details=details
        )
        sums = sums_by_group(self.items, rows, _one_minus)
        return with_interval(
            found,
            sums,
            seed=self.seed,
            confidence=confidence,
            reach=1 / expected,
            bounds=(-math.inf, 1.0),
        )


def _bare(items: Sequence[Marked]) -> list[Marked]:
    """The items without units that have no length."""
    return [
        replace(one, spans=tuple(tuple(span for span in spans if span[0] < span[1]) for spans in one.spans))
        for one in items
    ]


def _one_minus(sums: Floats) -> Floats:
    found = np.divide(
        sums[..., 0], sums[..., 1], out=np.full(sums.shape[:-1], np.nan), where=sums[..., 1] > 1e-12
    )
    return np.asarray(1 - found, dtype=np.float64)
