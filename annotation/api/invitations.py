"""Invitations into an organisation or a project: who is asked, asking, withdrawing; taking one up."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import places
from annotation.api.base import Handler, one, person
from annotation.api.jobs import NoBody
from annotation.api.members import Enter, MemberOut
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged
from core import organisations as stage
from core.letters import invitation_link
from core.models import Invitation
from core.roles import Capability, Role


class InvitationIn(serializers.Serializer[Any]):
    """With an address a letter is sent and only that person can accept; without, whoever has the link can."""

    role = serializers.ChoiceField(Role.choices)
    email = serializers.EmailField(allow_blank=True, default="", max_length=254)


class InvitationOut(serializers.Serializer[Any]):
    """`link` is for a browser, its last part is the token; empty for who may not invite."""

    id = serializers.CharField(source="uid")
    role = serializers.ChoiceField(Role.choices)
    email = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    link = serializers.SerializerMethodField()

    def get_link(self, invitation: Invitation) -> str:
        return invitation_link(invitation) if self.context["leads"] else ""


class OfferOut(serializers.Serializer[Any]):
    """What an invitation offers.."""

    organisation = serializers.CharField(source="organisation.name")
    role = serializers.ChoiceField(Role.choices)
    email = serializers.CharField(allow_blank=True, help_text="Whose it is; empty: of whoever has the link.")
    expires_at = serializers.DateTimeField()


class ProjectInvitations(Handler):
    """Who has been asked into a project and has not come yet; ask somebody."""

    tells_secrets = True  # the link
    enter: Enter = staticmethod(places.inside)

    @extend_schema(
        parameters=[PageQuery], responses=page_of(InvitationOut), operation_id="list_project_invitations"
    )
    def get(self, request: Request, uid: str) -> Response:
        place = self.enter(person(request), uid, Capability.SEE_WORK)
        rows = place.invitations() & Invitation.objects.open()

        def lines(found: list[Invitation]) -> Any:
            return InvitationOut(found, many=True, context={"leads": place.leads}).data

        return paged(request, rows, lines, order=NEWEST_FIRST)

    @extend_schema(request=InvitationIn, responses={201: InvitationOut}, operation_id="invite_into_project")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        place = self.enter(user, uid, Capability.LEAD_PROJECT)
        made = stage.invite(
            organisation=place.organisation,
            project_id=place.project_id,
            place=place.name,
            by=user,
            **self.body(request, InvitationIn),
        )
        told = InvitationOut(made, context={"leads": True}).data
        return Response(told, status=status.HTTP_201_CREATED)


@extend_schema_view(
    get=extend_schema(
        parameters=[PageQuery], responses=page_of(InvitationOut), operation_id="list_organisation_invitations"
    ),
    post=extend_schema(
        request=InvitationIn, responses={201: InvitationOut}, operation_id="invite_into_organisation"
    ),
)
class OrganisationInvitations(ProjectInvitations):
    """The same for the whole of an organisation."""

    enter: Enter = staticmethod(places.whole)


class ProjectInvitation(Handler):
    """Withdraw an invitation: its link no longer works."""

    enter: Enter = staticmethod(places.inside)

    @extend_schema(responses={204: None}, operation_id="revoke_project_invitation")
    def delete(self, request: Request, uid: str, invitation: str) -> Response:
        user = person(request)
        place = self.enter(user, uid, Capability.LEAD_PROJECT)
        stage.revoke_invitation(invitation=one(place.invitations(), invitation), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    delete=extend_schema(responses={204: None}, operation_id="revoke_organisation_invitation")
)
class OrganisationInvitation(ProjectInvitation):
    """The same for the whole of an organisation."""

    enter: Enter = staticmethod(places.whole)


class Offer(Handler):
    """What an invitation offers to whoever has its token; POST takes it up."""

    @extend_schema(responses=OfferOut, operation_id="get_invitation")
    def get(self, request: Request, token: str) -> Response:
        return Response(OfferOut(stage.invitation_of(token)).data)

    @extend_schema(request=NoBody, responses={201: MemberOut}, operation_id="accept_invitation")
    def post(self, request: Request, token: str) -> Response:
        held = stage.accept(invitation=stage.invitation_of(token), by=person(request))
        return Response(MemberOut(held).data, status=status.HTTP_201_CREATED)


urls = [
    path("projects/<slug:uid>/invitations", ProjectInvitations.as_view(), name="project-invitations"),
    path(
        "projects/<slug:uid>/invitations/<slug:invitation>",
        ProjectInvitation.as_view(),
        name="project-invitation",
    ),
    path("organisations/<slug:uid>/invitations", OrganisationInvitations.as_view(), name="invitations"),
    path(
        "organisations/<slug:uid>/invitations/<slug:invitation>",
        OrganisationInvitation.as_view(),
        name="invitation",
    ),
    path("invitations/<str:token>", Offer.as_view(), name="offer"),
]
