"""One's own API keys, and one's own name."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.jobs import NoBody
from core import keys
from core.models import LegacyKey, PersonalToken, User
from core.preferences import LONGEST_NAME, rename


class TokenOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="jti")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class TokenMade(TokenOut):
    token = serializers.CharField(help_text="It is told this once.")


class LegacyOut(serializers.Serializer[Any]):
    made_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class LegacyMade(LegacyOut):
    key = serializers.CharField()


class AllowedOut(serializers.Serializer[Any]):
    """Whether all one's organisations allow such keys."""

    tokens = serializers.BooleanField()
    legacy_keys = serializers.BooleanField()


class KeysOut(serializers.Serializer[Any]):
    """Neither shows the key itself."""

    token = TokenOut(allow_null=True)
    legacy = LegacyOut(allow_null=True)
    allowed = AllowedOut()


class Named(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True, max_length=LONGEST_NAME)


class OwnKeys(Handler):
    """Which keys one has, and when each was used last."""

    @extend_schema(responses=KeysOut, operation_id="get_own_keys")
    def get(self, request: Request) -> Response:
        user = person(request)
        told = {
            "token": next(iter(keys.tokens_of(user)), None),
            "legacy": LegacyKey.objects.filter(user=user).first(),
            "allowed": keys.kinds_allowed(user),
        }
        return Response(KeysOut(told).data)


class OwnToken(Handler):
    """Make one's personal access token (409 while one is in force); end it."""

    tells_secrets = True

    @extend_schema(request=NoBody, responses={201: TokenMade}, operation_id="make_token")
    def post(self, request: Request) -> Response:
        made: PersonalToken = keys.make_token(user=person(request))
        told = {**TokenOut(made).data, "token": keys.token_text(made)}
        return _secret(told, status.HTTP_201_CREATED)

    @extend_schema(responses={204: None}, operation_id="revoke_token")
    def delete(self, request: Request) -> Response:
        user = person(request)
        held = next(iter(keys.tokens_of(user)), None)
        keys.revoke_token(user=user, jti=held.jti if held else "")
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnLegacyKey(Handler):
    """Make one's legacy key, or another one in its place: the one before ends."""

    tells_secrets = True

    @extend_schema(request=NoBody, responses={201: LegacyMade}, operation_id="reset_legacy_key")
    def post(self, request: Request) -> Response:
        user = person(request)
        key = keys.reset_legacy_key(user=user)
        kept = LegacyKey.objects.get(user=user)
        return _secret({**LegacyOut(kept).data, "key": key}, status.HTTP_201_CREATED)


class OwnName(Handler):
    """The name under which colleagues see one."""

    @extend_schema(responses=Named, operation_id="get_own_name")
    def get(self, request: Request) -> Response:
        return Response(Named(person(request)).data)

    @extend_schema(request=Named, responses=Named, operation_id="change_own_name")
    def put(self, request: Request) -> Response:
        user: User = person(request)
        rename(user=user, name=self.body(request, Named)["name"])
        user.refresh_from_db()
        return Response(Named(user).data)


def _secret(told: dict[str, Any], code: int) -> Response:
    return Response(told, status=code, headers={"Cache-Control": "no-store"})


urls = [
    path("me/keys", OwnKeys.as_view(), name="own-keys"),
    path("me/keys/token", OwnToken.as_view(), name="own-token"),
    path("me/keys/legacy", OwnLegacyKey.as_view(), name="own-legacy-key"),
    path("me/name", OwnName.as_view(), name="own-name"),
]
