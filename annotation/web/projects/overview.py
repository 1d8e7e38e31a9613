"""A project at a glance, and the two fragments of it that keep themselves up to date."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.models import Dispute, GuidelineDoubt, Project
from annotation.models.pattern import DayCount
from annotation.models.standing import held_in_queue
from annotation.models.stranded import stranded
from annotation.web import charts
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.live import fingerprint, tagged, unchanged
from annotation.web.missing import next_step
from annotation.web.projects.agreement import measured, newest_figure
from annotation.web.projects.batch_rows import with_held
from annotation.web.projects.coverage import starving
from annotation.web.projects.dashboard.glance import answers
from annotation.web.projects.dashboard.pages import tag_of
from annotation.web.projects.funnel import Funnel, funnel_to_show, recent_funnel
from core.roles import Capability
from experts.evidence import expert_of

_DAYS = 30


@dataclass(frozen=True)
class Throughput:
    """Answers a day, oldest first, days without one included."""

    days: list[tuple[date, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.days)

    @property
    def busy(self) -> list[tuple[date, int]]:
        return [(day, count) for day, count in reversed(self.days) if count]

    @property
    def chart(self) -> SafeString:
        return charts.columns(gettext("Answers a day"), self.days)


@in_project(Capability.SEE_PROJECT)
def overview(here: Here) -> HttpResponse:
    """The whole picture for who sees the work; for the others how the project works."""
    project = here.project
    context: dict[str, Any] = {
        "guideline": project.guidelines.first(),
        "schema": project.schemas.first(),
        "language_name": language_name(project.language),
    }
    if here.can(Capability.LABEL):
        context |= _exams(here)
    if here.can(Capability.SEE_WORK):
        context |= _funnel(here, funnel_to_show(project)) | _agreement(here) | _glance(here) | _work(project)
    return here.render("projects/overview.html", context)


def _exams(here: Here) -> dict[str, Any]:
    """What an annotator is told: what is missing before there is work, and the exams that can be sat."""
    exams = here.project.exams.filter(closed_at=None).order_by("-pk")
    return {"step": next_step(here.project, expert_of(here.user)), "exams": exams[:5]}


@in_project(Capability.SEE_WORK)
def funnel_fragment(here: Here) -> HttpResponse:
    """The counts of items, a few seconds old at most; 304 while they are the same."""
    context = _funnel(here, recent_funnel(here.project))
    return unchanged(here.request, context["funnel_tag"]) or _fragment(
        here, "projects/funnel.html", context, "funnel_tag"
    )


@in_project(Capability.SEE_WORK)
def agreement_fragment(here: Here) -> HttpResponse:
    """The newest agreement; 304 until there is a newer one."""
    tag = _agreement_tag(here)
    return unchanged(here.request, tag) or _fragment(
        here, "projects/agreement.html", _agreement(here), "agreement_tag"
    )


@in_project(Capability.SEE_WORK)
def glance_fragment(here: Here) -> HttpResponse:
    """A lead's questions with their answers; 304 while these are the same."""
    return unchanged(here.request, tag_of(here, "glance")) or _fragment(
        here, "projects/dashboard/glance.html", _glance(here), "glance_tag"
    )


def _glance(here: Here) -> dict[str, Any]:
    return {"glance": answers(here), "glance_tag": tag_of(here, "glance")}


def _fragment(here: Here, template: str, context: dict[str, Any], tag: str) -> HttpResponse:
    response = render(here.request, template, {"here": here, "project": here.project, **context})
    return tagged(response, context[tag])


def _funnel(here: Here, found: Funnel) -> dict[str, Any]:
    return {
        "funnel": found,
        "funnel_tag": fingerprint(found.counts, found.held, here.request.LANGUAGE_CODE),
    }


def _agreement_tag(here: Here) -> str:
    return fingerprint(newest_figure(here.project), here.project.overlap, here.request.LANGUAGE_CODE)


def _agreement(here: Here) -> dict[str, Any]:
    return {
        "measured": measured(here.project, here.project.schemas.first()),
        "agreement_tag": _agreement_tag(here),
    }


def _work(project: Project) -> dict[str, Any]:
    open_work = held_in_queue().filter(project=project, lease_until__gt=timezone.now())
    return {
        "throughput": throughput(project),
        "at_work": open_work.select_related("expert__user").order_by("-leased_at")[:12],
        "starving": starving(project),
        "stranded": stranded(project),
        "disputes_open": Dispute.objects.filter(project=project, closed_at=None).count(),
        "disputes_held": GuidelineDoubt.objects.holding().filter(project=project).count(),
        "releases": project.releases.all()[:3],
        "batches": with_held(project.batches.order_by("-pk"))[:5],
    }


def throughput(project: Project) -> Throughput:
    """The last 30 days, by UTC day."""
    today = timezone.now().date()
    first = today - timedelta(days=_DAYS - 1)
    recent = DayCount.objects.filter(project=project, day__gte=first)
    found = dict(recent.values_list("day", "answers"))
    days = [first + timedelta(days=number) for number in range(_DAYS)]
    return Throughput([(day, found.get(day, 0)) for day in days])
