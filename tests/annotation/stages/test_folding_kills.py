"""What a worker that dies between two lines leaves of the statistics: nothing lost, nothing counted twice."""

import random
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.models import Counted, ItemTruth, MeasureRun, Unfolded, noting
from annotation.stages.statistics import folding, inferring, measure
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import Job
from core.models.job import JobState
from tests import cast
from tests.annotation.stages import folded
from tests.annotation.stages.test_folding import check_figures, full
from tests.cast import World


class Killed(BaseException):
    """Stands for SIGKILL: no handler catches it."""


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], list[int]]:
    """The process that passes the point for the n-th time from now dies there, once."""

    def arm(name: str, count: int = 1) -> list[int]:
        left = [count]

        def point(passed: str) -> None:
            if passed == name:
                left[0] -= 1
                if left[0] == 0:
                    raise Killed(name)

        monkeypatch.setattr(faults, "point", point)
        return left

    return arm


@pytest.fixture
def answered(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Six items with two answers each, nothing of it folded; small blocks."""
    monkeypatch.setattr(folding, "BLOCK", 4)
    monkeypatch.setattr(inferring, "BLOCK", 4)
    monkeypatch.setattr(measure, "BLOCK", 2)
    monkeypatch.setattr(measure, "SHARD_ITEMS", 3)
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 6)
    draw = random.Random(4)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: folded.says(draw))
    return ours


def work(project_id: int) -> None:
    """Run what is owed; whoever dies is replaced, as the sweep does."""
    for _ in range(60):
        noting.fold_waiting()
        Job.objects.filter(state=JobState.RUNNING).update(
            state=JobState.WAITING, due_at=timezone.now(), lease_until=None
        )
        Job.objects.filter(state=JobState.WAITING).update(due_at=timezone.now())
        owed = Job.objects.filter(state=JobState.WAITING, open_children=0).order_by("pk")
        if not owed.exists():
            return
        for pk in list(owed.values_list("pk", flat=True)):
            try:
                jobs.run(pk, HANDLERS)
            except Killed:
                continue
    raise AssertionError("it does not come to an end")


@pytest.mark.parametrize(
    ("point", "count"),
    [
        ("fold.before_commit", 1),
        ("fold.before_commit", 2),
        ("fold.between_blocks", 1),
        ("fold.before_figures", 1),
        ("truth.before_store", 1),
        ("truth.after_block", 2),
        ("jobs.close", 3),
    ],
)
def test_folding_goes_on_where_it_was_killed(
    answered: World, kill_at: Callable[..., list[int]], point: str, count: int
) -> None:
    left = kill_at(point, count)
    work(answered.project.pk)
    assert left[0] <= 0
    assert not Unfolded.objects.exists()
    assert not Job.objects.filter(state=JobState.FAILED).exists()
    assert Counted.objects.filter(run_out=None).count() == 12
    check_figures(answered)
    run = MeasureRun.objects.filter(kind="truth").latest("number")
    assert set(ItemTruth.objects.values_list("run", flat=True)) == {run.number}
    proof = full(answered)
    assert (proof.result["mended"], proof.result["sums"]) == (0, [])


@pytest.mark.parametrize(
    ("point", "count"),
    [("measure.in_block", 1), ("measure.in_block", 3), ("measure.before_store", 1)],
)
def test_a_full_measurement_goes_on_where_it_was_killed(
    answered: World, kill_at: Callable[..., list[int]], point: str, count: int
) -> None:
    cast.drain()
    with transaction.atomic():
        noting.measure_soon(answered.project)
    left = kill_at(point, count)
    work(answered.project.pk)
    assert left[0] <= 0
    run = MeasureRun.objects.get(kind="full")
    assert run.result == {"items": 6, "answers": 12, "mended": 0, "sums": [], "all_sums": True}
    check_figures(answered)
