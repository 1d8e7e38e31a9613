"""Have the unsettled answers of who was suspended done again, or keep them: as the lead says."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Adjudication, Annotation, Dispute, Item, Suspension
from annotation.models.annotation import AnnotationQuerySet
from annotation.models.control import Redo
from annotation.models.noting import note
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

REDO = "redo_answers"
CHUNK = 100


def unsettled(suspension: Suspension) -> AnnotationQuerySet:
    """The expert's answers, given before the suspension, that count for items which are not settled yet."""
    return Annotation.objects.counted().filter(
        project=suspension.project_id,
        expert=suspension.expert_id,
        created_at__lte=suspension.began_at,
        item__control=False,
        item__settled_at=None,
    )


def count_unsettled(suspensions: Sequence[Suspension]) -> dict[int, int]:
    """How many such answers there are, by suspension's id. One statement."""
    theirs = Annotation.objects.counted().filter(
        project=OuterRef("project"),
        expert=OuterRef("expert"),
        created_at__lte=OuterRef("began_at"),
        item__control=False,
        item__settled_at=None,
    )
    counts = theirs.order_by().values("project").annotate(count=Count("pk")).values("count")
    rows = Suspension.objects.filter(pk__in=[one.pk for one in suspensions])
    return dict(rows.annotate(count=Coalesce(Subquery(counts), 0)).values_list("pk", "count"))


@transaction.atomic
def answer(*, suspension: Suspension, by: User, redo: str) -> None:
    """What the lead says: Redo.KEEP or Redo.REDO, once. Raises InvalidInput, AlreadyDone."""
    if redo not in Redo.values:
        raise InvalidInput(_("There is no such choice."), where="redo")
    unsaid = Suspension.objects.filter(pk=suspension.pk, redo="")
    if not unsaid.update(redo=redo, redo_by=by, redo_at=timezone.now()):
        raise AlreadyDone(_("Somebody has decided this already."))
    suspension.refresh_from_db()
    project = suspension.project
    audit.record(
        "suspension.redo_decided",
        by=by,
        on=suspension,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"redo": redo},
    )
    if redo == Redo.REDO:
        jobs.enqueue(
            REDO,
            args={"suspension": suspension.pk},
            project_id=project.pk,
            organisation_id=project.organisation_id,
            by=by,
            total=unsettled(suspension).count(),
        )


def redo_answers(running: jobs.Running) -> dict[str, Any]:
    """The job: retract such answers and queue their items again, each in a transaction of its own.

    An item with a dispute that somebody has decided stays as it is, and is counted: the decision stands.
    """
    suspension = Suspension.objects.select_related("project").get(pk=running.job.args["suspension"])
    args = {"after": 0, "again": 0, "kept": 0} | running.job.args
    total = running.job.total or 0
    while chunk := list(
        unsettled(suspension).filter(pk__gt=args["after"]).select_related("item").order_by("pk")[:CHUNK]
    ):
        for annotation in chunk:
            done = running.job.done + 1
            with transaction.atomic():
                running.step(done=done, total=max(done, total))
                taken = _take_back(annotation, suspension)
                args["after"] = annotation.pk
                args["again" if taken else "kept"] += 1
                running.step(args=args)
                faults.point("redo.in_step")
            faults.point("redo.after_step")
    return {"again": args["again"], "kept": args["kept"]}


def _take_back(annotation: Annotation, suspension: Suspension) -> bool:
    """Retract one answer and give its slot to somebody else; False where a decision stands, or the item is settled."""
    item = annotation.item
    # Who is deciding one of them goes first, and is seen below; who comes later finds it gone.
    disputes = Dispute.objects.filter(item=item, round=item.round)
    list(disputes.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    decided = Adjudication.objects.filter(dispute__item=OuterRef("pk"), dispute__round=OuterRef("round"))
    open_item = Item.objects.filter(~Exists(decided), pk=item.pk, round=annotation.round, settled_at=None)
    if not open_item.requeue(
        filled=F("filled") - 1, open_slots=F("open_slots") + 1, labelled_at=None, agreed_at=None
    ):
        return False
    disputes.filter(adjudication=None).delete()
    if not Annotation.objects.filter(pk=annotation.pk, retracted_at=None).update(retracted_at=timezone.now()):
        raise RuntimeError(f"the annotation {annotation.uid} was retracted by something else")
    note(suspension.project_id, [item.pk])
    audit.record(
        "annotation.retracted",
        by=suspension.redo_by,
        on=annotation,
        project_id=suspension.project_id,
        organisation_id=suspension.project.organisation_id,
        changes={"item": item.uid, "suspension": suspension.uid},
    )
    return True
