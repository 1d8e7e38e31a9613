"""Who is asked: what a person's label would say of an item, and how loads stay capped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.replay.ballots import Floats
from annotation.algorithms.replay.belief import Belief
from annotation.algorithms.replay.board import Board, Codes

LOAD = 1.5
"""Nobody gives more than this many times the share of the labels that they would give if people were drawn."""
PIECE = 2e6
"""So many numbers are held at a time."""


@dataclass(frozen=True, eq=False)
class Ask:
    """Items and how many labels each is to get."""

    items: Codes
    wanted: Codes

    @classmethod
    def one_each(cls, items: Codes) -> Ask:
        """One label of every item."""
        return cls(items, np.ones(len(items), dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Worth:
    """What asking is expected to bring: `nats` told of the truth, and `points` by which the answer is right oftener."""

    nats: Floats
    points: Floats


def worth(board: Board, belief: Belief, items: Codes) -> Worth:
    """For each of the items, what the best person left is expected to bring; 0 where nobody is left."""
    rows = _left(board, items)
    told = _expected(board, belief, rows)
    nats, points = np.zeros(board.items), np.zeros(board.items)
    np.maximum.at(nats, board.item[rows], told.nats)
    np.maximum.at(points, board.item[rows], told.points)
    return Worth(nats[items], points[items])


def pick(board: Board, belief: Belief | None, ask: Ask) -> Codes:
    """The rows to reveal: for every item as many people as wanted and left, the most telling under the cap first."""
    rows = ranked(board, belief, ask.items)
    fair = np.bincount(board.worker[board.order], minlength=board.workers) / max(len(board.order), 1)
    load = np.bincount(board.worker[board.revealed], minlength=board.workers)
    limit = LOAD * fair * (load.sum() + ask.wanted.sum()) + 1
    return _take(board, rows, ask, load.tolist(), limit.tolist())


def ranked(board: Board, belief: Belief | None, items: Codes) -> Codes:
    """The rows of these items that may still be asked, the most telling first; in the drawn order without a belief."""
    rows = _left(board, items)
    if belief is None:
        return rows
    order: Codes = rows[np.argsort(-_expected(board, belief, rows).nats, kind="stable")]
    return order


def _take(board: Board, rows: Codes, ask: Ask, load: list[int], limit: list[float]) -> Codes:
    """Take rows in their order, within every person's limit; then give what is missing to the least loaded."""
    wanted = dict(zip(ask.items.tolist(), ask.wanted.tolist(), strict=True))
    taken, over = [], []
    for row, item, person in zip(
        rows.tolist(), board.item[rows].tolist(), board.worker[rows].tolist(), strict=True
    ):
        if not wanted[item]:
            continue
        if load[person] + 1 > limit[person]:
            over.append((row, item, person))
            continue
        wanted[item] -= 1
        load[person] += 1
        taken.append(row)
    for row, item, person in sorted(over, key=lambda one: load[one[2]] / limit[one[2]]):
        if wanted[item]:
            wanted[item] -= 1
            load[person] += 1
            taken.append(row)
    return np.array(taken, dtype=np.int64)


def _left(board: Board, items: Codes) -> Codes:
    """The rows of these items that may still be asked, in the drawn order."""
    if not len(items):
        return np.zeros(0, dtype=np.int64)
    rows = np.concatenate([board.order[board.start[item] : board.start[item + 1]] for item in items.tolist()])
    left: Codes = rows[board.said[rows] < 0]
    return left


def _expected(board: Board, belief: Belief, rows: Codes) -> Worth:
    """What each row's label is expected to bring, by what is believed of its item and of its person."""
    classes = belief.truth.shape[1]
    step = max(int(PIECE / classes**2), 1)
    pieces = [_of_piece(board, belief, rows[at : at + step]) for at in range(0, len(rows), step)]
    if not pieces:
        return Worth(np.zeros(0), np.zeros(0))
    return Worth(np.concatenate([one.nats for one in pieces]), np.concatenate([one.points for one in pieces]))


def _of_piece(board: Board, belief: Belief, rows: Codes) -> Worth:
    truth = belief.truth[board.item[rows]]
    ease = belief.ease[board.item[rows]][:, None, None]
    says = (
        ease * belief.says[board.worker[rows]] + (1 - ease) / truth.shape[1]
    )  # a hard item's labels are guesses
    joint = truth[:, :, None] * says
    label = joint.sum(axis=1)
    nats = (joint * np.log(says)).sum(axis=(1, 2)) - (label * np.log(label)).sum(axis=1)
    return Worth(nats, joint.max(axis=1).sum(axis=1) - truth.max(axis=1))
