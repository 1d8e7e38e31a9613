"""What the readers of uploaded files give, and the rules every row obeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from annotation.formats.messages import MESSAGES, FormatError
from annotation.formats.parties import parties_of
from annotation.formats.text import find_unstorable

MAX_ROW_BYTES = 16_000_000
MAX_DEPTH = 100

EXTRA_KEYS: Mapping[str, str] = {
    "_licence": "assay_licence",
    "_license": "assay_licence",
    "_source": "assay_source",
    "_language": "assay_language",
    "_group": "assay_group",
    "_kind": "assay_kind",
    "_speciality": "assay_speciality",
    "_jurisdiction": "assay_jurisdiction",
    "_room": "assay_room",
    "_due": "assay_due",
    "_priority": "assay_priority",
    "_explanation": "assay_explanation",
    "_use": "assay_use",
}
"""Keys of a row that speak about the item and are no part of its data."""

EXTRA_LIMITS: Mapping[str, int] = {
    "assay_licence": 100,
    "assay_source": 300,
    "assay_language": 20,
    "assay_group": 200,
    "assay_kind": 60,
    "assay_speciality": 200,
    "assay_jurisdiction": 20,
    "assay_room": 100,
    "assay_due": 10,
    "assay_priority": 4,
    "assay_explanation": 4000,
    "assay_use": 4,
}
"""How many characters each of them may have."""
PARTIES_KEY = "_parties"
ANSWER_KEY = "_answer"
"""A known answer makes the row a control item; `known_answer` reads it."""
PREDICTIONS_KEY = "_predictions"
"""What models suggest, with offsets in code points; `predictions` reads it."""
_ABOUT = EXTRA_KEYS.keys() | {PARTIES_KEY, ANSWER_KEY, PREDICTIONS_KEY}

_TASK_PARTS = ("meta", "annotations", "predictions")
_TASK_KEYS = frozenset(
    {
        "id",
        "data",
        "meta",
        "annotations",
        "predictions",
        "drafts",
        "created_at",
        "updated_at",
        "inner_id",
        "total_annotations",
        "cancelled_annotations",
        "total_predictions",
        "comment_count",
        "unresolved_comment_count",
        "last_comment_updated_at",
        "project",
        "updated_by",
        "comment_authors",
        "file_upload",
        "overlap",
        "is_labeled",
    }
)


@dataclass(frozen=True)
class Position:
    """Where reading can go on: the byte after a row, its line, and what the format must remember."""

    offset: int
    line: int
    header: tuple[str, ...] = ()
    inside: Literal["", "array", "sequence"] = ""

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Position:
        """Read back what `to_json` wrote, also after a trip through JSON text."""
        return cls(**{**stored, "header": tuple(stored["header"])})


@dataclass(frozen=True)
class Row:
    """A good row: the line it starts on, its data as it stood in the file, what is said of it, its end."""

    line: int
    data: dict[str, Any]
    extra: dict[str, Any]
    end: Position


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used: the line it starts on and why, as a code of `messages.MESSAGES`."""

    line: int
    code: str
    end: Position
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """What is wrong, in English."""
        return MESSAGES[self.code].detail % self.params

    @property
    def action(self) -> str:
        """What to do next, in English."""
        return MESSAGES[self.code].action % self.params


class RowInvalid(FormatError):
    """Raised inside a reader, which turns it into a BadRow."""


def row_of(line: int, value: object, end: Position) -> Row:
    """Make a row of a decoded JSON value; raises RowInvalid.

    A Label Studio task is unwrapped: its data is the row's data, its meta, annotations and predictions are
    extra.
    """
    if not isinstance(value, dict):
        raise RowInvalid("row_not_object")
    check_depth(value)
    if unstorable := find_unstorable(value):
        raise RowInvalid(unstorable[0])
    data, extra = dict(value), {}
    if isinstance(value.get("data"), dict) and value.keys() <= _TASK_KEYS | _ABOUT:
        data = dict(value["data"])
        extra = {part: value[part] for part in _TASK_PARTS if value.get(part)}
        extra |= _take_extra(value)
    extra |= _take_extra(data)
    data = {key: part for key, part in data.items() if key not in _ABOUT}
    if not data:
        raise RowInvalid("row_empty")
    return Row(line, data, extra, end)


def _take_extra(value: Mapping[str, Any]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    if value.get(PARTIES_KEY) not in (None, ""):
        try:
            taken["assay_parties"] = parties_of(value[PARTIES_KEY], PARTIES_KEY)
        except FormatError as error:
            raise RowInvalid(error.code, error.params) from error
    if value.get(ANSWER_KEY) not in (None, ""):
        taken["assay_answer"] = value[ANSWER_KEY]
    if value.get(PREDICTIONS_KEY) not in (None, ""):
        taken["assay_predictions"] = value[PREDICTIONS_KEY]
    for key, name in EXTRA_KEYS.items():
        if value.get(key) in (None, ""):
            continue
        given = str(value[key]) if type(value[key]) is int and name == "assay_priority" else value[key]
        if not isinstance(given, str):
            raise RowInvalid("extra_not_text", {"key": key})
        taken[name] = given.strip()
        if len(taken[name]) > EXTRA_LIMITS[name]:
            raise RowInvalid("extra_too_long", {"key": key, "limit": EXTRA_LIMITS[name]})
    return taken


def check_depth(value: object) -> None:
    """Raises RowInvalid (`json_too_deep`) where lists and objects are nested deeper than MAX_DEPTH."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            part
            for node in level
            if isinstance(node, dict | list)
            for part in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return
    raise RowInvalid("json_too_deep", {"limit": MAX_DEPTH})
