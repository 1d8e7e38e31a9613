"""JSON for people to read as well."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """In the order it was made, indented, a line end at the end. Raises ValueError for NaN."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
