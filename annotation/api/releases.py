"""Releases: ask for one, read its manifest, download its files."""

from typing import Any, ClassVar

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.jobs import JobOut
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from annotation.models import Release
from annotation.models.access import load_project
from annotation.stages import release
from core.roles import Capability

BYTES = "application/octet-stream"


class NoBody(serializers.Serializer[Any]):
    pass


class ReleaseIn(serializers.Serializer[Any]):
    files = serializers.BooleanField(
        default=False, help_text="Hold the PDFs and pictures that items show too, not only their hashes."
    )


class ReleaseOut(serializers.ModelSerializer[Release]):
    id = serializers.CharField(source="uid")
    job = JobOut()

    class Meta:
        model = Release
        fields: ClassVar[list[str]] = [
            "id",
            "number",
            "items",
            "manifest",
            "manifest_sha256",
            "created_at",
            "frozen_at",
            "published_at",
            "job",
        ]


class ReleaseList(Handler):
    """The releases of a project, newest first; ask for a new one."""

    @extend_schema(parameters=[PageQuery], responses=page_of(ReleaseOut), operation_id="list_releases")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        rows = project.releases.select_related("job")
        return paged(request, rows, shown_as(ReleaseOut), order=NEWEST_FIRST)

    @extend_schema(request=ReleaseIn, responses={202: ReleaseOut}, operation_id="request_release")
    def post(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        given = self.body(request, ReleaseIn)
        asked = release.request_release(project=project, by=person(request), files=given["files"])
        return Response(ReleaseOut(asked).data, status=status.HTTP_202_ACCEPTED)


class ReleaseDetail(Handler):
    """One release."""

    @extend_schema(responses=ReleaseOut, operation_id="get_release")
    def get(self, request: Request, uid: str) -> Response:
        return Response(
            ReleaseOut(one(Release.objects.visible_to(person(request)).select_related("job"), uid)).data
        )


class ReleaseFileDownload(Handler):
    """One file of a published release."""

    @extend_schema(responses={(200, BYTES): OpenApiTypes.BINARY}, operation_id="download_release_file")
    def get(self, request: Request, uid: str, name: str) -> FileResponse:
        found = one(Release.objects.visible_to(person(request)), uid)
        path = release.file_path(found, name)
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=BYTES)
