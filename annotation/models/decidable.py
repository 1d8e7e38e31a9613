"""Which disputes any of a project's adjudicators may decide, asked for all of them in one statement.

The rules are those of `eligibility`, compiled once for a project as it is set now: to build them for forty people one
by one takes seconds. The database stops at the first person who may decide a dispute.
"""

from collections import defaultdict
from typing import Final

from django.db.models import DateField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotation.models.adjudication import Dispute
from annotation.models.candidate import Candidate
from annotation.models.compiled import kept
from annotation.models.eligibility import RULES, allowed
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.rule import About
from annotation.models.rules_person import PAUSED, PERSON_RULES, UNDERTAKING
from core.models import User
from core.roles import Capability
from core.statements import BlankParam, Statement, assembled, compiled, outside, run

_PASSING = frozenset({PAUSED, UNDERTAKING.code, "on_a_break"})
"""Rules that bar for a while only, or until somebody has read a page."""
_COLLEAGUE = "colleague"
"""This rule needs the names of each person's own organisations, so it is asked of one after the other."""

_STATEMENT: Final = """
WITH waits(dispute) AS ({waits}), judge(expert, person) AS ({judges}),
fit AS MATERIALIZED (SELECT judge.expert, judge.person FROM judge WHERE EXISTS ({fit}))
"""
_ANYBODY: Final = "SELECT waits.dispute FROM waits WHERE EXISTS (SELECT 1 FROM fit WHERE EXISTS ({may}))"
_EVERYBODY: Final = "SELECT waits.dispute, fit.expert, fit.person FROM waits, fit WHERE EXISTS ({may})"


def decidable(project: Project, waits: "QuerySet[Dispute]", judges: "QuerySet[User]") -> set[int]:
    """Those of the disputes, by id, that one of these people may decide.

    One statement; where colleagues are barred, two more for each person who is asked before nothing is left.
    """
    template = _EVERYBODY if project.bar_colleagues else _ANYBODY
    statement = kept(template, project, lambda: _statement(project, template, waits, judges))
    rows = run(statement, {"day": timezone.localdate()})
    if not project.bar_colleagues:
        return {dispute for (dispute,) in rows}
    theirs: dict[tuple[int, int], set[int]] = defaultdict(set)
    for dispute, expert, person in rows:
        theirs[expert, person].add(dispute)
    return _without_colleagues(project, theirs)


def _without_colleagues(project: Project, theirs: dict[tuple[int, int], set[int]]) -> set[int]:
    """The same where colleagues are barred, from what each person may decide otherwise: who may most goes first."""
    rest = frozenset(rule.code for rule in RULES) - {_COLLEAGUE}
    found: set[int] = set()
    for expert, person in sorted(theirs, key=lambda one: (-len(theirs[one]), one)):
        if left := theirs[expert, person] - found:
            candidate = Candidate(project, expert, person, Capability.ADJUDICATE)
            may = allowed(Item.objects.filter(pk=OuterRef("item")), candidate, without=rest)
            found |= set(Dispute.objects.filter(Exists(may), pk__in=left).values_list("pk", flat=True))
    return found


def _statement(
    project: Project, template: str, waits: "QuerySet[Dispute]", judges: "QuerySet[User]"
) -> Statement:
    # Who has no record as an expert yet is one that nothing is known of.
    people = judges.order_by().annotate(as_expert=Coalesce("expert__pk", Value(0)))
    of_person = _candidate(project, "judge")
    fit = Project.objects.filter(pk=project.pk).order_by()
    for rule in PERSON_RULES:
        if rule.code not in _PASSING and rule.applies(of_person):
            fit = fit.filter(~rule.bars(of_person, ""))
    return assembled(
        _STATEMENT + template,
        {
            "waits": compiled(waits.values_list("pk")),
            "judges": compiled(people.values_list("as_expert", "pk")),
            "fit": compiled(fit.values_list("pk")),
            "may": compiled(_may(_candidate(project, "fit")).values_list("pk")),
        },
    )


def _candidate(project: Project, of: str) -> Candidate:
    day = BlankParam("day", DateField())
    return Candidate(project, outside(f"{of}.expert"), outside(f"{of}.person"), Capability.ADJUDICATE, day)


def _may(candidate: Candidate) -> "QuerySet[Dispute]":
    """The dispute `waits.dispute`, where no rule about its lane or item keeps the person from it."""
    items = allowed(
        Item.objects.filter(pk=OuterRef("item")),
        candidate,
        without=_PASSING | {_COLLEAGUE},
        about=(About.LANE, About.ITEM),
    )
    decides = Dispute.objects.to_decide_by(candidate.user)
    return decides.filter(Exists(items), pk=outside("waits.dispute")).order_by()
