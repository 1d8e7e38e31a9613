"""Ask for more answers before an item is compared, where its project's policy says that they are worth having."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from annotation.algorithms.stopping import Decision, all_of
from annotation.models import Item
from annotation.models.lane import SPECIALIST, Lane, lane_like
from annotation.models.project import Policy
from annotation.models.weighing import DISPUTED, rule_of, weigh
from core import audit, faults


class Wanted(NamedTuple):
    """So many more answers, in this lane (None: from whomever the item asked before), because of these questions."""

    answers: int
    lane: Lane | None
    questions: list[str]


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
            "tier": wanted.lane.tier if wanted.lane else item.lane.tier,
            "questions": wanted.questions,
        },
    )
    return True


def _wanted(item: Item) -> Wanted | None:
    if item.lane.tier == SPECIALIST:  # what they dispute goes to the adjudicator
        return None
    match item.project.policy:
        case Policy.ADAPTIVE:
            return _one_more(item)
        case Policy.TIERED:
            return _specialists(item)
    return None


def _one_more(item: Item) -> Wanted | None:
    """One more answer, while the stopping rule asks for it and the project's maximum allows it."""
    project = item.project
    if item.overlap >= project.overlap_max:
        return None
    rule = rule_of(project)
    said = {each.question.key: each.decision(rule, project.overlap_max) for each in weigh(item)}
    if all_of(list(said.values())) is not Decision.MORE:
        return None
    return Wanted(1, None, [key for key, decision in said.items() if decision is Decision.MORE])


def _specialists(item: Item) -> Wanted | None:
    """The second tier's answers, where the first one's would be a dispute."""
    disputed = [each.question.key for each in weigh(item) if each.verdict(item.project).how == DISPUTED.how]
    if not disputed:
        return None
    return Wanted(item.project.specialists, lane_like(item.lane, tier=SPECIALIST), disputed)
