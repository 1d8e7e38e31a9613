"""An organisation of scripts for all tests of a module; each test's changes are undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.annotation.api.label_studio.script import House, Script


@pytest.fixture(scope="module")
def founded(kept: None) -> House:
    from tests.annotation.api.label_studio.script import house

    return house()


@pytest.fixture
def house(founded: House, db: None) -> House:
    return founded


@pytest.fixture
def owner(house: House) -> Script:
    return house.owner


@pytest.fixture
def ann(house: House) -> Script:
    return house.ann
