"""The declared rules asked of many people at once: a column of theirs stands where one person's value would."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BigIntegerField, Expression, QuerySet

from annotation.models.candidate import Candidate
from annotation.models.eligibility import PAUSED
from annotation.models.lane import Lane
from annotation.models.panel import annotators_of
from annotation.models.project import Project
from annotation.models.rule import Rule
from annotation.models.rules_lane import LANE_RULES
from annotation.models.rules_person import PERSON_RULES
from core.roles import Capability
from experts.models import Expert

ASKS = ("kind", "speciality", "jurisdiction", "language", "room", "tier")
"""What of a lane's signature rules may look at; the rest only orders the queue."""
READS: dict[str, tuple[str, ...]] = {
    "kind_rule": ("kind", "tier"),
    "language": ("language",),
    "speciality": ("speciality",),
    "jurisdiction": ("jurisdiction",),
    "behind_wall": ("room",),
}
"""The columns of a lane that a rule looks at (a rule that is not named: all of ASKS): lanes alike in them are asked
once. A test compares the outcome with `eligible`."""


class Theirs(Expression):
    """A column of the expert that a statement is at. Subqueries rename their tables, so it is seen at any depth."""

    def __init__(self, column: str) -> None:
        super().__init__(output_field=BigIntegerField())
        self.column = column

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        name = connection.ops.quote_name
        return f"{name(Expert._meta.db_table)}.{name(self.column)}", []


def crowd(project: Project) -> Candidate:
    """Whichever annotator a statement is at, before a project, today."""
    return Candidate(project, Theirs("id"), Theirs("user_id"), Capability.LABEL)


def rules_for(who: Candidate) -> tuple[list[Rule], list[Rule]]:
    """The rules about people and those about lanes that a project asks for; that it is paused keeps nobody for good."""
    about_people = [rule for rule in PERSON_RULES if rule.applies(who) and rule.code != PAUSED]
    return about_people, [rule for rule in LANE_RULES if rule.applies(who)]


def annotators(project: Project, after: int, size: int) -> list[int]:
    """The ids of the next experts whose role lets them label in the project, in order of id."""
    found = annotators_of(project).filter(pk__gt=after).order_by("pk")
    return list(found.values_list("pk", flat=True)[:size])


def barred_of(rule: Rule, who: Candidate, experts: Sequence[int]) -> set[int]:
    """Which of these experts a rule about people keeps from the whole project. One statement."""
    asked: QuerySet[Expert] = Expert.objects.filter(pk__in=experts)
    return set(asked.filter(rule.bars(who, "")).order_by().values_list("pk", flat=True))


def meeting(
    rule: Rule, who: Candidate, experts: Sequence[int], lanes: Iterable[int]
) -> Iterable[tuple[int, int]]:
    """Each lane with each of these experts whom a rule about lanes does not keep from it, as ids. One statement."""
    # A cross join; the ORM knows no other way to one, and the name of the table is the model's own.
    pairs: Any = Lane.objects.filter(pk__in=list(lanes)).extra(tables=[Expert._meta.db_table])  # noqa: S610
    met = pairs.annotate(who=Theirs("id")).filter(~rule.bars(who, ""), who__in=list(experts))
    rows: Iterable[tuple[int, int]] = met.order_by().values_list("pk", "who")
    return rows
