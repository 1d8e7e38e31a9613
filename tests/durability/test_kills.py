"""Kill worker, web and broker while people work: nothing that was acknowledged is lost, nothing is there twice."""

import pytest

from tests.soak.checks import check
from tests.soak.kills import VICTIMS, Killer, KillPoint
from tests.soak.traffic import Traffic
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

POINTS = [
    KillPoint(0.1, "ingest.after_chunk"),
    KillPoint(0.1, "jobs.ring", 3),
    KillPoint(0.1, "label.before_answer", 4),
    KillPoint(0.1, "jobs.claimed", 2),
    KillPoint(0.1, "release.shard"),
    KillPoint(0.1, "release.rename"),
    *(KillPoint(0.3, victim) for victim in VICTIMS),
]


def test_nothing_is_lost_or_doubled(stack: Stack) -> None:
    with Traffic(stack, seed=1, rows=600, title="Few kills") as traffic:
        killer = Killer(stack, POINTS)
        killer.start()
        while killer.is_alive() and traffic.is_well:
            killer.join(0.2)
        killer.call_off()
    print(*killer.killed, sep="\n")
    assert killer.missed == []
    assert len(killer.killed) == len(POINTS)
    check(traffic)
