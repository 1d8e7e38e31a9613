"""Who calls: a person's key or token in the header `Authorization`, else the session of their browser.

A call with a key needs no CSRF token: no browser sends the header by itself. A call of a session does.
"""

from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.callers import caller_by_access_token, caller_by_legacy_key
from core.models import User
from core.refusals import KeyRefused


class _InHeader(BaseAuthentication):
    """`Authorization: <keyword> <key>`; a header with another keyword is somebody else's to read."""

    keyword: ClassVar[str]

    def find(self, key: str) -> User:
        """Whose key it is. Raises KeyRefused."""
        raise NotImplementedError

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The key's person, None where no such key was sent. Raises AuthenticationFailed: 401."""
        keyword, _, key = request.headers.get("Authorization", "").strip().partition(" ")
        if keyword.lower() != self.keyword.lower():
            return None
        try:
            return self.find(key.strip()), None
        except KeyRefused as refusal:
            raise AuthenticationFailed(f"{refusal.sentence} {refusal.advice}") from refusal

    def authenticate_header(self, request: Request) -> str:
        """What the header `WWW-Authenticate` of a 401 says."""
        return self.keyword


class LegacyKeyAuthentication(_InHeader):
    """`Token <legacy key>`."""

    keyword = "Token"

    def find(self, key: str) -> User:
        """By the key's digest."""
        return caller_by_legacy_key(key)


class AccessTokenAuthentication(_InHeader):
    """`Bearer <access token>`. A personal access token is none: it is exchanged for one."""

    keyword = "Bearer"

    def find(self, key: str) -> User:
        """By the token's claims."""
        return caller_by_access_token(key)


class _LegacyKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    target_class = LegacyKeyAuthentication
    name = "legacyKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """How the OpenAPI description tells of it."""
        told = "`Token` and a space before the key that your profile shows under *API keys*."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": told}


class _AccessTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    target_class = AccessTokenAuthentication
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """How the OpenAPI description tells of it."""
        told = "Good for five minutes: `POST /api/token/refresh` gives one for a personal access token."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": told}
