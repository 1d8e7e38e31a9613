"""A project in mid-course, and a browser for each of its people.

Models are imported late: pytest reads this file before the settings are there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.cast import Scene, World

As = Callable[[str], Client]


@pytest.fixture
def ours(db: None) -> Scene:
    from tests.cast import scene

    return scene()


@pytest.fixture
def fresh(db: None) -> World:
    """People and a project without items: quicker to make, for tests that need no more."""
    from tests.cast import OURS, world

    return world(OURS)


@pytest.fixture
def as_(ours: World) -> As:
    """A client that is signed in as the person with this part, or as Mallory, who owns another organisation."""

    def signed_in(part: str) -> Client:
        from core.organisations import create_organisation
        from tests.cast import person

        client = Client()
        if part == "mallory":
            mallory = person("mallory")
            create_organisation(name="Mallory's", by=mallory)
            client.force_login(mallory)
        else:
            client.force_login(ours.people[part])
        return client

    return signed_in
