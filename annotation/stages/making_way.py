"""Let others go first: a long job goes on behind whoever labels at the moment, and behind what is to be stored."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from annotation.models import Annotation
from annotation.stages.ingest.later import BRING
from core import jobs
from core.models import Job
from core.models.job import JobState

LATELY: Final = timedelta(seconds=2)
PAUSES: Final = 3
"""So many times as long as a round took is waited before the next one."""
LONGEST: Final = 20.0
SHORTLY: Final = 1.0
STORED_WITHIN: Final = timedelta(minutes=1)


def let_store(running: jobs.Running) -> None:
    """What was kept whole is stored before texts are looked at: whoever asks about its project waits for that.

    Not for ever, where imports never end. Raises `jobs.NotYet`.
    """
    patient = running.job.created_at > timezone.now() - STORED_WITHIN
    if patient and Job.objects.filter(kind=BRING, state=JobState.WAITING).exists():
        raise jobs.NotYet(SHORTLY)


def make_way(spent: float) -> None:
    """After a round of a long job that took so many seconds: put the rest off while somebody labels.

    The machine does little else for them meanwhile: priorities hold for processes, not for what those ask of the
    database. Raises `jobs.NotYet`.
    """
    newest = Annotation.objects.order_by("-pk").values_list("created_at", flat=True).first()
    if newest is not None and newest > timezone.now() - LATELY:
        raise jobs.NotYet(min(PAUSES * spent, LONGEST))
