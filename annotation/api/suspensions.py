"""Who is suspended for their answers to control items: ending it, and what becomes of their unsettled answers."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged
from annotation.models import Suspension
from annotation.models.access import demand, load_project
from annotation.models.control import Redo
from annotation.stages import redo, suspend
from core.models import User
from core.roles import Capability


class SuspensionOut(serializers.Serializer[Any]):
    """`right` of `asked` control items, when it began. `redo` is empty until a lead has said."""

    id = serializers.CharField(source="uid")
    expert = serializers.CharField(source="expert.uid")
    name = serializers.CharField(source="expert")
    right = serializers.IntegerField()
    asked = serializers.IntegerField()
    mark = serializers.FloatField()
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    how_ended = serializers.CharField(allow_blank=True, help_text="`exam`, or the lead's reason.")
    redo = serializers.ChoiceField(Redo.choices, allow_blank=True)
    unsettled = serializers.SerializerMethodField(help_text="Answers of theirs that could be done again.")

    def get_unsettled(self, suspension: Suspension) -> int:
        return int(self.context["unsettled"].get(suspension.pk, 0))


class EndBody(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True, max_length=300)


class RedoBody(serializers.Serializer[Any]):
    redo = serializers.ChoiceField(Redo.choices)


class SuspensionList(Handler):
    """A project's suspensions, the newest first."""

    @extend_schema(parameters=[PageQuery], responses=page_of(SuspensionOut), operation_id="list_suspensions")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.SEE_WORK)
        return paged(request, _shown(user).filter(project=project), _lines, order=NEWEST_FIRST)


class EndSuspension(Handler):
    """Let the person work again, with a reason."""

    @extend_schema(request=EndBody, responses=SuspensionOut, operation_id="end_suspension")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        suspension = _led(user, uid)
        suspend.end(suspension=suspension, by=user, **self.body(request, EndBody))
        return Response(_lines([suspension])[0])


class RedoAnswers(Handler):
    """Say whether the person's unsettled answers are done again or kept; a job does it."""

    @extend_schema(request=RedoBody, responses=SuspensionOut, operation_id="redo_answers")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        suspension = _led(user, uid)
        redo.answer(suspension=suspension, by=user, **self.body(request, RedoBody))
        return Response(_lines([suspension])[0])


def _shown(user: User) -> QuerySet[Suspension]:
    return Suspension.objects.visible_to(user).select_related("project", "expert__user")


def _led(user: User, uid: str) -> Suspension:
    """The suspension, for who leads its project. Raises NotFound, NotAllowed."""
    suspension = one(_shown(user), uid)
    demand(user, suspension.project, Capability.LEAD_PROJECT)
    return suspension


def _lines(found: list[Suspension]) -> list[dict[str, Any]]:
    counts = redo.count_unsettled(found)
    lines: Any = SuspensionOut(found, many=True, context={"unsettled": counts}).data
    return list(lines)


urls = [
    path("projects/<slug:uid>/suspensions", SuspensionList.as_view(), name="suspensions"),
    path("suspensions/<slug:uid>/end", EndSuspension.as_view(), name="end-suspension"),
    path("suspensions/<slug:uid>/redo", RedoAnswers.as_view(), name="redo-answers"),
]
