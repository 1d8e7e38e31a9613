"""How many answers an item gets and from whom: the policy, its numbers, and the panel."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models import Project, QualificationRule
from annotation.models.lane import SPECIALIST
from annotation.models.panel import annotators_of, panel_of
from annotation.models.project import Policy
from annotation.stages import overlap as stage
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, tagged, unchanged
from annotation.web.projects.progress import Progress, progress
from core.roles import Capability
from core.web.forms import PageForm

LISTED = 200
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


class OverlapForm(PageForm):
    """Every number of every policy: the page shows those of the one that is chosen."""

    policy = forms.ChoiceField(label=_("Policy"), choices=Policy.choices, widget=forms.RadioSelect)
    overlap = forms.IntegerField(
        label=_("Answers an item"),
        min_value=1,
        max_value=10,
        help_text=_("Given independently. With one there is no agreement to measure."),
    )
    overlap_max = forms.IntegerField(
        label=_("At most, while in doubt"),
        min_value=1,
        max_value=50,
        help_text=_("An item that is still in doubt then goes to an adjudicator."),
    )
    certain = forms.DecimalField(
        label=_("Certain enough at, in per cent"),
        min_value=51,
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        help_text=_(
            "The probability of the likeliest answer, from who gave which and how often each of them is right. "
            "95 is usual."
        ),
    )
    specialists = forms.IntegerField(
        label=_("Answers of specialists"),
        min_value=1,
        max_value=10,
        help_text=_(
            "How many more answers a disputed item gets. Whoever meets the rules of the second tier may give them."
        ),
    )
    panel = forms.MultipleChoiceField(
        label=_("Members of the panel"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = list(panel_of(project))
        known = {one.uid: str(one) for one in [*members, *annotators_of(project)[:LISTED]]}
        self.listed = [(uid, name) for uid, name in sorted(known.items(), key=lambda row: row[1].casefold())]
        field = self.fields["panel"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = self.listed
        self.cut = len(known) - len(members) >= LISTED

    def settings(self) -> dict[str, Any]:
        """What was chosen, as the stage takes it."""
        given = dict(self.cleaned_data)
        given["stop_at"] = float(given.pop("certain")) / 100
        return given


@in_project(Capability.LEAD_PROJECT)
def overlap(here: Here) -> HttpResponse:
    """Choose the policy. A new number reaches the items in the background."""
    form = OverlapForm(here.request.POST or None, initial=_initial(here.project), project=here.project)
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
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    context = {"here": here, "project": here.project, "progress": state, "tag": tag}
    return unchanged(here.request, tag) or tagged(
        render(here.request, "projects/routing/overlap_progress.html", context), tag
    )


def _spread(here: Here) -> tuple[Progress, str]:
    state = progress(stage.last_spread(here.project))
    return state, fingerprint(state.done, state.state, here.request.LANGUAGE_CODE)


def _initial(project: Project) -> dict[str, Any]:
    return {
        "policy": project.policy,
        "overlap": min(project.overlap, 10),
        "overlap_max": project.overlap_max,
        "certain": f"{100 * project.stop_at:.4g}",
        "specialists": project.specialists,
        "panel": list(panel_of(project).values_list("uid", flat=True)),
    }


urls = [
    path("routing/overlap", overlap, name="overlap"),
    path("routing/overlap/progress", overlap_progress, name="overlap-progress"),
]
