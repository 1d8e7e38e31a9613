"""Exams: making and closing them, sitting them, reading what a sitting came to."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import answering
from annotation.api.base import Handler, Result, one, person
from annotation.api.jobs import NoBody
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from annotation.models import Exam, ExamAttempt
from annotation.models.access import demand, load_project
from annotation.models.exam import exams_visible_to
from annotation.models.review import review_of
from annotation.models.sitting import open_questions, sittings_visible_to
from annotation.models.standing import check_has_undertaken
from annotation.stages import exams as stage
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of


class ExamOut(serializers.ModelSerializer[Exam]):
    id = serializers.CharField(source="uid")

    class Meta:
        model = Exam
        fields: ClassVar[list[str]] = [
            "id",
            "title",
            "kind",
            "questions",
            "pass_mark",
            "minutes",
            "attempts",
            "cooling_hours",
            "valid_days",
            "created_at",
            "closed_at",
        ]


class ExamIn(serializers.Serializer[Any]):
    """Times: `minutes` for a sitting, `cooling_hours` after one that failed, `valid_days` of what it grants."""

    title = serializers.CharField(max_length=120)
    kind = serializers.CharField(max_length=60, allow_blank=True, default="")
    questions = serializers.IntegerField(default=10)
    pass_mark = serializers.FloatField(default=0.8)
    minutes = serializers.IntegerField(default=30)
    attempts = serializers.IntegerField(default=3)
    cooling_hours = serializers.IntegerField(default=24)
    valid_days = serializers.IntegerField(default=365)


class ReviewedOut(serializers.Serializer[Any]):
    """A question of a marked sitting. `answer` is what was said (null: nothing), `known` what is right."""

    number = serializers.IntegerField()
    data = serializers.DictField(source="item.data")  # type: ignore[assignment]  # a field called data
    answer = serializers.DictField(source="said", allow_null=True)
    result = Result()
    known = serializers.DictField(source="control.answer")
    known_result = Result(source="control.result")
    explanation = serializers.CharField(source="control.explanation", allow_blank=True)
    right = serializers.BooleanField()
    wrong = serializers.ListField(child=serializers.CharField())


class SittingOut(serializers.ModelSerializer[ExamAttempt]):
    """One sitting. `low` and `high` bound the true share of right answers at 95 %."""

    id = serializers.CharField(source="uid")
    exam = serializers.CharField(source="exam.uid")
    expert = serializers.CharField(source="expert.uid")
    name = serializers.CharField(source="expert")

    class Meta:
        model = ExamAttempt
        fields: ClassVar[list[str]] = [
            "id",
            "exam",
            "expert",
            "name",
            "number",
            "started_at",
            "due_at",
            "finished_at",
            "right",
            "asked",
            "low",
            "high",
            "passed",
        ]


@extend_schema_serializer(component_name="SittingReview")
class ReviewOut(SittingOut):
    """`next` is the assignment to answer now, one's own; `review` is there once the sitting is marked."""

    next = serializers.SerializerMethodField()
    review = serializers.SerializerMethodField()

    class Meta(SittingOut.Meta):
        fields: ClassVar[list[str]] = [*SittingOut.Meta.fields, "next", "review"]

    def get_next(self, attempt: ExamAttempt) -> str | None:
        if attempt.expert.user_id != self.context["user"].pk:
            return None
        question = open_questions(attempt).first()
        return question.uid if question else None

    @extend_schema_field(ReviewedOut(many=True, allow_null=True))
    def get_review(self, attempt: ExamAttempt) -> Any:
        return ReviewedOut(review_of(attempt), many=True).data if attempt.finished_at else None


class ExamList(Handler):
    """A project's exams; make one."""

    @extend_schema(parameters=[PageQuery], responses=page_of(ExamOut), operation_id="list_exams")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid)
        return paged(request, project.exams.all(), shown_as(ExamOut), order=NEWEST_FIRST)

    @extend_schema(request=ExamIn, responses={201: ExamOut}, operation_id="make_exam")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        made = stage.create_exam(project=project, by=user, **self.body(request, ExamIn))
        return Response(ExamOut(made).data, status=status.HTTP_201_CREATED)


class ExamDetail(Handler):
    """One exam."""

    @extend_schema(responses=ExamOut, operation_id="get_exam")
    def get(self, request: Request, uid: str) -> Response:
        return Response(ExamOut(_exam(person(request), uid)).data)


class CloseExam(Handler):
    """Let nobody begin it any more."""

    @extend_schema(request=NoBody, responses=ExamOut, operation_id="close_exam")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        exam = _exam(user, uid)
        demand(user, exam.project, Capability.LEAD_PROJECT)
        stage.close_exam(exam=exam, by=user)
        exam.refresh_from_db()
        return Response(ExamOut(exam).data)


class StartExam(Handler):
    """Begin a sitting, or go on with the one that is open; its questions are answered as assignments."""

    @extend_schema(request=NoBody, responses=ReviewOut, operation_id="start_exam")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        exam = _exam(user, uid)
        demand(user, exam.project, Capability.LABEL)
        attempt = answering.start_exam(exam=exam, expert=expert_of(user), by=user)
        return Response(_whole(attempt, user))


class SittingList(Handler):
    """The exam's sittings: one's own, or everybody's for who sees the work."""

    @extend_schema(parameters=[PageQuery], responses=page_of(SittingOut), operation_id="list_sittings")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        rows = sittings_visible_to(user).filter(exam=_exam(user, uid))
        whole = rows.select_related("exam", "expert__user")
        return paged(request, whole, shown_as(SittingOut), order=NEWEST_FIRST)


class SittingDetail(Handler):
    """One sitting, with its review once it is marked."""

    @extend_schema(responses=ReviewOut, operation_id="get_sitting")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        rows = sittings_visible_to(user).select_related("exam__project", "expert__user")
        found = one(rows, uid)
        if found.expert.user_id == user.pk:  # its review shows items
            check_has_undertaken(found.exam.project, found.expert)
        return Response(_whole(answering.mark_if_over(found), user))


def _exam(user: User, uid: str) -> Exam:
    return one(exams_visible_to(user).select_related("project__organisation", "project__sector"), uid)


def _whole(attempt: ExamAttempt, user: User) -> dict[str, Any]:
    return ReviewOut(attempt, context={"user": user}).data


urls = [
    path("projects/<slug:uid>/exams", ExamList.as_view(), name="exams"),
    path("exams/<slug:uid>", ExamDetail.as_view(), name="exam"),
    path("exams/<slug:uid>/close", CloseExam.as_view(), name="close-exam"),
    path("exams/<slug:uid>/start", StartExam.as_view(), name="start-exam"),
    path("exams/<slug:uid>/sittings", SittingList.as_view(), name="sittings"),
    path("sittings/<slug:uid>", SittingDetail.as_view(), name="sitting"),
]
