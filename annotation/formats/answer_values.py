"""The `value` part of a result's regions, read by kind of question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats.messages import FormatError
from annotation.formats.schema import Kind, Question

MAX_TEXT = 100_000
_MAX_NUMBER = 2**53  # beyond it neighbouring whole numbers are one number in a browser
_STEP_SLACK = 1e-6  # 0.3 is no exact multiple of 0.1 in binary


class AnswerInvalid(FormatError):
    """An answer that does not fit the schema or the item."""


class Place(str):
    """A path into the result, that checks the JSON type of what stands there."""

    __slots__ = ()

    def at(self, part: str | int) -> Place:
        """The place of a member or element."""
        return Place(f"{self}[{part}]" if isinstance(part, int) else f"{self}.{part}")

    def mapping(self, value: object) -> Mapping[str, Any]:
        """`value` when it is an object."""
        if not isinstance(value, dict):
            raise self._wrong("not_object")
        return value

    def string(self, value: object) -> str:
        """`value` when it is a string."""
        if not isinstance(value, str):
            raise self._wrong("not_text")
        return value

    def strings(self, value: object) -> list[str]:
        """`value` when it is a list of strings."""
        if not isinstance(value, list):
            raise self._wrong("not_texts")
        return [self.at(at).string(part) for at, part in enumerate(value)]

    def whole(self, value: object) -> int:
        """`value` when it is a whole number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong("not_whole")
        return value

    def number(self, value: object) -> float:
        """`value` when it is a finite number; whole ones become int, so that 4 and 4.0 are one value."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(_bounded(value))
        ):
            raise self._wrong("not_number")
        return int(value) if value == int(value) else value

    def _wrong(self, code: str) -> AnswerInvalid:
        return AnswerInvalid(code, {"name": str(self)}, str(self))


Region = tuple[Place, Mapping[str, Any]]
"""Where a region's value stands, and the value."""


def _bounded(value: float) -> float:
    return value if abs(value) <= _MAX_NUMBER or isinstance(value, float) else math.inf


def _only(question: Question, regions: list[Region]) -> Region:
    if len(regions) > 1:
        raise AnswerInvalid("answered_twice", {"question": question.key}, str(regions[1][0]))
    return regions[0]


def _label_keys(question: Question, place: Place, given: object) -> list[str]:
    keys = place.strings(given)
    for at, key in enumerate(keys):
        if key not in question.by_label:
            raise AnswerInvalid("unknown_label", {"label": key, "question": question.key}, place.at(at))
        if key in keys[:at]:
            raise AnswerInvalid("repeated_label", {"label": key}, place.at(at))
    if not keys:
        raise AnswerInvalid("no_label", {"question": question.key}, place)
    return keys


def _one_label(question: Question, place: Place, given: object) -> str:
    keys = _label_keys(question, place, given)
    if len(keys) > 1:
        raise AnswerInvalid("several_labels", {"question": question.key, "count": len(keys)}, place)
    return keys[0]


def _choice(question: Question, _text: str, regions: list[Region]) -> str:
    place, value = _only(question, regions)
    return _one_label(question, place.at("choices"), value.get("choices"))


def _choices(question: Question, _text: str, regions: list[Region]) -> list[str]:
    place, value = _only(question, regions)
    return sorted(_label_keys(question, place.at("choices"), value.get("choices")))


def _spans(question: Question, text: str, regions: list[Region]) -> list[list[Any]]:
    found: set[tuple[int, int, str]] = set()
    for place, value in regions:
        span = _span(question, text, place, value)
        if span in found:
            params = {"start": span[0], "end": span[1], "label": span[2]}
            raise AnswerInvalid("span_duplicate", params, place)
        found.add(span)
    uses = Counter(label for _, _, label in found)
    for label, count in uses.items():
        limit = question.by_label[label].max_usage
        if limit is not None and count > limit:
            raise AnswerInvalid("label_overused", {"label": label, "limit": limit}, question.key)
    return [list(span) for span in sorted(found)]


def _span(question: Question, text: str, place: Place, value: Mapping[str, Any]) -> tuple[int, int, str]:
    start, end = (place.at(name).whole(value.get(name)) for name in ("start", "end"))
    params = {"start": start, "end": end, "length": len(text)}
    if end < start:
        raise AnswerInvalid("span_reversed", params, place)
    if start < 0 or end > len(text):
        raise AnswerInvalid("span_outside", params, place)
    if start == end:
        raise AnswerInvalid("span_empty", params, place)
    if "text" in value and place.at("text").string(value["text"]) != text[start:end]:
        raise AnswerInvalid("span_text_differs", params, place.at("text"))
    if any(text[edge - 1 : edge + 1] == "\r\n" for edge in (start, end) if edge):
        raise AnswerInvalid("span_splits_line_end", params, place)
    return start, end, _one_label(question, place.at("labels"), value.get("labels"))


def _rating(question: Question, _text: str, regions: list[Region]) -> float:
    place, value = _only(question, regions)
    rating = place.at("rating").number(value.get("rating"))
    most = question.max_rating or 5
    if not isinstance(rating, int) or not 1 <= rating <= most:
        raise AnswerInvalid("rating_out_of_range", {"maximum": most}, place.at("rating"))
    return rating


def _number(question: Question, _text: str, regions: list[Region]) -> float:
    place, value = _only(question, regions)
    number = place.at("number").number(value.get("number"))
    least = -_MAX_NUMBER if question.minimum is None else question.minimum
    most = _MAX_NUMBER if question.maximum is None else question.maximum
    if not least <= number <= most:
        raise AnswerInvalid("number_out_of_range", {"minimum": least, "maximum": most}, place.at("number"))
    start = question.minimum or 0
    if question.step and abs(math.remainder(number - start, question.step)) > question.step * _STEP_SLACK:
        raise AnswerInvalid("number_off_step", {"step": question.step, "start": start}, place.at("number"))
    return number


def _texts(question: Question, _text: str, regions: list[Region]) -> list[str]:
    place, value = _only(question, regions)
    given = value.get("text")
    here = place.at("text")
    texts = [text for text in here.strings([given] if isinstance(given, str) else given) if text.strip()]
    for text in texts:
        if len(text) > MAX_TEXT:
            raise AnswerInvalid("text_too_long", {"count": len(text), "limit": MAX_TEXT}, here)
    if question.max_texts is not None and len(texts) > question.max_texts:
        params = {"question": question.key, "limit": question.max_texts, "count": len(texts)}
        raise AnswerInvalid("too_many_texts", params, here)
    return texts


VALUE_READERS: Mapping[Kind, Callable[[Question, str, list[Region]], Any]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SPANS: _spans,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.TEXT: _texts,
}
"""Per kind: question, the field's text and the question's regions to a judgement value."""
