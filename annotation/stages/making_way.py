"""Let people go first: a long job goes on behind whoever labels at the moment."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from annotation.models import Annotation
from core import jobs

LATELY: Final = timedelta(seconds=2)
PAUSES: Final = 3
"""So many times as long as a round took is waited before the next one."""
LONGEST: Final = 20.0


def make_way(spent: float) -> None:
    """After a round of a long job that took so many seconds: put the rest off while somebody labels.

    The machine does little else for them meanwhile: priorities hold for processes, not for what those ask of the
    database. Raises `jobs.NotYet`.
    """
    newest = Annotation.objects.order_by("-pk").values_list("created_at", flat=True).first()
    if newest is not None and newest > timezone.now() - LATELY:
        raise jobs.NotYet(min(PAUSES * spent, LONGEST))
