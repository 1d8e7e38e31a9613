"""How many answers an item gets and from whom: the policy, its numbers, and the panel."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models import QualificationRule
from annotation.models.lane import SPECIALIST
from annotation.models.project import Policy
from annotation.stages import overlap as stage
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.overlap_form import OverlapForm, initial
from annotation.web.projects.progress import Progress, progress
from core.roles import Capability

_TOLD: dict[str, str | Promise] = {
    Policy.FIXED: _("Every item gets the same number of answers. Plain to explain, and easy to plan."),
    Policy.ADAPTIVE: _(
        "An item gets one more answer at a time, until the answers that are in leave little doubt. Clear items stay "
        "cheap."
    ),
    Policy.TIERED: _(
        "Everybody answers first. Where they differ, specialists answer as well, and theirs count."
    ),
    Policy.PANEL: _("Each member of the panel answers each item. Nobody else does."),
}


@dataclass(frozen=True)
class Card:
    """A policy to choose: its name, a sentence, and whether it is the one in force."""

    key: str
    name: str
    told: str
    chosen: bool


@in_project(Capability.LEAD_PROJECT)
def overlap(here: Here) -> HttpResponse:
    """Choose the policy. A new number reaches the items in the background."""
    form = OverlapForm(here.request.POST or None, initial=initial(here.project), project=here.project)
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change_overlap(project=here.project, by=here.user, **form.settings()))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:overlap", here.project.uid)
    chosen = form["policy"].value()
    state, tag = _spread(here)
    context = {
        "form": form,
        "cards": [Card(key, str(name), str(_TOLD[key]), key == chosen) for key, name in Policy.choices],
        "progress": state,
        "tag": tag,
        "anybody": not QualificationRule.objects.current()
        .filter(project=here.project, tier=SPECIALIST)
        .exists(),
    }
    return here.render("projects/routing/overlap.html", context, status=form.status)


@in_project(Capability.LEAD_PROJECT)
def overlap_progress(here: Here) -> HttpResponse:
    """How far a new overlap has come; 304 while nothing moved, a whole new page at the end."""
    state, tag = _spread(here)
    if state.finished:
        return refresh()
    return polled(here, tag, "projects/routing/overlap_progress.html", progress=state)


def _spread(here: Here) -> tuple[Progress, str]:
    state = progress(stage.last_spread(here.project))
    return state, fingerprint(state.done, state.state, here.request.LANGUAGE_CODE)


urls = [
    path("routing/overlap", overlap, name="overlap"),
    path("routing/overlap/progress", overlap_progress, name="overlap-progress"),
]
