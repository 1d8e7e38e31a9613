"""What a release made now would hold."""

from typing import Any

from django.db.models import Count
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.models import Dispute, GoldLabel, Item
from annotation.models.access import load_project
from annotation.models.by_state import counted
from annotation.models.released_files import files_settled
from annotation.payloads import newest
from core.roles import Capability


class FilesOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes.")


class ReleasePreviewOut(serializers.Serializer[Any]):
    """`states`: items by state; `how`: settled answers by how they were settled; `bad` items are left out."""

    states = serializers.DictField(child=serializers.IntegerField())
    how = serializers.DictField(child=serializers.IntegerField())
    bad = serializers.IntegerField()
    disputes_open = serializers.IntegerField()
    files = FilesOut(help_text="PDFs and pictures that the items show.")
    schema = serializers.IntegerField(help_text="The version of the questions in force.")
    guideline = serializers.IntegerField(help_text="The version of the guideline in force.")


class ReleasePreview(Handler):
    """What a release made now would hold."""

    @extend_schema(responses=ReleasePreviewOut, operation_id="preview_release")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        gold = GoldLabel.objects.current().filter(project=project).values_list("how")
        schema, guideline = newest(project)
        bad = Item.objects.filter(project=project, control=False, bad_at__isnull=False)
        told = {
            "states": counted([project])[project.pk].counts,
            "how": dict(gold.annotate(Count("pk")).order_by()),
            "bad": bad.count(),
            "disputes_open": Dispute.objects.filter(project=project, closed_at=None).count(),
            "files": files_settled(project),
            "schema": schema.version,
            "guideline": guideline.version,
        }
        return Response(ReleasePreviewOut(told).data)


urls = [path("projects/<slug:uid>/releases/preview", ReleasePreview.as_view(), name="release-preview")]
