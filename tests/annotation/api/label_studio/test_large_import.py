"""A body of many tasks is checked and kept at once and stored by a job; scripts do not notice."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from annotation.api.label_studio import waiting
from annotation.models import Batch, Item, Project, making_way
from annotation.models.arriving import BRING, complete_until, newest_item
from annotation.models.opening import ROUTE
from annotation.stages.ingest import later
from annotation.studio import telling
from annotation.work import HANDLERS
from core import asides, faults, jobs
from core.models import Job
from core.models.job import JobState
from tests.annotation.api.label_studio.script import House, said
from tests.cast import drain

IN_CHUNK = "later.in_chunk"


@pytest.fixture
def turns(counting: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that keeps turns."""
    settings.CELERY_BROKER_URL = counting
    monkeypatch.setattr(asides, "asked_again_at", 0.0)
    asides.ask(lambda broker: broker.flushdb())


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that three are many."""
    monkeypatch.setattr(later, "AT_ONCE", 2)
    monkeypatch.setattr(later, "CHUNK", 2)
    monkeypatch.setattr(waiting, "WAIT", 0.2)


def sent(count: int) -> list[dict[str, Any]]:
    """So many tasks, in an order that can be told."""
    return [
        {"data": {"text": f"Clause {at} 👩‍⚕️.", "b": 1, "a": at}, "meta": {"at": at}} for at in range(count)
    ]


def bring(house: House, project: int, count: int, **query: Any) -> Any:
    """Import them; what came back."""
    return said(house.owner.post(f"projects/{project}/import", sent(count), **query), 201)


def test_it_is_told_as_stored_and_comes_in_order(house: House) -> None:
    project = house.owner.project()
    told = bring(house, project, 5)
    assert (told["task_count"], told["annotation_count"], told["data_columns"]) == (5, 0, ["a", "b", "text"])
    assert not Item.objects.filter(project=project).exists()
    drain()
    found = said(house.owner.get("tasks", project=project, fields="all"))
    assert found["total"] == 5
    assert [(one["data"], one["meta"], one["inner_id"]) for one in found["tasks"]] == [
        (one["data"], one["meta"], at) for at, one in enumerate(sent(5), 1)
    ]
    assert [list(one["data"]) for one in found["tasks"]] == [["text", "b", "a"]] * 5
    batch = Batch.objects.get(pk=told["file_upload_ids"][0])
    assert (batch.items_stored, batch.rows_bad, batch.stored_at is not None) == (5, 0, True)


def test_who_asks_before_it_is_stored_waits_and_is_told_so(house: House) -> None:
    project = house.owner.project()
    bring(house, project, 3)
    for path in (f"projects/{project}", f"projects/{project}/next", f"projects/{project}/export"):
        assert said(house.owner.get(path), 503)["detail"]
    said(house.owner.get("tasks", project=project), 503)
    bring(house, project, 3)  # more may come meanwhile
    drain()
    assert said(house.owner.get(f"projects/{project}"))["task_number"] == 6
    assert said(house.owner.get(f"projects/{project}/next"))["inner_id"] == 1


def test_nobody_waits_for_a_page_that_stays_as_it_is(house: House) -> None:
    project = house.owner.project()
    bring(house, project, 3)
    drain()
    bring(house, project, 4)
    page = said(house.owner.get("tasks", project=project, page_size=3))
    assert [one["inner_id"] for one in page["tasks"]] == [1, 2, 3]
    assert (page["total"], page["total_annotations"]) == (7, 0)
    for query in ({"page_size": 3, "page": 2}, {"page_size": 2, "ordering": "-tasks:id"}, {"page_size": -1}):
        said(house.owner.get("tasks", project=project, **query), 503)
    said(house.ann.get("tasks", project=project, page_size=1), 503)
    drain()
    assert said(house.owner.get("tasks", project=project, page_size=3, page=3))["total"] == 7


def test_a_job_says_behind_which_number_it_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    project = house.owner.project()
    bring(house, project, 7)
    job = Job.objects.get(kind=BRING)
    assert complete_until(project) == newest_item()
    seen: list[int | None] = []
    monkeypatch.setattr(
        faults, "point", lambda at: seen.append(complete_until(project) if at == IN_CHUNK else None)
    )
    jobs.run(job.pk, HANDLERS)
    ids = list(Item.objects.filter(project=project).order_by("pk").values_list("pk", flat=True))
    assert [one for one in seen if one is not None] == [ids[1], ids[3], ids[5], ids[6]]
    assert complete_until(project) is None
    bring(house, project, 3)
    Job.objects.filter(kind=BRING, state=JobState.WAITING).update(args={})  # written by the version before
    said(house.owner.get("tasks", project=project, page_size=1), 503)


def test_what_needs_numbers_or_brings_answers_is_stored_at_once(house: House) -> None:
    project = house.owner.project()
    assert len(bring(house, project, 3, return_task_ids=1)["task_ids"]) == 3
    answered = [{**one, "annotations": [{"result": []}]} for one in sent(3)]
    said(house.owner.post(f"projects/{project}/import", answered), 201)
    assert Item.objects.filter(project=project).count() == 6


def test_one_bad_task_and_nothing_is_kept(house: House) -> None:
    project = house.owner.project()
    bad = [*sent(3), {"data": {"other": "no text"}}]
    told = said(house.owner.post(f"projects/{project}/import", bad), 400)
    assert "tasks[3]" in told["detail"]
    assert not Batch.objects.filter(project=project).exists()
    assert not Job.objects.filter(kind=BRING).exists()


class Killed(BaseException):
    """Stands for SIGKILL: no handler catches it."""


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_a_job_that_is_killed_goes_on_where_it_was(
    house: House, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    project = house.owner.project()
    bring(house, project, 5)
    job = Job.objects.get(kind=BRING)
    left = [chunk]

    def point(passed: str) -> None:
        left[0] -= passed == IN_CHUNK
        if left[0] == 0:
            left[0] = -1
            raise Killed

    with monkeypatch.context() as armed:
        armed.setattr(faults, "point", point)
        with pytest.raises(Killed):
            jobs.run(job.pk, HANDLERS)
    assert Item.objects.filter(project=project).count() == 2 * (chunk - 1)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, due_at=timezone.now(), lease_until=None)
    drain()
    numbers = Item.objects.filter(project=project).order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_whoever_has_nothing_to_label_waits_for_what_is_still_to_come(house: House, turns: None) -> None:
    project = house.owner.project()
    bring(house, project, 3)
    said(house.owner.get(f"projects/{project}/next"), 503)
    assert (making_way.is_awaited(project, BRING), making_way.is_awaited(project, ROUTE)) == (True, False)
    jobs.run(Job.objects.get(kind=BRING).pk, HANDLERS)
    said(house.owner.get(f"projects/{project}/next"), 503)
    assert making_way.is_awaited(project, ROUTE)


def test_what_is_left_is_stored_behind_whoever_labels(
    house: House, monkeypatch: pytest.MonkeyPatch, turns: None
) -> None:
    monkeypatch.setattr(later, "A_ROUND", 0)
    monkeypatch.setattr(later, "READINGS", 0.001)
    project = house.owner.project()
    said(house.owner.post(f"projects/{project}/import", sent(1)), 201)
    drain()
    task = said(house.owner.get(f"projects/{project}/next"))["id"]
    said(house.owner.post(f"tasks/{task}/annotations", {"result": []}), 201)
    bring(house, project, 5)
    job = Job.objects.get(kind=BRING)
    for stored in (2, 4):
        jobs.run(job.pk, HANDLERS)
        job.refresh_from_db()
        assert (job.state, job.failures, job.done) == (JobState.WAITING, 0, stored)
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        asides.ask(lambda broker: broker.flushdb())
    said(house.owner.get("tasks", project=project), 503)  # whoever waits for it is gone before
    jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 5)


def test_webhooks_hear_of_every_task(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(telling, "items_came", lambda _project, ids: told.extend(ids))
    project = house.owner.project()
    bring(house, project, 5)
    drain()
    assert told == list(Item.objects.filter(project=project).order_by("pk").values_list("pk", flat=True))


def test_what_is_opened_between_two_looks_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    project = house.owner.project()
    looks: list[str] = []

    def opens_meanwhile(_project: Any) -> bool:
        looks.append("asked")
        return False

    monkeypatch.setattr(waiting, "has_items_to_open", opens_meanwhile)
    found = waiting.patiently(Project.objects.get(pk=project), lambda: "it" if looks else None)
    assert found == "it"
