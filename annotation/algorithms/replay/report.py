"""What a replay came to: the figures of a run beside those of fixed numbers of labels, and every item's story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.replay import scores
from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policy import Endings
from annotation.algorithms.stopping import Outcome

FIXED = (3, 5)


@dataclass(frozen=True)
class Told:
    """Accuracy and calibration of a run against the items whose answer is known."""

    known: int
    accuracy: float
    ece: float
    brier: float
    bins: Sequence[scores.Bin]


@dataclass(frozen=True)
class Report:
    """The figures of one run. `fixed`: number of labels -> (labels an item, accuracy or None without gold)."""

    items: int
    labels_per_item: float
    adjudicated: int
    busiest_share: float
    fixed: Mapping[int, tuple[float, float | None]]
    told: Told | None
    per_item: Sequence[Mapping[str, object]] = field(repr=False)

    def as_json(self) -> dict[str, object]:
        """The object that `manage.py replay --json` writes."""
        figures: dict[str, object] = {
            "items": self.items,
            "labels_per_item": self.labels_per_item,
            "busiest_share": self.busiest_share,
            "adjudicated": self.adjudicated,
            "per_item": list(self.per_item),
        }
        if self.told is not None:
            figures |= {"accuracy": self.told.accuracy, "ece": self.told.ece, "brier": self.told.brier}
            figures["fixed"] = {
                str(labels): {"labels_per_item": given, "accuracy": right}
                for labels, (given, right) in self.fixed.items()
            }
        return figures


def report(
    offers: Offers,
    board: Board,
    endings: Endings,
    gold: Codes,
    names: tuple[Sequence[str], Sequence[str]],
    seed: int,
) -> Report:
    """Put a run's figures together. `gold` as `scores.scores` takes it; `names` are the items' and the labels'."""
    score = scores.scores(board, endings, gold)
    items, labels = names
    return Report(
        items=board.items,
        labels_per_item=float((board.given + endings.adjudicate).mean()),
        adjudicated=int(endings.adjudicate.sum()),
        busiest_share=scores.busiest_share(board),
        fixed={k: scores.fixed(offers, gold, k, seed) for k in FIXED},
        told=_told(endings, score) if not np.isnan(score).all() else None,
        per_item=_per_item(board, endings, items, labels),
    )


def _told(endings: Endings, score: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Told:
    bins = scores.reliability(endings.posterior, score)
    known = ~np.isnan(score)
    return Told(
        known=int(known.sum()),
        accuracy=float(score[known].mean()),
        ece=scores.calibration_error(bins),
        brier=scores.brier(endings.posterior, score),
        bins=bins,
    )


def _per_item(
    board: Board, endings: Endings, items: Sequence[str], labels: Sequence[str]
) -> list[dict[str, object]]:
    """Each item's story; the labels used in the order of the file."""
    used: list[list[int]] = [[] for _ in items]
    rows = np.sort(board.revealed)
    for row, item in zip(rows.tolist(), board.item[rows].tolist(), strict=True):
        used[item].append(row)
    told = [*(labels[code] for code in board.names), None]
    return [
        {
            "item": name,
            "labels_used": asked,
            "outcome": str(Outcome.ADJUDICATE if adjudicate else Outcome.SETTLED),
            "answer": told[answer],
            "posterior": posterior,
        }
        for name, asked, adjudicate, answer, posterior in zip(
            items,
            used,
            endings.adjudicate.tolist(),
            endings.answer.tolist(),
            endings.posterior.tolist(),
            strict=True,
        )
    ]
