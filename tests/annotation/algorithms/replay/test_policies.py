"""A policy sees what has been revealed and nothing else, asks nobody twice, and keeps to what it is allowed."""

import time
from dataclasses import replace

import numpy as np
import pytest

from annotation.algorithms.replay import scores
from annotation.algorithms.replay.asking import LOAD
from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policies import NAMES, Limits, PolicyRefused, policy_of
from annotation.algorithms.replay.policy import Endings, run
from tests.annotation.algorithms.replay.crowd import crowd


def _run(
    offers: Offers, name: str = "adaptive", seed: int = 3, limits: Limits | None = None
) -> tuple[Board, Endings]:
    board = Board(offers, seed)
    return board, run(board, policy_of(name, limits or Limits()))


def _story(board: Board, endings: Endings) -> list[list[object]]:
    names = [*board.names, -1]
    return [
        board.revealed.tolist(),
        [names[answer] for answer in endings.answer.tolist()],
        endings.posterior.tolist(),
        endings.adjudicate.tolist(),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_not_revealed_changes_no_decision(name: str) -> None:
    offers, _ = crowd(1)
    board, endings = _run(offers, name)
    hidden = board.said < 0
    assert hidden.any()
    rng = np.random.default_rng(5)
    for label in (np.zeros_like(offers.label), rng.integers(9, size=len(offers.label))):
        changed = replace(offers, label=np.where(hidden, label, offers.label))
        assert _story(*_run(changed, name)) == _story(board, endings)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_run_and_another_seed_another(name: str) -> None:
    offers, _ = crowd(2)
    assert _story(*_run(offers, name)) == _story(*_run(offers, name))
    assert _run(offers, name)[0].revealed.tolist() != _run(offers, name, seed=4)[0].revealed.tolist()


@pytest.mark.parametrize("name", ["adaptive", "lead-of-two", "dawid-skene"])
def test_every_item_gets_its_least_and_none_more_than_its_most(name: str) -> None:
    offers, _ = crowd(3)
    board, _ = _run(offers, name, limits=Limits(least=2, most=4))
    assert board.given.min() >= 2
    assert board.given.max() <= 4
    assert (board.given > 2).any()


def test_the_adaptive_policy_beats_three_labels_with_fewer() -> None:
    offers, truth = crowd(4, items=400, workers=20, each=8)
    board, endings = _run(offers)
    fixed, majority = _run(offers, "fixed3")
    right = np.mean(np.array(board.names)[endings.answer] == truth)
    assert board.given.mean() < 3
    assert right > np.mean(np.array(fixed.names)[majority.answer] == truth)


def test_nobody_is_asked_much_more_often_than_by_drawing() -> None:
    offers, _ = crowd(5, items=300, workers=20, each=8)
    board, _ = _run(offers)
    share = np.bincount(board.worker[board.revealed], minlength=20) / len(board.revealed)
    fair = np.bincount(offers.worker, minlength=20) / len(offers.worker)
    assert (share <= 1.1 * LOAD * fair).all()


def test_who_labelled_an_item_twice_is_asked_once_and_says_the_last() -> None:
    columns = [[0, 0, 0, 1, 1], [0, 1, 0, 0, 1], [0, 0, 1, 0, 0]]
    item, worker, label = (np.array(column, dtype=np.int64) for column in columns)
    board, _ = _run(Offers(2, 2, item, worker, label), "fixed5")
    assert sorted(board.revealed.tolist()) == [1, 2, 3, 4]


def test_a_row_is_revealed_once() -> None:
    board = Board(crowd(6)[0], 0)
    rows = board.next_rows(np.arange(3))
    board.reveal(rows)
    with pytest.raises(ValueError, match="twice"):
        board.reveal(rows)


@pytest.mark.parametrize("name", NAMES)
def test_one_label_one_class_and_one_person_are_no_trouble(name: str) -> None:
    one: Codes = np.zeros(1, dtype=np.int64)
    board, endings = _run(Offers(1, 1, one, one, one), name)
    assert (board.given.tolist(), endings.answer.tolist()) == ([1], [0])
    assert 0 < endings.posterior[0] <= 1
    many: Codes = np.arange(5, dtype=np.int64)
    board, endings = _run(Offers(5, 1, many, np.zeros_like(many), np.zeros_like(many)), name)
    assert board.given.tolist() == [1] * 5


@pytest.mark.parametrize(
    ("name", "limits"), [("best", Limits()), ("fixed0", Limits()), ("adaptive", Limits(0))]
)
def test_what_cannot_be_is_refused(name: str, limits: Limits) -> None:
    with pytest.raises(PolicyRefused):
        policy_of(name, limits)


def _one_time(seed: int, *, per: int = 1) -> tuple[Offers, Codes]:
    """People who give `per` labels each: six in ten are right in .7, the others say the first of 4 labels."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(4, size=200)
    item = np.repeat(np.arange(200), 8)
    worker = rng.permutation(len(item)) // per
    knows = (rng.random(len(item)) < 0.6)[worker]
    right = rng.random(len(item)) < 0.7
    said = np.where(right, truth[item], (truth[item] + rng.integers(1, 4, size=len(item))) % 4)
    return Offers(200, int(worker.max()) + 1, item, worker, np.where(knows, said, 0)), truth


@pytest.mark.parametrize("per", [1, 2])
def test_a_crowd_of_one_time_workers_is_answered_as_well_as_by_a_majority(per: int) -> None:
    """A model that learns confusions of people it sees once takes the habitual label for the truth."""
    gained = []
    for seed in range(8):
        offers, truth = _one_time(seed, per=per)
        right = [scores.scores(*_run(offers, name, seed), truth).mean() for name in ("adaptive", "fixed5")]
        gained.append(right[0] - right[1])
    assert np.mean(gained) > -0.02  # it was -0.14


def test_a_tie_between_people_trusted_alike_stays_a_tie() -> None:
    columns = [[0, 0, 1, 1], [0, 1, 2, 3], [0, 1, 1, 1]]
    item, worker, label = (np.array(column, dtype=np.int64) for column in columns)
    board, endings = _run(Offers(2, 4, item, worker, label))
    assert endings.tied.sizes(2).tolist() == [2, 1]
    assert scores.scores(board, endings, np.array([0, 1])).tolist() == [0.5, 1]


@pytest.mark.parametrize("name", ["adaptive", "lead-of-two", "fixed3"])
def test_thousands_of_labels_are_replayed_in_seconds(name: str) -> None:
    rng = np.random.default_rng(4)
    truth = rng.integers(6000, size=8000)
    item = np.repeat(np.arange(8000), 4)
    label = np.where(rng.random(len(item)) < 0.7, truth[item], rng.integers(6000, size=len(item)))
    began = time.process_time()
    board, endings = _run(Offers(8000, 400, item, rng.integers(400, size=len(item)), label), name)
    assert np.mean(np.array(board.names)[endings.answer] == truth) > 0.7
    assert time.process_time() - began < 10
