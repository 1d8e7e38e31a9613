"""Open disputes that nobody may decide, and how many people a project has for disputes. Read-only."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from annotation.models.adjudication import Dispute, Turn
from annotation.models.decidable import decidable
from annotation.models.project import Project
from core.models import Membership, User
from core.roles import Capability, roles_that

MOST_LOOKED_AT = 200
MOST_ASKED = 40
"""A project with more adjudicators than this always has somebody else; it is not asked."""


@dataclass(frozen=True)
class Stranded:
    """What nobody may decide. `adjudicators`: how many have the role.

    Where nobody has it, that is all there is, `firsts` among it. Else only appeals and second looks are looked at, the
    oldest ones: nobody decides the same question twice, so they are what runs out of people first.
    """

    adjudicators: int
    firsts: int = 0
    appeals: int = 0
    looks: int = 0
    disputes: frozenset[int] = field(default=frozenset())

    def __bool__(self) -> bool:
        return bool(self.firsts or self.appeals or self.looks)


@dataclass(frozen=True)
class Bench:
    """How many people adjudicate in a project, and how many of them may look blind: who sees the work may not."""

    adjudicators: int
    blind: int


def bench_of(project: Project) -> Bench:
    """By their roles alone. One statement."""
    held = _memberships(project).filter(
        role__in={*roles_that(Capability.ADJUDICATE), *roles_that(Capability.SEE_WORK)}
    )
    roles: dict[int, set[str]] = {}
    for user, role in held.values_list("user", "role"):
        roles.setdefault(user, set()).add(role)
    decides, sees = set(roles_that(Capability.ADJUDICATE)), set(roles_that(Capability.SEE_WORK))
    judges = [has for has in roles.values() if has & decides]
    return Bench(len(judges), sum(not has & sees for has in judges))


def stranded(project: Project) -> Stranded:
    """What waits in the project and finds nobody. Three statements, whatever is open; where colleagues are barred, two
    more for each person who is asked before somebody is found."""
    waiting = Dispute.objects.filter(project=project, closed_at=None, held_at=None)
    later = dict(_later(project).values_list("pk", "turn"))
    people = _adjudicators(project).count()
    if not people:
        turns = list(later.values())
        return Stranded(
            0,
            firsts=waiting.filter(turn=Turn.FIRST).count(),
            appeals=turns.count(Turn.APPEAL),
            looks=turns.count(Turn.SECOND_LOOK),
            disputes=frozenset(later),
        )
    # A project with very many adjudicators has somebody else.
    left = (
        set(later) - decidable(project, _later(project), _adjudicators(project))
        if later and people <= MOST_ASKED
        else set()
    )
    turns = [later[pk] for pk in left]
    return Stranded(
        people,
        appeals=turns.count(Turn.APPEAL),
        looks=turns.count(Turn.SECOND_LOOK),
        disputes=frozenset(left),
    )


def _later(project: Project) -> "QuerySet[Dispute]":
    """The oldest open appeals and second looks."""
    open_ = Dispute.objects.filter(project=project.pk, closed_at=None, held_at=None)
    return open_.exclude(turn=Turn.FIRST).order_by("pk")[:MOST_LOOKED_AT]


def _memberships(project: Project) -> "QuerySet[Membership]":
    here = Q(project_id=project.pk) | Q(project_id=None, organisation=project.organisation_id)
    found: QuerySet[Membership] = Membership.objects.current().filter(here, user__is_active=True)
    return found


def _adjudicators(project: Project) -> "QuerySet[User]":
    holders = _memberships(project).filter(role__in=roles_that(Capability.ADJUDICATE))
    return User.objects.filter(pk__in=holders.values("user"))
