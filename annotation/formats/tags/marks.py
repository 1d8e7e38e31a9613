"""Labels, HyperTextLabels and ParagraphLabels: parts of a text, whole turns, or cells of a table are marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import said, unsupported
from annotation.formats.schema import FieldKind, Kind, Question
from annotation.formats.shown import TURNS, Shown
from annotation.formats.tags.choices import chosen, only_label
from annotation.formats.tags.family import DRAWN, MARKABLE, Control, Family, Given, Mark, Marks
from annotation.formats.tags.labels import labels_of
from annotation.formats.tags.places import place_value, read_place

_OCR = "ocrlabels"


def _reader(tag: str) -> Any:
    def read(control: Control) -> Question:
        node = control.node
        if said(node, "choice").lower() not in ("", "single"):
            raise unsupported(node, "choice")
        control.refuse("allowEmpty")
        if node.tag.lower() == _OCR:
            control.note("ocr", node)
        found = labels_of(control, "label")
        drawn = control.fields[0].kind in DRAWN
        return control.question(
            Kind.BOXES if drawn else Kind.SPANS,
            tag,
            title=found.title,
            labels=found.all,
            key_of_data=found.key_of_data,
        )

    return read


def label_of(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> str:
    """The one label of a marked region."""
    name = question.region_type
    given: Any = value.get(name)
    plain = isinstance(given, list) and len(given) == 1 and isinstance(given[0], str)
    if plain and given[0] in shown.labels(question):  # quick, for thousands of spans
        return str(given[0])
    here = place.at(name)
    return only_label(question, here, chosen(shown, question, here, given))


def _every(shown: Shown, question: Question, regions: Sequence[Given], marks: Marks) -> list[list[Any]]:
    found: set[tuple[Any, ...]] = set()
    wholes = _whole_turns(shown, question)
    for given in regions:
        place = read_place(shown, question, given.place, given.value)
        if wholes is not None and not (place[0] in wholes[0] and place[1] in wholes[1]):
            raise AnswerInvalid("span_not_turn", {"start": place[0], "end": place[1]}, given.place)
        label = label_of(shown, question, given.place, given.value)
        if (*place, label) in found:
            params = {"start": place[0], "end": place[1], "label": label}
            raise AnswerInvalid("span_duplicate", params, given.place)
        found.add((*place, label))
        marks.add(given, Mark(question.key, question.field, place, (label,)))
    check_uses(shown, question, [one[-1] for one in found])
    return [list(one) for one in sorted(found)]


def _whole_turns(shown: Shown, question: Question) -> tuple[set[int], set[int]] | None:
    """Where turns begin and end, when only whole ones may be marked."""
    field = shown.field(question.field)
    if field.kind not in TURNS or field.granularity != "paragraph":
        return None
    turns = shown.turns(question.field)
    return {turn.start for turn in turns}, {turn.end for turn in turns}


def check_uses(shown: Shown, question: Question, used: Sequence[str]) -> None:
    """Refuse a label that marks more regions than it may."""
    for label, count in Counter(used).items():
        limit = shown.labels(question)[label].max_usage
        if limit is not None and count > limit:
            raise AnswerInvalid("label_overused", {"label": label, "limit": limit}, question.key)


def _write(shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    return [
        {**place_value(shown, question.field, start, end), question.region_type: [label]}
        for start, end, label in value
    ]


LABELS = Family(
    "labels",
    ("labels", _OCR),
    _reader("labels"),
    _write,
    one=label_of,
    every=_every,
    about=MARKABLE | DRAWN,
    marks=True,
)
HYPERTEXT = Family(
    "hypertextlabels",
    ("hypertextlabels",),
    _reader("hypertextlabels"),
    _write,
    every=_every,
    about=frozenset({FieldKind.TEXT, FieldKind.HTML}),
    marks=True,
)
PARAGRAPHS = Family(
    "paragraphlabels",
    ("paragraphlabels",),
    _reader("paragraphlabels"),
    _write,
    every=_every,
    about=TURNS,
    marks=True,
)
