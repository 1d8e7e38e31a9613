"""Who may judge which item: every rule once, as a query with its sentence.

A rule says of an item whether it is barred for one candidate (`bars`, a condition over items). The queue leaves out
what any rule bars; `eligible` asks the same conditions about one item, so an explanation cannot differ from the
routing. What holds for a whole project (the rules of `experts.eligibility`, a role, a pause) is written in the same
way: as a condition that does not look at the item.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotation.models.assignment import Assignment
from annotation.models.batch import Batch
from annotation.models.item import Item
from annotation.models.party import ItemParty
from annotation.models.project import Project
from core.models import Membership, Organisation
from core.refusals import NotQualified, Refusal
from core.roles import Capability, roles_that
from experts import eligibility as people
from experts.eligibility import Requirement
from experts.models import ConflictKey, Expert
from experts.names import party_keys

MOST_ORGANISATIONS = 50


def requirement(project: Project, day: date | None = None) -> Requirement:
    """What the project asks of whoever judges its items."""
    return Requirement(
        organisation_id=project.organisation_id,
        sector_id=project.sector_id if project.qualified_only else None,
        day=day or timezone.localdate(),
    )


@dataclass(frozen=True)
class Candidate:
    """An expert before a project, on a day, for a part in it (`LABEL` or `ADJUDICATE`)."""

    project: Project
    expert: Expert
    part: Capability = Capability.LABEL
    day: date = field(default_factory=timezone.localdate)

    @property
    def need(self) -> Requirement:
        return requirement(self.project, self.day)

    @property
    def languages(self) -> list[str]:
        return [str(one["code"]) for one in self.expert.languages]

    def organisations(self) -> "QuerySet[Membership]":
        """The organisations they act for as a whole; a role in one project alone makes nobody a colleague."""
        return Membership.objects.current().filter(user=self.expert.user_id, project_id=None)


@dataclass(frozen=True)
class Rule:
    """`applies` says whether a project asks for it, `bars` which items it keeps from a candidate, `why` says so.

    `private` rules would tell the candidate what an item is about, so that only leads are told which item they keep.
    """

    code: str
    applies: Callable[[Candidate], bool]
    bars: Callable[[Candidate], Q]
    why: str | Promise
    private: bool = False
    refusal: type[Refusal] = NotQualified
    step: str | Promise | None = None


def _always(candidate: Candidate) -> bool:
    return True


def _of_person(rule: people.Rule) -> Rule:
    """A rule of `experts.eligibility`: it holds for every item of the project."""
    return Rule(
        code=rule.code,
        applies=lambda candidate: rule.applies(candidate.need),
        bars=lambda candidate: ~Q(Exists(rule.met_by(candidate.need).filter(pk=candidate.expert.pk))),
        why=rule.missing,
        refusal=rule.refusal,
        step=rule.step,
    )


def _without_role(candidate: Candidate) -> Q:
    granted = Membership.objects.current().filter(
        Q(project_id=candidate.project.pk)
        | Q(project_id=None, organisation=candidate.project.organisation_id),
        user=candidate.expert.user_id,
        role__in=roles_that(candidate.part),
    )
    return ~Q(Exists(granted))


def _paused(candidate: Candidate) -> Q:
    return Q(Exists(Project.objects.filter(pk=candidate.project.pk).exclude(paused_at=None)))


def _unknown_language(candidate: Candidate) -> Q:
    return ~Q(language__in=["", *candidate.languages])


def _conflicted(candidate: Candidate) -> Q:
    keys = ConflictKey.objects.filter(conflict__expert=candidate.expert.pk, conflict__ended_at=None)
    return Q(Exists(ItemParty.objects.filter(item=OuterRef("pk"), key__in=keys.values("key"))))


def _author(candidate: Candidate) -> Q:
    brought = Batch.objects.filter(project=candidate.project.pk, created_by=candidate.expert.user_id)
    return Q(batch__in=brought.values("pk"))


def _colleague(candidate: Candidate) -> Q:
    """Of a party, or of who brought the batch in; in the organisation that runs the project everybody would be one."""
    own = Organisation.objects.filter(pk__in=candidate.organisations().values("organisation"))
    keys = [
        key for name in own.values_list("name", flat=True)[:MOST_ORGANISATIONS] for key in party_keys(name)
    ]
    elsewhere = candidate.organisations().exclude(organisation=candidate.project.organisation_id)
    colleagues = (
        Membership.objects.current()
        .filter(project_id=None, organisation__in=elsewhere.values("organisation"))
        .values("user")
    )
    brought = Batch.objects.filter(project=candidate.project.pk, created_by__in=colleagues)
    party = ItemParty.objects.filter(item=OuterRef("pk"), key__in=keys)
    return Q(batch__in=brought.values("pk")) | Q(Exists(party))


def _had(candidate: Candidate) -> Q:
    given = Assignment.objects.filter(
        item=OuterRef("pk"), expert=candidate.expert.pk, round=OuterRef("round")
    )
    return Q(Exists(given))


HAD, PAUSED = "had_before", "paused"
RULES: tuple[Rule, ...] = (
    Rule(
        "no_role",
        _always,
        _without_role,
        _("This takes a role in the project that the person does not have."),
    ),
    Rule(PAUSED, lambda one: one.part is Capability.LABEL, _paused, _("The project is paused.")),
    *(_of_person(rule) for rule in people.RULES),
    Rule(
        "language",
        lambda one: one.project.language_required,
        _unknown_language,
        _("The item is in a language that the person's profile does not name."),
    ),
    Rule(
        "conflict",
        _always,
        _conflicted,
        _("The person has declared an interest in a party of the item."),
        private=True,
    ),
    Rule("author", _always, _author, _("The person brought the item's batch in.")),
    Rule(
        "colleague",
        lambda one: one.project.bar_colleagues,
        _colleague,
        _("A party of the item, or who brought it in, belongs to an organisation of the person."),
        private=True,
    ),
    Rule(HAD, lambda one: one.part is Capability.LABEL, _had, _("The person has had this item before.")),
)
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
    items: "QuerySet[Item]", candidate: Candidate, *, without: frozenset[str] = frozenset()
) -> "QuerySet[Item]":
    """The items that no rule keeps from the candidate, rules of `without` aside."""
    for rule in RULES:
        if rule.code not in without and rule.applies(candidate):
            items = items.filter(~rule.bars(candidate))
    return items


def again(
    project: Project, expert: Expert, *, without: frozenset[str] = frozenset({HAD})
) -> "QuerySet[Item]":
    """The project's items that this expert may be given again: they had them, and no other rule bars them by now."""
    return allowed(Item.objects.filter(project=project), Candidate(project, expert), without=without)


