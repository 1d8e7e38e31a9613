"""The pages of the dashboard, the fragment of each that keeps itself up to date, and every figure as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotation.models import MeasureRun
from annotation.models.folding import FoldState
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, tagged, unchanged
from annotation.web.projects.dashboard import agreement, anew, differences, experts, measures, progress, todo
from annotation.web.projects.dashboard.asked import Asked, asked_in
from annotation.web.projects.dashboard.figure import Figure
from annotation.web.projects.funnel import recent_funnel
from core.refusals import NotFound
from core.roles import Capability
from core.web.csv_lines import download


@dataclass(frozen=True)
class Section:
    """One question of a lead's: `lead` says in a sentence what the page answers."""

    key: str
    title: str | Promise
    lead: str | Promise
    figures: Callable[[Here, list[Asked]], list[Figure]]
    charts: frozenset[str]


def _progress(here: Here, asked: list[Asked]) -> list[Figure]:
    return progress.figures(here.project, progress.progress_of(here.project))


def _agreement(here: Here, asked: list[Asked]) -> list[Figure]:
    found = agreement.measured_in(here.project)
    return [*agreement.figures(here.project, found), *measures.of_texts(here.project)]


def _differences(here: Here, asked: list[Asked]) -> list[Figure]:
    return differences.figures(here.project, asked)


def _experts(here: Here, asked: list[Asked]) -> list[Figure]:
    if here.can(Capability.LABEL):
        return []
    return experts.figures(here.project, asked, experts.people_of(here.project))


def _todo(here: Here, asked: list[Asked]) -> list[Figure]:
    return todo.figures(here.project, asked, blind=sways(here))


def sways(here: Here) -> bool:
    """Whether the reader may still answer or decide items, and so stays blind until they are settled."""
    return here.can(Capability.LABEL) or here.can(Capability.ADJUDICATE)


SECTIONS = {
    section.key: section
    for section in (
        Section(
            "progress",
            _("Progress"),
            _("Is the project on track: what is done, and when the rest will be."),
            _progress,
            frozenset({"way", "days", "ends"}),
        ),
        Section(
            "agreement",
            _("Agreement"),
            _("Do people agree: by question and label, over time, before and after a new guideline."),
            _agreement,
            frozenset({"agreement", "labels", "spans", "measures", "texts", "trend", "guideline"}),
        ),
        Section(
            "differences",
            _("Differences"),
            _("Where they do not agree: labels that are mixed up, items in doubt, edges of spans."),
            _differences,
            frozenset({"confusion", "mixed", "entropy", "edges", "types"}),
        ),
        Section(
            "experts",
            _("Reliability"),
            _("Whose answers hold, with what is not known of them: intervals, control items, drift, time."),
            _experts,
            frozenset({"reliability", "controls", "drift", "speed"}),
        ),
        Section(
            "todo",
            _("What to do"),
            _("What would help most: a clause to mend, an item to discuss, an answer to ask for."),
            _todo,
            frozenset({"clauses", "discuss", "next"}),
        ),
    )
}


def tag_of(here: Here, section: str) -> str:
    """Changes when something was folded, computed or brought in, and with the day, the language and what one may do."""
    state = FoldState.objects.filter(project=here.project).values_list("run", "blocks", "folded_at").first()
    # A run has its number before its figures are there, and a slow one stores them after the next: a few are looked at.
    runs = MeasureRun.objects.filter(project=here.project).order_by("-number")
    stored = list(runs.values_list("pk", flat=True)[:8])
    facts: tuple[Any, ...] = (
        section,
        state,
        stored,
        timezone.now().date(),
        here.request.LANGUAGE_CODE,
        here.may,
    )
    if section in ("progress", "glance"):
        facts += (recent_funnel(here.project).total,)
    if section in ("todo", "glance"):
        facts += (todo.newest(here.project),)
    return fingerprint(*facts)


@in_project(Capability.SEE_WORK)
def page(here: Here, section: str) -> HttpResponse:
    """One question of a lead's with all its figures, and whether they are being computed anew."""
    asked = _section(section)
    context = {**_context(here, asked, tag_of(here, asked.key)), **anew.anew_of(here, asked.key)}
    return here.render("projects/dashboard/page.html", context)


@in_project(Capability.SEE_WORK)
def fragment(here: Here, section: str) -> HttpResponse:
    """The figures alone; 304 while they are the same."""
    asked = _section(section)
    tag = tag_of(here, asked.key)
    if found := unchanged(here.request, tag):
        return found
    context = {"here": here, "project": here.project, **_context(here, asked, tag)}
    return tagged(render(here.request, "projects/dashboard/figures.html", context), tag)


@in_project(Capability.SEE_WORK)
def figure_csv(here: Here, chart: str) -> StreamingHttpResponse:
    """A figure's numbers: `?question=` says of which question, where there is one of each."""
    section = next((one for one in SECTIONS.values() if chart in one.charts), None)
    wanted = here.request.GET.get("question", "")
    if section is None:
        raise NotFound
    asked = [one for one in asked_in(here.project) if not wanted or one.key == wanted]
    for figure in section.figures(here, asked):
        if figure.key == chart and figure.question == wanted:
            return download(f"{here.project.uid}-{figure.key}", figure.lines())
    raise NotFound


def _section(key: str) -> Section:
    if key not in SECTIONS:
        raise NotFound
    return SECTIONS[key]


def _context(here: Here, section: Section, tag: str) -> dict[str, Any]:
    asked = asked_in(here.project)
    return {
        "section": section,
        "figures": section.figures(here, asked),
        "selection": agreement.selection() if section.key in ("agreement", "differences") else "",
        "tag": tag,
        "hidden": section.key == "experts" and here.can(Capability.LABEL),
        "blind": sways(here),
    }


urls = [
    path("dashboard/<slug:section>/", page, name="dashboard"),
    path("dashboard/<slug:section>/figures", fragment, name="dashboard-figures"),
    path("figures/<slug:chart>.csv", figure_csv, name="figure-csv"),
    *anew.urls,
]
