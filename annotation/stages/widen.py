"""Ask for more answers before an item is compared, where its project's policy says that they are worth having.

Of an item in doubt the stopping rule also says how reliable a person must be for their answer to be worth its price:
it waits in a lane of those that want the same, which is given first to such people (`queue.planning`). Nobody is barred
by it, and nobody is given more items than before: only their order changes.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from annotation.algorithms.stopping import Decision, Outcome, all_of
from annotation.models import Item
from annotation.models.lane import SPECIALIST, Lane, lane_like
from annotation.models.project import Policy
from annotation.models.weighing import DISPUTED, rule_of, weigh
from core import audit, faults

STEP = 5
"""Wanted reliabilities are rounded down to so many in a hundred: every one in use is a lane of its own."""


@dataclass(frozen=True)
class More:
    """So many more answers, in this lane, because of what was decided of these questions (None: they are disputed)."""

    answers: int
    lane: Lane
    questions: dict[str, Decision | None]

    @property
    def told(self) -> list[str]:
        """What the audit trail keeps of each question's decision; empty where there is none."""
        return [
            f"{key}: probability {one.probability:.4f}, least {one.wanted.least:.2f}"
            for key, one in self.questions.items()
            if one and one.wanted
        ]


@transaction.atomic
def widen(item: Item) -> bool:
    """Queue a labelled item for more answers; False when it has what it needs, or is not there to be taken."""
    wanted = _wanted(item)
    if wanted is None:
        return False
    # The overlap that was read: who takes this step a second time finds another one.
    fresh = Item.objects.filter(pk=item.pk, overlap=item.overlap, agreed_at=None).exclude(labelled_at=None)
    more = wanted.answers
    if not fresh.requeue(
        wanted.lane,
        overlap=F("overlap") + more,
        open_slots=F("open_slots") + more,
        widened=F("widened") + more,
        labelled_at=None,
    ):
        return False
    faults.point("widen.before_commit")
    audit.record(
        "item.widened",
        by=None,
        on=item,
        project_id=item.project_id,
        organisation_id=item.project.organisation_id,
        changes={
            "answers": more,
            "tier": wanted.lane.tier,
            "questions": list(wanted.questions),
            "decisions": wanted.told,
        },
    )
    return True


def asks_for_more(item: Item) -> bool:
    """Whether its project's policy may want more answers of it than were asked for."""
    if item.lane.tier == SPECIALIST:  # what they dispute goes to the adjudicator
        return False
    return item.project.policy in {Policy.ADAPTIVE, Policy.TIERED}


def _wanted(item: Item) -> More | None:
    if not asks_for_more(item):
        return None
    match item.project.policy:
        case Policy.ADAPTIVE:
            return _one_more(item)
        case Policy.TIERED:
            return _specialists(item)
    return None


def _one_more(item: Item) -> More | None:
    """One more answer, while the stopping rule asks for it and the project's maximum allows it."""
    project = item.project
    if item.overlap >= project.overlap_max:
        return None
    rule = rule_of(project)
    said = {each.question.key: each.decision(rule, project.overlap_max) for each in weigh(item)}
    if all_of([decision.outcome for decision in said.values()]) is not Outcome.ASK:
        return None
    asking: dict[str, Decision | None] = {
        key: decision for key, decision in said.items() if decision.outcome is Outcome.ASK
    }
    return More(1, lane_like(item.lane, again=True, wants=_wants(asking)), asking)


def _wants(asking: Mapping[str, Decision | None]) -> int | None:
    """Of a hundred answers, how many must be right for one to be worth its price to every question; None: any."""
    least = max((one.wanted.least for one in asking.values() if one and one.wanted), default=0.0)
    return STEP * math.floor(100 * least / STEP) or None


def _specialists(item: Item) -> More | None:
    """The second tier's answers, where the first one's would be a dispute."""
    disputed = [each.question.key for each in weigh(item) if each.verdict(item.project).how == DISPUTED.how]
    if not disputed:
        return None
    lane = lane_like(item.lane, tier=SPECIALIST, wants=None)
    return More(item.project.specialists, lane, dict.fromkeys(disputed))
