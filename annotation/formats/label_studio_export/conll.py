"""CONLL2003: a token and its tag a line, a blank line after each annotation.

Tokens and tags are Label Studio's, with two differences. Its converter makes one token of a Chinese sentence, whose
names then cannot be told apart; here each Chinese or Japanese character is a token. And it counts offsets, which are
UTF-16 units, in code points, so that tags slip behind an emoji; here they are converted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from annotation.formats.label_studio_export.answered import Answered, Values, answered
from annotation.formats.label_studio_export.shapes import Config, Task, data_keys, is_number
from annotation.formats.label_studio_export.treebank import tokens_of
from annotation.formats.utf16 import Utf16Offsets

_HEAD = "-DOCSTART- -X- O\n"
_TAG = "Labels"
_CHUNK = 1 << 16


class Span(NamedTuple):
    """A marked part of a text, half-open in code points, and what it is called ("" where nothing is said)."""

    start: int
    end: int
    label: str


def write_conll(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """One file; of several controls that mark spans, the one whose mark comes first in an annotation counts."""
    key = _text_key(config)
    waiting, size = [_HEAD], 0
    for row in answered(tasks, config):
        part = _document(row, key)
        waiting.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _text_key(config: Config) -> str:
    """The key of the text that is marked."""
    marked = (
        one.get("value")
        for control in config.values()
        if control.get("type") == _TAG
        for one in control.get("inputs") or ()
        if one.get("type") == "Text"
    )
    return str(next(chain(marked, data_keys(config)), ""))


def _document(row: Answered, key: str) -> str:
    given = row.data.get(key)
    text = given if isinstance(given, str) else str(given) if is_number(given) else ""
    marked = next((values for values in row.values.values() if values[0]["type"] == _TAG), [])
    lines = (f"{text[start:end]} -X- _ {tag}\n" for start, end, tag in tagged(text, spans_of(text, marked)))
    return "".join(lines) + "\n"


def spans_of(text: str, values: Values) -> list[Span]:
    """The spans of values whose offsets are UTF-16 units, by their starts; none where one of them has no offsets.

    Where `text` of a value fits its offsets in code points and not in UTF-16 units, a script counted code points.
    """
    if not all(is_number(value.get(name)) for value in values for name in ("start", "end")):
        return []
    offsets = Utf16Offsets(text)
    return sorted((_span(text, offsets, value) for value in values), key=lambda span: span.start)


def _span(text: str, offsets: Utf16Offsets, value: dict[str, Any]) -> Span:
    start, end, said = int(value["start"]), int(value["end"]), value.get("text")
    labels = value.get("labels")
    label = " ".join(str(labels[0]).splitlines()) if isinstance(labels, list) and labels else ""
    try:
        first, last = offsets.from_utf16(start), offsets.from_utf16(end)
    except ValueError:
        return Span(start, end, label)
    if text[first:last] != said and text[start:end] == said:
        return Span(start, end, label)
    return Span(first, last, label)


def tagged(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Each token's place and its tag, O, B- or I-, by spans in the order of their starts.

    A token that a span touches is the span's; of spans that overlap, the earlier keeps its tokens to its end.
    """
    waiting = iter(spans)
    span, prefix = next(waiting, None), "B-"
    for start, end in tokens_of(text):
        while span and start >= span.end:
            span, prefix = next(waiting, None), "B-"
        if span and span.label and span.start < end:
            yield start, end, prefix + span.label
            prefix = "I-"
        else:
            yield start, end, "O"
