"""`manage.py release`: the gate on the command line."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.formats.release.gate import CHECKS
from annotation.models import Release
from annotation.stages.release import folder_of
from core import jobs
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World
from tests.core.database import committed

__all__ = ["committed"]  # the command works in a thread of its own

REASON = "The board has seen it on 3 May."


@pytest.fixture
def settled(committed: None) -> Iterator[World]:
    """Two settled items, each with two answers."""
    bells = list(jobs._doorbells)
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 2)
    for part in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[part], lambda _: cast.choice())
    cast.drain()
    yield ours
    jobs._doorbells[:] = bells


def run(world: World, *args: str, **options: Any) -> str:
    out = StringIO()
    call_command("release", world.project.uid, *args, stdout=out, **options)
    return out.getvalue()


def test_each_check_is_listed_with_its_figure(settled: World) -> None:
    told = run(settled)
    made = Release.objects.get()
    assert made.published_at
    assert [line.split()[1] for line in told.splitlines()[: len(CHECKS)]] == list(CHECKS)
    assert "pass     credentials  Credentials when labelling: All 4 answers and 0 decisions" in told
    assert f"manifest sha256 {made.manifest_sha256}" in told


def test_one_that_fails_holds_and_the_command_fails(settled: World) -> None:
    cast.ask_less(settled.project, least_overlap=3)
    out = StringIO()
    with pytest.raises(CommandError, match="Release 1 is held: overlap"):
        call_command("release", settled.project.uid, stdout=out)
    assert "FAIL     overlap      Answers an item: 2 of 2 items have fewer than 3" in out.getvalue()
    made = Release.objects.get()
    assert made.held_at
    assert not folder_of(made).exists()


def test_a_waiver_lets_it_through_and_is_kept(settled: World) -> None:
    cast.ask_less(settled.project, least_overlap=3)
    told = run(settled, "--waive", f"overlap={REASON}", "--waive", f"licences={REASON}")
    assert "waived   overlap" in told
    made = Release.objects.get()
    assert made.published_at
    manifest = json.loads((folder_of(made) / "manifest.json").read_bytes())
    assert [(one["check"], one["reason"]) for one in manifest["gate"]["waivers"]] == [("overlap", REASON)]


@pytest.mark.parametrize("given", ["overlap", "overlap=", "overlap=short", "everything=" + REASON])
def test_what_is_no_waiver_is_told_before_anything_is_asked(settled: World, given: str) -> None:
    with pytest.raises(CommandError, match="--waive takes CHECK=REASON"):
        run(settled, "--waive", given)
    assert not Release.objects.exists()


def test_formats_are_named_and_a_strange_one_is_refused(settled: World) -> None:
    run(settled, "--format", "label_studio")
    assert Release.objects.get().formats == ["record", "parquet", "label_studio"]
    with pytest.raises(CommandError, match="There is no release format") as refused:
        run(settled, "--format", "xml")
    assert isinstance(refused.value.__cause__, InvalidInput)


def test_the_gate_alone_makes_no_release(settled: World) -> None:
    told = run(settled, "--gate")
    assert "?        credentials  Credentials when labelling: Measured when the rows are frozen." in told
    assert "pass     disputes     Disputes: No dispute is open." in told
    assert not Release.objects.exists()
