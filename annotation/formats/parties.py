"""The parties of an item, as a row of an uploaded file names them."""

from __future__ import annotations

import re
from typing import Any

from annotation.formats.messages import FormatError

MOST_PARTIES = 200
_IDENTIFIED = re.compile(r"^(?P<name>.*?)\s*\[(?P<identifier>[^\[\]]+)\]$", re.DOTALL)


def parties_of(value: object, key: str) -> list[dict[str, str]]:
    """`{"name", "identifier"}` objects of text (`A Ltd; B GmbH [LEI …]`) or of a list of such texts and objects.

    Raises FormatError (`parties_wrong`, `parties_too_many`), naming `key`.
    """
    if isinstance(value, str):
        given: list[Any] = re.split("[;；\r\n]", value)
    elif isinstance(value, list):
        given = value
    else:
        raise FormatError("parties_wrong", {"key": key})
    if len(given) > MOST_PARTIES:
        raise FormatError("parties_too_many", {"key": key, "limit": MOST_PARTIES})
    found = [_party(one, key) for one in given]
    return [party for party in found if party["name"] or party["identifier"]]


def _party(value: object, key: str) -> dict[str, str]:
    if isinstance(value, str):
        text = value.strip()
        match = _IDENTIFIED.match(text)
        return match.groupdict() if match else {"name": text, "identifier": ""}
    if not isinstance(value, dict) or not value.keys() <= {"name", "identifier"}:
        raise FormatError("parties_wrong", {"key": key})
    party = {part: value.get(part, "") for part in ("name", "identifier")}
    if not all(isinstance(text, str) for text in party.values()):
        raise FormatError("parties_wrong", {"key": key})
    return {part: text.strip() for part, text in party.items()}
