"""An organisation's people: their credentials, the answers to them, and the roster."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, page_after, person
from annotation.api.people_shapes import (
    AnswerIn,
    CredentialOut,
    CredentialPage,
    CredentialQuery,
    QualificationOut,
    QualifyIn,
    RosterPage,
    RosterQuery,
    credential_line,
    roster_line,
)
from core.models import Organisation, User
from core.organisations import is_allowed
from core.refusals import NotAllowed
from core.roles import Capability
from experts import evidence, roster
from experts.models import Credential


def load_organisation(user: User, uid: str, capability: Capability) -> Organisation:
    """The organisation, if the person sees it and may do this in the whole of it. Raises NotFound or NotAllowed."""
    found = one(Organisation.objects.visible_to(user), uid)
    if not is_allowed(user, found, capability):
        raise NotAllowed
    return found


def _query(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    given = form(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _claim(user: User, organisation: Organisation, uid: str) -> Credential:
    return one(roster.claims(user, organisation, timezone.localdate()), uid)


class CredentialList(Handler):
    """The credentials of the organisation's people, with what the organisation says of each."""

    @extend_schema(
        parameters=[CredentialQuery], responses=CredentialPage, operation_id="list_organisation_credentials"
    )
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = _query(request, CredentialQuery)
        rows = roster.claims(
            user, organisation, timezone.localdate(), state=asked["state"], expert=asked["expert"]
        )
        found, following = page_after(rows, asked["after"])
        return Response({"results": [credential_line(row) for row in found], "next": following})


class AnswerCredential(Handler):
    """Verify, reject or revoke a credential for the organisation."""

    @extend_schema(request=AnswerIn, responses={201: CredentialOut}, operation_id="answer_credential")
    def post(self, request: Request, uid: str, credential: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.LEAD_PROJECT)
        found = _claim(user, organisation, credential)
        given = self.body(request, AnswerIn)
        evidence.answer(credential=found, organisation=organisation, by=user, **given)
        told = _claim(user, organisation, credential)
        return Response(credential_line(told), status=status.HTTP_201_CREATED)


class QualifyOn(Handler):
    """Qualify the holder of a verified credential in its sector."""

    @extend_schema(request=QualifyIn, responses={201: QualificationOut}, operation_id="qualify_on_credential")
    def post(self, request: Request, uid: str, credential: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.LEAD_PROJECT)
        found = _claim(user, organisation, credential)
        given = self.body(request, QualifyIn)
        made = evidence.qualify(
            expert=found.expert,
            organisation=organisation,
            sector=found.kind.sector,
            credential=found,
            by=user,
            **given,
        )
        return Response(QualificationOut(made).data, status=status.HTTP_201_CREATED)


class Roster(Handler):
    """The organisation's experts, filtered."""

    @extend_schema(parameters=[RosterQuery], responses=RosterPage, operation_id="list_roster")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = _query(request, RosterQuery)
        after, today = asked.pop("after"), timezone.localdate()
        rows = roster.roster(user, organisation, today, roster.Wanted(**asked))
        found, following = page_after(rows.select_related("user").prefetch_related("sectors"), after)
        held = roster.sectors_of(found, organisation, today)
        lines = [roster_line(expert, held.get(expert.pk, [])) for expert in found]
        return Response({"results": lines, "next": following})
