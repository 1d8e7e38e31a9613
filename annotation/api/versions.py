"""Versions of one's own draft: list, read, keep one."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, Result, one, person
from annotation.models import Assignment, DraftVersion
from annotation.models.access import demand
from annotation.stages import versions as stage
from core.models import User
from core.roles import Capability


class VersionRowOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField(allow_blank=True, help_text="Empty when it was kept by itself.")
    kept_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="Of the draft.")


class VersionsOut(serializers.Serializer[Any]):
    versions = VersionRowOut(many=True, help_text="The newest first, at most 20.")


class VersionOut(VersionRowOut):
    result = Result()


class KeepIn(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True, default="", help_text="At most 80 characters.")


def _own(user: User, uid: str) -> Assignment:
    rows = Assignment.objects.visible_to(user).select_related("project", "item", "expert")
    assignment = one(rows, uid)
    demand(user, assignment.project, Capability.LABEL)
    return assignment


def _row(version: DraftVersion) -> dict[str, Any]:
    return {
        "id": version.uid,
        "name": version.name,
        "kept_at": version.kept_at.isoformat(),
        "revision": version.revision,
    }


class VersionList(Handler):
    """The versions of one's draft; keeping one copies the draft as it is saved."""

    @extend_schema(responses=VersionsOut, operation_id="draft_versions")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = _own(user, uid)
        found = (
            DraftVersion.objects.visible_to(user).filter(draft=assignment.pk).defer("result").order_by("-pk")
        )
        return Response({"versions": [_row(one) for one in found]})

    @extend_schema(
        request=KeepIn, responses={200: VersionRowOut, 201: VersionRowOut}, operation_id="keep_version"
    )
    def post(self, request: Request, uid: str) -> Response:
        assignment = _own(person(request), uid)
        version, made = stage.keep_version(assignment=assignment, **self.body(request, KeepIn))
        return Response(_row(version), status=status.HTTP_201_CREATED if made else status.HTTP_200_OK)


class VersionDetail(Handler):
    """One version with its answer."""

    @extend_schema(responses=VersionOut, operation_id="draft_version")
    def get(self, request: Request, uid: str, draft_version: str) -> Response:
        user = person(request)
        assignment = _own(user, uid)
        version = one(DraftVersion.objects.visible_to(user).filter(draft=assignment.pk), draft_version)
        return Response({**_row(version), "result": version.result})


urls = [
    path("assignments/<slug:uid>/versions", VersionList.as_view(), name="versions"),
    path(
        "assignments/<slug:uid>/versions/<slug:draft_version>", VersionDetail.as_view(), name="draft-version"
    ),
]
