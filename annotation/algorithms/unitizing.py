"""Agreement on units of texts, corrected for chance: alpha-U per label, and the u-alpha family over all labels.

`alpha_unitizing` is Krippendorff's of 1995 for one label (`alpha_u.py` has the formula): it looks at how far the ends
of units lie apart. The others are of 2016 (`unit_coincidences.py`): they look at how much of the text two annotators
give the same value, with l observed and e expected coincidences, g the gap and * what both of a pair have labelled:

    u_alpha        = 1 - (l - sum_c l_cc) / (e - sum_c e_cc)          units and labels
    u_alpha_binary = 1 - (l_g - l_gg) / (e_g - e_gg)                  marked or not, whatever the label
    cu_alpha       = 1 - (l* - sum_c l*_cc) / (e* - sum_c e*_cc)      the labels, where both marked something
    ku_alpha       = 1 - (e*_k / l*_k) (l*_k - l*_kk) / (e*_k - e*_kk)   of one label k

In `details`, `coverage` is the share of the text (of the label, for ku_alpha) that cu_alpha and ku_alpha rest on.

The study needs `extent`, the length of each text; without it the reason is NO_EXTENT. A unit has one annotator and one
label, and units of both alike may not overlap: those that do are taken as one, from the first start to the last end.
Units of different labels may overlap; where they do, all their labels together are the value of that piece (only for
the coefficients of 2016). Both are counted in a caution, `merged_units` and `combined_labels`. A unit without length
is left out. Texts are resampled for the interval, those of one document together.

No value: NO_LABELS, ONE_ANNOTATOR, NO_SHARED_ITEMS, NO_SPANS as for F1; NO_OVERLAP when no two annotators ever marked
the same place (cu, ku); NO_VARIATION when nothing but chance is left: everything marked, only one label used, or of a
label a single unit that is compared. One text is measured, with a caution and a wide interval. An annotator who marked
nothing has a text that is one gap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotation.algorithms.alpha_u import MOST_KNOTS, Continuum, disagreements, features, knots_of
from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.quotient import quotient
from annotation.algorithms.span_items import Marked, Span, blank, pairable, sums_by_group
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.unit_coincidences import Segment, Tables, coincidences, segments

_LEAST = 1e-12  # characters of a text; a sample may be weighed down to less

Parts = Callable[[Floats], tuple[Floats, Floats]]
"""Sums (..., columns) to the observed and the expected disagreement."""


def alpha_unitizing(study: Study, label: str, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's alpha-U (1995) for one label; `observed` and `expected` are squared differences per L^2."""
    items, found = _prepared("alpha_u", study, label)
    if found.reason:
        return found
    texts, merged = [], 0
    for one in items:
        units = [_merged(spans) for spans in one.spans]
        merged += sum(map(len, one.spans)) - sum(map(len, units))
        bare = tuple(tuple((start, end) for start, end, _ in mine) for mine in units)
        texts.append(Continuum(one.extent or 0, bare))
    exact = disagreements(features(texts, knots_of(texts)).sum(axis=0))
    rows = features(texts, knots_of(texts, MOST_KNOTS))
    return _figure(_cautioned(found, merged), items, rows, exact, disagreements, seed, confidence)


