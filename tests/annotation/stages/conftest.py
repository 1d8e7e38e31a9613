"""A world per test: an organisation with its people and an empty project.

Models are imported late: pytest reads this file before the settings are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.database import committed

if TYPE_CHECKING:
    from core.models import User
    from tests.cast import World

__all__ = ["committed"]


@pytest.fixture
def ours(db: None) -> World:
    from tests.cast import OURS, world

    return world(OURS)


@pytest.fixture
def carol(ours: World) -> User:
    return ours.people["annotator"]


@pytest.fixture
def dan(ours: World) -> User:
    return ours.people["annotator2"]


@pytest.fixture
def erin(ours: World) -> User:
    return ours.people["adjudicator"]
