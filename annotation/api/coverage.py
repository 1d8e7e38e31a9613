"""Coverage over the API: whom the open items of a project find, and what is missing."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.jobs import JobOut, NoBody
from annotation.models import Coverage, Project
from annotation.models.access import load_project
from annotation.stages import coverage as stage
from core.roles import Capability


class CoveredLane(serializers.Serializer[Any]):
    """Items that ask the same of people; an empty string asks for nothing in particular."""

    kind = serializers.CharField()
    speciality = serializers.CharField()
    jurisdiction = serializers.CharField()
    language = serializers.CharField()
    room = serializers.CharField()
    tier = serializers.CharField()
    items = serializers.IntegerField(help_text="Open items.")
    slots = serializers.IntegerField(help_text="Answers they still want.")
    eligible = serializers.IntegerField(help_text="People whom no rule keeps from them.")
    near = serializers.DictField(
        child=serializers.IntegerField(), help_text="People whom one rule alone keeps from them, by its code."
    )
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="The rules to look at where nobody is eligible."
    )
    everybody = serializers.BooleanField(help_text="Whether each missing rule keeps everybody.")
    wanted = serializers.IntegerField(help_text="The most people that one of the items still wants.")
    short = serializers.IntegerField(help_text="Items that want more people than are eligible.")
    left = serializers.IntegerField(
        help_text="Items that nobody is left for: whoever is eligible had them, or has an interest."
    )
    looked_at = serializers.IntegerField(
        help_text="Of so many items, drawn with a seed where there are more."
    )
    asked = serializers.IntegerField(help_text="By so many of the eligible people.")


class Demand(serializers.Serializer[Any]):
    """`told` of the `people` say how many hours a week they give; `hours` is the sum."""

    about = serializers.ChoiceField(["sector", "speciality", "language", "jurisdiction"])
    word = serializers.CharField()
    items = serializers.IntegerField()
    slots = serializers.IntegerField()
    people = serializers.IntegerField(
        help_text="Qualified in the sector, where that is asked, and not on a break."
    )
    told = serializers.IntegerField()
    hours = serializers.IntegerField()


class CoverageOut(serializers.Serializer[Any]):
    """As counted at `counted_at` (null: not yet). `job` is a count that is under way, or did not come to its end."""

    counted_at = serializers.DateTimeField(allow_null=True)
    items = serializers.IntegerField(default=0)
    slots = serializers.IntegerField(default=0)
    starving = serializers.IntegerField(default=0, help_text="Open items that find nobody.")
    people = serializers.IntegerField(default=0, help_text="Whose role lets them label.")
    available = serializers.IntegerField(
        default=0, help_text="Qualified in the sector, where that is asked, and not on a break."
    )
    hours = serializers.IntegerField(default=0)
    lanes = CoveredLane(many=True, default=[])
    demand = Demand(many=True, default=[])
    job = JobOut(allow_null=True)


class ProjectCoverage(Handler):
    """Whom a project's open items find."""

    @extend_schema(responses=CoverageOut, operation_id="get_coverage")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_shown(load_project(person(request), uid, Capability.SEE_WORK)))

    @extend_schema(request=NoBody, responses={202: CoverageOut}, operation_id="count_coverage")
    def post(self, request: Request, uid: str) -> Response:
        """Count anew, in the background."""
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        stage.count_soon(project)
        return Response(_shown(project), status=202)


def _shown(project: Project) -> dict[str, Any]:
    counted = Coverage.objects.filter(project=project).first()
    figures = counted.figures if counted else {}
    found = {
        **figures,
        "counted_at": counted.counted_at if counted else None,
        "job": stage.last_count(project),
    }
    return CoverageOut(found).data


urls = [path("projects/<slug:uid>/coverage", ProjectCoverage.as_view(), name="coverage")]
