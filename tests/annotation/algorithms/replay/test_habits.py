"""People with a habit, among people who give as many labels as they do: nobody's habit becomes the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from annotation.algorithms.replay import scores
from annotation.algorithms.replay.board import Board
from annotation.algorithms.replay.policies import DEFAULT, Limits, policy_of
from annotation.algorithms.replay.policy import run
from tests.annotation.algorithms.replay.crowd import matrices, told_by


def _against_five(
    seed: int, says: NDArray[np.float64], *, shares: Sequence[float] | None = None
) -> tuple[float, float]:
    """Accuracy gained on a majority of five, and the share of its labels that was saved."""
    offers, truth = told_by(np.random.default_rng([seed, 5]), says, shares=shares)
    board = Board(offers, seed)
    endings = run(board, policy_of(DEFAULT, Limits()))
    right = float(scores.scores(board, endings, truth).mean())
    given, five = scores.fixed(offers, truth, 5, seed)
    assert five is not None
    return right - five, 1 - float((board.given + endings.adjudicate).mean()) / given


def _crowd(seed: int, classes: int, habit: float) -> NDArray[np.float64]:
    """Forty people, of whom a share always says the first label."""
    says = matrices(np.random.default_rng(seed).uniform(0.6, 0.95, size=40), classes)
    says[: round(habit * 40)] = np.eye(classes)[0]
    return says


@pytest.mark.parametrize("habit", [0.2, 0.3, 0.4])
@pytest.mark.parametrize("classes", [2, 3])
def test_people_who_always_say_one_label_cost_no_accuracy(classes: int, habit: float) -> None:
    for seed in range(2):
        gained, saved = _against_five(seed, _crowd(seed, classes, habit))
        assert gained > -0.01
        assert saved > 0.3


@pytest.mark.parametrize("habit", [0.0, 0.3])
def test_a_label_that_is_frequent_in_truth_stays_so(habit: float) -> None:
    shares = [0.8, 0.2] if habit else [0.93, 0.07]
    found = [_against_five(seed, _crowd(seed, 2, habit), shares=shares) for seed in range(3)]
    assert np.mean([gained for gained, _ in found]) > -0.01
    assert np.mean([saved for _, saved in found]) > 0.4


def test_a_crowd_that_is_better_at_one_label_than_at_the_other() -> None:
    says = np.repeat([[[0.95, 0.05], [0.4, 0.6]]], 40, axis=0)
    assert np.mean([_against_five(seed, says)[0] for seed in range(4)]) > -0.01
