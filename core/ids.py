"""Opaque ids for what the outside world may name."""

import base64
import secrets


def new_uid() -> str:
    """Return 16 lower-case letters and digits, 80 random bits (RFC 4648 base 32)."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
