"""RectangleLabels, PolygonLabels, Rectangle and Polygon: areas of a picture, or of a document's pages, are drawn.

They are collected, not compared. A region on pages says which page by `item_index`, as Label Studio does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import childless, said, truth, unsupported
from annotation.formats.schema import FieldKind, Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family, Given, Mark, Marks
from annotation.formats.tags.labels import labels_of
from annotation.formats.tags.marks import check_uses, label_of
from annotation.formats.tags.places import box_of

_AREAS = frozenset({FieldKind.IMAGE, FieldKind.PAGES})


def _read_labelled(control: Control) -> Question:
    node = control.node
    if said(node, "choice").lower() not in ("", "single"):
        raise unsupported(node, "choice")
    _tell_turning(control)
    found = labels_of(control, "label")
    tag = node.tag.lower()
    return control.question(
        Kind.BOXES, tag, title=found.title, labels=found.all, key_of_data=found.key_of_data
    )


def _read_plain(control: Control) -> Question:
    childless(control.node)
    _tell_turning(control)
    return control.question(Kind.BOXES, control.node.tag.lower())


def _tell_turning(control: Control) -> None:
    """Rectangles of Label Studio can be turned unless `canRotate` says no."""
    node = control.node
    if node.tag.lower().startswith("rectangle") and truth(node, "canRotate", default=True):
        control.note("no_turning", node)


def _every(shown: Shown, question: Question, regions: Sequence[Given], marks: Marks) -> list[list[Any]]:
    found: list[list[Any]] = []
    labelled = question.tag.endswith("labels")
    for given in regions:
        value, place = given.value, given.place
        if ("points" in value) != question.tag.startswith("polygon"):
            raise AnswerInvalid("box_shape", {"question": question.key}, place)
        box = box_of(place, value)
        label = label_of(shown, question, place, value) if labelled else ""
        page = page_of(shown, question, given)
        found.append([*_plain(box), label, *page])
        marks.add(given, Mark(question.key, question.field, (*box, *page), (label,) if label else ()))
    check_uses(
        shown, question, [each[-1 - len(_page_part(shown, question))] for each in found] if labelled else []
    )
    return sorted(found, key=repr)


def _page_part(shown: Shown, question: Question) -> tuple[int, ...]:
    return (0,) if shown.field(question.field).kind is FieldKind.PAGES else ()


def page_of(shown: Shown, question: Question, given: Given) -> tuple[int, ...]:
    """The page that a region is drawn on, as a tuple of one; of a picture nothing. Checks the sizes sent with it."""
    for side in ("original_width", "original_height"):
        if side in given.region:
            Place(f"{given.place}".removesuffix(".value")).at(side).number(given.region[side])
    if not _page_part(shown, question):
        return ()
    here = Place(f"{given.place}".removesuffix(".value")).at("item_index")
    page = here.whole(given.region.get("item_index", 0))
    if not 0 <= page < shown.page_count(question.field):
        raise AnswerInvalid("page_unknown", {"page": page + 1}, here)
    return (page,)


def _plain(box: tuple[Any, ...]) -> list[Any]:
    return [list(one) if isinstance(one, tuple) else one for one in box]


def _nothing(_value: Mapping[str, Any]) -> dict[str, Any]:
    return {}  # an area without a label is all there is to say


# Areas are collected: nothing writes them back.
RECTANGLES = Family(
    "rectanglelabels", ("rectanglelabels",), _read_labelled, None, every=_every, about=_AREAS, marks=True
)
POLYGONS = Family(
    "polygonlabels", ("polygonlabels",), _read_labelled, None, every=_every, about=_AREAS, marks=True
)
RECTANGLE = Family(
    "rectangle", ("rectangle",), _read_plain, None, every=_every, about=_AREAS, marks=True, own=_nothing
)
POLYGON = Family(
    "polygon", ("polygon",), _read_plain, None, every=_every, about=_AREAS, marks=True, own=_nothing
)
