"""The versions of a project's undertaking, as they were accepted."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.paging import PageQuery, page_of
from annotation.api.version_shapes import NUMBER, VersionLine, numbered, one_version
from annotation.models import Undertaking
from annotation.models.access import load_project


class UndertakingVersionOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Markdown; empty: nothing has to be accepted.")
    created_at = serializers.DateTimeField()


class UndertakingList(Handler):
    """The versions, newest first."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(VersionLine), operation_id="list_undertaking_versions"
    )
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid)
        return numbered(request, project.undertakings.all())


class UndertakingVersion(Handler):
    """One version."""

    @extend_schema(
        parameters=[NUMBER], responses=UndertakingVersionOut, operation_id="get_undertaking_version"
    )
    def get(self, request: Request, uid: str, version: str) -> Response:
        found: Undertaking = one_version(load_project(person(request), uid).undertakings.all(), version)
        return Response(UndertakingVersionOut(found).data)


urls = [
    path("projects/<slug:uid>/undertakings", UndertakingList.as_view(), name="undertakings"),
    path(
        "projects/<slug:uid>/undertakings/<slug:version>",
        UndertakingVersion.as_view(),
        name="undertaking-version",
    ),
]
