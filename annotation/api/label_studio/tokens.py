"""Keys as Label Studio's client manages them: a person's legacy token, and personal access tokens (JWT)."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import person
from annotation.api.label_studio.base import Studio, problem
from core import keys
from core.callers import access_token
from core.key_forms import jti_of, without_signature
from core.models import Organisation, PersonalToken
from core.organisations import home_organisation, is_allowed
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotFound
from core.roles import Capability


class RefreshIn(serializers.Serializer[Any]):
    """A personal access token."""

    refresh = serializers.CharField(max_length=4000)


class KeyPolicyIn(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    api_token_ttl_days = serializers.IntegerField(min_value=1, max_value=keys.MOST_DAYS, required=False)
    api_tokens_enabled = serializers.BooleanField(required=False)
    legacy_api_tokens_enabled = serializers.BooleanField(required=False)


class Tokens(Studio):
    """The caller's personal access tokens: list those in force, make one."""

    def get(self, request: Request) -> Response:
        """Without their signatures, so that the list opens nothing."""
        found = keys.tokens_of(person(request))
        return Response([_shown(token, without_signature(keys.token_text(token))) for token in found])

    def post(self, request: Request) -> Response:
        """The only answer that shows the whole token. 409 while one is in force."""
        try:
            made = keys.make_token(user=person(request))
        except AlreadyDone as refusal:
            return problem(refusal.status, f"{refusal.sentence} {refusal.advice}")
        return Response(_shown(made, keys.token_text(made)), status.HTTP_201_CREATED)


class Refresh(Studio):
    """A personal access token in, an access token out; the token itself is the credential."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def post(self, request: Request) -> Response:
        """401 for whatever is no valid token."""
        return Response({"access": access_token(self.body(request, RefreshIn)["refresh"])})


class Blacklist(Studio):
    """End a token of one's own."""

    def post(self, request: Request) -> Response:
        """204; 404 for a token that is not the caller's or has ended."""
        keys.revoke_token(user=person(request), jti=jti_of(self.body(request, RefreshIn)["refresh"]))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Rotate(Studio):
    """Exchange a token of one's own for a new one."""

    def post(self, request: Request) -> Response:
        """400 for a token that is not the caller's or has ended."""
        try:
            made = keys.rotate_token(
                user=person(request), jti=jti_of(self.body(request, RefreshIn)["refresh"])
            )
        except NotFound as refusal:
            raise InvalidInput(refusal.detail, action=refusal.action, where="refresh") from refusal
        return Response({"refresh": keys.token_text(made)})


class LegacyToken(Studio):
    """The caller's legacy token, as often as they ask."""

    def get(self, request: Request) -> Response:
        """It is made when there is none."""
        return Response({"token": keys.show_legacy_key(user=person(request))})


class ResetLegacyToken(Studio):
    """Another legacy token; the one before ends."""

    def post(self, request: Request) -> Response:
        """201 with the new one."""
        token = keys.reset_legacy_key(user=person(request))
        return Response({"token": token}, status.HTTP_201_CREATED)


class KeyPolicy(Studio):
    """Which keys the people of the caller's organisation may call with."""

    def get(self, request: Request) -> Response:
        """For everybody in it."""
        return Response(_policy(home_organisation(person(request))))

    def post(self, request: Request) -> Response:
        """An owner's right."""
        user = person(request)
        organisation = home_organisation(user)
        if not is_allowed(user, organisation, Capability.OWN_ORGANISATION):
            raise NotAllowed(_("Only an owner of the organisation may change which keys are allowed."))
        wanted = _policy(organisation) | self.body(request, KeyPolicyIn)
        keys.change_key_policy(
            organisation=organisation,
            by=user,
            token_days=wanted["api_token_ttl_days"],
            tokens_allowed=wanted["api_tokens_enabled"],
            legacy_keys_allowed=wanted["legacy_api_tokens_enabled"],
        )
        return Response(wanted)


def _shown(token: PersonalToken, text: str) -> dict[str, Any]:
    return {"token": text, "created_at": token.created_at, "expires_at": token.expires_at}


def _policy(organisation: Organisation) -> dict[str, Any]:
    return {
        "api_token_ttl_days": organisation.token_days,
        "api_tokens_enabled": organisation.tokens_allowed,
        "legacy_api_tokens_enabled": organisation.legacy_keys_allowed,
    }


urls = [
    path("token", Tokens.as_view(), name="studio-tokens"),
    path("token/refresh", Refresh.as_view(), name="studio-token-refresh"),
    path("token/blacklist", Blacklist.as_view(), name="studio-token-blacklist"),
    path("token/rotate", Rotate.as_view(), name="studio-token-rotate"),
    path("current-user/token", LegacyToken.as_view(), name="studio-legacy-token"),
    path("current-user/reset-token", ResetLegacyToken.as_view(), name="studio-legacy-token-reset"),
    path("jwt/settings", KeyPolicy.as_view(), name="studio-key-policy"),
]
