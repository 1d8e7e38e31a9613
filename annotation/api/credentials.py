"""One's own credentials: what kinds there are, hand one in, read them and the file behind one."""

import mimetypes
from typing import Any

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.credential_shapes import (
    ClaimOut,
    CredentialIn,
    CredentialUpload,
    KindOut,
    claim_line,
    kind_line,
)
from annotation.api.paging import PageQuery, page_of, paged
from annotation.api.parser import StrictJSONParser
from core.models import User
from core.refusals import NotFound
from experts import evidence
from experts.models import Credential, CredentialKind
from experts.models.credential import CredentialQuerySet
from experts.told import newest_answers, told_to

FILES = ("application/pdf", "image/png", "image/jpeg")
BODIES: dict[Any, Any] = {"application/json": CredentialIn, "multipart/form-data": CredentialUpload}


class KindList(Handler):
    """The kinds of credentials that may be handed in."""

    @extend_schema(responses=KindOut(many=True), operation_id="list_credential_kinds")
    def get(self, request: Request) -> Response:
        rows = CredentialKind.objects.select_related("sector").order_by("sector", "pk")
        return Response(KindOut([kind_line(row) for row in rows], many=True).data)


class OwnCredentials(Handler):
    """One's own credentials; hand in another, with its evidence or without."""

    parser_classes = (StrictJSONParser, MultiPartParser)

    @extend_schema(parameters=[PageQuery], responses=page_of(ClaimOut), operation_id="list_own_credentials")
    def get(self, request: Request) -> Response:
        return paged(request, _read(Credential.objects.filter(expert__user=person(request))), _claims)

    @extend_schema(request=BODIES, responses={201: ClaimOut}, operation_id="hand_in_credential")
    def post(self, request: Request) -> Response:
        user = person(request)
        given = self.body(request, CredentialUpload)
        made = evidence.add_credential(expert=evidence.expert_of(user), by=user, **given)
        return Response(ClaimOut(claim_line(made, [], timezone.localdate())).data, status.HTTP_201_CREATED)


def _claims(rows: list[Credential]) -> Any:
    answers, today = newest_answers(rows), timezone.localdate()
    return ClaimOut([claim_line(row, answers.get(row.pk, []), today) for row in rows], many=True).data


class CredentialDetail(Handler):
    """One credential, for its owner and for those who may verify it."""

    @extend_schema(responses=ClaimOut, operation_id="get_credential")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        found = _load(user, uid)
        return Response(ClaimOut(claim_line(found, told_to(user, found), timezone.localdate())).data)


class EvidenceDownload(Handler):
    """The file behind a credential."""

    @extend_schema(
        responses={(200, type_): OpenApiTypes.BINARY for type_ in FILES}, operation_id="download_evidence"
    )
    def get(self, request: Request, uid: str) -> FileResponse:
        found = _load(person(request), uid)
        if not found.evidence:
            raise NotFound
        name = str(found.evidence.name).rsplit("/", 1)[-1]
        kind, _encoding = mimetypes.guess_type(name)
        answer = FileResponse(found.evidence.open("rb"), as_attachment=True, filename=name, content_type=kind)
        answer["Cache-Control"] = "private, no-store"
        return answer


def _read(rows: CredentialQuerySet) -> CredentialQuerySet:
    return rows.select_related("kind__sector", "expert__user")


def _load(user: User, uid: str) -> Credential:
    return one(_read(Credential.objects.visible_to(user)), uid)
