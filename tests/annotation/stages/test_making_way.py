"""A long job goes on behind whoever labels."""

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone

from annotation import work
from annotation.models import Annotation, Batch, Item, making_way
from annotation.models.arriving import BRING
from core import asides, jobs
from core.models import Job, User
from core.models.job import JobState
from tests import cast
from tests.cast import World


@pytest.fixture
def answered(ours: World, carol: User, monkeypatch: pytest.MonkeyPatch) -> Annotation:
    """Somebody has just answered, and a batch of which each text is a round of its own has come in."""
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.drain()
    (answer,) = cast.answer_all(ours.project, carol, lambda _: cast.choice(), most=1)
    monkeypatch.setattr(work, "A_ROUND", 1)
    monkeypatch.setattr("annotation.stages.quality.checking.CHUNK", 1)
    with monkeypatch.context() as patch:
        patch.setattr(cast, "drain", lambda: None)
        cast.bring_texts(ours.project, ours.lead, 3, start=1)
    jobs.run(Job.objects.get(kind="ingest", state=JobState.WAITING).pk, work.HANDLERS)
    return answer


def _route() -> Job:
    return Job.objects.filter(kind="route", args__batch=Batch.objects.latest("pk").pk).latest("pk")


def _opened() -> int:
    return Item.objects.filter(batch=Batch.objects.latest("pk")).exclude(routed_at=None).count()


def test_each_round_is_put_off_while_somebody_labels(answered: Annotation) -> None:
    job = _route()
    jobs.run(job.pk, work.HANDLERS)
    job.refresh_from_db()
    assert (job.state, job.failures, _opened()) == (JobState.WAITING, 0, 1)
    assert job.due_at > timezone.now() - timedelta(seconds=1)
    cast.drain()
    assert _opened() == 3


def test_it_goes_on_at_once_when_nobody_does(answered: Annotation) -> None:
    Annotation.objects.update(created_at=timezone.now() - timedelta(seconds=3))
    jobs.run(_route().pk, work.HANDLERS)
    assert _opened() == 3


@pytest.fixture
def turns(counting: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns are kept; no batch is small, and no project has too little."""
    settings.CELERY_BROKER_URL = counting
    monkeypatch.setattr(asides, "asked_again_at", 0.0)
    monkeypatch.setattr(making_way, "FEW", -1)
    monkeypatch.setattr(making_way, "ENOUGH", 0)
    asides.ask(lambda broker: broker.flushdb())


def _wait_in_seconds(job: Job) -> float:
    job.refresh_from_db()
    assert (job.state, job.failures) == (JobState.WAITING, 0)
    return (job.due_at - timezone.now()).total_seconds()


def test_of_many_imports_one_goes_on_at_a_time(
    answered: Annotation, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making_way, "PAUSES", 10_000)
    first, second = _route(), _another()
    jobs.run(first.pk, work.HANDLERS)
    assert _opened() == 1
    assert _wait_in_seconds(first) > 5
    jobs.run(second.pk, work.HANDLERS)  # the pause of the first is for everybody
    assert _opened() == 1
    assert 0 < _wait_in_seconds(second) < 5  # and it looks again soon
    Annotation.objects.update(created_at=timezone.now() - timedelta(seconds=3))
    Job.objects.update(due_at=timezone.now())
    jobs.run(second.pk, work.HANDLERS)
    assert _opened() == 3


@pytest.mark.parametrize("what", ["FEW", "ENOUGH"])
def test_what_somebody_may_wait_for_has_no_turn(
    answered: Annotation, turns: None, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(making_way, "PAUSES", 10_000)
    first, second = _route(), _another()
    jobs.run(first.pk, work.HANDLERS)
    monkeypatch.setattr(making_way, what, 5)
    jobs.run(second.pk, work.HANDLERS)
    assert _opened() == 2


def test_a_turn_whose_holder_died_comes_to_an_end(
    answered: Annotation, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making_way, "_LOST_AFTER", 1)
    assert making_way._take("route")
    job = _route()
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 0
    time.sleep(1.1)
    Job.objects.update(due_at=timezone.now())
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 1


def test_whoever_waits_for_a_project_has_no_pauses(
    answered: Annotation, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making_way, "PAUSES", 10_000)
    job = _route()
    jobs.run(job.pk, work.HANDLERS)
    assert _wait_in_seconds(job) > 5
    making_way.hurry(answered.project_id, "route")
    assert _wait_in_seconds(job) <= 0
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 3


def test_items_are_stored_before_more_are_opened(answered: Annotation, turns: None) -> None:
    job = _route()
    with transaction.atomic():
        jobs.enqueue(BRING, project_id=answered.project_id, organisation_id=None)
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 0
    assert _wait_in_seconds(job) > 0
    Annotation.objects.update(created_at=timezone.now() - timedelta(seconds=3))
    making_way.hurry(answered.project_id, BRING)
    Job.objects.update(due_at=timezone.now())
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 0
    asides.ask(lambda broker: broker.flushdb())
    Job.objects.update(due_at=timezone.now())
    jobs.run(job.pk, work.HANDLERS)
    assert _opened() == 3


def test_who_waits_for_an_item_has_it_opened_before_more_are_stored(
    answered: Annotation, turns: None
) -> None:
    with transaction.atomic():
        job = jobs.enqueue(
            BRING,
            args={"batch": Batch.objects.latest("pk").pk},
            project_id=answered.project_id,
            organisation_id=None,
        )
    making_way.hurry(answered.project_id, "route")
    jobs.run(job.pk, work.HANDLERS)
    assert _wait_in_seconds(job) > 0
    jobs.run(_route().pk, work.HANDLERS)
    assert _opened() == 3


def _another() -> Job:
    """A second job at the same batch, as chunks that come in have it."""
    batch = Batch.objects.latest("pk")
    with transaction.atomic():
        return jobs.enqueue(
            "route", args={"batch": batch.pk}, project_id=batch.project_id, organisation_id=None
        )
