"""Two organisations in the same state for all tests of a module. Models are imported late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.database import kept

if TYPE_CHECKING:
    from tests.cast import Scene

__all__ = ["kept"]


@pytest.fixture(scope="module")
def scenes(kept: None) -> tuple[Scene, Scene]:
    from tests.cast import THEIRS, scene

    return scene(), scene(THEIRS)


@pytest.fixture
def ours(scenes: tuple[Scene, Scene], db: None) -> Scene:
    return scenes[0]


@pytest.fixture
def theirs(scenes: tuple[Scene, Scene], db: None) -> Scene:
    return scenes[1]
