"""How many answers an item gets and from whom, over the API."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.jobs import JobOut
from annotation.models import Project
from annotation.models.access import load_project
from annotation.models.panel import panel_of
from annotation.models.project import Policy
from annotation.stages import overlap as stage
from core.roles import Capability


class PanelMemberOut(serializers.Serializer[Any]):
    expert = serializers.CharField(source="uid")
    name = serializers.CharField(source="*")


class OverlapOut(serializers.Serializer[Any]):
    """`stop_at` is a probability. Under `panel` the overlap is the panel's size. `spread`: the newest job that brings
    a new overlap to the items that nobody has begun."""

    policy = serializers.ChoiceField(Policy.choices)
    overlap = serializers.IntegerField(help_text="Answers an item gets before they are compared.")
    overlap_max = serializers.IntegerField(help_text="The most that `adaptive` asks for.")
    stop_at = serializers.FloatField()
    specialists = serializers.IntegerField(help_text="Answers of the second tier under `tiered`.")
    panel = PanelMemberOut(many=True)
    spread = JobOut(allow_null=True)


class OverlapIn(serializers.Serializer[Any]):
    """What is left out stays as it is. `panel` holds the ids of experts."""

    policy = serializers.ChoiceField(Policy.choices, required=False)
    overlap = serializers.IntegerField(min_value=1, max_value=10, required=False)
    overlap_max = serializers.IntegerField(min_value=1, max_value=50, required=False)
    stop_at = serializers.FloatField(required=False)
    specialists = serializers.IntegerField(min_value=1, max_value=10, required=False)
    panel = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)


class ProjectOverlap(Handler):
    """A project's overlap policy."""

    @extend_schema(responses=OverlapOut, operation_id="get_overlap")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_shown(load_project(person(request), uid, Capability.SEE_WORK)))

    @extend_schema(request=OverlapIn, responses=OverlapOut, operation_id="change_overlap")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        stage.change_overlap(project=project, by=user, **self.body(request, OverlapIn))
        return Response(_shown(project))


def _shown(project: Project) -> dict[str, Any]:
    settings = {name: getattr(project, name) for name in stage.SETTINGS}
    found = {**settings, "panel": list(panel_of(project)), "spread": stage.last_spread(project)}
    return OverlapOut(found).data


urls = [path("projects/<slug:uid>/overlap", ProjectOverlap.as_view(), name="overlap")]