def u_alpha(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Units and labels at once (2016)."""
    return Cut.of(study).u_alpha(seed=seed, confidence=confidence)


def u_alpha_binary(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Marked or not (2016)."""
    return Cut.of(study).u_alpha_binary(seed=seed, confidence=confidence)


def cu_alpha(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The labels, where both of a pair marked something (2016)."""
    return Cut.of(study).cu_alpha(seed=seed, confidence=confidence)


def ku_alpha(study: Study, label: str, *, seed: int, confidence: float = 0.95) -> Statistic:
    """One label against the others, where both of a pair marked something (2016)."""
    return Cut.of(study).ku_alpha(label, seed=seed, confidence=confidence)


@dataclass(frozen=True)
class Cut:
    """A study's texts cut into segments: done once for all coefficients of 2016.

    `rows` has the sums of each item; `merged` units and `combined` pieces are what the cautions count.
    """

    study: Study
    items: list[Marked]
    values: dict[tuple[str, ...], int]
    rows: Floats
    merged: int
    combined: int

    @classmethod
    def of(cls, study: Study) -> Cut:
        """Cut every item that has two answers; nothing is cut where the study knows no extents."""
        items, found = _prepared("u_alpha", study, None)
        if found.reason:
            return cls(study, items, {}, np.zeros((0, 0)), 0, 0)
        units = [[_merged(spans) for spans in one.spans] for one in items]
        merged = sum(len(spans) for one in items for spans in one.spans)
        merged -= sum(len(mine) for each in units for mine in each)
        cuts = [
            [segments(mine, one.extent or 0) for mine in each] for one, each in zip(items, units, strict=True)
        ]
        used = {labels for each in cuts for mine in each for _, _, labels in mine}
        values = {labels: code for code, labels in enumerate(sorted(used | {()}))}
        combined = sum(len(labels) > 1 for each in cuts for mine in each for _, _, labels in mine)
        rows = [coincidences([_coded(mine, values) for mine in each], len(values)) for each in cuts]
        return cls(study, items, values, np.array(rows), merged, combined)

    def u_alpha(self, *, seed: int, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""

        def parts(sums: Floats) -> tuple[Floats, Floats]:
            tables = Tables.of(sums)
            return _off_diagonal(tables.l), _off_diagonal(tables.e)

        return self._figure("u_alpha", parts, seed, confidence)

    def u_alpha_binary(self, *, seed: int, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""

        def parts(sums: Floats) -> tuple[Floats, Floats]:
            tables = Tables.of(sums)
            return _marked_or_not(tables.l), _marked_or_not(tables.e)

        return self._figure("u_alpha_binary", parts, seed, confidence)

    def cu_alpha(self, *, seed: int, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""

        def parts(sums: Floats) -> tuple[Floats, Floats]:
            tables = Tables.of(sums)
            return _off_diagonal(tables.l_coded), _off_diagonal(tables.e_coded)

        return self._figure("cu_alpha", parts, seed, confidence, coded=slice(None))

    def ku_alpha(self, label: str, *, seed: int, confidence: float = 0.95) -> Statistic:
        """See the function of this name."""
        code = self.values.get((label,))
        if code is None:
            found = _prepared("ku_alpha", self.study, None)[1]
            return replace(found, reason=found.reason or Reason.LABEL_UNUSED, warnings=())

        def parts(sums: Floats) -> tuple[Floats, Floats]:
            tables, at = Tables.of(sums), code - 1
            return _of_row(tables.l_coded, at), _of_row(tables.e_coded, at)

        return self._figure("ku_alpha", parts, seed, confidence, coded=slice(code - 1, code))

    def _figure(
        self, kind: str, parts: Parts, seed: int, confidence: float, coded: slice | None = None
    ) -> Statistic:
        found = _prepared(kind, self.study, None)[1]
        if found.reason:
            return found
        totals = self.rows.sum(axis=0)
        found = _cautioned(found, self.merged, self.combined)
        if coded is not None:
            tables = Tables.of(totals)
            rested, whole = tables.l_coded.sum(axis=-1)[coded].sum(), tables.l.sum(axis=-1)
            if not rested:
                return replace(found, reason=Reason.NO_OVERLAP, warnings=())
            among = whole.sum() if coded == slice(None) else whole[1:][coded].sum()
            found = replace(found, details={"coverage": float(rested / among)})
        return _figure(found, self.items, self.rows, parts(totals), parts, seed, confidence)


def _prepared(kind: str, study: Study, label: str | None) -> tuple[list[Marked], Statistic]:
    """The items that are compared, and the answer before its value. Raises ValueError for units outside their text."""
    items = [
        replace(one, spans=tuple(tuple(span for span in spans if span[0] < span[1]) for spans in one.spans))
        for one in pairable(study, label)
    ]
    found = blank(kind, study, items, label, chance_corrected=True)
    if found.reason is None and study.extent is None:
        found = replace(found, reason=Reason.NO_EXTENT, warnings=())
    if found.reason is None:
        for one in items:
            if any(start < 0 or end > (one.extent or 0) for spans in one.spans for start, end, _ in spans):
                raise ValueError(f"a span of item {one.item!r} lies outside its text")
    return items, found


def _merged(spans: Sequence[Span]) -> list[Span]:
    """One annotator's units, those of one label that overlap taken as one."""
    by_label: dict[str, list[Span]] = {}
    for start, end, label in sorted(spans):
        mine = by_label.setdefault(label, [])
        if mine and start < mine[-1][1]:
            mine[-1] = mine[-1][0], max(end, mine[-1][1]), label
        else:
            mine.append((start, end, label))
    return sorted(unit for mine in by_label.values() for unit in mine)


def _coded(
    cut: Sequence[tuple[int, int, tuple[str, ...]]], values: dict[tuple[str, ...], int]
) -> list[Segment]:
    return [(start, end, values[labels]) for start, end, labels in cut]


def _cautioned(found: Statistic, merged: int, combined: int = 0) -> Statistic:
    counted = {"merged_units": ("units", merged), "combined_labels": ("pieces", combined)}
    more = tuple(Caution(code, {what: times}) for code, (what, times) in counted.items() if times)
    return replace(found, warnings=found.warnings + more)


def _figure(
    found: Statistic,
    items: Sequence[Marked],
    rows: Floats,
    totals: tuple[Floats, Floats],
    parts: Parts,
    seed: int,
    confidence: float,
) -> Statistic:
    observed, expected = float(totals[0]), float(totals[1])
    if not expected > 1e-12:
        return replace(found, reason=Reason.NO_VARIATION, observed=observed, expected=0.0, warnings=())
    sums = sums_by_group(items, rows, lambda drawn: _one_minus(*parts(drawn)))
    found = replace(found, value=1 - observed / expected, observed=observed, expected=expected)
    return with_interval(
        found, sums, seed=seed, confidence=confidence, reach=1 / expected, bounds=(-math.inf, 1.0)
    )


def _one_minus(observed: Floats, expected: Floats) -> Floats:
    return 1 - quotient(observed, expected, _LEAST)


def _off_diagonal(table: Floats) -> Floats:
    """The share of a table (..., v, v) that lies off the diagonal."""
    return quotient(
        table.sum(axis=(-2, -1)) - np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)), _LEAST
    )


def _marked_or_not(table: Floats) -> Floats:
    """The share of a table (..., v, v) in which one of a pair has a gap and the other has not."""
    return quotient(2 * (table[..., 0, :].sum(axis=-1) - table[..., 0, 0]), table.sum(axis=(-2, -1)), _LEAST)


def _of_row(table: Floats, at: int) -> Floats:
    """The share of a row of a table (..., v, v) that lies off the diagonal."""
    row = table[..., at, :].sum(axis=-1)
    return quotient(row - table[..., at, at], row, _LEAST)
