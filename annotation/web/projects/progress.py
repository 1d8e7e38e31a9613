"""How far a job is, and how long it may still take."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from core.jobs import UNFINISHED
from core.models import Job


@dataclass(frozen=True)
class Progress:
    """`total` is None while it is not known; `left` is a sentence, empty when there is no ground for one.

    `error` is a sentence about why the job failed, empty when it did not.
    """

    state: str
    done: int
    total: int | None
    left: str
    error: str

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def finished(self) -> bool:
        return self.state in {"done", "failed", "stopped"}


def progress(job: Job | None) -> Progress:
    """The state of a job; a job that has been cleaned away is done."""
    if job is None:
        return Progress("done", 0, None, "", "")
    return Progress(job.state, job.done, job.total, _left(job), job.complaint)


def _left(job: Job) -> str:
    """By the pace since its count began; a job whose parts are done by others waits meanwhile."""
    if job.paced_at is None or not job.total or not job.paced_from < job.done < job.total:
        return ""
    if job.state not in UNFINISHED:
        return ""
    spent = timezone.now() - job.paced_at
    return about(spent * (job.total - job.done) / (job.done - job.paced_from))


def about(span: timedelta) -> str:
    """A time span in words: seconds below a minute and a half, then minutes."""
    seconds = max(1, round(span.total_seconds()))
    if seconds < 90:
        return ngettext("about %(count)s second left", "about %(count)s seconds left", seconds) % {
            "count": seconds
        }
    minutes = round(seconds / 60)
    if minutes < 120:
        return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {
            "count": minutes
        }
    return gettext("about %(count)s hours left") % {"count": round(minutes / 60)}
