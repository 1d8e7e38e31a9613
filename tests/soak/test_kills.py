"""Assay comes back from any kill."""

import requests

from tests.soak import invariants
from tests.soak.kills import VICTIMS, insist, kill_points, work_under_kills
from tests.support.stack import Stack


def test_the_same_seed_draws_the_same_points(seed: int) -> None:
    points = kill_points(seed, 50)
    assert points == kill_points(seed, 50)
    assert {point.victim for point in points} == set(VICTIMS)


def test_it_answers_after_every_kill(stack: Stack, seed: int, kills: int) -> None:
    def work() -> None:
        answer = insist(lambda: requests.get(f"{stack.url}/health", timeout=60))
        assert answer.json() == {"status": "UP"}

    work_under_kills(stack, work, kill_points(seed, kills))
    invariants.settle(stack)
    assert invariants.broken(stack) == {}
