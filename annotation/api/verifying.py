"""Answer credentials, grant and end qualifications: for an organisation, or as the lead of one of its projects."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.credential_shapes import CredentialOut, credential_lines
from annotation.api.doors import Door, through_organisation, through_project
from annotation.api.jobs import NoBody
from annotation.api.people_shapes import AnswerIn, QualifyIn
from annotation.api.qualification_shapes import QualificationOut, qualification_lines
from core.roles import Capability
from experts import evidence
from experts.models import Qualification


class _Deciding(Handler):
    def door(self, request: Request, uid: str) -> Door:
        return through_organisation(person(request), uid, Capability.LEAD_PROJECT)


class _InProject(_Deciding):
    def door(self, request: Request, uid: str) -> Door:
        return through_project(person(request), uid, Capability.LEAD_PROJECT)


def _decision(row: Qualification) -> Any:
    return QualificationOut(qualification_lines([row], timezone.localdate())[0]).data


class AnswerCredential(_Deciding):
    """Verify, reject or revoke a credential for the organisation; a verified one may be verified again."""

    @extend_schema(request=AnswerIn, responses={201: CredentialOut}, operation_id="answer_credential")
    def post(self, request: Request, uid: str, credential: str) -> Response:
        door = self.door(request, uid)
        found = one(door.claims(), credential)
        given = self.body(request, AnswerIn)
        evidence.answer(credential=found, organisation=door.organisation, by=door.user, **given)
        told = one(door.claims(), credential)
        [line] = credential_lines([told], door.user, door.organisation, timezone.localdate())
        return Response(CredentialOut(line).data, status=status.HTTP_201_CREATED)


class QualifyOn(_Deciding):
    """Qualify the holder of a verified credential in its sector."""

    @extend_schema(request=QualifyIn, responses={201: QualificationOut}, operation_id="qualify_on_credential")
    def post(self, request: Request, uid: str, credential: str) -> Response:
        door = self.door(request, uid)
        found = one(door.claims(), credential)
        given = self.body(request, QualifyIn)
        made = evidence.qualify(
            expert=found.expert,
            organisation=door.organisation,
            sector=found.kind.sector,
            credential=found,
            by=door.user,
            **given,
        )
        return Response(_decision(made), status=status.HTTP_201_CREATED)


class RevokeQualification(_Deciding):
    """End a qualification that the organisation gave, now."""

    @extend_schema(request=NoBody, responses=QualificationOut, operation_id="revoke_qualification")
    def post(self, request: Request, uid: str, qualification: str) -> Response:
        door = self.door(request, uid)
        found = one(door.qualifications(), qualification)
        evidence.revoke_qualification(qualification=found, by=door.user)
        found.refresh_from_db(fields=["revoked_at"])
        return Response(_decision(found))


@extend_schema_view(post=extend_schema(operation_id="answer_credential_in_project"))
class AnswerInProject(_InProject, AnswerCredential):
    """Verify, reject or revoke a credential of an expert of the project, for the organisation that runs it."""


@extend_schema_view(post=extend_schema(operation_id="qualify_on_credential_in_project"))
class QualifyInProject(_InProject, QualifyOn):
    """Qualify an expert of the project in the sector of a verified credential."""


@extend_schema_view(post=extend_schema(operation_id="revoke_qualification_in_project"))
class RevokeInProject(_InProject, RevokeQualification):
    """End a qualification of an expert of the project, now."""
