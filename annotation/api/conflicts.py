"""Interests: one's own, to declare and to withdraw; and what the rules say about an item, for those who lead."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from annotation.judges import judges_of
from annotation.models import Item
from annotation.models.access import demand
from annotation.stages import interests
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Conflict
from experts.models.conflict import ConflictKind


class ConflictIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(ConflictKind.choices)
    name = serializers.CharField(max_length=200)
    identifier = serializers.CharField(max_length=100, allow_blank=True, default="")


class ConflictOut(serializers.ModelSerializer[Conflict]):
    id = serializers.CharField(source="uid")

    class Meta:
        model = Conflict
        fields: ClassVar[list[str]] = ["id", "kind", "name", "identifier", "declared_at", "ended_at"]


class WhyNot(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()


class JudgeOut(serializers.Serializer[Any]):
    expert = serializers.CharField()
    name = serializers.CharField()
    eligible = serializers.BooleanField()
    why_not = WhyNot(many=True)


class JudgesOut(serializers.Serializer[Any]):
    more = serializers.BooleanField(help_text="Whether the project has more annotators than are listed.")
    judges = JudgeOut(many=True)


class ConflictList(Handler):
    """What the caller has declared; declare one more."""

    @extend_schema(parameters=[PageQuery], responses=page_of(ConflictOut), operation_id="list_conflicts")
    def get(self, request: Request) -> Response:
        rows = Conflict.objects.visible_to(person(request))
        return paged(request, rows, shown_as(ConflictOut), order=NEWEST_FIRST)

    @extend_schema(request=ConflictIn, responses={201: ConflictOut}, operation_id="declare_conflict")
    def post(self, request: Request) -> Response:
        user = person(request)
        given = self.body(request, ConflictIn)
        made = interests.declare(expert=expert_of(user), by=user, **given)
        return Response(ConflictOut(made).data, status=status.HTTP_201_CREATED)


class WithdrawConflict(Handler):
    """End one of the caller's interests."""

    @extend_schema(request=None, responses={204: None}, operation_id="withdraw_conflict")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        found = one(Conflict.objects.visible_to(user).select_related("expert__user"), uid)
        interests.withdraw(conflict=found, by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ItemJudges(Handler):
    """Who may judge the item, and every reason why the others may not."""

    @extend_schema(responses=JudgesOut, operation_id="list_judges")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        item = one(Item.objects.visible_to(user).select_related("project"), uid)
        demand(user, item.project, Capability.LEAD_PROJECT)
        judges, more = judges_of(item)
        rows = [
            {
                "expert": expert.uid,
                "name": str(expert),
                "eligible": bool(verdict),
                "why_not": [{"code": rule.code, "detail": str(rule.why)} for rule in verdict.unmet],
            }
            for expert, verdict in judges
        ]
        return Response({"more": more, "judges": rows})
