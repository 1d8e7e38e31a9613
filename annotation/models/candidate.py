"""Who stands before which project for which part; also as blanks, so that a rule is written in SQL once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import BigIntegerField, DateField, QuerySet
from django.utils import timezone

from annotation.models.project import Project
from core.models import Membership, User
from core.roles import Capability
from core.statements import BlankParam
from experts.eligibility import Requirement
from experts.models import Expert


def requirement(project: Project, day: Any = None) -> Requirement:
    """What the project's sector asks of whoever judges its items."""
    return Requirement(
        organisation_id=project.organisation_id,
        sector_id=project.sector_id if project.qualified_only else None,
        day=day or timezone.localdate(),
    )


@dataclass(frozen=True)
class Candidate:
    """An expert before a project, on a day, for a part in it (`LABEL` or `ADJUDICATE`).

    `expert`, `user` and `day` are values, or blanks of a statement that is compiled once (`Candidate.blank`).
    """

    project: Project
    expert: Any
    user: Any
    part: Capability = Capability.LABEL
    day: Any = field(default_factory=timezone.localdate)

    @classmethod
    def of(cls, project: Project, expert: Expert, part: Capability = Capability.LABEL) -> Self:
        """A person."""
        return cls(project, expert.pk, expert.user_id, part)

    @classmethod
    def blank(cls, project: Project, part: Capability = Capability.LABEL) -> Self:
        """Anybody, on any day: for a statement whose blanks `filled` names."""
        return cls(
            project,
            BlankParam("expert", BigIntegerField()),
            BlankParam("user", BigIntegerField()),
            part,
            BlankParam("day", DateField()),
        )

    @property
    def need(self) -> Requirement:
        return requirement(self.project, self.day)

    def organisations(self) -> "QuerySet[Membership]":
        """The organisations they act for as a whole; a role in one project alone makes nobody a colleague."""
        return Membership.objects.current().filter(user=self.user, project_id=None)


def filled(expert: Expert, by: User | None = None, day: date | None = None) -> dict[str, Any]:
    """The values of a person's blanks."""
    return {"expert": expert.pk, "user": by.pk if by else expert.user_id, "day": day or timezone.localdate()}
