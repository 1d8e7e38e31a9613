"""Whatever an answer holds besides: it is refused at the door, or every reader takes what is stored of it."""

from collections.abc import Sequence
from io import BytesIO
from random import Random
from typing import Any

import pytest

from annotation.algorithms.contribution import entropy, pairs, pattern
from annotation.algorithms.verdict import ANY_DIFFERENCE, canonical_value, judge
from annotation.formats.answers import AnswerInvalid, Checked, compare, read_answer
from annotation.formats.label_studio_result import from_label_studio, to_label_studio
from annotation.formats.release.format import Sink, View
from annotation.formats.release.registry import FORMATS
from annotation.formats.release.rows import GoldAnswer, ReleasedAnnotation, ReleaseRow
from annotation.formats.schema import Schema
from annotation.project_templates import templates
from annotation.web.try_out import row_for
from annotation.web.values import Values
from tests.annotation.formats import family_scene, test_region_place
from tests.annotation.formats.any_answer import answer, spoilt

SCENES: dict[str, tuple[Schema, dict[str, Any]]] = {
    "every family": (family_scene.SCHEMA, family_scene.DATA),
    "boxes and spans": (test_region_place.PAGES, test_region_place.DATA),
    **{one.key: (one.schema, row_for(one.schema, one)) for one in templates()},
}
DRAWS = 100


@pytest.mark.parametrize("name", SCENES)
def test_what_is_stored_of_any_answer_is_read_by_everybody(name: str) -> None:
    schema, data = SCENES[name]
    rng = Random(name)
    taken: list[Checked] = []
    for _ in range(DRAWS):
        sound = answer(schema, data, rng)
        for result in (sound, spoilt(sound, rng)):
            try:
                taken.append(read_answer(schema, data, result, complete=False))
            except AnswerInvalid as refused:
                assert refused.detail  # noqa: PT017 (most spoilt ones are)
    assert len(taken) > DRAWS / 4, "the generator makes too little that fits"
    view = View(schema)
    sinks = [one.open(BytesIO(), view) for one in FORMATS.values() if not one.misfit(view)]
    for one, other in zip(taken, [*taken[1:], taken[0]], strict=True):
        assert read_answer(schema, data, one.result, complete=False) == one
        _read(schema, data, one, other, sinks)
    for sink in sinks:
        sink.close()


def _read(schema: Schema, data: dict[str, Any], one: Checked, other: Checked, sinks: Sequence[Sink]) -> None:
    words = Values(schema.to_json(), data)
    for question in schema.questions:
        kind, said = question.kind, [checked.values.get(question.key) for checked in (one, other)]
        words.show(question.key, said[0])
        canonical_value(kind, said[0])
        assert compare(kind, said[0], said[0])
        compare(kind, *said)
        judge(kind, {"a": said[0], "b": said[1]}, rule=ANY_DIFFERENCE)
        if kind.compared and None not in said:
            entropy(kind, pattern(kind, list(enumerate(said))))
            list(pairs(kind, list(enumerate(said))))
    theirs = to_label_studio(one.result, schema, data)
    from_label_studio(theirs, schema, data)
    row = _row(schema, data, one, other)
    for sink in sinks:
        sink.write(row)


def _row(schema: Schema, data: dict[str, Any], one: Checked, other: Checked) -> ReleaseRow:
    """Gold of two people, question by question in turn."""
    gold = [
        GoldAnswer(
            question.key,
            source.values[question.key],
            [
                region
                for region in source.result
                if region["from_name"] == question.key or question.tag == "relations"
            ],
            "unanimous",
            "2026-11-21",
        )
        for at, question in enumerate(schema.questions)
        if question.key in (source := (one, other)[at % 2]).values
    ]
    own = ReleasedAnnotation("p1", "", "2026-11-21", None, one.values, one.result, 1, None)
    return ReleaseRow("it_1", data, schema.data_keys, gold, [own], schema=schema)
