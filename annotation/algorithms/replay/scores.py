"""How right a run was, how well it knew it, and who did the work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policy import Endings, run
from annotation.algorithms.replay.simple import Fixed

BINS = 10
FIXED_DRAWS = 20
"""Fixed policies are the mean of so many orders: how they compare should not hang on one draw."""


@dataclass(frozen=True)
class Bin:
    """Items of about one posterior: how many, their mean posterior and their mean score."""

    items: int
    posterior: float
    accuracy: float


def scores(board: Board, endings: Endings, gold: Codes) -> NDArray[np.float64]:
    """(items,): 1 where the answer is the gold label, 0 where not, 1/n where n are tied with it; NaN without gold.

    `gold` holds the labels' codes as `Offers` has them, -1 for an item without gold, -2 for a label nobody gave.
    """
    names = np.array([*board.names, -3])
    right = names[endings.answer] == gold
    among = endings.tied
    hit = names[among.label] == gold[among.item]
    within = np.bincount(among.item, weights=hit, minlength=board.items) > 0
    tied = among.sizes(board.items)
    score = np.where(tied > 1, within / np.maximum(tied, 1), right)
    return np.where(gold == -1, np.nan, score)


def reliability(posterior: NDArray[np.float64], score: NDArray[np.float64]) -> list[Bin]:
    """The reliability diagram: `BINS` bins of equal width, those without items left out."""
    known = ~np.isnan(score)
    of = np.minimum((posterior[known] * BINS).astype(int), BINS - 1)
    bins = [(posterior[known][of == at], score[known][of == at]) for at in range(BINS)]
    return [Bin(len(p), float(p.mean()), float(s.mean())) for p, s in bins if len(p)]


def calibration_error(bins: list[Bin]) -> float:
    """ECE: the mean over the items of how far their bin's mean posterior lies from its accuracy."""
    return sum(one.items * abs(one.posterior - one.accuracy) for one in bins) / sum(one.items for one in bins)


def brier(posterior: NDArray[np.float64], score: NDArray[np.float64]) -> float:
    """The mean square of posterior minus score (Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2)."""
    return float(np.nanmean((posterior - score) ** 2))


def busiest_share(board: Board) -> float:
    """The share of all revealed labels that one person gave at most."""
    loads = np.bincount(board.worker[board.revealed], minlength=1)
    return float(loads.max() / max(loads.sum(), 1))


def fixed(offers: Offers, gold: Codes, labels: int, seed: int) -> tuple[float, float | None]:
    """Labels an item and accuracy of a majority of so many labels, the mean of `FIXED_DRAWS` orders.

    None without gold.
    """
    given, right = [], []
    for draw in range(FIXED_DRAWS):
        board = Board(offers, seed + draw)
        score = scores(board, run(board, Fixed(labels)), gold)
        given.append(board.given.mean())
        right.append(_mean(score))
    return float(np.mean(given)), None if np.isnan(right).all() else float(np.mean(right))


def accuracy(score: NDArray[np.float64]) -> float | None:
    """The mean score of the items with gold; None when there are none."""
    mean = _mean(score)
    return None if np.isnan(mean) else mean


def _mean(score: NDArray[np.float64]) -> float:
    known = score[~np.isnan(score)]
    return float(known.mean()) if len(known) else float("nan")
