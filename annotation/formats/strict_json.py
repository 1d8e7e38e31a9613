"""JSON as the standard has it: no NaN, no duplicate keys, no numbers too large to hold."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from annotation.formats.messages_parsers import AT, TOO_MANY_DIGITS
from annotation.formats.row_types import MAX_DEPTH, RowInvalid


def strict_loads(encoded: bytes) -> Any:
    """Decode one JSON value from UTF-8 bytes; raises RowInvalid."""
    try:
        text = encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RowInvalid("encoding_invalid", {"byte": error.start + 1}) from None
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = {"said": error.msg, "row_line": error.lineno, "column": error.colno}
        raise RowInvalid("json_broken", {**place, "problem": AT % place}) from None
    except RecursionError:
        raise RowInvalid("json_too_deep", {"limit": MAX_DEPTH}) from None
    except ValueError:  # a whole number of more than 4,300 digits
        raise RowInvalid("json_broken", {"problem": TOO_MANY_DIGITS}) from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise RowInvalid("json_duplicate_key", {"key": key})
            seen.add(key)
    return found


def _float(literal: str) -> float:
    number = float(literal)
    if math.isinf(number):
        _constant(literal)
    return number


def _constant(literal: str) -> NoReturn:
    raise RowInvalid("json_not_finite", {"number": literal[:40]})


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_float, parse_constant=_constant)
