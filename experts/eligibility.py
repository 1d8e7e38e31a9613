"""Who may judge an item, and why not: each rule is written once, as a query with its sentence.

`why_not` asks the same queries that `who_may` joins, so the explanation cannot differ from the routing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, NotQualified, Refusal
from experts.models import Expert, Qualification


@dataclass(frozen=True)
class Requirement:
    """What an item asks of whoever judges it. `sector_id` None: open to every member."""

    organisation_id: int
    sector_id: int | None
    day: Any  # a date, or a blank of a statement that is compiled once


@dataclass(frozen=True)
class Rule:
    """`applies` says whether a requirement asks for it, `met_by` who meets it, `missing` what to tell the others.

    `refusal` is raised with it, and with the next `step` where the refusal's own does not fit.
    """

    code: str
    applies: Callable[[Requirement], bool]
    met_by: Callable[[Requirement], QuerySet[Expert]]
    missing: Promise
    refusal: type[Refusal] = NotQualified
    step: Promise | None = None


def _qualified(need: Requirement) -> QuerySet[Expert]:
    held = (
        Qualification.objects.in_force(need.day)
        .for_sectors()
        .filter(organisation_id=need.organisation_id, sector_id=need.sector_id or 0)
    )
    return Expert.objects.filter(pk__in=held.values("expert"))


def _always(need: Requirement) -> bool:
    return True


RULES = (
    Rule(
        code="qualified_in_sector",
        applies=lambda need: need.sector_id is not None,
        met_by=_qualified,
        missing=_("You need a qualification in this sector that rests on a verified, valid credential."),
    ),
    Rule(
        code="on_a_break",
        applies=_always,
        met_by=lambda need: Expert.objects.filter(Q(paused_until=None) | Q(paused_until__lt=need.day)),
        missing=_("Your profile says that you take a break."),
        refusal=NotAllowed,
        step=_("End the break on your profile."),
    ),
)


def who_may(need: Requirement) -> QuerySet[Expert]:
    """Everybody who meets every rule that applies."""
    experts: QuerySet[Expert] = Expert.objects.all()
    for rule in RULES:
        if rule.applies(need):
            experts = experts.filter(pk__in=rule.met_by(need).values("pk"))
    return experts


def why_not(expert: Expert, need: Requirement) -> list[Rule]:
    """The rules that this expert does not meet; empty means yes."""
    return [
        rule for rule in RULES if rule.applies(need) and not rule.met_by(need).filter(pk=expert.pk).exists()
    ]
