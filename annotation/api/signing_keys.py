"""The public keys that an organisation's releases are verified with."""

from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.doors import load_organisation
from annotation.api.jobs import NoBody
from annotation.api.paging import NEWEST_FIRST, PageQuery, page_of, paged, shown_as
from core import signing
from core.models import Organisation, User
from core.refusals import NotAllowed, NotFound
from core.roles import Capability

TEXT = "text/plain"


class SigningKeyOut(serializers.Serializer[Any]):
    """`id`: SHA-256 of the public key, which signatures name; `public`: its 32 bytes in base64."""

    id = serializers.CharField(source="key_id")
    public = serializers.CharField()
    pem = serializers.CharField()
    created_at = serializers.DateTimeField()
    retired_at = serializers.DateTimeField(allow_null=True, help_text="null: the one that signs now.")


class SigningKeyList(Handler):
    """The organisation's public keys, newest first; POST retires the current one for another one."""

    @extend_schema(parameters=[PageQuery], responses=page_of(SigningKeyOut), operation_id="list_signing_keys")
    def get(self, request: Request, uid: str) -> Response:
        rows = signing.keys_of(_seen(person(request), uid))
        return paged(request, rows, shown_as(SigningKeyOut), order=NEWEST_FIRST)

    @extend_schema(request=NoBody, responses={201: SigningKeyOut}, operation_id="rotate_signing_key")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        found = load_organisation(user, uid, Capability.OWN_ORGANISATION)
        made = signing.rotate_key(organisation=found, by=user)
        return Response(SigningKeyOut(made).data, status=status.HTTP_201_CREATED)


class SigningKeyText(Handler):
    """One public key as PEM."""

    @extend_schema(responses={(200, TEXT): OpenApiTypes.STR}, operation_id="get_signing_key_pem")
    def get(self, request: Request, uid: str, signing_key: str) -> HttpResponse:
        rows = signing.keys_of(_seen(person(request), uid))
        found = rows.filter(key_id=signing_key).first()
        if found is None:
            raise NotFound
        return HttpResponse(found.pem, content_type=TEXT)


def _seen(user: User, uid: str) -> Organisation:
    """The organisation, if the person sees releases somewhere in it. Raises NotFound or NotAllowed."""
    found = one(Organisation.objects.visible_to(user), uid)
    if not signing.may_see_keys(user, found):
        raise NotAllowed
    return found


urls = [
    path("organisations/<slug:uid>/signing-keys", SigningKeyList.as_view(), name="signing-keys"),
    path(
        "organisations/<slug:uid>/signing-keys/<slug:signing_key>/pem",
        SigningKeyText.as_view(),
        name="signing-key-pem",
    ),
]
