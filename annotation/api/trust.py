"""Undertaking, residence and information barriers."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.credential_shapes import NameOut
from annotation.api.paging import Page, PageQuery, linked, page_after, query_of
from annotation.models import Acceptance, Project, Undertaking
from annotation.models.access import load_project, may
from annotation.models.walls import in_several_rooms
from annotation.stages import trust as stage
from annotation.stages import undertaking as undertakings
from core.models import User
from core.refusals import NotAllowed, NotFound
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert


class UndertakingOut(serializers.Serializer[Any]):
    """The newest version; version 0: there is none. `accepted_at`: when the caller accepted it."""

    version = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Markdown; empty: nothing has to be accepted.")
    created_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)


class UndertakingIn(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=undertakings.LONGEST)


class AcceptIn(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class AcceptanceQuery(PageQuery):
    version = serializers.IntegerField(
        default=0, min_value=0, max_value=2**31 - 1, help_text="0: the newest one."
    )


class AcceptanceOut(NameOut):
    """An expert, and when they accepted the version."""

    accepted_at = serializers.DateTimeField()


class AcceptancePage(Page):
    version = serializers.IntegerField()
    results = AcceptanceOut(many=True)


class BarredOut(serializers.Serializer[Any]):
    """Who had been in several of these rooms before the barrier stood: they are shown nothing of any of them."""

    rooms = serializers.ListField(child=serializers.CharField())
    experts = NameOut(many=True)


class TrustOut(serializers.Serializer[Any]):
    residences = serializers.ListField(
        child=serializers.CharField(), help_text="Country codes; none: anywhere."
    )
    walls = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    barred = BarredOut(many=True)


class TrustIn(serializers.Serializer[Any]):
    """What is left out stays as it is. A wall is a list of two rooms or more."""

    residences = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=300
    )
    walls = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=stage.ROOM), max_length=100),
        required=False,
        max_length=100,
    )


class ProjectUndertaking(Handler):
    """What has to be promised before the first item."""

    @extend_schema(responses=UndertakingOut, operation_id="get_undertaking")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        return Response(_undertaking(load_project(user, uid), user))

    @extend_schema(request=UndertakingIn, responses=UndertakingOut, operation_id="write_undertaking")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        undertakings.write_undertaking(project=project, by=user, **self.body(request, UndertakingIn))
        return Response(_undertaking(project, user))


class AcceptUndertaking(Handler):
    """Accept the version that was read; a stale one is refused."""

    @extend_schema(request=AcceptIn, responses=UndertakingOut, operation_id="accept_undertaking")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid)
        if not (may(user, project, Capability.LABEL) or may(user, project, Capability.ADJUDICATE)):
            raise NotAllowed
        given = self.body(request, AcceptIn)
        undertakings.accept_undertaking(project=project, expert=expert_of(user), by=user, **given)
        return Response(_undertaking(project, user))


def _undertaking(project: Project, user: User) -> dict[str, Any]:
    newest = undertakings.newest_undertaking(project)
    if newest is None:
        return {"version": 0, "text": "", "created_at": None, "accepted_at": None}
    yes = Acceptance.objects.filter(undertaking=newest, expert__user=user).first()
    names = ("version", "text", "created_at")
    shown = {name: getattr(newest, name) for name in names}
    return UndertakingOut({**shown, "accepted_at": yes.accepted_at if yes else None}).data


class AcceptanceList(Handler):
    """Who accepted a version of the undertaking, and when."""

    @extend_schema(parameters=[AcceptanceQuery], responses=AcceptancePage, operation_id="list_acceptances")
    def get(self, request: Request, uid: str) -> Response:
        project = load_project(person(request), uid, Capability.SEE_WORK)
        asked = query_of(request, AcceptanceQuery)
        version = _version(project, asked["version"])
        who = Expert.objects.filter(acceptances__undertaking=version).select_related("user")
        found, following = page_after(who, asked["after"], asked["limit"])
        times = dict(
            Acceptance.objects.filter(undertaking=version, expert__in=found).values_list(
                "expert", "accepted_at"
            )
        )
        lines = [{"id": one.uid, "name": str(one), "accepted_at": times[one.pk]} for one in found]
        number = version.version if version else 0
        shown = AcceptancePage({"version": number, "results": lines, "next": following}).data
        return linked(request, shown)


def _version(project: Project, number: int) -> Undertaking | None:
    if not number:
        return undertakings.newest_undertaking(project)
    found = project.undertakings.filter(version=number).first()
    if found is None:
        raise NotFound
    return found


class Trust(Handler):
    """Where people must live, and the barriers between rooms."""

    @extend_schema(responses=TrustOut, operation_id="get_trust")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_trust(load_project(person(request), uid, Capability.SEE_WORK)))

    @extend_schema(request=TrustIn, responses=TrustOut, operation_id="change_trust")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        stage.change_trust(project=project, by=user, **self.body(request, TrustIn))
        return Response(_trust(project))


def _trust(project: Project) -> dict[str, Any]:
    barred = [
        {
            "rooms": rooms,
            "experts": [{"id": one.uid, "name": str(one)} for one in in_several_rooms(project, rooms)],
        }
        for rooms in project.walls
    ]
    return TrustOut({"residences": project.residences, "walls": project.walls, "barred": barred}).data


urls = [
    path("projects/<slug:uid>/undertaking", ProjectUndertaking.as_view(), name="undertaking"),
    path("projects/<slug:uid>/undertaking/accept", AcceptUndertaking.as_view(), name="undertaking-accept"),
    path("projects/<slug:uid>/undertaking/acceptances", AcceptanceList.as_view(), name="acceptances"),
    path("projects/<slug:uid>/trust", Trust.as_view(), name="trust"),
]
