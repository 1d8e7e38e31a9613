"""Replay the labels of one question under several policies. Computes, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from annotation.algorithms.canonical import inputs_hash
from annotation.algorithms.replay import scores
from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policies import DEFAULT, Limits, policy_of
from annotation.algorithms.replay.policy import run
from annotation.models.replayable import Triple

FIXED = (1, 2, 3, 4, 5, 7)
DEEP = 3
"""Items with so many labels tell what a third one changes."""

Allowed = Mapping[str, Any]
"""What the project allows the adaptive policy, by the names of `Limits`; empty for the policy's own."""


def policies(triples: Sequence[Triple]) -> list[str]:
    """The policies that differ on these labels, in the order in which they are shown."""
    most = max(_times(triples), default=0)
    return [*(f"fixed{labels}" for labels in FIXED if labels <= most), "lead-of-two", DEFAULT]


def replayed(
    key: str,
    triples: Sequence[Triple],
    decided: Mapping[int, str],
    allowed: Allowed,
    seed: int,
    done: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """A question's figures: what there was, and a row for each policy. `done` is called before each.

    `inputs` is the hash of the labels, `known` that of what adjudicators had decided.
    """
    offers, gold = _offers(triples, decided)
    every = _answers(offers)
    rows = []
    for name in policies(triples):
        done()
        limits = Limits(**allowed) if name == DEFAULT else Limits()
        rows.append(_row(offers, name, limits, (every, gold), seed))
    return {
        "question": key,
        "items": offers.items,
        "deep": sum(times >= DEEP for times in _times(triples)),
        "people": offers.workers,
        "labels": len(triples),
        "decided": int((gold != -1).sum()),
        "inputs": inputs_hash(list(triples)),
        "known": inputs_hash([(item, "", value) for item, value in decided.items()]),
        "rows": rows,
    }


def _times(triples: Sequence[Triple]) -> list[int]:
    """How many labels each item has."""
    return [int(times) for times in np.unique([item for item, _, _ in triples], return_counts=True)[1]]


def _offers(triples: Sequence[Triple], decided: Mapping[int, str]) -> tuple[Offers, Codes]:
    columns: list[list[Any]] = [sorted({triple[at] for triple in triples}) for at in range(3)]
    codes = [{thing: code for code, thing in enumerate(column)} for column in columns]
    item, worker, label = (
        np.array([codes[at][triple[at]] for triple in triples], dtype=np.int64) for at in range(3)
    )
    gold = [codes[2].get(decided[name], -2) if name in decided else -1 for name in columns[0]]
    return Offers(len(columns[0]), len(columns[1]), item, worker, label), np.array(gold, dtype=np.int64)


def _answers(offers: Offers) -> Codes:
    """The majority of all labels, -1 where several tie."""
    cells, count = np.unique(offers.item * (int(offers.label.max()) + 1) + offers.label, return_counts=True)
    item, label = np.divmod(cells, int(offers.label.max()) + 1)
    top = np.zeros(offers.items, dtype=np.int64)
    np.maximum.at(top, item, count)
    first = count == top[item]
    answer: Codes = np.full(offers.items, -1, dtype=np.int64)
    answer[item[first]] = label[first]
    return np.where(np.bincount(item[first], minlength=offers.items) == 1, answer, -1)


def _row(offers: Offers, name: str, limits: Limits, known: tuple[Codes, Codes], seed: int) -> dict[str, Any]:
    board = Board(offers, seed)
    endings = run(board, policy_of(name, limits))
    as_all, as_decided = (scores.accuracy(scores.scores(board, endings, gold)) for gold in known)
    return {
        "policy": name,
        "labels_per_item": float((board.given + endings.adjudicate).mean()),
        "as_all": as_all,
        "as_decided": as_decided,
        "busiest_share": scores.busiest_share(board),
    }
