"""Marked spans as the measures read them: item by item, what each of two annotators or more has marked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items
from annotation.algorithms.statistic import FEW_WITH_LABEL, Caution, Reason, Statistic
from annotation.algorithms.study import Study

Span = tuple[int, int, str]
SumsFunction = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Marked:
    """One item that two or more have answered.

    `raters` are codes into the study's, `spans` what each of them marked, in the same order; an empty tuple is an
    answer too. `group` is the code of what is resampled as one: the item's document, or the item. `extent` is the
    length of the text in code points, where the study knows it.
    """

    item: Hashable
    group: int
    extent: int | None
    raters: tuple[int, ...]
    spans: tuple[tuple[Span, ...], ...]


def pairable(study: Study, label: str | None = None) -> list[Marked]:
    """The items with two answers or more, in the order of the study; only the spans of `label` when one is given."""
    wanted = [
        tuple(span for span in cast("tuple[Span, ...]", said) if label is None or span[2] == label)
        for said in study.categories
    ]
    bounds = np.flatnonzero(np.diff(study.item, prepend=-1, append=-1)).tolist()
    items, raters, values = study.item.tolist(), study.rater.tolist(), study.value.tolist()
    found = []
    for low, high in pairwise(bounds):
        if high - low < 2:
            continue
        item = items[low]
        found.append(
            Marked(
                item=study.items[item],
                group=item if study.group is None else int(study.group[item]),
                extent=None if study.extent is None else int(study.extent[item]),
                raters=tuple(raters[low:high]),
                spans=tuple(wanted[value] for value in values[low:high]),
            )
        )
    return found


def blank(
    kind: str, study: Study, items: Sequence[Marked], label: str | None, *, chance_corrected: bool
) -> Statistic:
    """The measure's answer before its value: counts and warnings, or the reason why there can be no value."""
    marked = sum(len(spans) for one in items for spans in one.spans)
    carrying = sum(any(one.spans) for one in items)
    found = Statistic(
        kind=kind,
        items=len(items),
        labels=marked,
        carrying=None if label is None else carrying,
        chance_corrected=chance_corrected,
        inputs_hash=study.inputs_hash,
    )
    if not marked:
        return replace(found, reason=_reason(study, items))
    warnings = few_items(len(items))
    if label is not None and carrying < FEW_WITH_LABEL:
        warnings += (Caution("few_items_with_label", {"label": label, "items": carrying}),)
    return replace(found, warnings=warnings)


def sums_by_group(
    items: Sequence[Marked], features: Sequence[Sequence[float]] | Floats, evaluate: SumsFunction
) -> Sums:
    """The features (items, columns) added up over the items of a group, equal groups counted. A text is a document."""
    codes = {group: at for at, group in enumerate(dict.fromkeys(one.group for one in items))}
    rows = np.asarray(features, dtype=np.float64)
    added = np.zeros((len(codes), rows.shape[1]))
    np.add.at(added, [codes[one.group] for one in items], rows)
    kinds, counts = np.unique(added, axis=0, return_counts=True)
    return Sums(kinds, counts.astype(np.int64), evaluate, grouped=True)


def _reason(study: Study, items: Sequence[Marked]) -> Reason:
    if not study.item.size:
        return Reason.NO_LABELS
    if items:
        return Reason.NO_SPANS
    return Reason.ONE_ANNOTATOR if len(study.raters) == 1 else Reason.NO_SHARED_ITEMS
