"""A simulated expert: from a profile and the truth of an item to a `result` that errs as people do.

An error takes the item's confusable label most often, then the expert's own bias, then any other label.
Harder items are missed more often by everybody, so that disagreement gathers where it does in life.
Pure: the same profile, item and random state give the same answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from annotation.formats.field_text import field_text
from annotation.formats.schema import Kind, Question, Schema
from annotation.formats.shown import Shown
from annotation.formats.tags import BY_TAG
from demo.about_marks import about_marks
from demo.markup import Span
from demo.person import Profile
from demo.slips import slip, stray
from demo.truths import Truth

Region = dict[str, Any]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_EXCLUSIVE = "none"  # never chosen together with another label


@dataclass(frozen=True)
class _Sitting:
    """One expert in front of one item. `unsure` is the probability of an error in one plain choice."""

    profile: Profile
    schema: Schema
    truth: Truth
    data: Mapping[str, Any]
    text: str
    unsure: float
    rng: Random


def simulate(
    profile: Profile, sector: str, schema: Schema, data: Mapping[str, Any], truth: Truth, rng: Random
) -> list[Region]:
    """What the expert answers: a complete `result`, offsets in code points.

    Raises KeyError when the profile has no accuracy for `sector`.
    """
    unsure = error_rate(profile.accuracy[sector], truth.difficulty)
    result: list[Region] = []
    for question in schema.questions:
        text = field_text(schema.by_name[question.field], data)
        sitting = _Sitting(profile, schema, truth, data, text, unsure, rng)
        if question.per_region or question.tag == "relations":
            continue
        result += [_region(question, value, rng) for value in _values(question, sitting)]
    for question in schema.questions:
        if question.per_region or question.tag == "relations":
            result += about_marks(
                schema, data, question, truth.answers.get(question.key), result, unsure, rng
            )
    return result


def error_rate(accuracy: float, difficulty: float) -> float:
    """The probability of an error in one choice; equals `1 - accuracy` at difficulty 0.5.

    Past 0.5 the item itself is ambiguous, and good experts err on it too.
    """
    slipping = (1 - accuracy) * (0.4 + 1.2 * difficulty)
    ambiguous = 0.8 * max(0.0, difficulty - 0.5)
    return min(0.6, slipping + ambiguous)


def time_on_task(profile: Profile, text: str, rng: Random) -> float:
    """Seconds spent on an item: about `profile.seconds`, longer for long texts, skewed to the right."""
    length = 0.6 + min(1.6, len(text) / 500)
    return round(profile.seconds * length * math.exp(rng.gauss(0, 0.35)), 1)


def _values(question: Question, sitting: _Sitting) -> list[dict[str, Any]]:
    right: Any = sitting.truth.answers.get(question.key)
    if question.kind is Kind.SPANS:
        found = _spans(question, [(s, e, label) for s, e, label in right or ()], sitting)
        return [
            {"start": s, "end": e, "text": sitting.text[s:e], question.region_type: [label]}
            for s, e, label in found
        ]
    if question.kind is Kind.TEXT:
        return [{"text": [note]} for note in _notes(sitting)] if question.tag == "textarea" else []
    said = _said(question, right, sitting)
    shown = Shown(sitting.schema, sitting.data)
    return [] if said is None else BY_TAG[question.tag].regions(shown, question, said)


def _said(question: Question, right: Any, sitting: _Sitting) -> Any:
    """The judgement value of a question with one answer; None for none. Areas have no truth here."""
    said: Any = None
    match question.kind:
        case Kind.CHOICE:
            said = _choice(question, right, sitting)
        case Kind.CHOICES:
            said = _choices(question, right, sitting)
        case Kind.RATING:
            said = _rating(question, int(right), sitting)
        case Kind.NUMBER:
            said = _number(right, sitting)
        case Kind.RANKING:
            said = _order(list(right), sitting) if right else None
        case Kind.DATETIME:
            said = right if right and sitting.rng.random() >= sitting.unsure else None
    return said


def _region(question: Question, value: dict[str, Any], rng: Random) -> Region:
    return {
        "id": f"{rng.getrandbits(40):010x}",
        "from_name": question.key,
        "to_name": question.to_name,
        "type": question.region_type,
        "value": value,
    }


def _wrong_label(question: Question, barred: set[str], sitting: _Sitting) -> str | None:
    """A label outside `barred`: the confusable one, else the expert's favourite, else any."""
    others = [label.key for label in question.labels if label.key not in barred]
    if not others:
        return None
    confusable = sitting.truth.confusable.get(question.key)
    favourite = sitting.profile.bias.get(question.key)
    weights = [1.0 + 8.0 * (key == confusable) + 4.0 * (key == favourite) for key in others]
    return sitting.rng.choices(others, weights)[0]


