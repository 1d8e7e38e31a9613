"""Where an expert stands in a project: their desk, locked, with what is in their hands."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, F, Q, QuerySet, Subquery

from annotation.models.assignment import Assignment, Outcome, Purpose
from annotation.models.candidate import Candidate, filled
from annotation.models.compiled import kept
from annotation.models.item import Item
from annotation.models.lane import Desk
from annotation.models.project import Project
from core.statements import Statement, as_day, as_time, compiled, run
from experts.models import Expert

LAST: Final = 16
COLUMNS: Final = ("pk", "plan", "planned_at", "taken", "week", "week_taken", "rate")


@dataclass(frozen=True)
class Standing:
    """A locked desk. `held` is the oldest open assignment; `ran_out`, `returned`: such ones could be taken up again."""

    desk: Desk
    held: int | None
    ran_out: bool
    returned: bool


def mine(candidate: Candidate) -> "QuerySet[Assignment]":
    """Work and what looks like it; an exam is taken on its own page."""
    return _mine(candidate.project.pk, candidate.expert)


def _mine(project: Any, expert: Any) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(project=project, expert=expert).exclude(purpose=Purpose.EXAM)


def held(candidate: Candidate) -> "QuerySet[Assignment]":
    """What is in the expert's hands, the oldest first."""
    return held_of(candidate.project.pk, candidate.expert)


def held_of(project: Any, expert: Any) -> "QuerySet[Assignment]":
    """The same by their numbers, or by blanks."""
    return _mine(project, expert).filter(outcome="").order_by("pk")


def hands_full(candidate: Candidate, most: int) -> "QuerySet[Assignment]":
    """A row when the expert holds so many; none while they hold fewer."""
    return held(candidate)[most - 1 : most]


def to_take_again(candidate: Candidate, outcome: Outcome) -> "QuerySet[Assignment]":
    """What ended so, while its item is in the same round and has a slot; a control item needs none."""
    free = Q(item__open_slots__gt=0) | Q(item__control=True)
    return mine(candidate).filter(free, outcome=outcome, round=F("item__round"), aside=0)


def _open_again(candidate: Candidate, outcome: Outcome) -> Exists:
    """Whether any of the last that ended so has a slot; the others have been done by somebody else long since."""
    last = mine(candidate).filter(outcome=outcome).order_by("-pk").values("item")[:LAST]
    return Exists(Item.objects.filter(Q(open_slots__gt=0) | Q(control=True), pk__in=Subquery(last)))


def _statement(project: Project) -> Statement:
    candidate = Candidate.blank(project)
    desks = (
        Desk.objects.select_for_update(no_key=True, of=("self",))
        .filter(project=project.pk, expert=candidate.expert)
        .annotate(
            held=Subquery(held(candidate).values("pk")[:1]),
            ran_out=_open_again(candidate, Outcome.EXPIRED),
            returned=_open_again(candidate, Outcome.RETURNED),
        )
    )
    return compiled(desks.values_list(*COLUMNS, "held", "ran_out", "returned"))


def sit_down(project: Project, expert: Expert) -> Standing:
    """Lock the expert's desk until the transaction ends and read it; one statement once there is a desk.

    Two tabs of one person wait for one another here. What is said beside the desk may be older than the lock.
    """
    statement = kept("desk", project, lambda: _statement(project))
    rows = run(statement, filled(expert))
    if not rows:
        Desk.objects.make(project.pk, expert.pk)
        rows = run(statement, filled(expert))
    *columns, holding, ran_out, returned = rows[0]
    row = dict(zip(COLUMNS, columns, strict=True))
    row["plan"] = json.loads(row["plan"]) if isinstance(row["plan"], str) else row["plan"]
    row["planned_at"] = as_time(row["planned_at"]) if row["planned_at"] else None
    row["week"] = as_day(row["week"])
    return Standing(Desk(project=project, expert=expert, **row), holding, bool(ran_out), bool(returned))
