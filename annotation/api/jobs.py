"""Jobs: how far they are, and asking them to stop."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from core import jobs
from core.models import Job
from core.refusals import AlreadyDone, NotAllowed


class JobOut(serializers.ModelSerializer[Job]):
    """`done` of `total` units; `error` is there when it failed."""

    id = serializers.CharField(source="uid")
    error = serializers.CharField(source="complaint", help_text="Why it failed, for people.")

    class Meta:
        model = Job
        fields: ClassVar[list[str]] = [
            "id",
            "kind",
            "state",
            "done",
            "total",
            "attempts",
            "result",
            "error",
            "created_at",
            "started_at",
            "finished_at",
        ]


class NoBody(serializers.Serializer[Any]):
    pass


class JobDetail(Handler):
    """One job that one asked for and still has a role in, or of a project whose work one may see."""

    @extend_schema(responses=JobOut, operation_id="get_job")
    def get(self, request: Request, uid: str) -> Response:
        return Response(JobOut(one(Job.objects.visible_to(person(request)), uid)).data)


class StopJob(Handler):
    """Ask a job to stop, by whoever asked for it or may lead the project."""

    @extend_schema(request=NoBody, responses=JobOut, operation_id="stop_job")
    def post(self, request: Request, uid: str) -> Response:
        job = one(Job.objects.visible_to(person(request)), uid)
        by = person(request)
        if job.created_by != by.pk and not Job.objects.led_by(by).filter(pk=job.pk).exists():
            raise NotAllowed
        if not jobs.stop(job, by=by):
            raise AlreadyDone
        job.refresh_from_db()
        return Response(JobOut(job).data)