def _choice(question: Question, right: str, sitting: _Sitting) -> str:
    if sitting.rng.random() >= sitting.unsure:
        return right
    return _wrong_label(question, {right}, sitting) or right


def _choices(question: Question, right: list[str], sitting: _Sitting) -> list[str]:
    chosen = set(right)
    if sitting.rng.random() < sitting.unsure:
        added = _wrong_label(question, {*chosen, _EXCLUSIVE}, sitting)
        if len(chosen) > 1 and sitting.rng.random() < 0.6:
            chosen.remove(sitting.rng.choice(sorted(chosen)))
        elif added:
            chosen = {*chosen, added} - {_EXCLUSIVE}
    return sorted(chosen)


def _rating(question: Question, right: int, sitting: _Sitting) -> int:
    if sitting.rng.random() >= min(0.6, 0.05 + 1.5 * sitting.unsure):
        return right
    near = [value for value in (right - 1, right + 1) if 1 <= value <= (question.max_rating or 5)]
    return sitting.rng.choice(near)


def _order(right: list[str], sitting: _Sitting) -> list[str]:
    """Neighbours are exchanged, the more often the less sure."""
    for at in range(len(right) - 1):
        if sitting.rng.random() < sitting.unsure:
            right[at], right[at + 1] = right[at + 1], right[at]
    return right


def _number(right: float | None, sitting: _Sitting) -> float | None:
    """Errors: another number of the text is read, a figure is overlooked, or one is seen that is not guided."""
    rate = sitting.unsure if right is not None else 0.3 * sitting.unsure
    if sitting.rng.random() >= rate:
        return right
    others = [float(found.replace(",", "")) for found in _NUMBER.findall(sitting.text)]
    others = [value for value in others if value != right]
    if not others or (right is not None and sitting.rng.random() < 0.4):
        return None
    return sitting.rng.choice(others)


def _spans(question: Question, right: list[Span], sitting: _Sitting) -> list[Span]:
    """Spans are missed (inner ones of a nest twice as often), their edges slip, seldom the label is wrong."""
    rng, unsure = sitting.rng, sitting.unsure
    found: set[Span] = set()
    for span in right:
        inner = any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in right)
        if rng.random() >= 0.2 * unsure * (2 if inner else 1):
            found.add(_marked(question, span, sitting))
    if rng.random() < 0.3 * unsure and question.labels:
        extra = stray(sitting.text, rng.choice(question.labels).key, rng)
        found |= {extra} if extra else set()
    return sorted(found)


def _marked(question: Question, span: Span, sitting: _Sitting) -> Span:
    rng, unsure = sitting.rng, sitting.unsure
    start, end, label = slip(sitting.text, span, rng) if rng.random() < 0.3 * unsure else span
    if rng.random() < 0.06 * unsure:
        label = _wrong_label(question, {label}, sitting) or label
    return start, end, label


def _notes(sitting: _Sitting) -> list[str]:
    """Now and then a note on a hard item; free text has no truth."""
    if sitting.truth.difficulty < 0.6 or sitting.rng.random() < 0.5:
        return []
    for key, label in sitting.truth.confusable.items():
        other = sitting.schema.by_key[key].by_label[label].text
        chinese = re.search(r"[\u3400-\u9fff]", other)
        return [f"两可，选“{other}”也说得通。" if chinese else f"Close call: “{other}” can be argued."]
    return []
