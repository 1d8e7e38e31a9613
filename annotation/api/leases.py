"""Keep one's own item for longer, and take up again one whose time ran out."""

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.models import Assignment
from annotation.models.access import demand
from annotation.stages import extend as stage
from core.models import User
from core.roles import Capability


class LeaseUntil(serializers.Serializer[Any]):
    lease_until = serializers.DateTimeField()
    now = serializers.DateTimeField(help_text="The server's clock.")


class Extended(LeaseUntil):
    extended = serializers.IntegerField(help_text="Minutes beyond the project's, in all.")
    most_extra = serializers.IntegerField(help_text="How many can be asked for, in all.")


class ExtendIn(serializers.Serializer[Any]):
    minutes = serializers.IntegerField(
        min_value=1, help_text="Minutes beyond the project's, in all: the same number again changes nothing."
    )


def _own(user: User, uid: str) -> Assignment:
    rows = Assignment.objects.visible_to(user).select_related("project", "item", "expert")
    assignment = one(rows, uid)
    demand(user, assignment.project, Capability.LABEL)
    return assignment


class Heartbeat(Handler):
    """Renew the lease while the item is open before somebody; the editor calls this every few minutes."""

    @extend_schema(request=None, responses=LeaseUntil, operation_id="heartbeat")
    def post(self, request: Request, uid: str) -> Response:
        until = stage.heartbeat(assignment=_own(person(request), uid))
        return Response({"lease_until": until.isoformat(), "now": timezone.now().isoformat()})


class Extend(Handler):
    """Ask for more time."""

    @extend_schema(request=ExtendIn, responses=Extended, operation_id="extend_lease")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = _own(user, uid)
        held = stage.extend(assignment=assignment, by=user, **self.body(request, ExtendIn))
        return Response(
            {
                "lease_until": held.lease_until.isoformat(),
                "now": timezone.now().isoformat(),
                "extended": held.extended,
                "most_extra": stage.most_extra(held),
            }
        )


class TakeUp(Handler):
    """Take an item again whose time ran out or that was given back; 409 when its place is taken."""

    @extend_schema(request=None, responses=LeaseUntil, operation_id="take_up")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        held = stage.take_up(assignment=_own(user, uid), by=user)
        return Response({"lease_until": held.lease_until.isoformat(), "now": timezone.now().isoformat()})


urls = [
    path("assignments/<slug:uid>/heartbeat", Heartbeat.as_view(), name="heartbeat"),
    path("assignments/<slug:uid>/extend", Extend.as_view(), name="extend"),
    path("assignments/<slug:uid>/take-up", TakeUp.as_view(), name="take-up"),
]
