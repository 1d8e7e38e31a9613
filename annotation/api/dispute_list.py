"""All disputes of a project, open, held or decided, for who sees the work."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.paging import PageQuery, page_of, paged, query_of, shown_as
from annotation.models import Dispute
from annotation.models.access import load_project
from annotation.models.adjudication import Turn
from core.roles import Capability

STATES: dict[str, dict[str, Any]] = {
    "open": {"closed_at": None, "held_at": None},
    "held": {"closed_at": None, "held_at__isnull": False},
    "closed": {"closed_at__isnull": False},
}


class StateQuery(PageQuery):
    state = serializers.ChoiceField([*STATES], default="open", help_text="`held`: waits for a lead.")


class DisputeRow(serializers.Serializer[Any]):
    id = serializers.CharField(source="uid")
    question = serializers.CharField()
    item = serializers.CharField(source="item.uid")
    turn = serializers.ChoiceField(Turn.choices)
    opened_at = serializers.DateTimeField()
    held_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    gain = serializers.FloatField()
    uncertainty = serializers.FloatField()


class AllDisputes(Handler):
    """All disputes of a project, the oldest first; those to decide stand in the list without `all`."""

    @extend_schema(parameters=[StateQuery], responses=page_of(DisputeRow), operation_id="list_all_disputes")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.SEE_WORK)
        asked = query_of(request, StateQuery)
        every = Dispute.objects.visible_to(user).filter(project=project).select_related("item")
        rows = every.filter(**STATES[asked["state"]])
        return paged(request, rows, shown_as(DisputeRow), asked=asked)


urls = [path("projects/<slug:uid>/disputes/all", AllDisputes.as_view(), name="all-disputes")]
