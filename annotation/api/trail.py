"""The audit trail of an organisation or a project, filtered, newest first."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.doors import load_organisation
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, query_of
from annotation.models.access import load_project
from core.models import AuditEvent, User
from core.roles import Capability


class TrailQuery(PageQuery):
    action = serializers.CharField(default="", max_length=60)
    person = serializers.CharField(default="", max_length=40, help_text="Who did it.")
    day = serializers.DateField(default=None, allow_null=True)


class ActorOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="uid")
    name = serializers.CharField(source="__str__")


class EventOut(serializers.Serializer[Any]):
    """`actor` is null for what the machine did by itself; `address` is empty where it was not kept or was erased."""

    at = serializers.DateTimeField()
    actor = ActorOut(allow_null=True)
    action = serializers.CharField()
    object_kind = serializers.CharField()
    object_id = serializers.CharField()
    changes = serializers.DictField()
    address = serializers.CharField(allow_blank=True)


class ProjectTrail(Handler):
    """Who did what in a project."""

    @extend_schema(parameters=[TrailQuery], responses=page_of(EventOut), operation_id="list_project_audit")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_AUDIT)
        return _page(request, AuditEvent.objects.filter(project_id=project.pk))


class OrganisationTrail(Handler):
    """Who did what in an organisation, all its projects among it."""

    @extend_schema(
        parameters=[TrailQuery], responses=page_of(EventOut), operation_id="list_organisation_audit"
    )
    def get(self, request: Request, uid: str) -> Response:
        organisation = load_organisation(person(request), uid, Capability.SEE_AUDIT)
        return _page(request, AuditEvent.objects.filter(organisation_id=organisation.pk))


def _page(request: Request, events: QuerySet[AuditEvent]) -> Response:
    """Three statements."""
    asked = query_of(request, TrailQuery)
    rows = events.select_related("address")
    if asked["action"]:
        rows = rows.filter(action=asked["action"])
    if asked["person"]:
        rows = rows.filter(actor_id__in=User.objects.filter(uid=asked["person"]).values("pk"))
    if asked["day"]:
        rows = rows.filter(at__date=asked["day"])
    return paged(request, rows, _lines, asked=asked, order=NEWEST_FIRST)


def _lines(events: list[AuditEvent]) -> Any:
    people = User.objects.in_bulk([row.actor_id for row in events if row.actor_id])
    return EventOut([_line(row, people.get(row.actor_id or 0)) for row in events], many=True).data


def _line(event: AuditEvent, actor: User | None) -> dict[str, Any]:
    kept: Any = getattr(event, "address", None)

    return {
        "at": event.at,
        "actor": actor,
        "action": event.action,
        "object_kind": event.object_kind,
        "object_id": event.object_uid,
        "changes": event.changes,
        "address": kept.address if kept else "",
    }


urls = [
    path("projects/<slug:uid>/audit", ProjectTrail.as_view(), name="project-audit"),
    path("organisations/<slug:uid>/audit", OrganisationTrail.as_view(), name="organisation-audit"),
]
