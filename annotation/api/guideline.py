"""The versions of a project's guideline: list, read, write a new one, mark one as read."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.paging import PageQuery, page_of
from annotation.api.version_shapes import (
    NUMBER,
    VersionLine,
    line_of,
    numbered,
    one_version,
)
from annotation.formats.markdown import to_html
from annotation.models import Guideline, Project
from annotation.models.access import load_project
from annotation.stages import project as stage
from annotation.stages.reading import mark_guideline_read
from core.roles import Capability


class GuidelineRead(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=2_000_000_000)


class GuidelineIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=200_000, trim_whitespace=False, help_text="Markdown.")


class GuidelineVersionOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Markdown.")
    html = serializers.CharField(allow_blank=True, help_text="The same as people see it.")
    created_at = serializers.DateTimeField()


class GuidelineHtml(serializers.Serializer[Any]):
    html = serializers.CharField(allow_blank=True)


class ReadGuideline(Handler):
    """Remember that the caller has read a version: what changes after it is shown to them as changed."""

    @extend_schema(request=GuidelineRead, responses=GuidelineRead, operation_id="read_guideline")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = one(Project.objects.visible_to(user), uid)
        version = mark_guideline_read(project=project, by=user, **self.body(request, GuidelineRead))
        return Response({"version": version})


class GuidelineList(Handler):
    """The versions of a project's guideline, newest first; write a new one."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(VersionLine), operation_id="list_guideline_versions"
    )
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid)
        return numbered(request, project.guidelines.all())

    @extend_schema(request=GuidelineIn, responses={201: VersionLine}, operation_id="add_guideline_version")
    def post(self, request: Request, uid: str) -> Response:
        """The text in force again changes nothing."""
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        made = stage.add_guideline(project=project, by=user, **self.body(request, GuidelineIn))
        return Response(line_of(made), status=status.HTTP_201_CREATED)


class GuidelineVersion(Handler):
    """One version of a project's guideline."""

    @extend_schema(parameters=[NUMBER], responses=GuidelineVersionOut, operation_id="get_guideline_version")
    def get(self, request: Request, uid: str, version: str) -> Response:
        found: Guideline = one_version(load_project(person(request), uid).guidelines.all(), version)
        told = {name: getattr(found, name) for name in ("version", "text", "created_at")}
        return Response(GuidelineVersionOut({**told, "html": to_html(found.text)}).data)


class Preview(Handler):
    """Markdown as people would see it; nothing is kept."""

    @extend_schema(request=GuidelineIn, responses=GuidelineHtml, operation_id="preview_guideline")
    def post(self, request: Request, uid: str) -> Response:
        load_project(person(request), uid, Capability.LEAD_PROJECT)
        return Response({"html": to_html(self.body(request, GuidelineIn)["text"])})


urls = [
    path("projects/<slug:uid>/guideline/read", ReadGuideline.as_view(), name="read-guideline"),
    path("projects/<slug:uid>/guideline/preview", Preview.as_view(), name="guideline-preview"),
    path("projects/<slug:uid>/guidelines", GuidelineList.as_view(), name="guidelines"),
    path(
        "projects/<slug:uid>/guidelines/<slug:version>",
        GuidelineVersion.as_view(),
        name="guideline-version",
    ),
]
