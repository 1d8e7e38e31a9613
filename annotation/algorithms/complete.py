"""The items that have all their labels, as a table of numbers: what measures without a form for missing labels read."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.counts import Codes
from annotation.algorithms.estimate import few_items
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.weights import are_numbers


@dataclass(frozen=True, eq=False)
class Complete:
    """`numbers` (items, labels an item), in the order of raters; `items` their codes in the study."""

    numbers: Floats
    items: Codes
    left_out: int


def complete(study: Study, *, same_raters: bool) -> Complete:
    """The items that every rater labelled; unless `same_raters`, those with as many labels as any item has.

    Labels that are no numbers stand for their rank in the study's categories. Raises ValueError when `same_raters` and
    one of several has two labels on an item.
    """
    times = np.bincount(study.item, minlength=len(study.items))
    if same_raters and study.repeating.size and len(study.raters) > 1:
        raise ValueError("a rater has two labels on one item; reduce repeats first")
    width = len(study.raters) if same_raters else int(times.max(initial=0))
    kept = np.flatnonzero(times == width) if width else np.zeros(0, dtype=np.int64)
    cells = np.isin(study.item, kept)
    x = study.numbers if are_numbers(study.categories) else np.arange(1.0, len(study.categories) + 1)
    table: Floats = x[study.value[cells]].astype(np.float64).reshape(len(kept), width)
    return Complete(table, kept, int((times > 1).sum()) - len(kept))


def started(kind: str, study: Study, found: Complete) -> Statistic:
    """The measure's answer before its value: counts and cautions, or the reason why there can be none."""
    items, width = found.numbers.shape
    empty = Statistic(kind=kind, items=items, labels=items * width, inputs_hash=study.inputs_hash)
    shared = (np.bincount(study.item, minlength=len(study.items)) > 1).any()
    if not len(study.item):
        return replace(empty, reason=Reason.NO_LABELS)
    if len(study.raters) == 1:
        return replace(empty, reason=Reason.ONE_ANNOTATOR)
    if not shared:
        return replace(empty, reason=Reason.NO_SHARED_ITEMS)
    if items < 2:
        return replace(empty, reason=Reason.INCOMPLETE if found.left_out else Reason.ONE_ITEM)
    if (found.numbers == found.numbers[0, 0]).all():
        return replace(empty, reason=Reason.NO_VARIATION)
    left_out = (
        (Caution("incomplete_items", {"items": found.left_out, "used": items}),) if found.left_out else ()
    )
    return replace(empty, warnings=(*few_items(items), *left_out))
