"""Release: whole after a kill between any two of its phases."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from annotation.models import Project
from annotation.stages.release import folder_of, freezing, request_release, write_part
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import AuditEvent, Job
from tests import cast
from tests.annotation.stages.release_scene import COUNT, content, done, empty, kept, played, rows
from tests.cast import World

__all__ = ["done", "empty", "kept", "played"]  # fixtures


def test_a_kill_after_the_rename_publishes_what_stands_there(
    done: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request_release(project=done.project, by=done.lead)
    monkeypatch.setattr(faults, "point", dying("release.publish", 1))
    for _ in range(3):
        waiting = Job.objects.filter(state="waiting", open_children=0)
        waiting.update(due_at=timezone.now())
        for pk in list(waiting.filter(failures=0).values_list("pk", flat=True)):
            jobs.run(pk, HANDLERS)
    assert folder_of(asked).exists()
    Project.objects.filter(pk=done.project.pk).update(name="Another name", overlap=1)
    cast.drain(failing=True)
    asked.refresh_from_db()
    assert asked.published_at
    written = (folder_of(asked) / "manifest.json").read_bytes()
    assert hashlib.sha256(written).hexdigest() == asked.manifest_sha256
    assert asked.manifest["name"] != "Another name"


class Killed(Exception):
    """The process died here."""


POINTS = (
    "release.draw",
    "release.freeze",
    "release.shard",
    "release.join",
    "release.rename",
    "release.publish",
)


def dying(at: str, count: int) -> Callable[[str], None]:
    """A fault point that dies at its count-th passage, once."""
    passed = [0]

    def point(name: str) -> None:
        if name == at:
            passed[0] += 1
            if passed[0] == count:
                raise Killed

    return point


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("at", POINTS)
def test_a_kill_between_any_two_phases_leaves_the_same_release(
    done: World, monkeypatch: pytest.MonkeyPatch, at: str, count: int
) -> None:
    monkeypatch.setattr(freezing, "PART_ROWS", 3)
    monkeypatch.setattr(freezing, "FREEZE_AT_ONCE", 2)
    whole = content(cast.make_release(done.project, done.lead))
    monkeypatch.setattr(faults, "point", dying(at, count))
    asked = request_release(project=done.project, by=done.lead)
    cast.drain(failing=True)
    asked.refresh_from_db()
    assert asked.published_at
    assert content(asked) == whole
    assert AuditEvent.objects.filter(action="release.published", object_uid=asked.uid).count() == 1
    assert not list(Path(folder_of(asked)).parent.glob(f"{asked.uid}.part"))


def test_a_shard_that_two_workers_write_at_once_is_listed_once(
    done: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "PART_ROWS", 3)
    asked = request_release(project=done.project, by=done.lead)
    assert asked.job
    jobs.run(asked.job.pk, HANDLERS)
    child = Job.objects.filter(parent=asked.job).order_by("pk")[0]
    lost = jobs.claim(child.pk)
    assert lost
    Job.objects.filter(pk=child.pk).update(state="waiting", lease_until=None)
    cast.drain()
    with pytest.raises(jobs.LeaseLost):
        write_part(lost)
    asked.refresh_from_db()
    assert len(rows(asked)) == COUNT


def test_who_asked_and_that_it_was_published_is_in_the_trail(done: World) -> None:
    made = cast.make_release(done.project, done.lead)
    told = AuditEvent.objects.filter(object_uid=made.uid).order_by("pk").values_list("action", "actor_id")
    assert list(told) == [("release.requested", done.lead.pk), ("release.published", None)]
