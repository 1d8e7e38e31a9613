"""What a project says of its disputes: how much a question weighs, appeals, and how many are decided twice."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.stranded import bench_of
from annotation.models.worth import weight_of
from annotation.stages.adjudicate import rules as stage
from annotation.web.gate import Here, in_project
from core.roles import Capability
from core.web.forms import PageForm

_PREFIX = "weight-"


class RulesForm(PageForm):
    """Appeals, second looks, and a weight for each question."""

    appeal_days = forms.IntegerField(
        label=_("Days to appeal"),
        min_value=0,
        max_value=stage.MOST_DAYS,
        help_text=_(
            "From the day on which the item is settled. 0: no appeals. An annotator appeals once, with a reason, and "
            "another adjudicator decides without seeing the first decision."
        ),
    )
    second_look_percent = forms.DecimalField(
        label=_("Decided twice, in per cent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_(
            "So many decisions are made once more, by somebody else who does not know it. It is the only way to see "
            "how far one adjudicator's word can be relied on. 5 to 10 per cent are enough to begin with; 0: none. "
            "Where the two differ you are asked; gold does not change by itself."
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schema = project.schemas.order_by("-version").first()
        self.questions: list[str] = []
        for question in schema.parsed["questions"] if schema else []:
            self.questions.append(question["key"])
            self.fields[_PREFIX + question["key"]] = forms.FloatField(
                label=question["title"] or question["key"], min_value=0, max_value=stage.HEAVIEST
            )

    @property
    def weights(self) -> list[Any]:
        """The fields of the weights, to be shown together."""
        return [self[_PREFIX + key] for key in self.questions]

    def settings(self) -> dict[str, Any]:
        """What the stage takes."""
        given = self.cleaned_data
        return {
            "weights": {key: given[_PREFIX + key] for key in self.questions},
            "appeal_days": given["appeal_days"],
            "second_look_share": float(given["second_look_percent"] / 100),
        }


def _initial(project: Project) -> dict[str, Any]:
    schema = project.schemas.order_by("-version").first()
    keys = [question["key"] for question in schema.parsed["questions"]] if schema else []
    return {
        "appeal_days": project.appeal_days,
        "second_look_percent": Decimal(f"{100 * project.second_look_share:g}"),
        **{_PREFIX + key: weight_of(project, key) for key in keys},
    }


@in_project(Capability.LEAD_PROJECT)
def dispute_rules(here: Here) -> HttpResponse:
    """Show and change them; open disputes take their new places at once."""
    initial = _initial(here.project)
    form = RulesForm(here.request.POST or None, initial=initial, project=here.project)
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change(project=here.project, by=here.user, **form.settings()))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:dispute-rules", here.project.uid)
    context = {"form": form, "bench": bench_of(here.project)}
    return here.render("disputes/rules.html", context, status=form.status)


urls = [path("disputes/rules", dispute_rules, name="dispute-rules")]
