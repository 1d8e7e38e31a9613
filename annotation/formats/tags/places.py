"""Where a region of an answer stands, checked against the item: in a text, in a cell, on a picture or a page."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.region_place import PlaceKind, place_kind
from annotation.formats.schema import FieldKind, Question
from annotation.formats.shown import Shown

_SLACK = 1e-2  # percent of a picture: a browser rounds place and size on their own


def read_place(shown: Shown, marking: Question, place: Place, value: Mapping[str, Any]) -> tuple[Any, ...]:
    """The place that a value names, of a region that the question `marking` has marked, or could have."""
    kind = place_kind(marking, shown.field(marking.field))
    if kind is PlaceKind.CELL:
        return cell_of(shown, marking.field, place, value)
    if kind is PlaceKind.AREA:
        return box_of(place, value)
    return span_of(shown.text(marking.field), place, value, shown.edges(marking.field))


def span_of(text: str, place: Place, value: Mapping[str, Any], edges: Container[int] = ()) -> tuple[int, int]:
    """A piece of a text: whole numbers, in order, inside, not splitting a line end, with the words sent with it.

    At `edges` (of turns) the text may end in half a line end: what follows is no part of it.
    """
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int:  # whole numbers; True is none
        start, end = (place.at(name).whole(value.get(name)) for name in ("start", "end"))
    if not 0 <= start < end <= len(text):
        raise _outside(place, start, end, len(text))
    if "text" in value and value["text"] != text[start:end]:
        here = place.at("text")
        here.string(value["text"])
        raise AnswerInvalid("span_text_differs", {"start": start, "end": end, "length": len(text)}, here)
    for edge in (start, end):
        if text[edge : edge + 1] == "\n" and edge and text[edge - 1] == "\r" and edge not in edges:
            raise AnswerInvalid(
                "span_splits_line_end", {"start": start, "end": end, "length": len(text)}, place
            )
    return start, end


def _outside(place: Place, start: int, end: int, length: int) -> AnswerInvalid:
    params = {"start": start, "end": end, "length": length}
    if end < start:
        return AnswerInvalid("span_reversed", params, place)
    outside = start < 0 or end > length
    return AnswerInvalid("span_outside" if outside else "span_empty", params, place)


def cell_of(shown: Shown, field: str, place: Place, value: Mapping[str, Any]) -> tuple[int, int]:
    """A cell of a table, as its number and the next."""
    row = place.at("row").whole(value.get("row"))
    column = place.at("column").string(value.get("column"))
    grid = shown.grid(field)
    cell = grid.cell(row, column)
    if cell is None:
        raise AnswerInvalid("cell_unknown", {"row": row, "column": column}, place)
    if "text" in value:
        said = place.at("text").string(value["text"])
        if grid.text(row, column) not in (None, said):
            raise AnswerInvalid("cell_text_differs", {"row": row, "column": column}, place.at("text"))
    return cell, cell + 1


def box_of(place: Place, value: Mapping[str, Any]) -> tuple[Any, ...]:
    """A rectangle `(x, y, width, height[, rotation])` or a polygon `((x, y), …)`, in percent."""
    if "points" in value:
        return _polygon(place, value)
    x, y, width, height = (place.at(name).number(value.get(name)) for name in ("x", "y", "width", "height"))
    turned = place.at("rotation").number(value.get("rotation", 0))
    inside = 0 <= x <= 100 and 0 <= y <= 100 and x + width <= 100 + _SLACK and y + height <= 100 + _SLACK
    if width <= 0 or height <= 0 or not (inside or turned):
        raise AnswerInvalid("box_outside", {}, place)
    return (x, y, width, height, turned) if turned else (x, y, width, height)


def _polygon(place: Place, value: Mapping[str, Any]) -> tuple[Any, ...]:
    here = place.at("points")
    points = []
    for at, point in enumerate(here.items(value["points"])):
        pair = here.at(at).items(point)
        if len(pair) != 2:
            raise AnswerInvalid("box_outside", {}, here.at(at))
        x, y = (here.at(at).at(side).number(one) for side, one in enumerate(pair))
        if not (0 <= x <= 100 and 0 <= y <= 100):
            raise AnswerInvalid("box_outside", {}, here.at(at))
        points.append((x, y))
    if len(points) < 3:
        raise AnswerInvalid("polygon_points", {"count": len(points)}, here)
    if value.get("closed", True) is not True:
        raise AnswerInvalid("polygon_open", {}, place.at("closed"))
    return tuple(points)


def place_value(shown: Shown, field: str, start: int, end: int) -> dict[str, Any]:
    """The place part of a region's value, from a judgement's numbers."""
    if shown.field(field).kind is FieldKind.TABLE:
        grid = shown.grid(field)
        row, column = grid.place(start) or (start, "")
        said = grid.text(row, column) if grid.place(start) else None
        return {"row": row, "column": column, **({"text": said} if said is not None else {})}
    return {"start": start, "end": end, "text": shown.text(field)[start:end]}
