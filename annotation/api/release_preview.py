"""What a release made now would hold."""

from typing import Any

from django.db.models import Count
from django.urls import path
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.release_shapes import CheckOut
from annotation.formats.release.described import DESCRIBED
from annotation.formats.release.registry import ALWAYS, FORMATS, USUAL
from annotation.models import Dispute, GoldLabel, Item, Project
from annotation.models.access import load_project
from annotation.models.by_state import counted
from annotation.models.newest import newest
from annotation.models.release_outlook import misfits_now, preview
from annotation.models.released_files import files_settled
from annotation.problems import sentence
from core.roles import Capability


class FilesOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes.")


class FormatOut(serializers.Serializer[Any]):
    """A format on offer. `usual`: in a release where none are named; `why_not`: what the questions lack for it."""

    key = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    usual = serializers.BooleanField()
    why_not = serializers.CharField()


class ReleasePreviewOut(serializers.Serializer[Any]):
    """`states`: items by state; `how`: settled answers by how they were settled; `bad` items are left out."""

    states = serializers.DictField(child=serializers.IntegerField())
    how = serializers.DictField(child=serializers.IntegerField())
    bad = serializers.IntegerField()
    disputes_open = serializers.IntegerField()
    files = FilesOut(help_text="PDFs and pictures that the items show.")
    schema = serializers.IntegerField(help_text="The version of the questions in force.")
    guideline = serializers.IntegerField(help_text="The version of the guideline in force.")
    formats = FormatOut(many=True, help_text="Beside the record, which is always there.")
    gate = CheckOut(many=True, help_text="`passed` is null of what is measured when the rows are frozen.")


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
            "formats": _formats(project),
            "gate": preview(project),
        }
        return Response(ReleasePreviewOut(told).data)


def _formats(project: Project) -> list[dict[str, Any]]:
    unfit = misfits_now(project)
    return [
        {
            "key": key,
            "title": gettext(DESCRIBED[key].title),
            "about": gettext(DESCRIBED[key].about),
            "usual": key in USUAL and key not in unfit,
            "why_not": sentence(unfit[key], {"format": key}) if key in unfit else "",
        }
        for key in FORMATS
        if key not in ALWAYS
    ]


urls = [path("projects/<slug:uid>/releases/preview", ReleasePreview.as_view(), name="release-preview")]
