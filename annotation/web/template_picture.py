"""A small picture of what a template's page looks like: what is shown on the left, what is asked on the right."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotation.formats.schema import Field, FieldKind, Question, Schema

WIDTH, HEIGHT = 160, 90
_LEFT, _SPLIT, _RIGHT = 10, 96, 150
_TOP, _BOTTOM = 10, 80


class Shape(NamedTuple):
    """A rectangle of the picture; `look` is its class: ink, soft, mark, box, dot or accent."""

    look: str
    x: float
    y: float
    width: float
    height: float
    round: float = 1


def picture(schema: Schema) -> list[Shape]:
    """The shapes of a schema's page."""
    return [*_fields(schema), *_questions(schema)]


def _fields(schema: Schema) -> Iterator[Shape]:
    marked = {
        question.field
        for question in schema.questions
        if question.tag in ("labels", "hypertextlabels", "paragraphlabels") or question.per_region
    }
    shown = schema.fields[:3]
    high = (_BOTTOM - _TOP - 4 * (len(shown) - 1)) / len(shown)
    for at, field in enumerate(shown):
        top = _TOP + at * (high + 4)
        yield Shape("box", _LEFT, top, _SPLIT - _LEFT - 6, high, 2)
        yield from _DRAWN.get(field.kind, _lines)(field, top + 5, top + high - 3, field.name in marked)


def _lines(_field: Field, top: float, bottom: float, marked: bool) -> Iterator[Shape]:
    for row, y in enumerate(_steps(top, bottom, 6)):
        width = (70, 62, 66, 48)[row % 4]
        yield Shape("ink", _LEFT + 5, y, width, 2)
        if marked and row % 2:
            yield Shape("mark", _LEFT + 5 + 12 * (row % 3), y - 1, 22, 4)


def _turns(_field: Field, top: float, bottom: float, marked: bool) -> Iterator[Shape]:
    for row, y in enumerate(_steps(top, bottom, 14)):
        look = "mark" if marked and row % 2 else "soft"
        yield Shape(look, _LEFT + 5 + 14 * (row % 2), y, 54, 10, 3)


def _grid(_field: Field, top: float, bottom: float, marked: bool) -> Iterator[Shape]:
    for row, y in enumerate(_steps(top, bottom, 9)):
        for column in range(3):
            look = "mark" if marked and (row, column) in ((2, 1), (4, 2)) else "soft" if row else "ink"
            yield Shape(look, _LEFT + 5 + 24 * column, y, 22, 7)


def _sheet(field: Field, top: float, bottom: float, marked: bool) -> Iterator[Shape]:
    yield Shape("soft", _LEFT + 20, top - 1, 42, bottom - top + 1)
    for row, y in enumerate(_steps(top + 5, bottom - 2, 7)):
        yield Shape("mark" if marked and row in (1, 4) else "ink", _LEFT + 25, y, (30, 26, 31)[row % 3], 2)


def _photo(_field: Field, top: float, bottom: float, _marked: bool) -> Iterator[Shape]:
    yield Shape("soft", _LEFT + 5, top, 70, bottom - top)
    yield Shape("dot", _LEFT + 12, top + 6, 9, 9, 5)
    yield Shape("frame", _LEFT + 30, top + 12, 32, (bottom - top) / 2)


def _cards(_field: Field, top: float, bottom: float, _marked: bool) -> Iterator[Shape]:
    for y in _steps(top, bottom, 15):
        yield Shape("soft", _LEFT + 5, y, 70, 11, 2)
        yield Shape("ink", _LEFT + 9, y + 4, 40, 2)


_DRAWN: dict[FieldKind, Callable[[Field, float, float, bool], Iterator[Shape]]] = {
    FieldKind.DIALOGUE: _turns,
    FieldKind.CHAT: _turns,
    FieldKind.TABLE: _grid,
    FieldKind.PAGES: _sheet,
    FieldKind.IMAGE: _photo,
    FieldKind.LIST: _cards,
}


def _steps(top: float, bottom: float, by: float) -> Iterator[float]:
    y = top
    while y < bottom - 2:
        yield y
        y += by


def _questions(schema: Schema) -> Iterator[Shape]:
    y: float = _TOP
    for question in schema.questions:
        shapes, high = _question(question, y)
        if y + high > _BOTTOM + 2:
            return
        yield from shapes
        y += high + 6


def _question(question: Question, y: float) -> tuple[list[Shape], float]:
    x, wide = _SPLIT, _RIGHT - _SPLIT
    title = Shape("ink", x, y, 34, 3)
    match question.tag:
        case "choices" | "taxonomy" | "relations" | "labels" | "hypertextlabels" | "paragraphlabels":
            count = min(4, max(2, len(question.labels)))
            indent = [6 * bool(label.parent) for label in question.labels[:count]] or [0] * count
            rows = [(y + 7 + 7 * at, indent[at] if at < len(indent) else 0) for at in range(count)]
            dots = [Shape("dot", x + into, top, 4, 4, 2) for top, into in rows]
            words = [Shape("soft", x + 7 + into, top, wide - 10 - into, 4) for top, into in rows]
            return [title, *dots, *words], 7.0 + 7 * count
        case "rating":
            return [title, *(Shape("dot", x + 9 * at, y + 7, 6, 6, 3) for at in range(5))], 14
        case "pairwise":
            half = wide / 2 - 2
            return [
                title,
                Shape("frame", x, y + 7, half, 16),
                Shape("box", x + half + 4, y + 7, half, 16),
            ], 24
        case "ranker" | "grades" | "rubric":
            bars = [Shape("accent", x, y + 7 + 8 * at, wide - 12 * at, 5) for at in range(3)]
            return [title, *bars], 32
        case "textarea" | "chat":
            high = 34 if question.markdown or question.tag == "chat" else 18
            lines = [Shape("soft", x + 4, y + 11 + 6 * at, wide - 12, 2) for at in range(high // 8)]
            return [title, Shape("box", x, y + 7, wide, high, 2), *lines], 8.0 + high
        case _:
            return [title, Shape("box", x, y + 7, wide - 14, 9, 2)], 17