def _asked(item: Item, candidate: Candidate) -> "QuerySet[Item, dict[str, Any]]":
    flags = {
        f"bars_{rule.code}": Case(
            When(rule.bars(candidate), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for rule in RULES
        if rule.applies(candidate)
    }
    asked: Any = Item.objects.filter(pk=item.pk).annotate(**flags, candidate=Value(candidate.expert.pk))
    rows: QuerySet[Item, dict[str, Any]] = asked.values("candidate", *flags)
    return rows


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(tuple(rule for rule in RULES if row.get(f"bars_{rule.code}")))


def eligible(item: Item, expert: Expert, *, part: Capability = Capability.LABEL) -> Verdict:
    """Yes, or every reason why not; one statement."""
    return _verdict(_asked(item, Candidate(item.project, expert, part)).get())


def eligible_of(
    item: Item, experts: Sequence[Expert], *, part: Capability = Capability.LABEL
) -> list[tuple[Expert, Verdict]]:
    """The same for several experts; one statement for all of them."""
    if not experts:
        return []
    first, *rest = (_asked(item, Candidate(item.project, expert, part)) for expert in experts)
    rows = {row["candidate"]: row for row in (first.union(*rest, all=True) if rest else first)}
    return [(expert, _verdict(rows[expert.pk])) for expert in experts]


def has_interest(item: Item, expert: Expert) -> bool:
    """Whether the expert has anything at stake in the item by now."""
    return not again(item.project, expert, without=_NOT_INTERESTS).filter(pk=item.pk).exists()
