"""A named expert, who did not annotate the item, settles a dispute with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Adjudication, Dispute, Guideline, LabelSchema
from annotation.models.adjudication import Outcome, Turn
from annotation.models.advancing import advance_soon
from annotation.stages.adjudicate import citing, doubting, drafting, looking, precedents
from annotation.stages.adjudicate.amending import amend, close_with
from annotation.stages.adjudicate.answering import Decided, check_answer
from annotation.stages.adjudicate.room import check_may_decide, entering
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert


@dataclass(frozen=True)
class _Said:
    """What was sent, checked."""

    outcome: Outcome
    result: list[Any]
    value: Any
    rationale: str
    clause: str
    unclear: str
    cited: Sequence[Adjudication] = field(default=())


@transaction.atomic
def decide(
    *,
    dispute: Dispute,
    expert: Expert,
    by: User,
    schema: LabelSchema,
    guideline: Guideline,
    result: Any,
    rationale: str,
    clause: str = "",
    outcome: str = Outcome.ANSWER,
    unclear: str = "",
    cites: Sequence[str] = (),
) -> Adjudication:
    """Store the decision and close the dispute. `result` answers the disputed question only; empty says: no answer.

    `clause` is a number of the guideline's. With the outcome `bad_item` there is no result, and the item is left out of
    gold. `unclear` says, for the lead, where the guideline is. `cites` are ids of earlier decisions.
    Raises InvalidInput without a rationale or for a reference that there is not, InvalidLabel, Conflicted, AlreadyDone.
    """
    with entering(dispute, expert):
        check_may_decide(dispute, expert, by)
    said = _checked(dispute, schema, guideline, outcome, result, rationale, clause, unclear, cites)
    now = timezone.now()
    _close(dispute, now)
    decision = _store(dispute, expert, schema, guideline, said, now)
    citing.cite(decision, said.cited)
    if said.unclear:
        doubting.store(
            dispute,
            guideline=guideline,
            clause=said.clause,
            note=said.unclear,
            expert=expert,
            at=now,
            adjudication=decision,
        )
    _tell(decision, by, said)
    _follow(decision, by)
    faults.point("adjudicate.before_commit")
    return decision


def _checked(
    dispute: Dispute,
    schema: LabelSchema,
    guideline: Guideline,
    outcome: str,
    result: Any,
    rationale: str,
    clause: str,
    unclear: str,
    cites: Sequence[str],
) -> _Said:
    if outcome not in Outcome.values:
        raise InvalidInput(
            _("There is no such outcome."), action=_("Send answer or bad_item."), where="outcome"
        )
    if not rationale.strip():
        raise InvalidInput(
            _("A decision needs a rationale."),
            action=_("Write in a sentence why."),
            where="rationale",
            code="no_rationale",
        )
    bad = outcome == Outcome.BAD_ITEM
    if bad and result:
        raise InvalidInput(
            _("A bad item gets no answer."), action=_("Leave the result empty."), where="result"
        )
    decided = Decided() if bad else check_answer(dispute, schema, result)
    return _Said(
        outcome=Outcome(outcome),
        result=decided.result,
        value=decided.value,
        rationale=rationale.strip(),
        clause=citing.check_clause(guideline, clause),
        unclear=doubting.check_note(unclear) if unclear.strip() else "",
        cited=citing.check_cited(dispute, cites),
    )


def _close(dispute: Dispute, now: datetime) -> None:
    """By one conditional update. Every dispute of the item is locked first, in their order: one may close them all."""
    every = Dispute.objects.filter(item=dispute.item_id, round=dispute.round)
    list(every.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if every.filter(pk=dispute.pk, closed_at=None, held_at=None).update(closed_at=now):
        drafting.drop([dispute.pk])
        return
    if every.filter(pk=dispute.pk, closed_at=None).exists():
        raise AlreadyDone(
            _("This dispute is on hold until the lead has answered."), action=_("Take the next one.")
        )
    raise AlreadyDone(_("Somebody has decided this dispute."), action=_("Take the next one."))


def _store(
    dispute: Dispute,
    expert: Expert,
    schema: LabelSchema,
    guideline: Guideline,
    said: _Said,
    now: datetime,
) -> Adjudication:
    try:
        return Adjudication.objects.create(
            dispute=dispute,
            adjudicator=expert,
            label_schema=schema,
            guideline=guideline,
            outcome=said.outcome,
            result=said.result,
            value=said.value,
            rationale=said.rationale,
            clause=said.clause,
            decided_at=now,
        )
    except IntegrityError as error:  # pragma: no cover (the conditional update already lets only one in)
        raise AlreadyDone from error


def _tell(decision: Adjudication, by: User, said: _Said) -> None:
    dispute = decision.dispute
    audit.record(
        "dispute.decided",
        by=by,
        on=decision,
        project_id=dispute.project_id,
        organisation_id=dispute.project.organisation_id,
        changes={
            "dispute": dispute.uid,
            "turn": dispute.turn,
            "outcome": said.outcome,
            "clause": said.clause,
            "unclear": bool(said.unclear),
            "cites": [one.uid for one in said.cited],
        },
    )


def _follow(decision: Adjudication, by: User) -> None:
    """What a decision brings about, by the turn that it is of."""
    dispute = decision.dispute
    if dispute.turn == Turn.SECOND_LOOK:
        looking.measure_soon(dispute.project)
        return
    precedents.index(decision)
    if dispute.turn == Turn.APPEAL:
        amend(decision, by=by)
    else:
        if decision.is_bad:
            close_with(decision)
        looking.draw_soon(dispute)
    advance_soon(dispute.item_id, dispute.project)
