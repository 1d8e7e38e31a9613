"""Public keys (Ed25519): how they are called, and the forms in which a person may give one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from assay.encoding import base64_bytes
from assay.problems import WrongUse

LENGTH = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_MOST = 10_000  # bytes: a PEM of ours has 113


def key_id(public: bytes) -> str:
    """What a key is called: the SHA-256 of its 32 raw bytes, hexadecimal."""
    return hashlib.sha256(public).hexdigest()


def pem(public: bytes) -> str:
    """The key as PEM (SubjectPublicKeyInfo)."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def is_signed(public: bytes, signature: bytes, content: bytes) -> bool:
    """Whether the key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_key(given: str) -> bytes:
    """The 32 raw bytes of a key given as base64, hexadecimal digits, PEM, or a file that holds one of these.

    Raises WrongUse for anything else.
    """
    found = _raw(given)
    if found is None:
        found = _raw(_file(given))
    if found is None:
        raise WrongUse("key_unreadable", given[:80])
    return found


def read_keys(given: list[str]) -> dict[str, bytes]:
    """Key id -> raw bytes. Raises WrongUse."""
    return {key_id(key): key for key in map(read_key, given)}


def _file(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            return file.read(_MOST).decode("ascii")
    except (OSError, ValueError) as error:
        raise WrongUse("key_unreadable", name[:80]) from error


def _raw(text: str) -> bytes | None:
    text = text.strip()
    if _HEX.fullmatch(text):
        return bytes.fromhex(text)
    if text.startswith("-----BEGIN"):
        return _of_pem(text)
    content = base64_bytes(text)
    return content if content is not None and len(content) == LENGTH else None


def _of_pem(text: str) -> bytes | None:
    try:
        key = load_pem_public_key(text.encode("ascii"))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None
