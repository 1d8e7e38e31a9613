"""Batches: upload a file, watch it being stored, read what was wrong with it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.jobs import JobOut
from annotation.api.openapi import BadRowOut
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from annotation.models import Batch, BatchProblem
from annotation.models.access import load_project
from annotation.models.batch import Duplicates, WrittenBy
from annotation.problems import sentence
from annotation.stages import ingest
from core.roles import Capability


class BatchIn(serializers.Serializer[Any]):
    file = serializers.FileField(
        help_text="JSONL, JSON, CSV, TSV; a zip of one of them with its files; a PDF or picture."
    )
    files = serializers.ListField(
        child=serializers.FileField(),
        required=False,
        default=list,
        help_text="More PDFs or pictures, each an item as `file` is.",
    )
    source = serializers.CharField(allow_blank=True, default="")  # type: ignore[assignment]  # a field called source
    licence = serializers.CharField(allow_blank=True, default="")
    rights = serializers.CharField(allow_blank=True, default="")
    language = serializers.CharField(allow_blank=True, default="")
    duplicates = serializers.ChoiceField(Duplicates.choices, default=Duplicates.SKIP)
    written_by = serializers.ChoiceField(WrittenBy.choices, allow_blank=True, default="")
    deidentified_statement = serializers.CharField(allow_blank=True, default="")


class BatchOut(serializers.ModelSerializer[Batch]):
    id = serializers.CharField(source="uid")
    job = JobOut()

    class Meta:
        model = Batch
        fields: ClassVar[list[str]] = [
            "id",
            "name",
            "format",
            "size",
            "source",
            "licence",
            "rights",
            "rights_from",
            "language",
            "duplicates",
            "written_by",
            "deidentified_at",
            "created_at",
            "stored_at",
            "routed_at",
            "items_stored",
            "items_repeated",
            "rows_bad",
            "html_cleaned",
            "scans",
            "job",
        ]


class BatchList(Handler):
    """The batches one may see; upload a new one."""

    parser_classes = (MultiPartParser,)

    @extend_schema(parameters=[PageQuery], responses=page_of(BatchOut), operation_id="list_batches")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_PROJECT)
        rows = Batch.objects.visible_to(person(request)).filter(project=project).select_related("job")
        return paged(request, rows, shown_as(BatchOut), order=NEWEST_FIRST)

    @extend_schema(request=BatchIn, responses={201: BatchOut}, operation_id="begin_batch")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.BRING_BATCHES)
        given = self.body(request, BatchIn)
        file, more = given.pop("file"), given.pop("files")
        batch = ingest.begin_batch(project=project, by=user, file=file, name=file.name, more=more, **given)
        return Response(BatchOut(batch).data, status=status.HTTP_201_CREATED)


class BatchDetail(Handler):
    """One batch and how far its import is."""

    @extend_schema(responses=BatchOut, operation_id="get_batch")
    def get(self, request: Request, uid: str) -> Response:
        return Response(
            BatchOut(one(Batch.objects.visible_to(person(request)).select_related("job"), uid)).data
        )


class ProblemList(Handler):
    """The bad rows of a batch, by line."""

    @extend_schema(parameters=[PageQuery], responses=page_of(BadRowOut), operation_id="list_problems")
    def get(self, request: Request, uid: str) -> Response:
        batch = one(Batch.objects.visible_to(person(request)), uid)
        return paged(request, batch.problems.all(), _told, order=("offset", "pk"))


def _told(rows: list[BatchProblem]) -> Any:
    return [{"line": row.line, "code": row.code, "detail": sentence(row.code, row.params)} for row in rows]
