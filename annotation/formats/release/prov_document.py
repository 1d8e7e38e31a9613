"""A document of W3C PROV, built up statement by statement, in its JSON form.

PROV-JSON is a W3C Member Submission of 24 April 2013, https://www.w3.org/submissions/prov-json/.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

NAMESPACE = "urn:x-assay:"
VOCABULARY = "assay"
_SPACES = (
    "item",
    "gold",
    "answer",
    "decision",
    "schema",
    "guideline",
    "labelling",
    "settling",
    "adjudication",
    "agent",
)
PREFIXES = {VOCABULARY: f"{NAMESPACE}ns#", **{space: f"{NAMESPACE}{space}:" for space in _SPACES}}

Said = Mapping[str, Any]


def name(space: str, *parts: object) -> str:
    """A qualified name; signs that no name may hold stand as %XX."""
    return f"{space}:{'/'.join(_quoted(str(part)) for part in parts)}"


@lru_cache(maxsize=4096)  # an item's parts come a dozen times, a question's with every item
def _quoted(part: str) -> str:
    return quote(part, safe="")


def kind(*names: str) -> list[dict[str, str]]:
    """Types, as `prov:type` has them."""
    return [{"$": one, "type": "xsd:QName"} for one in names]


class Document:
    """The statements of one document; relations are numbered in their order."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, dict[str, Any]]] = {}
        self._relations = 0

    def state(self, what: str, id_: str, types: tuple[str, ...], said: Said | None = None) -> str:
        """An `entity`, `activity` or `agent` with what is said of it; nothing empty. Twice is once."""
        told = {key: value for key, value in (said or {}).items() if value not in (None, "", [])}
        self._said.setdefault(what, {})[id_] = {"prov:type": kind(*types), **told}
        return id_

    def relate(self, what: str, ends: Said, said: Said | None = None) -> None:
        """A relation between what has been stated; `ends` are PROV's own attributes."""
        self._relations += 1
        told = {f"prov:{key}": value for key, value in ends.items() if value}
        self._said.setdefault(what, {})[f"_:r{self._relations}"] = {**told, **(said or {})}

    def to_json(self) -> dict[str, Any]:
        """The document."""
        return {"prefix": PREFIXES, **self._said}
