"""Coverage: whom the open items find, what is missing, and supply and demand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Coverage, Item, Project
from annotation.stages import coverage as stage
from annotation.web import coverage_charts, coverage_words
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.progress import Progress, progress
from core.models import Membership
from core.roles import Capability

SHOWN = 100  # lanes of a kind on the page; the API has them all


@in_project(Capability.SEE_WORK)
def coverage(here: Here) -> HttpResponse:
    """What was counted last: lanes that find nobody first, then those that find too few, then the rest."""
    counted = Coverage.objects.filter(project=here.project).first()
    state, tag = _counting(here)
    context: dict[str, Any] = {"counted": counted, "progress": state, "tag": tag}
    if counted:
        context |= _figures(here, counted.figures)
    context["has_items"] = bool(counted) or Item.objects.filter(project=here.project).exists()
    return here.render("projects/routing/coverage.html", context)


@in_project(Capability.SEE_WORK)
def coverage_progress(here: Here) -> HttpResponse:
    """How far the count is; 304 while nothing moved, a whole new page at the end."""
    state, tag = _counting(here)
    if state.finished:
        return refresh()
    return polled(here, tag, "projects/routing/coverage_progress.html", progress=state)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def count_again(here: Here) -> HttpResponse:
    """Count anew, in the background."""
    stage.count_soon(here.project)
    messages.success(here.request, gettext("It is being counted."))
    return redirect("web:coverage", here.project.uid)


def starving(project: Project) -> int:
    """How many open items found nobody when it was counted last."""
    figures = Coverage.objects.filter(project=project).values_list("figures", flat=True).first()
    return int(figures.get("starving", 0)) if figures else 0


def _counting(here: Here) -> tuple[Progress, str]:
    state = progress(stage.last_count(here.project))
    return state, fingerprint(state.done, state.state, here.request.LANGUAGE_CODE)


def _figures(here: Here, figures: dict[str, Any]) -> dict[str, Any]:
    sees_roster = (
        Membership.objects.granting(here.user, Capability.SEE_WORK)
        .filter(project_id=None, organisation=here.project.organisation_id)
        .exists()
    )
    lines: dict[str, list[coverage_words.Line]] = {"nobody": [], "left": [], "few": [], "enough": []}
    for lane in figures["lanes"]:
        told = coverage_words.line(
            lane, here.project, may_lead=here.can(Capability.LEAD_PROJECT), sees_roster=sees_roster
        )
        lines[told.kind].append(told)
    gaps = lines["nobody"] + lines["left"]
    return {
        "figures": figures,
        "gaps": gaps[:SHOWN],
        "few": lines["few"][:SHOWN],
        "enough": lines["enough"][:SHOWN],
        "more": sum(max(0, len(one) - SHOWN) for one in (gaps, lines["few"], lines["enough"])),
        "tables": coverage_charts.tables(figures["demand"], here.project.sector),
    }


urls = [
    path("routing/", coverage, name="coverage"),
    path("routing/progress", coverage_progress, name="coverage-progress"),
    path("routing/count", count_again, name="coverage-count"),
]
