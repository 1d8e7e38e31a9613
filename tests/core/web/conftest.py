"""An organisation with its people.

Models are imported late: pytest reads this file before the settings are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import World


@pytest.fixture
def ours(db: None) -> World:
    from tests.cast import OURS, world

    return world(OURS)
