"""What the API answers about numbered versions: of the questions, the guideline and the undertaking."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.paging import paged
from annotation.models import Guideline, LabelSchema, Undertaking
from core.refusals import NotFound

V = TypeVar("V", Guideline, LabelSchema, Undertaking)
NUMBER = OpenApiParameter("version", int, OpenApiParameter.PATH, description="Its number, from 1.")


class VersionLine(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(help_text="The name of who wrote it.")


def line_of(version: Guideline | LabelSchema | Undertaking) -> dict[str, Any]:
    """A version as VersionLine says."""
    told = {
        "version": version.version,
        "created_at": version.created_at,
        "created_by": str(version.created_by),
    }
    return dict(VersionLine(told).data)


def numbered(request: Request, versions: QuerySet[V]) -> Response:
    """A page of them, newest first, with their authors."""
    rows = versions.select_related("created_by")
    return paged(request, rows, lambda found: [line_of(row) for row in found], order=("-version",))


def one_version(versions: QuerySet[V], number: str) -> V:
    """The version of that number. Raises NotFound."""
    known = number.isascii() and number.isdecimal() and len(number) < 10
    found = versions.filter(version=int(number)).first() if known else None
    if found is None:
        raise NotFound
    return found
