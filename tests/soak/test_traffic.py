"""Seeded kill points while people work: nothing that was acknowledged is lost, nothing is there twice."""

import pytest

from tests.soak.checks import check
from tests.soak.kills import FAULTS, VICTIMS, Killer, kill_points
from tests.soak.traffic import Traffic
from tests.support.stack import Stack

SPARE = 5  # nothing may pass a fault point just while it is armed


def test_every_kind_of_kill_is_drawn(seed: int, kills: int) -> None:
    points = kill_points(seed, max(kills, 50), faults=list(FAULTS))
    assert len(points) >= 50
    assert {point.victim for point in points} == {*FAULTS, *VICTIMS}


@pytest.mark.timeout(3600)
def test_nothing_is_lost_or_doubled(
    stack: Stack, seed: int, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    points = kill_points(seed, kills + SPARE, faults=list(FAULTS))
    with Traffic(stack, seed, title="Soak", pictures=True) as traffic:
        killer = Killer(stack, points)
        killer.start()
        while killer.is_alive() and traffic.is_well:
            killer.join(0.5)
        killer.call_off()
    with capsys.disabled():
        print(f"\nseed {seed}: {len(killer.killed)} of {len(points)} kill points carried out, ", end="")
        print(f"{len(traffic.saved)} answers acknowledged, {len(traffic.releases)} releases")
        print(*killer.killed, *(f"{point}; nothing passed there" for point in killer.missed), sep="\n")
    check(traffic)
    assert len(killer.killed) >= kills
