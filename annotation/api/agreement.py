"""What the lead's dashboard shows, over the API: figures, patterns, confusion, days with the forecast, people."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.jobs import JobOut, NoBody
from annotation.api.paging import PageQuery, page_of, paged, shown_as
from annotation.api.projects import AgreementOut
from annotation.models import Agreement, Item, Project
from annotation.models.access import load_project
from annotation.models.mixed_up import meetings, patterns_of
from annotation.models.noting import measure_anew
from annotation.models.pace import days_of, forecast_of
from annotation.models.truth import ExpertMeasure
from core.refusals import NotAllowed, NotFound
from core.roles import Capability

QUESTION = OpenApiParameter("question", str, description="A question's key.", required=True)


class FigureOut(AgreementOut):
    class Meta(AgreementOut.Meta):
        fields: ClassVar[list[str]] = ["scope", *AgreementOut.Meta.fields]


class PatternOut(serializers.Serializer[Any]):
    """`pattern`: pairs of a label and how often it was given to an item. Spans and texts have none."""

    digest = serializers.CharField()
    pattern = serializers.JSONField()
    items = serializers.IntegerField()


class MeetingOut(serializers.Serializer[Any]):
    """Two labels that were given to the same item by different people; equal ones are told too."""

    one = serializers.JSONField()
    two = serializers.JSONField()
    items = serializers.IntegerField()
    pairs = serializers.IntegerField(help_text="Pairs of answers.")


class DayOut(serializers.Serializer[Any]):
    """What happened on a day (UTC); control items left out."""

    day = serializers.DateField()
    answers = serializers.IntegerField()
    seconds = serializers.FloatField(help_text="At work, idling left out.")
    labelled = serializers.IntegerField()
    disputed = serializers.IntegerField()
    settled = serializers.IntegerField()


class ProgressOut(serializers.Serializer[Any]):
    """`low` to `high` holds the day of the last item with probability `confidence`; null: nobody can say."""

    items = serializers.IntegerField()
    settled = serializers.IntegerField()
    low = serializers.DateField(allow_null=True)
    median = serializers.DateField(allow_null=True)
    high = serializers.DateField(allow_null=True)
    confidence = serializers.FloatField()
    seed = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(help_text="Why there is no forecast: done, too_short or idle; else empty.")
    days = DayOut(many=True)


class ExpertMeasureOut(serializers.ModelSerializer[ExpertMeasure]):
    """`question` is empty for what is true of a person as a whole."""

    expert = serializers.CharField(source="expert.uid")

    class Meta:
        model = ExpertMeasure
        fields: ClassVar[Sequence[str]] = (
            "expert",
            "question",
            "method",
            "answers",
            "value",
            "low",
            "high",
            "reason",
            "settled",
            "settled_right",
            "controls",
            "controls_right",
            "drift",
            "drift_low",
            "drift_high",
            "confusion",
            "seconds",
            "seconds_low",
            "seconds_high",
            "run",
        )


class FigureList(Handler):
    """Every figure that counts now: of the whole, by guideline version and by week."""

    @extend_schema(parameters=[PageQuery], responses=page_of(FigureOut), operation_id="list_figures")
    def get(self, request: Request, uid: str) -> Response:
        rows = Agreement.objects.current().filter(project=_project(request, uid))
        return paged(request, rows, shown_as(FigureOut))

    @extend_schema(request=NoBody, responses={202: JobOut}, operation_id="compute_figures")
    def post(self, request: Request, uid: str) -> Response:
        """Compute every figure anew from all answers, in the background; then the truth and people's reliability."""
        project = load_project(person(request), uid, Capability.LEAD_PROJECT)
        return Response(JobOut(measure_anew(project, by=person(request))).data, status=202)


class PatternList(Handler):
    """How many items have which answers to a question: the most frequent 2,000 patterns."""

    @extend_schema(parameters=[QUESTION], responses=PatternOut(many=True), operation_id="list_patterns")
    def get(self, request: Request, uid: str) -> Response:
        project = _project(request, uid)
        found = patterns_of(project, *_asked(request, project))
        rows = [{"digest": one.digest, "pattern": one.said, "items": one.items} for one in found]
        return Response(PatternOut(rows, many=True).data)


class Confusion(Handler):
    """Which labels meet on an item, the most frequent first."""

    @extend_schema(parameters=[QUESTION], responses=MeetingOut(many=True), operation_id="list_confusion")
    def get(self, request: Request, uid: str) -> Response:
        project = _project(request, uid)
        found = meetings(patterns_of(project, *_asked(request, project)))
        return Response(MeetingOut(found, many=True).data)


class ProjectProgress(Handler):
    """What was done each day, and when the rest will be."""

    @extend_schema(responses=ProgressOut, operation_id="get_progress")
    def get(self, request: Request, uid: str) -> Response:
        project = _project(request, uid)
        days = days_of(project)
        whole = Item.objects.filter(project=project, control=False).count()
        found = forecast_of(project, days, whole)
        ends = {
            name: days[-1].day + timedelta(days=value - 1) if value is not None else None
            for name, value in (("low", found.low), ("median", found.median), ("high", found.high))
        }
        shown = {
            "items": whole,
            "settled": sum(day.settled for day in days),
            **ends,
            "confidence": found.confidence,
            "seed": found.seed,
            "reason": str(found.reason or ""),
            "days": days,
        }
        return Response(ProgressOut(shown).data)


class ExpertMeasures(Handler):
    """How reliable people are. Refused to who may label in the project: it would tell which items test them."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(ExpertMeasureOut), operation_id="list_expert_measures"
    )
    def get(self, request: Request, uid: str) -> Response:
        project = _project(request, uid)
        if Project.objects.where(person(request), Capability.LABEL).filter(pk=project.pk).exists():
            raise NotAllowed
        rows = ExpertMeasure.objects.filter(project=project).select_related("expert")
        return paged(request, rows, shown_as(ExpertMeasureOut))


def _project(request: Request, uid: str) -> Project:
    return load_project(person(request), uid, Capability.SEE_WORK)


def _asked(request: Request, project: Project) -> tuple[str, str]:
    """The question asked about and its kind. Raises NotFound where the project's newest schema does not ask it."""
    schema = project.schemas.first()
    for one in schema.parsed["questions"] if schema else []:
        if one["key"] == request.query_params.get("question"):
            return one["key"], one["kind"]
    raise NotFound


urls = [
    path("projects/<slug:uid>/figures", FigureList.as_view(), name="figures"),
    path("projects/<slug:uid>/patterns", PatternList.as_view(), name="patterns"),
    path("projects/<slug:uid>/confusion", Confusion.as_view(), name="confusion"),
    path("projects/<slug:uid>/progress", ProjectProgress.as_view(), name="progress"),
    path("projects/<slug:uid>/reliability", ExpertMeasures.as_view(), name="reliability"),
]
