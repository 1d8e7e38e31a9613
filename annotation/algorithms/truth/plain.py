"""The majority where there are too many classes for tables of items or annotators x classes: what was said is kept.

The same figures as `report.as_json` gives of `majority`, but for annotators: instead of their reliability, their
`agreement`: of the others who labelled the same items, the share that says the same. It is drawn to a half as by one
label that agrees and one that does not, with the quantiles of Beta(a + 1, n - a + 1) as bounds, a being the sum of
those shares over n labels. It is lower than the reliability, since the others err too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from annotation.algorithms.truth.labels import Codes, Floats, Labels
from annotation.algorithms.truth.report import calibration_error
from annotation.algorithms.truth.special import beta_quantile

CONFIDENCE = 0.95


def plain_json(labels: Labels, gold: Mapping[str, str]) -> dict[str, Any]:
    """One object as `report.as_json` makes it. Ties share the first place; items without labels are left out."""
    cells, item, value, count = _tally(labels)
    size = np.bincount(labels.item, minlength=len(labels.items))
    top = np.zeros(len(labels.items), dtype=np.int64)
    np.maximum.at(top, item, count)
    rows: dict[int, dict[str, Any]] = {}
    for at, code, times in zip(item.tolist(), value.tolist(), count.tolist(), strict=True):
        name, share = labels.classes[code], times / int(size[at])
        row = rows.setdefault(at, {"item": labels.items[at], "probabilities": {}, "best": []})
        row["probabilities"][str(name)] = share
        if times == top[at]:
            row["best"].append(name)
    per_item = [_row(row) for _, row in sorted(rows.items())]
    return {
        "method": "majority",
        "items": len(labels.items),
        "labels": int(labels.item.size),
        "workers": len(labels.annotators),
        "converged": True,
        "log_likelihood": None,
        **_told(per_item, gold),
        "per_item": per_item,
        "per_worker": _workers(labels, _agreeing(labels, cells, count, size)),
    }


def _tally(labels: Labels) -> tuple[Codes, Codes, Codes, Codes]:
    """The (item, class) pairs that occur: their key, item, class and how many labels say so; sorted."""
    classes = len(labels.classes)
    key, count = np.unique(labels.item * classes + labels.value, return_counts=True)
    return key, key // classes, key % classes, count.astype(np.int64)


def _row(found: dict[str, Any]) -> dict[str, Any]:
    best = found["best"]
    row = {"item": found["item"], "answer": best[0]}
    row |= {"posterior": found["probabilities"][str(best[0])], "probabilities": found["probabilities"]}
    return row | ({"tied": best} if len(best) > 1 else {})


def _told(rows: list[dict[str, Any]], gold: Mapping[str, str]) -> dict[str, Any]:
    known = [row for row in rows if row["item"] in gold]
    if not known:
        return {}
    best = [row.get("tied", [row["answer"]]) for row in known]
    hits = [(gold[row["item"]] in names) / len(names) for row, names in zip(known, best, strict=True)]
    score, sure = np.array(hits), np.array([row["posterior"] for row in known])
    return {
        "known": len(known),
        "accuracy": float(score.mean()),
        "ece": calibration_error(sure, score),
        "brier": float(((sure - score) ** 2).mean()),
    }


def _agreeing(labels: Labels, cells: Codes, count: Codes, size: Codes) -> Floats:
    """Of each label, the share of its item's other labels that say the same, L; half where there is no other."""
    alike = count[np.searchsorted(cells, labels.item * len(labels.classes) + labels.value)] - 1
    others = size[labels.item] - 1
    return np.where(others > 0, alike / np.maximum(others, 1), 0.5)


def _workers(labels: Labels, agreeing: Floats) -> list[dict[str, Any]]:
    given = labels.given
    right = np.bincount(labels.annotator, weights=agreeing, minlength=len(labels.annotators))
    tail = (1 - CONFIDENCE) / 2
    low, high = (beta_quantile(share, right + 1, given - right + 1) for share in (tail, 1 - tail))
    value = (right + 1) / (given + 2)
    columns = (given.astype(int).tolist(), value.tolist(), low.tolist(), high.tolist())
    return [
        {"worker": name, "labels": number, "agreement": mean, "low": under, "high": over}
        for name, number, mean, under, over in zip(labels.annotators, *columns, strict=True)
    ]
