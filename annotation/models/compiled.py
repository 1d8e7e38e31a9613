"""Statements of a project's rules, kept as the project is set now (`core.statements`)."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from annotation.models.candidate import Candidate
from annotation.models.project import Project
from core.statements import Statement
from experts.models import Expert

MOST_KEPT = 500
_kept: dict[tuple[Any, ...], Statement] = {}


def kept(name: str, project: Project, make: Callable[[], Statement]) -> Statement:
    """The statement of this name for the project as it is set now, made on first use in this process."""
    # Rules may depend on any setting: a project that was changed is another one.
    settings = {key: value for key, value in vars(project).items() if not key.startswith("_")}
    key = (name, connection.vendor, repr(settings))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = make()
    return found


def asked_by(
    name: str, project: Project, expert: Expert, make: Callable[[Candidate], Statement]
) -> Statement:
    """The statement that `make` builds for a candidate, as this expert asks it; its blanks are for `filled`.

    It is kept with blanks for anybody; only where colleagues are barred it is made for each person, because that rule
    needs the names of their own organisations.
    """
    if project.bar_colleagues:
        return make(Candidate.of(project, expert))
    return kept(name, project, lambda: make(Candidate.blank(project)))
