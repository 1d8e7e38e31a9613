"""Who may judge which item: every rule once, as a condition with its sentence.

The queue leaves out what any rule bars; `eligible` asks the same conditions about one item, so an explanation cannot
differ from the routing. Rules about a project or a lane are conditions over lanes, so that routing asks them once for
all items of a lane; rules about items are asked of the few items at a lane's head.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Case, QuerySet, Value, When

from annotation.models.candidate import Candidate, filled, requirement
from annotation.models.compiled import asked_by
from annotation.models.item import Item
from annotation.models.lane import Lane
from annotation.models.project import Project
from annotation.models.rule import About, Rule
from annotation.models.rules_item import HAD, ITEM_RULES
from annotation.models.rules_lane import LANE_RULES
from annotation.models.rules_person import PAUSED, PERSON_RULES
from annotation.models.rules_qualification import bars_from_lane, general_rule, kind_rule
from core.roles import Capability
from core.statements import BlankParam, Statement, compiled, run
from experts.models import Expert

__all__ = [
    "HAD",
    "PAUSED",
    "RULES",
    "Candidate",
    "Rule",
    "Verdict",
    "again",
    "allowed",
    "allowed_lanes",
    "eligible",
    "eligible_of",
    "has_interest",
    "may_have",
    "may_have_asked",
    "requirement",
    "unmet",
    "unmet_in",
    "unmet_of_items",
    "unmet_of_lanes",
]

RULES: tuple[Rule, ...] = (*PERSON_RULES, *LANE_RULES, *ITEM_RULES)
INTERESTS = frozenset({"conflict", "author", "colleague"})
"""The codes of the rules that are about what somebody has at stake."""
_NOT_INTERESTS = frozenset(rule.code for rule in RULES) - INTERESTS


@dataclass(frozen=True)
class Verdict:
    """Whether an expert may judge an item: `unmet` holds every rule that says no."""

    unmet: tuple[Rule, ...]

    @property
    def codes(self) -> list[str]:
        return [rule.code for rule in self.unmet]

    def __bool__(self) -> bool:
        return not self.unmet


def allowed(
    items: "QuerySet[Item]",
    candidate: Candidate,
    *,
    without: frozenset[str] = frozenset(),
    about: Iterable[About] = tuple(About),
) -> "QuerySet[Item]":
    """The items that no rule keeps from the candidate, rules of `without` aside, and those not `about` these."""
    for rule in RULES:
        if rule.code not in without and rule.about in about and rule.applies(candidate):
            items = items.filter(~rule.bars(candidate, "lane__"))
    return items


def allowed_lanes(lanes: "QuerySet[Lane]", candidate: Candidate) -> "QuerySet[Lane]":
    """The lanes whose items no rule about the project or what a lane asks keeps from the candidate."""
    for rule in (*PERSON_RULES, *LANE_RULES):
        if rule.applies(candidate) and rule not in (general_rule, kind_rule):
            lanes = lanes.filter(~rule.bars(candidate, ""))
    return lanes.filter(~bars_from_lane(candidate))


def again(
    project: Project, expert: Expert, *, without: frozenset[str] = frozenset({HAD})
) -> "QuerySet[Item]":
    """The project's items that this expert may be given again: they had them, and no other rule bars them by now."""
    return _again(Candidate.of(project, expert), without)


def may_have(
    project: Project, expert: Expert, item: int, *, without: frozenset[str] = frozenset({HAD})
) -> bool:
    """Whether one item (by id) is among them."""
    return bool(run(*may_have_asked(project, expert, item, without=without)))


def may_have_asked(
    project: Project, expert: Expert, item: int, *, without: frozenset[str] = frozenset({HAD})
) -> tuple[Statement, dict[str, Any]]:
    """What asks so: a row where it is, none else. A statement that is built once a process, and its values."""

    def one(candidate: Candidate) -> Statement:
        found = _again(candidate, without).filter(pk=BlankParam("item", BigIntegerField()))
        return compiled(found.order_by().values_list("pk"))

    statement = asked_by(f"again {sorted(without)}", project, expert, one)
    return statement, {**filled(expert), "item": item}


