"""Say what one found who looked at flags of personal data: nothing to protect, or the item is set aside.

Who leads may look again: what is said last holds, and the audit trail keeps what was said before. Callers have
authorised.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Batch, QualityFinding
from annotation.models.quality import Outcome, StepKey
from core import audit, faults
from core.models import User
from core.refusals import InvalidInput

_TOLD = 100


@transaction.atomic
def mark(*, batch: Batch, by: User, outcome: str, flags: Sequence[int]) -> int:
    """Mark these flags (ids) of a batch; who sets an item aside marks all its flags of personal data.

    Returns how many flags changed. Raises InvalidInput for flags that are not there (any more) or are not of personal
    data.
    """
    wanted = set(flags)
    found = dict(
        QualityFinding.objects.select_for_update(of=("self",), no_key=True)
        .filter(batch=batch, step=StepKey.PERSONAL, pk__in=wanted)
        .order_by("pk")
        .values_list("pk", "item_id")
    )
    if not wanted or wanted - found.keys():
        raise InvalidInput(
            _("Some of these flags are not there any more, or none was chosen."),
            action=_(
                "The texts may have been checked again: open the flags anew and choose those of personal data."
            ),
            code="flags_gone",
            where="flags",
        )
    rows = QualityFinding.objects.filter(batch=batch, step=StepKey.PERSONAL)
    items = sorted(set(found.values()))
    # An item is set aside as a whole, and is back when one of its flags says otherwise.
    rows = rows.filter(item__in=items) if outcome == Outcome.ASIDE else rows.filter(pk__in=found)
    changed = _write(rows, by, outcome)
    if outcome != Outcome.ASIDE:
        back = QualityFinding.objects.filter(item__in=items, step=StepKey.PERSONAL, outcome=Outcome.ASIDE)
        changed += _write(back, by, Outcome.OPEN)
    uids = sorted(set(QualityFinding.objects.filter(pk__in=found).values_list("item__uid", flat=True)))
    _tell(batch, by, outcome, {"flags": changed, "items": uids[:_TOLD]})
    return changed


@transaction.atomic
def mark_all(*, batch: Batch, by: User, outcome: str, code: str) -> int:
    """Mark every flag of one kind (`code`) in a batch that nobody has looked at. Returns how many there were."""
    rows = QualityFinding.objects.to_look_at().filter(batch=batch, code=code)
    if outcome == Outcome.ASIDE:
        items = rows.values_list("item_id", flat=True)
        rows = QualityFinding.objects.filter(batch=batch, step=StepKey.PERSONAL, item__in=items)
    changed = _write(rows, by, outcome)
    if changed:
        _tell(batch, by, outcome, {"flags": changed, "code": code})
    return changed


def _write(rows: "QuerySet[QualityFinding]", by: User, outcome: str) -> int:
    now = timezone.now()
    if outcome == Outcome.OPEN:
        return rows.update(outcome=outcome, seen_by=None, seen_at=None)
    return rows.update(outcome=outcome, seen_by=by, seen_at=now)


def _tell(batch: Batch, by: User, outcome: str, changes: dict[str, object]) -> None:
    faults.point("quality.marked")
    audit.record(
        "batch.flags_looked_at",
        by=by,
        on=batch,
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
        changes={"outcome": outcome or "open", **changes},
    )
