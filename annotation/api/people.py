"""An organisation's people: their credentials, the answers to them, and the roster."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, page_after, person
from annotation.api.credential_shapes import CredentialOut, CredentialPage, credential_lines
from annotation.api.people_shapes import (
    AnswerIn,
    CredentialQuery,
    ExpertOut,
    QualifyIn,
    RosterPage,
    RosterQuery,
    query_of,
    roster_line,
)
from annotation.api.qualification_shapes import QualificationOut, qualification_lines
from annotation.api.releases import NoBody
from core.models import Organisation, User
from core.organisations import is_allowed
from core.refusals import NotAllowed
from core.roles import Capability
from experts import evidence, roster
from experts.models import Credential, Expert, Qualification


def load_organisation(user: User, uid: str, capability: Capability) -> Organisation:
    """The organisation, if the person sees it and may do this in the whole of it. Raises NotFound or NotAllowed."""
    found = one(Organisation.objects.visible_to(user), uid)
    if not is_allowed(user, found, capability):
        raise NotAllowed
    return found


def _claim(user: User, organisation: Organisation, uid: str) -> Credential:
    return one(roster.claims(user, organisation, timezone.localdate()), uid)


def _decision(row: Qualification) -> Any:
    return QualificationOut(qualification_lines([row], timezone.localdate())[0]).data


class CredentialList(Handler):
    """The credentials of the organisation's people, with what the organisation says of each."""

    @extend_schema(
        parameters=[CredentialQuery], responses=CredentialPage, operation_id="list_organisation_credentials"
    )
    def get(self, request: Request, uid: str) -> Response:
        user, today = person(request), timezone.localdate()
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = query_of(request, CredentialQuery)
        rows = roster.claims(user, organisation, today, state=asked["state"], expert=asked["expert"])
        found, following = page_after(rows, asked["after"])
        lines = credential_lines(found, user, organisation, today)
        return Response(CredentialPage({"results": lines, "next": following}).data)


class AnswerCredential(Handler):
    """Verify, reject or revoke a credential for the organisation; a verified one may be verified again."""

    @extend_schema(request=AnswerIn, responses={201: CredentialOut}, operation_id="answer_credential")
    def post(self, request: Request, uid: str, credential: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.LEAD_PROJECT)
        found = _claim(user, organisation, credential)
        given = self.body(request, AnswerIn)
        evidence.answer(credential=found, organisation=organisation, by=user, **given)
        told = _claim(user, organisation, credential)
        [line] = credential_lines([told], user, organisation, timezone.localdate())
        return Response(CredentialOut(line).data, status=status.HTTP_201_CREATED)


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
        return Response(_decision(made), status=status.HTTP_201_CREATED)


class RevokeQualification(Handler):
    """End a qualification that the organisation gave, now."""

    @extend_schema(request=NoBody, responses=QualificationOut, operation_id="revoke_qualification")
    def post(self, request: Request, uid: str, qualification: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.LEAD_PROJECT)
        given = Qualification.objects.filter(organisation=organisation)
        found = one(given.select_related("expert", "organisation", "sector", "credential"), qualification)
        evidence.revoke_qualification(qualification=found, by=user)
        found.refresh_from_db(fields=["revoked_at"])
        return Response(_decision(found))


class Roster(Handler):
    """The organisation's experts, filtered."""

    @extend_schema(parameters=[RosterQuery], responses=RosterPage, operation_id="list_roster")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = query_of(request, RosterQuery)
        after, today = asked.pop("after"), timezone.localdate()
        rows = roster.roster(user, organisation, today, roster.Wanted(**asked))
        found, following = page_after(rows.select_related("user").prefetch_related("sectors"), after)
        held = roster.sectors_of(found, organisation, today)
        lines = [roster_line(expert, held.get(expert.pk, [])) for expert in found]
        return Response(RosterPage({"results": lines, "next": following}).data)


class ExpertDetail(Handler):
    """One expert of the organisation: profile, credentials, qualifications."""

    @extend_schema(responses=ExpertOut, operation_id="get_organisation_expert")
    def get(self, request: Request, uid: str, expert: str) -> Response:
        user, today = person(request), timezone.localdate()
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        people = roster.roster(user, organisation, today, roster.Wanted())
        found = one(people.select_related("user"), expert)
        claims = list(roster.claims(user, organisation, today, expert=found.uid).order_by("-pk"))
        line = {
            **roster_line(found, roster.sectors_of([found], organisation, today).get(found.pk, [])),
            "email": found.user.email,
            "credentials": credential_lines(claims, user, organisation, today),
            "qualifications": qualification_lines(_held(found, organisation), today),
        }
        return Response(ExpertOut(line).data)


def _held(expert: Expert, organisation: Organisation) -> list[Qualification]:
    held = Qualification.objects.filter(expert=expert, organisation=organisation).order_by("-pk")
    return list(held.select_related("expert", "organisation", "sector", "credential"))
