"""Questions asked of each marked region: a region of the same id, at the same place, carries the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.region_place import PlaceKind, place_kind
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import TURNS, Shown
from annotation.formats.tags.boxes import page_of
from annotation.formats.tags.family import Family, Given, Mark, Marks
from annotation.formats.tags.marks import check_uses
from annotation.formats.tags.places import place_value, read_place, span_of


def judge(
    shown: Shown, question: Question, family: Family, regions: Sequence[Given], marks: Marks
) -> list[Any]:
    """The judgement of a question asked of regions: spans that carry answers, texts, or boxes."""
    seen: dict[str, Place] = {}
    found: list[tuple[tuple[Any, ...], Any]] = []
    for given in regions:
        mark = mark_of(shown, question, given, marks)
        if given.id in seen:
            raise AnswerInvalid("region_twice", {"question": question.key}, given.place)
        seen[given.id] = given.place
        value = family.only(shown, question, given.place, given.value)
        parts = value if isinstance(value, list) else [value]
        marks.tell(question, given, mark, map(as_text, parts))
        found += [(mark.place, one) for one in parts]
    if family.marks:
        check_uses(shown, question, [one for _, one in found])
    if question.kind is Kind.TEXT:
        return [text for _, text in sorted(found, key=lambda one: repr(one[0]))]
    said = {(*place, as_text(value)) for place, value in found}
    ordered = sorted(said) if question.kind is Kind.SPANS else sorted(said, key=repr)
    return [[list(part) if isinstance(part, tuple) else part for part in one] for one in ordered]


def as_text(value: Any) -> str:
    """An answer as the statistics of spans read it: a label, or a figure in digits."""
    return value if isinstance(value, str) else f"{value:.15g}" if isinstance(value, float) else str(value)


def mark_of(shown: Shown, question: Question, given: Given, marks: Marks) -> Mark:
    """The region that an answer is about: a marked one, or a whole turn of a dialogue; refuses any other."""
    field = shown.field(question.field)
    mark = marks.by_id.get(given.id)
    if mark is not None and mark.field == field.name:
        if not _stands_there(shown, question, given, mark):
            raise AnswerInvalid("region_moved", {"question": question.key}, given.place)
        return mark
    turn = _turn(shown, question, given)
    if not given.id or turn is None:
        raise AnswerInvalid("region_unknown", {"question": question.key, "id": given.id}, given.place)
    return turn


def _stands_there(shown: Shown, question: Question, given: Given, mark: Mark) -> bool:
    kind = stands_on(shown, question, mark)
    if kind is PlaceKind.MESSAGE:  # it is its own place
        return (given.value.get("start"), given.value.get("end")) in ((None, None), mark.place)
    place = read_place(shown, shown.schema.by_key[mark.question], given.place, _where(question, given))
    return (*place, *(page_of(shown, question, given) if kind is PlaceKind.AREA else ())) == mark.place


def stands_on(shown: Shown, question: Question, mark: Mark) -> PlaceKind:
    """What the place of an answer about a region is: what its mark's is; a turn that nobody marked is a text."""
    marking = shown.schema.by_key.get(mark.question)
    return place_kind(marking, shown.field(question.field)) if marking is not None else PlaceKind.TEXT


def _where(question: Question, given: Given) -> Mapping[str, Any]:
    """The place part: of a written answer `text` is what was written, as in Label Studio, not what is marked."""
    if question.tag != "textarea":
        return given.value
    return {name: part for name, part in given.value.items() if name != "text"}


def _turn(shown: Shown, question: Question, given: Given) -> Mark | None:
    field = shown.field(question.field)
    if field.kind not in TURNS:
        return None
    start, end = span_of(
        shown.joined(field.name), given.place, _where(question, given), shown.edges(field.name)
    )
    found = shown.turn_at(field.name, start)
    if found is None or (found.start, found.end) != (start, end):
        return None
    return Mark("", field.name, (start, end), ())


def write(shown: Shown, question: Question, family: Family, value: Any) -> list[dict[str, Any]]:
    """Region values, one a region, that say a judgement of spans that carry answers."""
    at: dict[tuple[int, int], list[Any]] = {}
    for start, end, said in value:
        at.setdefault((start, end), []).append(_as_value(question, said))
    return [
        {**place_value(shown, question.field, *place), **part}
        for place, said in at.items()
        for part in family.regions(shown, question, said if question.multiple else said[0])
    ]


def _as_value(question: Question, said: str) -> Any:
    if question.tag not in ("rating", "number"):
        return said
    figure = float(said)
    return int(figure) if figure.is_integer() else figure
