"""Marking the guideline as read."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.models import Project
from annotation.stages.reading import mark_guideline_read


class GuidelineRead(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=2_000_000_000)


class ReadGuideline(Handler):
    """Remember that the caller has read a version: what changes after it is shown to them as changed."""

    @extend_schema(request=GuidelineRead, responses=GuidelineRead, operation_id="read_guideline")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = one(Project.objects.visible_to(user), uid)
        version = mark_guideline_read(project=project, by=user, **self.body(request, GuidelineRead))
        return Response({"version": version})


urls = [path("projects/<slug:uid>/guideline/read", ReadGuideline.as_view(), name="read-guideline")]
