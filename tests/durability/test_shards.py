"""Parts that two workers write at the same moment are what one worker would have written."""

import pytest

from annotation.models import Release
from annotation.stages.release import file_path, freezing
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import Job
from core.models.job import JobState
from tests import cast

ITEMS = 5


def _bytes(made: Release) -> dict[str, bytes]:
    return {path: file_path(made, path).read_bytes() for path in made.manifest["rows"]["files"]}


def _second_within_the_first(name: str) -> None:
    """At the end of the first part, before its files are in place, write the second one."""
    other = Job.objects.filter(kind="release_part", state=JobState.WAITING).first()
    if name == "release.shard" and other:
        assert jobs.run(other.pk, HANDLERS)


@pytest.mark.django_db
def test_two_parts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, ITEMS)
    for name in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[name], lambda _: cast.everything())
    cast.drain()
    cast.ask_less(ours.project, shares={"train": 1.0})
    monkeypatch.setattr(freezing, "PART_ROWS", 3)
    alone = cast.make_release(ours.project, ours.lead)
    monkeypatch.setattr(faults, "point", _second_within_the_first)
    together = cast.make_release(ours.project, ours.lead)
    assert Job.objects.filter(parent=together.job, kind="release_part").count() == 2
    assert _bytes(together) == _bytes(alone)
