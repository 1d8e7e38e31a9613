"""Rows to release: every family of tags answered at random, and small schemas whose rows are written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from annotation.formats.answers import AnswerInvalid, read_answer
from annotation.formats.known_answer import regions_of
from annotation.formats.labelling_config import parse_config
from annotation.formats.release.format import Format, View
from annotation.formats.release.rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow, Soft
from annotation.formats.schema import Schema
from tests.annotation.formats import family_scene
from tests.annotation.formats.any_answer import answer

AT = "2026-11-20T10:00:00+00:00"
HARD = "𠀀甲 paid 😀👩‍👩‍👧\r\nto 乙方 in Zürich."
"""Extension B, emoji of several code points, a line end of two characters."""


def place(words: str, label: str, text: str = HARD) -> list[Any]:
    """The span of the first place where words stand."""
    start = text.index(words)
    return [start, start + len(words), label]


def schema_of(inside: str, texts: Sequence[str] = ("text",)) -> Schema:
    """A schema with these controls on texts of these names."""
    shown = "".join(f'<Text name="{one}" value="${one}"/>' for one in texts)
    return parse_config(f"<View>{shown}{inside}</View>")


def row_of(
    schema: Schema, data: dict[str, Any], values: dict[str, Any], number: int = 0, **more: Any
) -> ReleaseRow:
    """An item of which these answers became gold; two people gave them, and a third something else."""
    result = regions_of(schema, data, values)
    gold = [
        GoldAnswer(
            key,
            value,
            [one for one in result if one["from_name"] == key or schema.by_key[key].tag == "relations"],
            "unanimous",
            AT,
            chance=0.9,
            rationale="so it says",
            dissent=[Dissent("p3", value)],
            soft=Soft([(value, 0.75), ("other", 0.25)]) if isinstance(value, str) else None,
        )
        for key, value in values.items()
    ]
    said = [ReleasedAnnotation(who, "expert", AT, 12.5, values, result, 1, 1) for who in ("p1", "p2")]
    given = {"language": "en", "source": "a book", "licence": "CC-BY-4.0", "group": "g1", **more}
    return ReleaseRow(
        f"it_{number}", data, schema.data_keys, gold, said, number=number, schema=schema, **given
    )


def any_rows(count: int = 40) -> list[ReleaseRow]:
    """Items of every family of tags, answered at random; the last has no gold at all."""
    rng, rows = Random(7), list[ReleaseRow]()
    schema, data = family_scene.SCHEMA, family_scene.DATA
    while len(rows) < count:
        try:
            checked = read_answer(schema, data, answer(schema, data, rng), complete=False)
        except AnswerInvalid:  # the generator's guess; the next fits
            continue
        gold = [
            GoldAnswer(
                key,
                value,
                [
                    one
                    for one in checked.result
                    if one["from_name"] == key or schema.by_key[key].tag == "relations"
                ],
                "stopped",
                AT,
            )
            for key, value in checked.values.items()
        ]
        own = ReleasedAnnotation("p1", "", AT, None, checked.values, checked.result, 1, None)
        number = len(rows)
        rows.append(
            ReleaseRow(f"it_{number}", data, schema.data_keys, gold, [own], number=number, schema=schema)
        )
    return [*rows, replace(rows[0], item="it_none", gold=[], number=count)]


def written(format_: Format, view: View, rows: Sequence[ReleaseRow]) -> tuple[bytes, int]:
    """A file of these rows, and how many records it holds."""
    out = BytesIO()
    sink = format_.open(out, view)
    records = sum(sink.write(row) for row in rows)
    sink.close()
    return out.getvalue(), records


def filed(
    format_: Format, view: View, rows: Sequence[ReleaseRow], folder: Path, split: str = "train"
) -> Path:
    """The same as the file of a release's folder."""
    path = folder / format_.folder / f"{split}{format_.ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(format_, view, rows)[0])
    return path
