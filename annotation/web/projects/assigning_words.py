"""What became of a gift, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotation.models.giving import CONTROL, NO_SLOT, UNKNOWN
from annotation.models.reserving import told
from annotation.web.projects.progress import Progress, progress
from core.models import Job
from experts.models import Expert

_WORDS: Mapping[str, Any] = {
    NO_SLOT: _("Every place of the item is taken."),
    UNKNOWN: _("The project has no such item."),
    CONTROL: _("It is a control item."),
}


@dataclass(frozen=True)
class Gift:
    """A job that gives items: how far it is, how many were given, and how many not for which reason."""

    expert: str
    progress: Progress
    given: int
    skipped: list[tuple[str, int]]


def gift_of(job: Job | None) -> Gift | None:
    """The job in words; None without one."""
    if job is None:
        return None
    counts: Mapping[str, int] = job.args.get("skipped", {})
    expert = Expert.objects.select_related("user").filter(pk=job.args.get("expert")).first()
    return Gift(
        str(expert or ""),
        progress(job),
        job.args.get("given", 0),
        [(str(_WORDS.get(code) or told(code)), number) for code, number in sorted(counts.items())],
    )
