"""A sample of decisions is decided once more, blind, by somebody else: how often adjudicators agree with each other.

Whether a decision belongs to the sample follows from its dispute's id and a secret seed, so that it is the same whoever
asks and whenever, and nobody who decides can know. Gold is not changed: where the two differ, the lead is asked.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Dispute, Project
from annotation.models.adjudication import Review, Turn
from annotation.models.second_look import differing
from annotation.stages.adjudicate.amending import amend
from annotation.stages.adjudicate.appealing import again
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

DRAW = "draw_second_looks"
MEASURE = "measure_adjudicators"
MEASURE_DELAY = 1.0  # seconds: what is decided meanwhile is measured in one go
CHUNK = 200


def draw_soon(dispute: Dispute) -> None:
    """Have it drawn whether this decision is looked at again. In the transaction of the decision."""
    if dispute.project.second_look_share > 0:
        _enqueue(DRAW, dispute.project, {"project": dispute.project_id, "dispute": dispute.pk})


def draw_all(project: Project) -> None:
    """Have it drawn for every decision of the project. In the transaction that changes the share."""
    if project.second_look_share > 0:
        _enqueue(DRAW, project, {"project": project.pk})


def measure_soon(project: Project) -> None:
    """Have the adjudicators measured, once for all who ask within a second. In a transaction."""
    jobs.enqueue_once(
        MEASURE,
        args={"project": project.pk},
        key=f"{MEASURE}:{project.pk}",
        delay=MEASURE_DELAY,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )


def is_drawn(project: Project, dispute_uid: str) -> bool:
    """Whether the dispute is in the sample at the project's share. A larger share keeps whom a smaller one drew."""
    message = f"second-look:{project.uid}:{dispute_uid}".encode()
    found = hmac.new(project.organisation.secret.encode(), message, hashlib.sha256).digest()
    return int.from_bytes(found[:8], "big") / 2**64 < project.second_look_share


def draw(running: jobs.Running) -> Mapping[str, Any]:
    """The job: open a second look for every decided dispute of the project that is drawn, or for one dispute."""
    project = Project.objects.select_related("organisation").get(pk=running.job.args["project"])
    decided = Dispute.objects.filter(project=project, turn=Turn.FIRST, adjudication__isnull=False)
    if only := running.job.args.get("dispute"):
        decided = decided.filter(pk=only)
    after, opened = 0, 0
    while chunk := list(decided.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        with transaction.atomic():
            running.step()
            opened += _open(project, [one for one in chunk if is_drawn(project, one.uid)])
        after = chunk[-1].pk
        faults.point("second_look.after_chunk")
    return {"opened": opened}


def _open(project: Project, drawn: list[Dispute]) -> int:
    there = set(Dispute.objects.filter(of__in=drawn, turn=Turn.SECOND_LOOK).values_list("of_id", flat=True))
    fresh = [one for one in drawn if one.pk not in there]
    now = timezone.now()
    # Of two jobs that draw the same one writes the row; the constraint turns the other one away without an error.
    Dispute.objects.bulk_create(
        (Dispute(of=one, turn=Turn.SECOND_LOOK, opened_at=now, **again(one)) for one in fresh),
        ignore_conflicts=True,
    )
    if fresh:
        audit.record(
            "second_look.drawn",
            by=None,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
            changes={"disputes": [one.uid for one in fresh]},
        )
    return len(fresh)


@transaction.atomic
def review(*, look: Dispute, by: User, review: str) -> None:
    """What the lead says of a second look that differs: the first decision stays, or this one holds. Once.

    Raises InvalidInput, AlreadyDone.
    """
    if review not in Review.values:
        raise InvalidInput(_("There is no such choice."), action=_("Send kept or adopted."), where="review")
    every = Dispute.objects.filter(item=look.item_id, round=look.round)
    list(every.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if look.pk not in {one.look.pk for one in differing(look.project, look=look.pk)}:
        raise InvalidInput(
            _("This second look came to the same."), action=_("There is nothing to decide."), where="review"
        )
    fresh = every.filter(pk=look.pk, review="")
    if not fresh.update(review=review, reviewed_by=by, reviewed_at=timezone.now()):
        raise AlreadyDone(_("Somebody has said so already."))
    look.refresh_from_db()
    audit.record(
        "second_look.reviewed",
        by=by,
        on=look,
        project_id=look.project_id,
        organisation_id=look.project.organisation_id,
        changes={"review": review},
    )
    if review == Review.ADOPTED:
        amend(look.adjudication, by=by)
    faults.point("second_look.before_commit")


def _enqueue(kind: str, project: Project, args: Mapping[str, Any]) -> None:
    jobs.enqueue(kind, args=args, project_id=project.pk, organisation_id=project.organisation_id)
