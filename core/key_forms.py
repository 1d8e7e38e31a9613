"""What keys look like: each is derived from SECRET_KEY by a salt of its own, so that nothing secret is stored.

A personal access token and the access tokens made from it are JWTs (RFC 7519), signed by HS256 and by nothing else.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt
from django.utils.crypto import salted_hmac

LEGACY_LENGTH = 40
REFRESH, ACCESS = "refresh", "access"
_LEGACY_SALT = "assay.legacy-key"
_TOKEN_SALT = "assay.personal-access-token"  # noqa: S105 (a salt, which is no secret)
_ALGORITHM = "HS256"
_MOST = 4000  # characters: ours have about 250
# What PyJWT lets through for input that is no token at all: text that is no Unicode, JSON that is nested too deep.
_NO_TOKEN = (jwt.PyJWTError, ValueError, RecursionError)


def legacy_key(uid: str, counter: int) -> str:
    """The key of a person, 40 hexadecimal digits; another one for each value of the counter."""
    return salted_hmac(_LEGACY_SALT, f"{uid}:{counter}", algorithm="sha256").hexdigest()[:LEGACY_LENGTH]


def digest(key: str) -> str:
    """What is stored of a legacy key to find its person: its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()


def sign(kind: str, *, jti: str, user_id: int, made: datetime, ends: datetime, **more: Any) -> str:
    """A token; the same arguments give the same one. Times are kept to the second."""
    claims = {
        "token_type": kind,
        "exp": int(ends.timestamp()),
        "iat": int(made.timestamp()),
        "jti": jti,
        "user_id": user_id,
        **more,
    }
    return jwt.encode(claims, _secret(), algorithm=_ALGORITHM)


def read(token: str, kind: str) -> Mapping[str, Any] | None:
    """The claims of a token of this kind that we signed and that has not ended; None for anything else."""
    if len(token) > _MOST:
        return None
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _secret(),
            algorithms=[_ALGORITHM],
            options={"require": ["exp", "iat", "jti"]},
        )
    except _NO_TOKEN:
        return None
    return claims if claims.get("token_type") == kind else None


def jti_of(token: str) -> str:
    """Which token is meant, signed or not; empty for what is no token. Says nothing about who may use it."""
    if len(token) > _MOST:
        return ""
    whole = token if token.count(".") == 2 else f"{token}."
    try:
        jti = jwt.decode(whole, options={"verify_signature": False}).get("jti")
    except _NO_TOKEN:
        return ""
    return jti if isinstance(jti, str) and jti.isalnum() else ""


def without_signature(token: str) -> str:
    """What names a token and cannot be used as one."""
    return token.rpartition(".")[0]


def _secret() -> bytes:
    return salted_hmac(_TOKEN_SALT, "", algorithm="sha256").digest()
