"""A played-out project to release, and how a release is read."""

import json
from dataclasses import replace
from typing import Any

import pytest

from annotation.models import Dispute, Release
from annotation.stages.release import file_path, folder_of
from core.models import User
from tests import cast
from tests.cast import World
from tests.core.database import kept

__all__ = ["COUNT", "annotators", "content", "done", "empty", "kept", "played", "rows"]

COUNT = 7


@pytest.fixture(scope="module")
def played(kept: None) -> World:
    """Seven settled items, one of them by a decision."""
    ours = cast.world(cast.OURS)
    carol, dan = ours.people["annotator"], ours.people["annotator2"]
    cast.bring_texts(ours.project, ours.lead, COUNT)
    cast.answer_all(ours.project, carol, lambda _: cast.everything())
    cast.answer_all(
        ours.project, dan, lambda at: cast.everything("unsure" if at.item.line == 2 else "breach")
    )
    cast.drain()
    cast.decide(Dispute.objects.get(), ours.people["adjudicator"], cast.choice("unsure"))
    cast.drain()
    cast.ask_less(ours.project, shares={"train": 1.0})  # rows in the order of the items
    return ours


@pytest.fixture
def done(played: World, db: None) -> World:
    return played


def annotators(world: World) -> tuple[User, User]:
    return world.people["annotator"], world.people["annotator2"]


@pytest.fixture
def empty(done: World) -> World:
    """The same people with a project in which nothing has happened."""
    return replace(done, project=cast.found_project(done.organisation, done.lead))


def content(made: Release) -> dict[str, bytes]:
    """The files of a published release by path."""
    folder = folder_of(made)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def rows(made: Release) -> list[dict[str, Any]]:
    """Its record, in order."""
    lines = [file_path(made, path).read_text("utf-8").splitlines() for path in made.manifest["rows"]["files"]]
    return [json.loads(line) for part in lines for line in part]
