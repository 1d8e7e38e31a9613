"""Who is suspended: what the lead is asked, how far redoing has come, and letting somebody work again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Suspension
from annotation.models.control import Redo
from annotation.stages import redo as redoing
from annotation.stages import suspend
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.progress import Progress, progress
from annotation.web.shares import Share
from core.models import Job
from core.refusals import NotFound, Refusal
from core.roles import Capability

_MOST = 100


@dataclass(frozen=True)
class Line:
    """A suspension; `unsettled` answers could be done again; `progress` of doing so, `tag` for polling it."""

    suspension: Suspension
    share: Share
    mark: int
    unsettled: int
    progress: Progress | None
    tag: str


def shown(here: Here) -> list[Line]:
    """The project's newest suspensions. Three statements."""
    rows = Suspension.objects.filter(project=here.project).select_related(
        "expert__user", "ended_by", "redo_by"
    )
    found = list(rows.order_by("-pk")[:_MOST])
    counts = redoing.count_unsettled(found)
    jobs: dict[int, Job] = {}
    if any(one.redo == Redo.REDO for one in found):
        for job in Job.objects.filter(project_id=here.project.pk, kind=redoing.REDO).order_by("pk"):
            jobs[job.args["suspension"]] = job
    return [_line(here, one, counts.get(one.pk, 0), jobs.get(one.pk)) for one in found]


def _line(here: Here, one: Suspension, unsettled: int, job: Job | None) -> Line:
    state = progress(job) if job else None
    tag = fingerprint(state, here.request.LANGUAGE_CODE)
    return Line(one, Share(one.right, one.asked), round(100 * one.mark), unsettled, state, tag)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def redo(here: Here, suspension: str) -> HttpResponse:
    """`redo` or `keep`: what becomes of the person's unsettled answers."""
    found = _one(here, suspension)
    chosen = here.request.POST.get("redo", "")
    try:
        redoing.answer(suspension=found, by=here.user, redo=chosen)
    except Refusal as refusal:
        messages.error(here.request, f"{refusal.sentence} {refusal.advice}")
    else:
        done = gettext("They are being taken back.") if chosen == Redo.REDO else gettext("They are kept.")
        messages.success(here.request, done)
    return redirect("web:controls", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def end(here: Here, suspension: str) -> HttpResponse:
    """Let the person work again."""
    found = _one(here, suspension)
    try:
        suspend.end(suspension=found, by=here.user, reason=here.request.POST.get("reason", ""))
    except Refusal as refusal:
        messages.error(here.request, f"{refusal.sentence} {refusal.advice}")
    else:
        messages.success(here.request, gettext("%(person)s may work again.") % {"person": found.expert})
    return redirect("web:controls", here.project.uid)


@in_project(Capability.LEAD_PROJECT)
def redo_progress(here: Here, suspension: str) -> HttpResponse:
    """How far redoing has come; 304 while nothing moved, a whole new page at the end."""
    found = _one(here, suspension)
    rows = Job.objects.filter(project_id=here.project.pk, kind=redoing.REDO, args__suspension=found.pk)
    line = _line(here, found, 0, rows.order_by("-pk").first())
    if line.progress is None or line.progress.finished:
        return refresh()
    return polled(here, line.tag, "projects/routing/controls_redo.html", line=line)


def _one(here: Here, uid: str) -> Suspension:
    rows = Suspension.objects.select_related("project", "expert__user")
    found = rows.filter(project=here.project, uid=uid).first()
    if found is None:
        raise NotFound
    return found


urls = [
    path("controls/suspensions/<slug:suspension>/redo", redo, name="suspension-redo"),
    path("controls/suspensions/<slug:suspension>/end", end, name="suspension-end"),
    path("controls/suspensions/<slug:suspension>/progress", redo_progress, name="suspension-progress"),
]
