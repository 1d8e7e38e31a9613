"""What counts how much when items and experts are matched, and who fits an item."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.algorithms.ranking import DEFAULT_WEIGHTS, MOST_WEIGHT
from annotation.api.base import Handler, one, person
from annotation.api.credential_shapes import NameOut
from annotation.models import Item, Project
from annotation.models.access import demand, load_project
from annotation.models.fit import ranked_for, weights_of
from annotation.models.panel import annotators_of
from annotation.stages import weigh_parts as stage
from core.roles import Capability


class RateOut(serializers.Serializer[Any]):
    expert = serializers.CharField()
    rate = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)


class RankingOut(serializers.Serializer[Any]):
    """`weights`: by the name of the part. `rates` names the experts who have one."""

    weights = serializers.DictField(child=serializers.FloatField())
    rate_ceiling = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)
    rates = RateOut(many=True)


class RankingIn(serializers.Serializer[Any]):
    """What is left out stays as it is; a rate of null takes it away."""

    weights = serializers.DictField(
        child=serializers.FloatField(),
        required=False,
        help_text=f"From 0 to {MOST_WEIGHT:.0f} each, not all 0: {', '.join(DEFAULT_WEIGHTS)}.",
    )
    rate_ceiling = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=0, allow_null=True, required=False
    )
    rates = RateOut(many=True, required=False)


class FitOut(serializers.Serializer[Any]):
    expert = NameOut()
    score = serializers.FloatField()
    parts = serializers.DictField(child=serializers.FloatField())


class ItemRankingOut(serializers.Serializer[Any]):
    candidates = serializers.IntegerField(help_text="Annotators of the project's sector who take no break.")
    asked = serializers.IntegerField(help_text="Of how many of the best every rule was asked.")
    results = FitOut(many=True, help_text="Those whom no rule keeps from the item, best first.")


class ProjectRanking(Handler):
    """A project's weights and rates."""

    @extend_schema(responses=RankingOut, operation_id="get_ranking")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_shown(load_project(person(request), uid, Capability.SEE_WORK)))

    @extend_schema(request=RankingIn, responses=RankingOut, operation_id="change_ranking")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        given = self.body(request, RankingIn)
        if "rates" in given:
            given["rates"] = {row["expert"]: row["rate"] for row in given["rates"]}
        stage.change_ranking(project=project, by=user, **given)
        return Response(_shown(project))


def _shown(project: Project) -> dict[str, Any]:
    rates = stage.rates_of(project, list(annotators_of(project)))
    found = {
        "weights": weights_of(project),
        "rate_ceiling": project.rate_ceiling,
        "rates": [{"expert": uid, "rate": rate} for uid, rate in sorted(rates.items())],
    }
    return RankingOut(found).data


class ItemRanking(Handler):
    """Who should have the item: its best candidates, with the parts of their scores."""

    @extend_schema(responses=ItemRankingOut, operation_id="rank_experts")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        rows = Item.objects.visible_to(user)
        item = one(rows.select_related("lane", "project__organisation", "project__sector"), uid)
        demand(user, item.project, Capability.LEAD_PROJECT)
        found = ranked_for(item)
        results = [
            {
                "expert": {"id": fit.expert.uid, "name": str(fit.expert)},
                "score": fit.score,
                "parts": fit.parts,
            }
            for fit in found.fits
        ]
        shown = {"candidates": found.candidates, "asked": found.asked, "results": results}
        return Response(ItemRankingOut(shown).data)


urls = [
    path("projects/<slug:uid>/ranking", ProjectRanking.as_view(), name="ranking"),
    path("items/<slug:uid>/ranking", ItemRanking.as_view(), name="item-ranking"),
]
