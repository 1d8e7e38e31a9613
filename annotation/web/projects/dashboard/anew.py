"""Computing a project's statistics anew from all answers: who asks for it, how far it is, what the last time found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Min, Q, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from annotation.models import MeasureRun, Project
from annotation.models.agreement import RunKind
from annotation.models.noting import COMPUTED, MEASURE, TO_COMPUTE, measure_anew
from annotation.web.charts import number
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.progress import Progress, about, progress
from core.jobs import UNFINISHED
from core.models import Job
from core.refusals import NotFound
from core.roles import Capability

SECTIONS = ("progress", "agreement", "differences", "experts", "todo")
"""The pages that show what a full measurement computes, or what follows from it."""


@dataclass(frozen=True)
class Measuring:
    """How far the newest full measurement is; `said` is what it is doing."""

    progress: Progress
    said: str = ""


def measuring(project: Project) -> Measuring:
    """Two statements at most."""
    job = Job.objects.filter(project_id=project.pk, kind=MEASURE, parent=None).order_by("-pk").first()
    if job is None or job.state not in UNFINISHED:
        return Measuring(progress(job))
    args = job.args
    if TO_COMPUTE in args:
        done, total = int(args[COMPUTED]), int(args[TO_COMPUTE])
        said = gettext("Computing the figures: %(done)s of %(total)s.") % _counts(done, total)
        return Measuring(_progress(job, done, total, job.started_at), said)
    ranges = Job.objects.filter(parent=job).aggregate(
        done=Sum("done"), since=Min("started_at"), open=Count("pk", filter=Q(state__in=UNFINISHED))
    )
    if ranges["open"]:
        done, total = ranges["done"] or 0, int(args.get("items", 0))
        said = gettext("Counting the answers: %(done)s of %(total)s items. Then the figures are computed.")
        return Measuring(_progress(job, done, total, ranges["since"]), said % _counts(done, total))
    return Measuring(progress(job), gettext("Waiting for a worker, or beginning."))


def _counts(done: int, total: int) -> dict[str, str]:
    return {"done": number(done), "total": number(total)}


def _progress(job: Job, done: int, total: int, since: datetime | None) -> Progress:
    left = about((timezone.now() - since) * (total - done) / done) if since and 0 < done < total else ""
    return Progress(job.state, done, total or None, left, job.complaint)


@dataclass(frozen=True)
class Last:
    """The newest full measurement: when, and in words how much it saw and what it found."""

    at: datetime
    said: str


def last_full(project: Project) -> Last | None:
    """One statement."""
    run = MeasureRun.objects.filter(project=project, kind=RunKind.FULL).order_by("-number").first()
    if run is None:
        return None
    seen = ngettext("%(count)s answer", "%(count)s answers", run.seen) % {"count": number(run.seen)}
    said = gettext("%(seen)s. %(found)s") % {"seen": seen, "found": _found(run.result)}
    return Last(run.at, said)


def _found(result: dict[str, Any]) -> str:
    failed = int(result.get("not_computed") or 0)
    if not failed:
        return _proved(result)
    told = ngettext(
        "%(count)s figure could not be computed: the program's log says why.",
        "%(count)s figures could not be computed: the program's log says why.",
        failed,
    )
    return f"{_proved(result)} {told % {'count': number(failed)}}"


def _proved(result: dict[str, Any]) -> str:
    mended = int(result.get("mended") or 0)
    if mended:
        return ngettext(
            "Of %(count)s item what had been kept was wrong, and was mended.",
            "Of %(count)s items what had been kept was wrong, and was mended.",
            mended,
        ) % {"count": number(mended)}
    if result.get("sums"):
        return gettext("Some sums that had been kept were wrong, and were mended.")
    return gettext("What had been kept while answers arrived was right.")


def anew_of(here: Here, section: str) -> dict[str, Any]:
    """What the panel above the figures shows; nothing on pages without one."""
    if section not in SECTIONS:
        return {}
    state = measuring(here.project)
    return {"measuring": state, "measuring_tag": _tag(here, state), "last_full": last_full(here.project)}


def _tag(here: Here, state: Measuring) -> str:
    found = state.progress
    return fingerprint(found.state, found.done, found.total, state.said, here.request.LANGUAGE_CODE)


@in_project(Capability.SEE_WORK)
def measuring_fragment(here: Here, section: str) -> HttpResponse:
    """How far it is; 304 while nothing moved, a whole new page at the end."""
    _known(section)
    state = measuring(here.project)
    if state.progress.finished:
        return refresh()
    tag, shown = _tag(here, state), {"section": {"key": section}, "measuring": state}
    return polled(here, tag, "projects/dashboard/measuring.html", measuring_tag=tag, **shown)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def measure(here: Here, section: str) -> HttpResponse:
    """Have everything computed anew, unless that is being done."""
    _known(section)
    if measuring(here.project).progress.finished:
        measure_anew(here.project, by=here.user)
        messages.success(here.request, gettext("Everything is being computed anew, from all answers."))
    else:
        messages.info(here.request, gettext("It is being computed anew already."))
    return redirect("web:dashboard", here.project.uid, section)


def _known(section: str) -> None:
    if section not in SECTIONS:
        raise NotFound


urls = [
    path("dashboard/<slug:section>/measure", measure, name="measure"),
    path("dashboard/<slug:section>/measuring", measuring_fragment, name="measuring"),
]
