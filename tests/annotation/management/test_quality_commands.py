"""`benchmark_lists` and `check_texts`: the lists are built from files, and a batch is looked at again."""

import gzip
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.management.commands import check_texts
from annotation.models import QualityFinding
from core import jobs
from tests import cast
from tests.cast import World

TEXT = (
    "The examinee must explain why the testator could not revoke the second will without any witness present."
)


@pytest.fixture
def ours(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    bells = list(jobs._doorbells)
    # The commands work in a thread of their own, which does not see what this test has not committed.
    monkeypatch.setattr(check_texts, "finish", lambda _job: cast.drain())
    yield cast.world(cast.OURS)
    jobs._doorbells[:] = bells


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_lists_are_built_and_batches_compared_with_them(ours: World, settings: Any, tmp_path: Path) -> None:
    settings.ASSAY_HOME = tmp_path
    folder = tmp_path / "bar"
    folder.mkdir()
    (folder / "one.txt").write_text("Too short.\n")
    with gzip.open(folder / "two.jsonl.gz", "wt") as file:
        file.write(json.dumps({"question": {"parts": [TEXT, 7]}}) + "\n\n")
    (folder / "three.json").write_text(json.dumps([{"text": TEXT}]))
    (folder / "picture.png").write_bytes(b"\xff\xfe")
    batch = cast.bring(ours.project, ours.lead, cast.jsonl([{"text": f"Q: {TEXT}"}]))
    assert not QualityFinding.objects.filter(batch=batch, step="lists").exists()
    settings.ASSAY_BENCHMARKS = [str(folder)]
    assert run("benchmark_lists") == "bar: 5 runs of thirteen words\n"
    assert "Known lists: 1 flagged" in run("check_texts", batch.uid)
    assert QualityFinding.objects.get(batch=batch, step="lists").params == {"list": "bar", "runs": 5, "of": 6}
    settings.ASSAY_BENCHMARKS = []
    assert run("benchmark_lists") == "bar: removed\n"
    assert "Known lists: 0 flagged" in run("check_texts", batch.uid)


def test_what_cannot_be_read_is_said(settings: Any, tmp_path: Path) -> None:
    settings.ASSAY_HOME = tmp_path
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for paths, words in (
        ([tmp_path / "gone"], "nothing at"),
        ([broken], "cannot be read"),
        ([tmp_path] * 2, "Two"),
    ):
        settings.ASSAY_BENCHMARKS = [str(path) for path in paths]
        broken.write_text("{" if words != "Two" else "[]")
        with pytest.raises(CommandError, match=words):
            run("benchmark_lists")


@pytest.mark.django_db
def test_a_batch_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="no batch"):
        run("check_texts", "nothing")
