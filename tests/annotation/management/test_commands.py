"""The commands act for a person whose role allows it, and ring no broker that this process may not know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotation.management.progress import acting_person, work_here
from annotation.models import Batch, Release
from core import jobs
from core.roles import Capability
from tests import cast
from tests.cast import World


@pytest.fixture
def ours(db: None) -> Iterator[World]:
    bells = list(jobs._doorbells)
    yield cast.world(cast.OURS)
    jobs._doorbells[:] = bells


@pytest.mark.parametrize(
    ("part", "capability", "allowed"),
    [
        ("contributor", Capability.BRING_BATCHES, True),
        ("contributor", Capability.LEAD_PROJECT, False),
        ("lead", Capability.LEAD_PROJECT, True),
        ("annotator", Capability.BRING_BATCHES, False),
        ("auditor", Capability.LEAD_PROJECT, False),
    ],
)
def test_the_person_named_needs_the_role(
    ours: World, part: str, capability: Capability, allowed: bool
) -> None:
    email = ours.people[part].email
    if allowed:
        assert acting_person(ours.project, email, capability) == ours.people[part]
        return
    with pytest.raises(CommandError, match=email):
        acting_person(ours.project, email, capability)


def test_a_person_of_another_organisation_brings_nothing_in(ours: World, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "x"}\n')
    mallory = cast.world(cast.THEIRS).owner
    with pytest.raises(CommandError):
        call_command("ingest", ours.project.uid, str(file), by=mallory.email)
    with pytest.raises(CommandError):
        call_command("release", ours.project.uid, by=mallory.email)
    assert not Batch.objects.exists()
    assert not Release.objects.exists()


def test_without_a_name_it_is_an_owner(ours: World) -> None:
    assert acting_person(ours.project, None, Capability.LEAD_PROJECT) == ours.owner


def test_no_bell_is_rung(ours: World) -> None:
    heard: list[int] = []
    jobs.on_ring(heard.append)
    work_here()
    jobs.ring(1)
    assert heard == []
