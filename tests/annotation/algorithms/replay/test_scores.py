"""Scores of a run: ties in fractions, calibration by hand."""

import numpy as np
import pytest

from annotation.algorithms.replay import scores
from annotation.algorithms.replay.board import Board, Offers
from annotation.algorithms.replay.policy import run
from annotation.algorithms.replay.simple import Fixed


def _four() -> Board:
    """Items: a tie of 0 and 1, two of 1, one of 2, one of 0."""
    item = np.array([0, 0, 1, 1, 2, 3])
    worker = np.array([0, 1, 0, 1, 0, 0])
    return Board(Offers(4, 2, item, worker, np.array([0, 1, 1, 1, 2, 0])), 0)


def test_a_tie_scores_its_fraction_and_no_gold_scores_nothing() -> None:
    board = _four()
    endings = run(board, Fixed(5))
    assert scores.scores(board, endings, np.array([1, 1, 0, -1]))[:3].tolist() == [0.5, 1, 0]
    assert scores.scores(board, endings, np.array([2, -2, 2, -1]))[:3].tolist() == [0, 0, 1]
    assert np.isnan(scores.scores(board, endings, np.array([1, 1, 0, -1]))[3])


def test_calibration_by_hand() -> None:
    posterior, score = np.array([0.95, 0.95, 0.55, 0.2]), np.array([1.0, 0.0, 1.0, np.nan])
    bins = scores.reliability(posterior, score)
    assert [(one.items, one.accuracy) for one in bins] == [(1, 1.0), (2, 0.5)]
    assert scores.calibration_error(bins) == pytest.approx((0.45 + 2 * 0.45) / 3)
    assert scores.brier(posterior, score) == pytest.approx((0.05**2 + 0.95**2 + 0.45**2) / 3)


def test_the_busiest_share() -> None:
    board = _four()
    run(board, Fixed(5))
    assert scores.busiest_share(board) == pytest.approx(4 / 6)


def test_a_fixed_number_takes_what_there_is() -> None:
    offers = Offers(2, 3, np.array([0, 0, 0, 1]), np.array([0, 1, 2, 0]), np.array([0, 0, 1, 1]))
    assert scores.fixed(offers, np.array([0, 1]), 3, 0) == (2.0, 1.0)
    assert scores.fixed(offers, np.array([-1, -1]), 5, 0) == (2.0, None)