def _again(candidate: Candidate, without: frozenset[str]) -> "QuerySet[Item]":
    items: QuerySet[Item] = Item.objects.filter(project=candidate.project.pk)
    return allowed(items, candidate, without=without)


def _flags(rules: Iterable[Rule], candidate: Candidate, at: str) -> dict[str, Case]:
    return {
        f"bars_{rule.code}": Case(
            When(rule.bars(candidate, at), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        for rule in rules
        if rule.applies(candidate)
    }


def _asked(item: Item, candidate: Candidate) -> "QuerySet[Item, dict[str, Any]]":
    flags = _flags(RULES, candidate, "lane__")
    asked: Any = Item.objects.filter(pk=item.pk).annotate(**flags, candidate=Value(candidate.expert))
    rows: QuerySet[Item, dict[str, Any]] = asked.values("candidate", *flags)
    return rows


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(tuple(rule for rule in RULES if row.get(f"bars_{rule.code}")))


def eligible(item: Item, expert: Expert, *, part: Capability = Capability.LABEL) -> Verdict:
    """Yes, or every reason why not; one statement."""
    return _verdict(_asked(item, Candidate.of(item.project, expert, part)).get())


def eligible_of(
    item: Item, experts: Sequence[Expert], *, part: Capability = Capability.LABEL
) -> list[tuple[Expert, Verdict]]:
    """The same for several experts; one statement for all of them."""
    if not experts:
        return []
    first, *rest = (_asked(item, Candidate.of(item.project, expert, part)) for expert in experts)
    rows = {row["candidate"]: row for row in (first.union(*rest, all=True) if rest else first)}
    return [(expert, _verdict(rows[expert.pk])) for expert in experts]


def unmet_in(
    projects: Sequence[Project], expert: Expert, *, part: Capability = Capability.LABEL
) -> dict[int, tuple[Rule, ...]]:
    """The rules about a person that the expert does not meet, by project id. One statement for all projects."""
    if not projects:
        return {}
    asked = [_before(Candidate.of(project, expert, part)) for project in projects]
    found = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    return {pk: _named(flags) for pk, *flags in found}


def unmet(project: Project, expert: Expert) -> tuple[Rule, ...]:
    """The same of one project for whoever would label in it; a statement that is built once a process."""
    statement = asked_by("unmet", project, expert, lambda candidate: compiled(_before(candidate)))
    ((_pk, *flags),) = run(statement, filled(expert))
    return _named(flags)


def _before(candidate: Candidate) -> "QuerySet[Project, tuple[Any, ...]]":
    """The candidate's project, with a column for each rule about a person; one that does not apply bars nothing."""
    flags = _flags(PERSON_RULES, candidate, "")
    every = {f"bars_{rule.code}": Value(False, output_field=BooleanField()) for rule in PERSON_RULES}
    row: Any = Project.objects.filter(pk=candidate.project.pk).order_by().annotate(**{**every, **flags})
    rows: QuerySet[Project, tuple[Any, ...]] = row.values_list("pk", *every)
    return rows


def _named(flags: Iterable[Any]) -> tuple[Rule, ...]:
    return tuple(rule for rule, bars in zip(PERSON_RULES, flags, strict=True) if bars)


def unmet_of_lanes(lanes: "QuerySet[Lane]", candidate: Candidate) -> dict[int, tuple[Rule, ...]]:
    """Every rule about the project or a lane that bars the candidate from each lane, by lane id. One statement."""
    flags = _flags((*PERSON_RULES, *LANE_RULES), candidate, "")
    rows: Any = lanes.annotate(**flags).values("pk", *flags)
    return {row["pk"]: _verdict(row).unmet for row in rows}


def unmet_of_items(items: "QuerySet[Item]", candidate: Candidate) -> dict[int, tuple[Rule, ...]]:
    """Every rule that bars the candidate from each item, by item id. One statement."""
    flags = _flags(RULES, candidate, "lane__")
    rows: Any = items.annotate(**flags).order_by().values("pk", *flags)
    return {row["pk"]: _verdict(row).unmet for row in rows}


def has_interest(item: Item, expert: Expert) -> bool:
    """Whether the expert has anything at stake in the item by now."""
    return not may_have(item.project, expert, item.pk, without=_NOT_INTERESTS)
