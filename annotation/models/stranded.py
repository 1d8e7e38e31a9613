"""Open disputes that nobody may decide, and how many people a project has for disputes. Read-only."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation.models.adjudication import Dispute, Turn
from annotation.models.candidate import Candidate
from annotation.models.eligibility import allowed
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.rules_person import PAUSED, UNDERTAKING
from core.models import Membership, User
from core.roles import Capability, roles_that
from experts.models import Expert

MOST_LOOKED_AT = 200
MOST_ASKED = 40
"""A project with more adjudicators than this always has somebody else; it is not asked."""
_PASSING = frozenset({PAUSED, UNDERTAKING.code, "on_a_break"})
"""Rules that bar for a while only, or until somebody has read a page."""


@dataclass(frozen=True)
class Stranded:
    """What nobody may decide. `adjudicators`: how many have the role; none: all open disputes are `firsts`.

    Else only appeals and second looks are looked at, the oldest ones: nobody decides the same question twice, so they
    are what runs out of people first.
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
    """What waits in the project and finds nobody. At most four statements, whatever is open."""
    waiting = Dispute.objects.filter(project=project, closed_at=None, held_at=None)
    later = dict(waiting.exclude(turn=Turn.FIRST).order_by("pk").values_list("pk", "turn")[:MOST_LOOKED_AT])
    people = _adjudicators(project)
    if not people:
        turns = list(later.values())
        return Stranded(
            0,
            firsts=waiting.filter(turn=Turn.FIRST).count(),
            appeals=turns.count(Turn.APPEAL),
            looks=turns.count(Turn.SECOND_LOOK),
            disputes=frozenset(later),
        )
    left = set(later) - _decidable(project, list(later), people) if later else set()
    turns = [later[pk] for pk in left]
    return Stranded(
        len(people),
        appeals=turns.count(Turn.APPEAL),
        looks=turns.count(Turn.SECOND_LOOK),
        disputes=frozenset(left),
    )


def _memberships(project: Project) -> "QuerySet[Membership]":
    here = Q(project_id=project.pk) | Q(project_id=None, organisation=project.organisation_id)
    found: QuerySet[Membership] = Membership.objects.current().filter(here, user__is_active=True)
    return found


def _adjudicators(project: Project) -> list[Expert]:
    """Those with the role; who has no record as an expert yet is one that nothing is known of."""
    holders = _memberships(project).filter(role__in=roles_that(Capability.ADJUDICATE))
    users = User.objects.filter(pk__in=holders.values("user")).select_related("expert").order_by("pk")
    return [getattr(user, "expert", None) or Expert(pk=0, user=user) for user in users]


def _decidable(project: Project, disputes: list[int], people: list[Expert]) -> set[int]:
    """Those of the disputes that somebody may decide. One statement."""
    if len(people) > MOST_ASKED:
        return set(disputes)
    first, *rest = (_decidable_by(project, disputes, one) for one in people)
    rows: Any = first.union(*rest) if rest else first
    return {row["pk"] for row in rows}


def _decidable_by(project: Project, disputes: list[int], expert: Expert) -> Any:
    candidate = Candidate.of(project, expert, Capability.ADJUDICATE)
    may = allowed(Item.objects.filter(pk=OuterRef("item")), candidate, without=_PASSING)
    found = Dispute.objects.to_decide_by(expert.user).filter(Exists(may), pk__in=disputes)
    return found.order_by().values("pk")
