"""For every format a schema that it fits, and rows that give it records: those of a plain split, and of a full one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotation.formats.release.format import Format, View
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import HARD, any_rows, place, row_of, schema_of
from tests.annotation.formats.release.training.stories import ANSWERS, graded_story, story

_MARKED = """<Labels name="span" toName="text"><Label value="Party"/><Label value="Paid Sum"/></Labels>
    <Relations name="rel" toName="text"><Relation value="pays"/></Relations>"""
_ONE = """<Choices name="a" toName="text"><Choice value="x"/><Choice value="y"/></Choices>
    <Choices name="b" toName="text"><Choice value="x"/></Choices>
    <Choices name="c" toName="text" choice="multiple"><Choice value="x"/><Choice value="y"/></Choices>"""
_SEVERAL = (
    '<Choices name="c" toName="text" choice="multiple"><Choice value="x"/><Choice value="y"/></Choices>'
)


@dataclass(frozen=True)
class Scene:
    """`plain` rows leave empty, or out, what `full` rows fill."""

    schema: Schema
    plain: list[ReleaseRow]
    full: list[ReleaseRow]

    @property
    def view(self) -> View:
        """What a format is told of it."""
        return View(self.schema, name="Scene", key="scene", languages=("en",))


def scenes() -> list[Scene]:
    """All of them, made anew."""
    return [_chosen(), _several(), _marked(), *map(_story, ANSWERS), _graded(), _families()]


def fitting(format_: Format) -> list[Scene]:
    """Those that a format fits; at least one."""
    found = [one for one in scenes() if not format_.misfit(one.view)]
    assert found, f"{format_.key} fits no scene"
    return found


def _chosen() -> Scene:
    schema = schema_of(_ONE)
    plain = row_of(schema, {"text": "t"}, {"a": "x", "c": []})
    return Scene(
        schema,
        [replace(plain, gold=[replace(one, soft=None) for one in plain.gold])],
        [row_of(schema, {"text": HARD}, {"a": "y", "b": "x", "c": ["x", "y"]}, 1)],
    )


def _several() -> Scene:
    schema = schema_of(_SEVERAL)
    plain = row_of(schema, {"text": "t"}, {"c": []})
    full = row_of(schema, {"text": "u"}, {"c": ["x", "y"]}, 1)
    return Scene(schema, [plain], [full])


def _marked() -> Scene:
    schema = schema_of(_MARKED)
    text = "Acme-Werke GmbH paid"
    head, tail = place("Ac", "Party", text), place("GmbH", "Paid Sum", text)
    spans = [head, place("Werke GmbH", "Party", text), tail]
    return Scene(
        schema,
        [
            row_of(schema, {"text": ""}, {"span": [], "rel": []}),
            row_of(schema, {"text": "none"}, {"span": [], "rel": []}, 1),
        ],
        [row_of(schema, {"text": text}, {"span": spans, "rel": [[head, tail, "pays", "right"]]}, 2)],
    )


def _story(template: str) -> Scene:
    one = story(template)
    return Scene(one.asked, [one], [story(template, "zh-hans", item="it-2")])


def _graded() -> Scene:
    """The plain one says nothing of why."""
    full = graded_story()
    notes = {one.key for one in full.asked.questions if one.tag == "textarea"}
    plain = replace(full, gold=[one for one in full.gold if one.question not in notes])
    return Scene(full.asked, [plain], [full])


def _families() -> Scene:
    rows = any_rows()
    return Scene(family_scene.SCHEMA, rows[-1:], rows)
