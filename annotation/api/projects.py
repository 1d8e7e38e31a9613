"""Projects and their measured agreement."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.openapi import GuidelineSourceOut, SchemaSourceOut
from annotation.api.paging import PageQuery, page_of, paged, shown_as
from annotation.models import Agreement, Project
from annotation.models.access import load_project
from annotation.models.newest import newest
from core.roles import Capability


class ProjectOut(serializers.ModelSerializer[Project]):
    id = serializers.CharField(source="uid")
    sector = serializers.CharField(source="sector.key")
    organisation = serializers.CharField(source="organisation.uid")

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = [
            "id",
            "name",
            "description",
            "organisation",
            "sector",
            "language",
            "overlap",
            "qualified_only",
            "language_required",
            "bar_colleagues",
            "party_field",
            "dispute_rule",
            "lease_minutes",
            "suggestions",
            "created_at",
        ]


class ProjectWhole(ProjectOut):
    """With the questions and the guideline in force; these two are read where the project is."""

    schema = SchemaSourceOut()
    guideline = GuidelineSourceOut()

    class Meta(ProjectOut.Meta):
        fields: ClassVar[list[str]] = [*ProjectOut.Meta.fields, "schema", "guideline"]


class AgreementOut(serializers.ModelSerializer[Agreement]):
    class Meta:
        model = Agreement
        fields: ClassVar[list[str]] = [
            "question",
            "measure",
            "label",
            "value",
            "low",
            "high",
            "reason",
            "items",
            "judgements",
            "details",
            "seed",
            "inputs_hash",
            "code_version",
            "run",
            "computed_at",
        ]


class ProjectList(Handler):
    """The projects one takes part in."""

    @extend_schema(parameters=[PageQuery], responses=page_of(ProjectOut), operation_id="list_projects")
    def get(self, request: Request) -> Response:
        rows = Project.objects.visible_to(person(request)).select_related("sector", "organisation")
        return paged(request, rows, shown_as(ProjectOut))


class ProjectDetail(Handler):
    """One project with its questions and guideline in force."""

    @extend_schema(responses=ProjectWhole, operation_id="get_project")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid)
        schema, guideline = newest(project)
        more: dict[str, Any] = {
            "schema": {"version": schema.version, "config": schema.source, **schema.parsed},
            "guideline": {"version": guideline.version, "text": guideline.text},
        }
        return Response({**ProjectOut(project).data, **more})


class AgreementList(Handler):
    """The newest measurement of every question and label."""

    @extend_schema(parameters=[PageQuery], responses=page_of(AgreementOut), operation_id="list_agreement")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        measured = Agreement.objects.current().filter(project=project, scope="")
        return paged(request, measured, shown_as(AgreementOut))
