"""A scene for all tests of a module; each test's changes are undone. Models are imported late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.database import kept

if TYPE_CHECKING:
    from core.models import User
    from tests.annotation.api.caller import Caller
    from tests.cast import Scene

__all__ = ["kept"]


@pytest.fixture(scope="module")
def played(kept: None) -> Scene:
    from tests.cast import scene

    return scene()


@pytest.fixture(scope="module")
def foreign(kept: None) -> Scene:
    """Mallory's organisation, in the same state."""
    from tests.cast import THEIRS, scene

    return scene(THEIRS)


@pytest.fixture
def ours(played: Scene, db: None) -> Scene:
    return played


@pytest.fixture
def as_(db: None) -> Any:
    """`as_(user)` calls the API as that person, `as_(None)` as nobody."""
    from tests.annotation.api.caller import Caller

    def caller(user: User | None) -> Caller:
        return Caller(user)

    return caller
