"""Ask for a batch to be checked again: its figures begin anew, its flags are replaced as the check goes on."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.models import Batch, QualityRun, QualityStep
from core import audit, jobs
from core.models import User

QUALITY = "quality"


@transaction.atomic
def check_again(*, batch: Batch, by: User) -> None:
    """Write down the job. What another job is checking at this moment goes on as part of the new check."""
    now = timezone.now()
    run, is_new = QualityRun.objects.get_or_create(batch=batch, defaults={"begun_at": now})
    if not is_new:
        QualityRun.objects.filter(pk=run.pk).update(
            number=F("number") + 1, checked_to=-1, texts=0, begun_at=now, finished_at=None, error=""
        )
    QualityStep.objects.filter(batch=batch).delete()
    audit.record(
        "batch.checked_again",
        by=by,
        on=batch,
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
    )
    jobs.enqueue_once(
        QUALITY,
        args={"batch": batch.pk},
        key=f"quality:{batch.pk}",
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
    )
