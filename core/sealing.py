"""Secrets at rest: encrypted under a key derived from SECRET_KEY, so that a copy of the database alone opens nothing.

AES-256-GCM with a random nonce; its key is HKDF-SHA-256 (RFC 5869) of SECRET_KEY, with the purpose as `info`.
"""

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from assay.encoding import base64_bytes, base64_text

_NONCE = 12


class CannotOpen(Exception):
    """It was sealed under another SECRET_KEY than those that are known, or was changed."""


def seal(secret: bytes, *, purpose: str, name: str) -> str:
    """The secret as text that only `open_sealed` with the same purpose and name reads."""
    nonce = os.urandom(_NONCE)
    return base64_text(nonce + _cipher(settings.SECRET_KEY, purpose).encrypt(nonce, secret, name.encode()))


def open_sealed(sealed: str, *, purpose: str, name: str) -> tuple[bytes, bool]:
    """The secret, and whether it was sealed under an older key: then it should be sealed again.

    SECRET_KEY is tried first, then each of SECRET_KEY_FALLBACKS. Raises CannotOpen.
    """
    content = base64_bytes(sealed) or b""
    for at, key in enumerate((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
        try:
            secret = _cipher(key, purpose).decrypt(content[:_NONCE], content[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            continue
        return secret, at > 0
    raise CannotOpen


@cache
def _cipher(key: str, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode()))
