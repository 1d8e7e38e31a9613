"""What adjudicators decided about items that a person annotated, and whether it can be appealed. Read-only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from annotation.models.adjudication import Adjudication, Dispute, Turn
from annotation.models.annotation import Annotation
from annotation.models.appeal import Appeal, appeal_until, decisions_about
from annotation.models.feedback import is_told
from core.models import User

NONE, MAY, WAITS, FINAL, OVER = "none", "may_appeal", "waits", "final", "over"


@dataclass(frozen=True)
class OwnDecision:
    """A question that was decided: by `decision`, after an appeal by `later`.

    `appeal`: `may_appeal` until `until`; `waits` for the answer to this person's appeal; `final` once an appeal is
    decided; `over` when the time has passed; `none` where the project takes none. `own_reason` is what they wrote.
    """

    dispute: Dispute
    decision: Adjudication
    later: Adjudication | None
    until: datetime | None
    appeal: str
    own_reason: str = ""

    @property
    def holds(self) -> Adjudication:
        """The decision that holds: the one after an appeal where there is one."""
        return self.later or self.decision


def decisions_of(
    user: User, annotations: Sequence[Annotation], now: datetime
) -> dict[int, list[OwnDecision]]:
    """By annotation id, for answers whose item is settled. Three statements."""
    told = [one for one in annotations if is_told(one)]
    if not told:
        return {}
    rows = decisions_about(user).filter(item__in={one.item_id for one in told})
    first = list(rows.select_related("adjudication__guideline", "project", "item").order_by("pk"))
    later = {
        one.of_id: one
        for one in Dispute.objects.filter(of__in=first, turn=Turn.APPEAL).select_related(
            "adjudication__guideline"
        )
    }
    own = dict(Appeal.objects.filter(dispute__in=first, expert__user=user).values_list("dispute", "reason"))
    by_item: dict[tuple[int, int], list[OwnDecision]] = defaultdict(list)
    for one in first:
        found = _decision(one, later.get(one.pk), own.get(one.pk), now)
        by_item[one.item_id, one.round].append(found)
    return {one.pk: by_item[one.item_id, one.round] for one in told}


def _decision(dispute: Dispute, turn: Dispute | None, own: str | None, now: datetime) -> OwnDecision:
    until = appeal_until(dispute)
    later = turn.adjudication if turn and turn.closed_at else None
    if later:
        state = FINAL
    elif own is not None:
        state = WAITS
    elif until is None:
        state = NONE
    else:
        state = MAY if now <= until else OVER
    return OwnDecision(dispute, dispute.adjudication, later, until, state, own or "")
