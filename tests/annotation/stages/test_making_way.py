"""A long job goes on behind whoever labels."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation import work
from annotation.models import Annotation, Batch, Item
from core import jobs
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
