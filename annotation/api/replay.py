"""A project's labels replayed under other policies: what they would have cost."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.jobs import JobOut, NoBody
from annotation.models import Project
from annotation.models.access import load_project
from annotation.stages.statistics import replaying
from core.roles import Capability


class ReplayOut(serializers.Serializer[Any]):
    """`found`: the newest replay that came to its end, its figures in `result`; `last`: the newest one, maybe under
    way. Both are null before the first."""

    found = JobOut(allow_null=True)
    last = JobOut(allow_null=True)


class ProjectReplay(Handler):
    """What replays found; POST replays anew, in the background."""

    @extend_schema(responses=ReplayOut, operation_id="get_replay")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_told(load_project(person(request), uid, Capability.SEE_WORK)))

    @extend_schema(request=NoBody, responses={202: ReplayOut}, operation_id="replay")
    def post(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        replaying.replay_soon(project)
        return Response(_told(project), status=status.HTTP_202_ACCEPTED)


def _told(project: Project) -> dict[str, Any]:
    told = {"found": replaying.last_found(project), "last": replaying.last_replay(project)}
    return ReplayOut(told).data


urls = [path("projects/<slug:uid>/replay", ProjectReplay.as_view(), name="replay")]
