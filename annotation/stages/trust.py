"""What stands between a person and an item: where they live, and walls between rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.standing import recheck_soon
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.jurisdictions import COUNTRIES

MOST_WALLS = 20
MOST_ROOMS = 50
ROOM = 100


@transaction.atomic
def set_residences(*, project: Project, by: User, countries: Sequence[str]) -> None:
    """Only who lives in one of these countries (two letters; none: anywhere) judges items. Raises InvalidInput."""
    wanted = sorted(set(countries))
    if unknown := [code for code in wanted if code not in COUNTRIES]:
        raise InvalidInput(
            _("There is no country “%(code)s”."),
            action=_("Write a country as two letters: CN, GB."),
            where="residences",
            code="unknown_country",
            params={"code": unknown[0][:40]},
        )
    _change(project, by, "residences", wanted)


@transaction.atomic
def set_walls(*, project: Project, by: User, walls: Sequence[Sequence[str]]) -> None:
    """Nobody who has seen something of one room of a list is shown anything of another room of it.

    Who has been in two of them already is barred from all of the list from then on: what one has read cannot be unread.
    Raises InvalidInput.
    """
    wanted: list[list[str]] = []
    for wall in walls:
        rooms = _checked(wall)
        if rooms not in wanted:
            wanted.append(rooms)
    if len(wanted) > MOST_WALLS:
        raise InvalidInput(
            _("A project has at most %(most)s barriers."), where="walls", params={"most": MOST_WALLS}
        )
    _change(project, by, "walls", wanted)


@transaction.atomic
def change_trust(
    *,
    project: Project,
    by: User,
    residences: Sequence[str] | None = None,
    walls: Sequence[Sequence[str]] | None = None,
) -> None:
    """Change both together; what is None stays as it is. Raises InvalidInput."""
    if residences is not None:
        set_residences(project=project, by=by, countries=residences)
    if walls is not None:
        set_walls(project=project, by=by, walls=walls)


@transaction.atomic
def add_wall(*, project: Project, by: User, rooms: Sequence[str]) -> None:
    """One more list of rooms. Raises InvalidInput."""
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    set_walls(project=current, by=by, walls=[*current.walls, rooms])
    project.refresh_from_db(fields=["walls"])


@transaction.atomic
def remove_wall(*, project: Project, by: User, rooms: Sequence[str]) -> None:
    """Take a list of rooms away. Raises AlreadyDone when there is none of these rooms."""
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    wall = sorted(set(rooms))
    if wall not in current.walls:
        raise AlreadyDone(_("There is no barrier between these rooms any more."))
    set_walls(project=current, by=by, walls=[one for one in current.walls if one != wall])
    project.refresh_from_db(fields=["walls"])


def _checked(wall: Sequence[str]) -> list[str]:
    rooms = sorted({room.strip() for room in wall} - {""})
    if len(rooms) < 2:
        raise InvalidInput(
            _("A barrier lies between two rooms or more."),
            action=_("Choose or name at least two."),
            where="rooms",
            code="one_room",
        )
    if len(rooms) > MOST_ROOMS or any(len(room) > ROOM for room in rooms):
        raise InvalidInput(
            _("A barrier has at most %(most)s rooms, each of at most %(long)s characters."),
            where="rooms",
            params={"most": MOST_ROOMS, "long": ROOM},
        )
    return rooms


def _change(project: Project, by: User, name: str, value: list[Any]) -> None:
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if getattr(current, name) != value:
        Project.objects.filter(pk=project.pk).update(**{name: value})
        _tell("project.trust_changed", project, by, {name: value})
        recheck_soon(project)
    project.refresh_from_db(fields=[name])


def _tell(action: str, project: Project, by: User, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
