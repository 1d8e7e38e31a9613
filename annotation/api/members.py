"""Who holds which role in an organisation or a project; change a role, take it away."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import places
from annotation.api.base import Handler, one, person
from annotation.api.paging import PageQuery, page_of, paged, query_of, shown_as
from annotation.api.places import Place
from core import organisations as stage
from core.models import Membership, User
from core.roles import Capability, Role

Enter = Callable[[User, str, Capability], Place]


class MemberQuery(PageQuery):
    role = serializers.ChoiceField(Role.choices, default="")


class MemberOut(serializers.Serializer[Any]):
    """A role that a person holds. `whole`: in the whole organisation, and by that in each of its projects."""

    id = serializers.CharField(source="uid", help_text="Of the membership.")
    person = serializers.CharField(source="user.uid")
    name = serializers.CharField(source="user.name", allow_blank=True)
    email = serializers.CharField(source="user.email")
    organisation = serializers.CharField(source="organisation.uid", help_text="For which one they act.")
    role = serializers.ChoiceField(Role.choices)
    whole = serializers.SerializerMethodField()
    since = serializers.DateTimeField(source="created_at")

    def get_whole(self, membership: Membership) -> bool:
        return membership.project_id is None


class RoleIn(serializers.Serializer[Any]):
    role = serializers.ChoiceField(Role.choices)


class ProjectMembers(Handler):
    """Roles in a project, and roles in the whole of its organisation."""

    enter: Enter = staticmethod(places.inside)

    @extend_schema(
        parameters=[MemberQuery], responses=page_of(MemberOut), operation_id="list_project_members"
    )
    def get(self, request: Request, uid: str) -> Response:
        place = self.enter(person(request), uid, Capability.SEE_WORK)
        asked = query_of(request, MemberQuery)
        rows = place.members()
        if asked["role"]:
            rows = rows.filter(role=asked["role"])
        return paged(request, rows, shown_as(MemberOut), asked=asked)


@extend_schema_view(
    get=extend_schema(
        parameters=[MemberQuery], responses=page_of(MemberOut), operation_id="list_organisation_members"
    )
)
class OrganisationMembers(ProjectMembers):
    """Roles in the whole of an organisation."""

    enter: Enter = staticmethod(places.whole)


class ProjectMember(Handler):
    """One role in a project: give another one instead, or take it away."""

    enter: Enter = staticmethod(places.inside)
    need = Capability.LEAD_PROJECT

    @extend_schema(request=RoleIn, responses=MemberOut, operation_id="change_project_role")
    def put(self, request: Request, uid: str, membership: str) -> Response:
        """The role that stood there ends; the new one has an id of its own."""
        user = person(request)
        place = self.enter(user, uid, self.need)
        held = one(place.memberships(), membership)
        given = stage.change_role(membership=held, by=user, **self.body(request, RoleIn))
        return Response(MemberOut(given).data)

    @extend_schema(responses={204: None}, operation_id="end_project_role")
    def delete(self, request: Request, uid: str, membership: str) -> Response:
        user = person(request)
        place = self.enter(user, uid, self.need)
        stage.end_membership(membership=one(place.memberships(), membership), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    put=extend_schema(request=RoleIn, responses=MemberOut, operation_id="change_organisation_role"),
    delete=extend_schema(responses={204: None}, operation_id="end_organisation_role"),
)
class OrganisationMember(ProjectMember):
    """One role in the whole of an organisation."""

    enter: Enter = staticmethod(places.whole)
    need = Capability.OWN_ORGANISATION


urls = [
    path("projects/<slug:uid>/members", ProjectMembers.as_view(), name="project-members"),
    path("projects/<slug:uid>/members/<slug:membership>", ProjectMember.as_view(), name="project-member"),
    path("organisations/<slug:uid>/members", OrganisationMembers.as_view(), name="members"),
    path("organisations/<slug:uid>/members/<slug:membership>", OrganisationMember.as_view(), name="member"),
]
