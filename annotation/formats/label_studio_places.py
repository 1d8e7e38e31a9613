"""Where a region stands, as Label Studio writes it: UTF-16 units, XPaths in a HyperText, turns of Paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from annotation.formats import dialogue
from annotation.formats.field_text import field_text
from annotation.formats.html_nodes import HtmlNodes
from annotation.formats.label_studio_units import in_units
from annotation.formats.schema import Field, FieldKind
from annotation.formats.utf16 import Utf16Offsets

Value = Mapping[str, Any]
_HTML_ONLY = ("startOffset", "endOffset", "globalOffsets")


class Places(Protocol):
    """Converts the place part of regions' values on one field of one item."""

    def theirs(self, value: Value) -> dict[str, Any]:
        """A value as Label Studio writes it."""

    def ours(self, value: Value) -> dict[str, Any]:
        """A value as it is stored. Raises ValueError or KeyError for a place that is not there."""


def places_of(field: Field, data: Mapping[str, Any], written: Sequence[str] = ()) -> Places:
    """How places on a field are converted. `written` are the messages that an answer adds to a chat."""
    if field.kind is FieldKind.HTML:
        return _Html(field, data)
    if field.kind in (FieldKind.DIALOGUE, FieldKind.CHAT):
        return _Turns(field, data, written)
    return _Text(field_text(field, data))


class _Text:
    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Utf16Offsets(text)

    def theirs(self, value: Value) -> dict[str, Any]:
        units = self.offsets.to_utf16
        return {**value, "start": units(value["start"]), "end": units(value["end"])}

    def ours(self, value: Value) -> dict[str, Any]:
        start, end = in_units(self.text, self.offsets, value)
        return {**value, "start": start, "end": end, **_words(value, self.text[start:end])}


class _Html:
    """`start` and `end` are XPaths of text nodes; `globalOffsets` count over the whole text."""

    def __init__(self, field: Field, data: Mapping[str, Any]) -> None:
        self.text = field_text(field, data)
        self.nodes = HtmlNodes(str(data.get(field.key, "")))
        self.offsets = Utf16Offsets(self.text)

    def theirs(self, value: Value) -> dict[str, Any]:
        start, end = value["start"], value["end"]
        first, last = self.nodes.starting(start), self.nodes.ending(end)
        units = self.offsets.to_utf16
        return {
            **value,
            "start": first.path,
            "end": last.path,
            "startOffset": units(start) - units(first.start),
            "endOffset": units(end) - units(last.start),
            "globalOffsets": {"start": units(start), "end": units(end)},
        }

    def ours(self, value: Value) -> dict[str, Any]:
        start, end = self._global(value) or self._by_path(value)
        rest = {name: part for name, part in value.items() if name not in _HTML_ONLY}
        return {**rest, "start": start, "end": end, **_words(value, self.text[start:end])}

    def _global(self, value: Value) -> tuple[int, int] | None:
        """By the offsets over the whole, unless the text that came with them stands elsewhere."""
        given = value.get("globalOffsets")
        if not isinstance(given, Mapping):
            return None
        start, end = (self.offsets.from_utf16(_whole(given[name])) for name in ("start", "end"))
        said = value.get("text")
        same = not isinstance(said, str) or "".join(said.split()) == "".join(self.text[start:end].split())
        return (start, end) if same else None

    def _by_path(self, value: Value) -> tuple[int, int]:
        units = self.offsets
        start, end = (
            units.from_utf16(
                units.to_utf16(self.nodes.at(str(value[name])).start) + _whole(value[f"{name}Offset"])
            )
            for name in ("start", "end")
        )
        return start, end


class _Turns:
    """`start` and `end` are numbers of turns, as text; offsets count within them."""

    def __init__(self, field: Field, data: Mapping[str, Any], written: Sequence[str]) -> None:
        key = "content" if field.kind is FieldKind.CHAT else field.text_key
        texts = [*dialogue.turn_texts(data.get(field.key), key), *written]
        self.turns = [Utf16Offsets(text) for text in texts]
        self.text = dialogue.BETWEEN.join(texts)
        self.starts = dialogue.starts(texts)

    def theirs(self, value: Value) -> dict[str, Any]:
        found = dict(value)
        for name in ("start", "end"):
            turn = max(0, bisect_right(self.starts, value[name]) - 1)
            found[name] = str(turn)
            found[f"{name}Offset"] = self.turns[turn].to_utf16(value[name] - self.starts[turn])
        return found

    def ours(self, value: Value) -> dict[str, Any]:
        found = {name: part for name, part in value.items() if name not in _HTML_ONLY}
        for name in ("start", "end"):
            turn = _whole(int(value[name]) if isinstance(value[name], str) else value[name])
            if not 0 <= turn < len(self.turns):
                raise ValueError(f"there is no turn {turn}")
            found[name] = self.starts[turn] + self.turns[turn].from_utf16(_whole(value[f"{name}Offset"]))
        return {**found, **_words(value, self.text[found["start"] : found["end"]])}


def _words(value: Value, marked: str) -> dict[str, Any]:
    """The marked words, as they are stored; of a written answer `text` is what was written."""
    return {} if isinstance(value.get("text"), list) else {"text": marked}


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no offset")
    return value
