"""Templates of projects: a labelling config to begin with, and a row to try it with."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler
from annotation.api.paging import query_of
from annotation.project_templates import FAMILIES, search, templates
from core.refusals import NotFound


class TemplateQuery(serializers.Serializer[Any]):
    q = serializers.CharField(default="", max_length=200, help_text="Words that all stand in it.")
    sector = serializers.CharField(default="", max_length=40, help_text="A sector's key.")


class TemplateLine(serializers.Serializer[Any]):
    """In the caller's language. `sector` is null where it fits any; `columns`: what a row of data brings."""

    key = serializers.CharField()
    family = serializers.ChoiceField([*FAMILIES])
    sector = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    description = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())


class TemplatesOut(serializers.Serializer[Any]):
    templates = TemplateLine(many=True)


class TemplateOut(TemplateLine):
    config = serializers.CharField()
    example = serializers.DictField()


class TemplateList(Handler):
    """All templates, or those that hold the words and fit the sector."""

    @extend_schema(parameters=[TemplateQuery], responses=TemplatesOut, operation_id="list_templates")
    def get(self, request: Request) -> Response:
        asked = query_of(request, TemplateQuery)
        found = search(templates(), asked["q"], asked["sector"])
        return Response(TemplatesOut({"templates": found}).data)


class TemplateDetail(Handler):
    """One template with its config."""

    @extend_schema(responses=TemplateOut, operation_id="get_template")
    def get(self, request: Request, template: str) -> Response:
        found = next((one for one in templates() if one.key == template), None)
        if found is None:
            raise NotFound
        return Response(TemplateOut(found).data)


urls = [
    path("templates", TemplateList.as_view(), name="templates"),
    path("templates/<slug:template>", TemplateDetail.as_view(), name="template"),
]
