"""Items that wait for the same step take it together, and each comes out as it would have alone."""

from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.models import Dispute, GoldLabel, Item, Reliability, Unfolded
from annotation.models.item import ItemState
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import AuditEvent, Job, User
from tests import cast
from tests.cast import World


def _answered(ours: World, people: list[User], items: int, disputed: int = 0) -> list[Job]:
    """Items with all their answers, the last so many of them with two verdicts; the jobs that wait for them."""
    cast.bring_texts(ours.project, ours.lead, items)
    cast.drain()
    first = Item.objects.order_by("pk").values_list("pk", flat=True)[items - disputed : items]
    ids = set(first)
    for at, user in enumerate(people):
        said = "unsure" if at else "breach"
        for place in iter(partial(cast.take, ours.project, user), None):
            cast.submit(place, user, cast.choice(said if place.item_id in ids else "breach"))
    owed = Job.objects.filter(kind="advance").order_by("pk")
    owed.update(due_at=timezone.now())
    return list(owed)


@pytest.fixture
def waiting(ours: World, carol: User, dan: User) -> list[Job]:
    return _answered(ours, [carol, dan], items=5, disputed=2)


def _states() -> Counter[str]:
    return Counter(str(item.state) for item in Item.objects.with_state())


def test_one_job_takes_all_of_its_project(waiting: list[Job]) -> None:
    assert len(waiting) == 5
    assert jobs.run(waiting[0].pk, HANDLERS)
    assert _states() == {ItemState.SETTLED: 3, ItemState.DISPUTED: 2}
    assert not Job.objects.filter(kind="advance").exists()
    assert GoldLabel.objects.filter(question="verdict", how="unanimous").count() == 3
    assert Dispute.objects.filter(question="verdict").count() == 2
    assert AuditEvent.objects.filter(action="item.compared").count() == 5
    assert AuditEvent.objects.filter(action="item.settled").count() == 3
    assert set(Reliability.objects.values_list("asked", "right")) == {(3, 3)}
    assert set(Item.objects.values_list("pk", flat=True)) <= set(
        Unfolded.objects.values_list("item", flat=True)
    )


def test_it_takes_as_many_statements_for_ten_as_for_two(ours: World, carol: User, dan: User) -> None:
    counts = []
    for many in (2, 10):
        owed = _answered(ours, [carol, dan], items=many)
        with CaptureQueriesContext(connection) as asked:
            jobs.run(owed[0].pk, HANDLERS)
        assert not Job.objects.filter(kind="advance").exists()
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("at", ["agree.before_commit", "gold.before_commit", "advance.before_close"])
def test_a_worker_that_dies_in_it_loses_nothing(
    waiting: list[Job], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    died: list[str] = []

    def dying(name: str) -> None:
        if name == at and not died:
            died.append(name)
            raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(faults, "point", dying)
        jobs.run(waiting[0].pk, HANDLERS)
    assert died == [at]
    cast.drain(failing=True)
    assert _states() == {ItemState.SETTLED: 3, ItemState.DISPUTED: 2}
    assert AuditEvent.objects.filter(action="item.compared").count() == 5
    assert set(Reliability.objects.values_list("asked", "right")) == {(3, 3)}


def test_a_job_that_is_to_stop_and_another_projects_are_left_alone(waiting: list[Job]) -> None:
    for_another, stopped = waiting[3], waiting[4]
    Job.objects.filter(pk=for_another.pk).update(project_id=None)
    with transaction.atomic():
        jobs.stop(stopped)
    jobs.run(waiting[0].pk, HANDLERS)
    assert Job.objects.filter(pk=for_another.pk, state="waiting").exists()
    assert Item.objects.filter(agreed_at=None).count() == 2
