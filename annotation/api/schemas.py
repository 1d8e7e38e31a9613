"""The versions of a project's questions: list, read, write a new one; look at a config before it is kept."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.openapi import SchemaOut, SchemaSourceOut
from annotation.api.paging import PageQuery, page_of
from annotation.api.version_shapes import (
    NUMBER,
    VersionLine,
    line_of,
    numbered,
    one_version,
)
from annotation.models import LabelSchema
from annotation.models.access import load_project
from annotation.stages import project as stage
from core.organisations import where_allowed
from core.refusals import NotAllowed
from core.roles import Capability


class Config(serializers.CharField):
    """A labelling config, kept as it is sent."""

    def __init__(self, **more: Any) -> None:
        told = {"help_text": "A labelling config, as Label Studio writes it.", "max_length": 1_000_000}
        super().__init__(**{"trim_whitespace": False, **told, **more})


class ConfigIn(serializers.Serializer[Any]):
    config = Config()


class CheckedOut(SchemaOut):
    """What the config asks; `notes` tell what of it is left out."""

    version = None  # type: ignore[assignment]  # how DRF leaves a field of the parent out


class SchemaVersionOut(SchemaSourceOut):
    """One version, whole."""

    created_at = serializers.DateTimeField()


class SchemaList(Handler):
    """The versions of a project's questions, newest first; write a new one."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(VersionLine), operation_id="list_schema_versions"
    )
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid)
        return numbered(request, project.schemas.all())

    @extend_schema(request=ConfigIn, responses={201: VersionLine}, operation_id="add_schema_version")
    def post(self, request: Request, uid: str) -> Response:
        """Questions that have answers keep their name and kind. The config in force again changes nothing."""
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        outside = stage.is_outside(project)
        made = stage.add_schema(project=project, by=user, outside=outside, **self.body(request, ConfigIn))
        return Response(line_of(made), status=status.HTTP_201_CREATED)


class SchemaVersion(Handler):
    """One version of a project's questions."""

    @extend_schema(parameters=[NUMBER], responses=SchemaVersionOut, operation_id="get_schema_version")
    def get(self, request: Request, uid: str, version: str) -> Response:
        found: LabelSchema = one_version(load_project(person(request), uid).schemas.all(), version)
        told = {"version": found.version, "config": found.source, "created_at": found.created_at}
        return Response({**told, **found.parsed})


class SchemaCheck(Handler):
    """What a config would ask in this project; nothing is kept."""

    @extend_schema(request=ConfigIn, responses=CheckedOut, operation_id="check_schema")
    def post(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        config = self.body(request, ConfigIn)["config"]
        return Response(stage.read_config(config, outside=stage.is_outside(project)).to_json())


class ConfigCheck(Handler):
    """What a config would ask, for who may found a project; nothing is kept."""

    @extend_schema(request=ConfigIn, responses=CheckedOut, operation_id="check_config")
    def post(self, request: Request) -> Response:
        if not where_allowed(person(request), Capability.LEAD_PROJECT).exists():
            raise NotAllowed
        return Response(stage.read_config(self.body(request, ConfigIn)["config"]).to_json())


urls = [
    path("projects/<slug:uid>/schemas", SchemaList.as_view(), name="schemas"),
    path("projects/<slug:uid>/schemas/check", SchemaCheck.as_view(), name="schema-check"),
    path("projects/<slug:uid>/schemas/<slug:version>", SchemaVersion.as_view(), name="schema-version"),
    path("configs/check", ConfigCheck.as_view(), name="config-check"),
]
