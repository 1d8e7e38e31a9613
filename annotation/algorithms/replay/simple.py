"""Policies that trust everybody equally: a fixed number of labels, and a lead of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.policy import Endings, first_of
from annotation.algorithms.replay.tally import Tally


@dataclass(frozen=True)
class Fixed:
    """So many labels of every item, whatever they say; the most frequent one is the answer."""

    labels: int

    def ask(self, board: Board) -> Codes:
        """The next label of every item that has fewer."""
        return board.next_rows(np.flatnonzero(board.given < np.minimum(board.offered, self.labels)))

    def progress(self, board: Board) -> float:
        """By the labels that are still wanted."""
        wanted = np.minimum(board.offered, self.labels)
        return float(board.given.sum() / max(wanted.sum(), 1))

    def end(self, board: Board) -> Endings:
        """The majority. Its share of the labels stands for its probability: nothing better is known."""
        return majority(board)


@dataclass(frozen=True)
class LeadOfTwo:
    """Ask until one label is two ahead of every other, between a least and a most number of labels."""

    least: int = 2
    most: int | None = None

    def ask(self, board: Board) -> Codes:
        """The next label of every item without such a lead."""
        most = board.offered if self.most is None else np.minimum(board.offered, self.most)
        wanting = (board.given < self.least) | (Tally.of(board).lead < 2)
        return board.next_rows(np.flatnonzero(wanting & (board.given < most)))

    def progress(self, board: Board) -> float:
        """By the items that have their lead, or no more labels."""
        return float(np.mean((Tally.of(board).lead >= 2) | (board.given >= board.offered)))

    def end(self, board: Board) -> Endings:
        """The majority of what was asked."""
        return majority(board)


def majority(board: Board) -> Endings:
    """The most frequent label of every item, its share as its probability; of several the first in code order."""
    tally = Tally.of(board)
    tied = tally.leading
    return Endings(
        adjudicate=np.zeros(board.items, dtype=np.bool_),
        answer=first_of(board, tied),
        posterior=tally.top / np.maximum(board.given, 1),
        tied=tied,
    )
