"""Releases: ask for one, read its manifest, download its files."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.assets import AnyAccept
from annotation.api.base import Handler, one, person
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from annotation.api.release_shapes import ReleaseIn, ReleaseOut, ReleaseSummary
from annotation.models import Release
from annotation.models.access import load_project
from annotation.release_downloads import TAR, archive_response, file_response
from annotation.stages import release
from core.roles import Capability
from core.web.ranges import BYTES


class NoBody(serializers.Serializer[Any]):
    pass


class ReleaseList(Handler):
    """The releases of a project, newest first; ask for a new one."""

    @extend_schema(parameters=[PageQuery], responses=page_of(ReleaseSummary), operation_id="list_releases")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        rows = project.releases.select_related("job").prefetch_related("waivers__by").defer("manifest")
        return paged(request, rows, shown_as(ReleaseSummary), order=NEWEST_FIRST)

    @extend_schema(request=ReleaseIn, responses={202: ReleaseOut}, operation_id="request_release")
    def post(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        given = self.body(request, ReleaseIn)
        asked = release.request_release(project=project, by=person(request), **given)
        return Response(ReleaseOut(asked).data, status=status.HTTP_202_ACCEPTED)


class ReleaseDetail(Handler):
    """One release."""

    @extend_schema(responses=ReleaseOut, operation_id="get_release")
    def get(self, request: Request, uid: str) -> Response:
        rows = Release.objects.visible_to(person(request)).select_related("job")
        return Response(ReleaseOut(one(rows, uid)).data)


RANGE = OpenApiParameter(
    "Range",
    str,
    OpenApiParameter.HEADER,
    description="`bytes=1000-`: what follows, or `bytes=0-499`. With `If-Range` only while the ETag is the same.",
)


def _in_parts(kind: str) -> dict[Any, Any]:
    whole_or_part = dict.fromkeys([(200, kind), (206, kind)], OpenApiTypes.BINARY)
    return {**whole_or_part, 304: None, 412: None, 416: None}


class ReleaseFileDownload(Handler):
    """One file of a published release, whole or from any byte on. Its ETag is its SHA-256."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[RANGE], responses=_in_parts(BYTES), operation_id="download_release_file")
    def get(self, request: Request, uid: str, name: str) -> HttpResponseBase:
        return file_response(request._request, one(Release.objects.visible_to(person(request)), uid), name)


class ReleaseArchive(Handler):
    """All files of a published release as one tar file, whole or from any byte on."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[RANGE],
        responses=_in_parts(TAR),
        operation_id="download_release_archive",
    )
    def get(self, request: Request, uid: str) -> HttpResponseBase:
        rows = Release.objects.visible_to(person(request)).select_related("project")
        return archive_response(request._request, one(rows, uid))
