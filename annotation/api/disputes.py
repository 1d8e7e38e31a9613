"""Disputes: the answers side by side, and the decision."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, Result, one, person
from annotation.api.openapi import DecidedOut, DisputeLine, DisputeOut
from annotation.models import Dispute, Project
from annotation.models.access import load_project
from annotation.models.standing import decidable
from annotation.payloads import dispute_of, newest
from annotation.stages import adjudicate
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of

PAGE = 200


class DecideBody(serializers.Serializer[Any]):
    result = Result()
    rationale = serializers.CharField(allow_blank=True, trim_whitespace=True)
    clause = serializers.CharField(allow_blank=True, default="", max_length=60)


def _decidable(user: User, project: Project) -> QuerySet[Dispute]:
    return decidable(Dispute.objects.to_decide_by(user), [project], expert_of(user)).order_by("pk")


class DisputeList(Handler):
    """The open disputes that the caller may decide."""

    @extend_schema(responses=DisputeLine(many=True), operation_id="list_disputes")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.ADJUDICATE)
        rows = _decidable(person(request), project)
        return Response(
            [
                {
                    "id": row.uid,
                    "question": row.question,
                    "item": row.item.uid,
                    "opened_at": row.opened_at.isoformat(),
                }
                for row in rows.select_related("item")[:PAGE]
            ]
        )


class DisputeDetail(Handler):
    """One dispute, for those who may decide it or see the work."""

    @extend_schema(responses=DisputeOut, operation_id="get_dispute")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(Dispute.objects.visible_to(user).select_related("project__sector", "item__lane"), uid)
        adjudicate.show(dispute, user)
        return Response(dispute_of(dispute))


class Decide(Handler):
    """Settle a dispute with a rationale."""

    @extend_schema(request=DecideBody, responses={201: DecidedOut}, operation_id="decide")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        dispute = one(Dispute.objects.visible_to(user).select_related("project__sector", "item__lane"), uid)
        given = self.body(request, DecideBody)
        schema, guideline = newest(dispute.project)
        decision = adjudicate.decide(
            dispute=dispute, expert=expert_of(user), by=user, schema=schema, guideline=guideline, **given
        )
        following = _decidable(user, dispute.project).first()
        return Response(
            {"adjudication": decision.uid, "next": following.uid if following else None},
            status=status.HTTP_201_CREATED,
        )
