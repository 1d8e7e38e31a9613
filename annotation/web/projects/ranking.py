"""Ranking: what counts how much when items and experts are matched, and what people ask for an item."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotation.algorithms.ranking import DEFAULT_WEIGHTS, MOST_WEIGHT
from annotation.models import Item, LabelSchema, Project
from annotation.models.fit import Fit, best_of, fits_of, weights_of
from annotation.models.panel import annotators_of
from annotation.stages import weigh_parts as stage
from annotation.web.gate import Here, in_project
from annotation.web.values import Values
from annotation.why import MEANINGS, NAMES
from core.refusals import NotAllowed
from core.roles import Capability
from core.web.forms import PageForm
from experts.models import Expert

LISTED = 200
PREVIEWED = 3


class RankingForm(PageForm):
    """A weight for each part, the highest rate, and a rate for each of the annotators that are listed."""

    rate_ceiling = forms.DecimalField(
        label=_("Highest rate an item"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("In whatever currency you pay. Without it rates do not count."),
    )

    def __init__(self, *args: Any, people: list[Expert], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for name in DEFAULT_WEIGHTS:
            self.fields[f"weight_{name}"] = forms.FloatField(
                label=str(NAMES[name]),
                min_value=0,
                max_value=MOST_WEIGHT,
                step_size=0.5,
                help_text=str(MEANINGS[name]),
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )
        for one in people:
            self.fields[f"rate_{one.uid}"] = forms.DecimalField(
                label=str(one), required=False, min_value=0, max_digits=10, decimal_places=2
            )

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[f"weight_{name}"] for name in DEFAULT_WEIGHTS]

    @property
    def rates(self) -> list[forms.BoundField]:
        return [self[f"rate_{one.uid}"] for one in self.people]

    def settings(self) -> dict[str, Any]:
        """What was said, as the stage takes it."""
        given = self.cleaned_data
        return {
            "weights": {name: given[f"weight_{name}"] for name in DEFAULT_WEIGHTS},
            "rate_ceiling": given["rate_ceiling"],
            "rates": {one.uid: given[f"rate_{one.uid}"] for one in self.people},
        }


@in_project(Capability.SEE_WORK)
def ranking(here: Here) -> HttpResponse:
    """Leads change the weights and rates; whoever sees the work reads them."""
    people = list(annotators_of(here.project)[: LISTED + 1])
    listed = people[:LISTED]
    form = RankingForm(here.request.POST or None, initial=_initial(here.project, listed), people=listed)
    if here.request.method == "POST":
        if not here.can(Capability.LEAD_PROJECT):
            raise NotAllowed
        if form.is_valid():
            form.attempt(lambda: stage.change_ranking(project=here.project, by=here.user, **form.settings()))
            if form.is_valid():
                messages.success(
                    here.request, gettext("Saved. It counts for items that are given from now on.")
                )
                return redirect("web:ranking", here.project.uid)
    schema = here.project.schemas.order_by("-version").first()
    context = {
        "form": form,
        "cut": len(people) > LISTED,
        "preview": [(_excerpt(item, schema), item, fits) for item, fits in _preview(here.project, listed)],
        "most": MOST_WEIGHT,
    }
    return here.render("projects/routing/ranking.html", context, status=form.status)


def _excerpt(item: Item, schema: LabelSchema | None) -> str:
    parsed = schema.parsed if schema else {"fields": [], "questions": []}
    return Values(parsed, item.data).excerpt() or item.uid


def _initial(project: Project, people: list[Expert]) -> dict[str, Any]:
    rates = stage.rates_of(project, people)
    return {
        "rate_ceiling": project.rate_ceiling,
        **{f"weight_{name}": f"{value:g}" for name, value in weights_of(project).items()},
        **{f"rate_{uid}": rate for uid, rate in rates.items()},
    }


def _preview(project: Project, people: list[Expert]) -> list[tuple[Item, list[Fit]]]:
    """The heads of the first lanes, each with those who may have it and fit it best by the weights in force.

    As on the item's page: the rules are asked of the LOOKED_AT who fit best, in one statement an item.
    """
    waiting = Item.objects.filter(lane=OuterRef("pk"), open_slots__gt=0).order_by("position")
    lanes = project.lanes.annotate(head=Subquery(waiting.values("pk")[:1])).exclude(head=None)
    heads = lanes.order_by("-priority", "-again", "pk").values_list("head", flat=True)[:PREVIEWED]
    items = list(Item.objects.filter(pk__in=list(heads)).select_related("lane", "project").order_by("pk"))
    fits = fits_of(project, [(one, one.lane) for one in items], people) if items and people else {}
    return [(item, best_of(item, fits.get(item.pk, []))[:PREVIEWED]) for item in items]


urls = [path("routing/ranking/", ranking, name="ranking")]
