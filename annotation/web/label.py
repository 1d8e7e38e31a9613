"""Labelling: lease the next item, and the page that hosts the editor."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone

from annotation.formats.schema import outside_notes
from annotation.models import Assignment, Project
from annotation.models.access import demand
from annotation.models.assignment import Outcome
from annotation.models.feedback import count_news
from annotation.models.standing import has_undertaken, held_in_queue
from annotation.payloads import work_of
from annotation.stages import lease
from annotation.web.config_check import notes_of
from annotation.web.exam_room import sitting_address
from annotation.web.gate import Here, in_project
from annotation.web.missing import next_step
from annotation.web.projects.undertaking import to_undertaking
from core.refusals import NotFound, Refusal
from core.roles import Capability
from core.web.page import page, person
from experts.evidence import expert_of


@in_project(Capability.LABEL)
def label_next(here: Here) -> HttpResponse:
    """POST leases the next item and opens it. GET says what there is to do, or why there is nothing.

    Where the workspace cannot show all that is asked, both say so: an answer given here would lack a part.
    """
    if notes := _beyond_workspace(here.project):
        return here.render("label/scripts.html", {"notes": notes_of(notes)})
    if here.request.method == "POST":
        expert = expert_of(here.user)
        if not has_undertaken(here.project, expert):
            return to_undertaking(here.request, here.project)
        assignment = lease.take_next(project=here.project, expert=expert, by=here.user)
        if assignment is not None:
            return redirect("web:label", assignment.uid)
        return redirect("web:label-next", here.project.uid)
    return _what_there_is(here)


def _beyond_workspace(project: Project) -> Sequence[Mapping[str, Any]]:
    """Notes of what the workspace cannot show of the questions in force."""
    newest = project.schemas.order_by("-version").values_list("parsed__notes", flat=True).first()
    return outside_notes(newest or ())


def _what_there_is(here: Here) -> HttpResponse:
    expert = expert_of(here.user)
    missing: Refusal | None = None
    try:
        lease.check_may_label(here.project, expert, here.user)
    except Refusal as refusal:
        missing = refusal
    left = 0 if missing else lease.count_left(here.project, expert)
    held = held_in_queue().filter(expert=expert, project=here.project).exists()
    step = next_step(here.project, expert)
    return here.render("label/next.html", {"missing": missing, "step": step, "left": left, "held": held})


@login_required
def label(request: HttpRequest, assignment: str) -> HttpResponse:
    """The editor on one's own assignment. One that was given up leads back to the project's next item."""
    user = person(request)
    found = (
        Assignment.objects.visible_to(user)
        .select_related(
            "project__sector", "project__organisation", "item", "expert__user", "attempt__exam__project"
        )
        .filter(uid=assignment)
        .first()
    )
    if found is None:
        raise NotFound
    demand(user, found.project, Capability.LABEL)
    if found.attempt and (found.outcome or found.attempt.due_at <= timezone.now()):
        return redirect(*sitting_address(found.attempt))
    if _beyond_workspace(found.project):
        return redirect("web:label-next", found.project.uid)
    if found.outcome and found.outcome != Outcome.SUBMITTED:
        messages.info(request, found.get_outcome_display())
        return redirect("web:label-next", found.project.uid)
    if not has_undertaken(found.project, found.expert):
        return to_undertaking(request, found.project)
    after = resolve_url(*sitting_address(found.attempt)) if found.attempt else ""
    return page(
        request,
        "label/label.html",
        {
            "work": work_of(found),
            "project": found.project,
            "home": reverse("web:home"),
            "after": after,
            "feedback": "" if after else reverse("web:my-work"),
            "news": 0 if after else count_news(found.expert),
        },
    )
