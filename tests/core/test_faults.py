"""Fault points: nothing in production, one death each in a test."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from core import faults


@pytest.fixture
def killed(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that `point` sends to its own process, noted instead of sent."""
    settings.ASSAY_FAULTS = True
    settings.ASSAY_HOME = tmp_path
    sent: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, sign: sent.append(sign) if pid == os.getpid() else None)
    return sent


def test_a_point_that_nobody_armed_does_nothing(killed: list[int]) -> None:
    faults.point("release.between_shards")
    assert killed == []


def test_it_dies_at_the_count_and_once_only(killed: list[int], tmp_path: Path) -> None:
    faults.arm(tmp_path / "faults", "release.between_shards", 3)
    deaths = []
    for _ in range(5):
        faults.point("release.between_shards")
        deaths.append(len(killed))
    assert deaths == [0, 0, 1, 1, 1]
    assert killed == [signal.SIGKILL]


def test_a_longer_name_is_another_point(killed: list[int], tmp_path: Path) -> None:
    faults.arm(tmp_path / "faults", "release.between.shards")
    faults.point("release.between")
    assert killed == []


def test_in_production_an_armed_point_does_nothing(killed: list[int], settings: Any, tmp_path: Path) -> None:
    settings.ASSAY_FAULTS = False
    faults.arm(tmp_path / "faults", "release.between_shards")
    faults.point("release.between_shards")
    assert killed == []
