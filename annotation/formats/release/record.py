"""The record of a release: one item a line, with everything the release says of it. Every release holds it.

`labels` holds the gold values by question, for those who want nothing else; `gold` says how each was settled. Offsets
are Unicode code points. A line is canonical JSON (sorted keys, no spaces), and its SHA-256 a leaf of the Merkle tree.
"""

from __future__ import annotations

import json
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.format import Lines, Out, View
from annotation.formats.release.rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow, Soft
from annotation.formats.schema import Schema


class Record:
    """The `record` format."""

    key = "record"
    folder = "gold"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> Lines:
        """Lines of canonical JSON."""
        return Lines(out, lambda row: [encode(row)])


def encode(row: ReleaseRow) -> bytes:
    """The line of one item, without its end."""
    return canonical_json(
        {
            "id": row.item,
            "split": row.split,
            "data": dict(row.data),
            "labels": row.labels,
            "gold": {gold.question: _gold(gold) for gold in row.gold},
            "annotations": [_annotation(annotation) for annotation in row.annotations],
            "language": row.language,
            "source": row.source,
            "licence": row.licence,
            "group": row.group,
        }
    )


def _gold(gold: GoldAnswer) -> dict[str, Any]:
    soft = gold.soft
    return {
        "value": gold.value,
        "result": list(gold.result),
        "how": gold.how,
        "settled_at": gold.settled_at,
        "chance": gold.chance,
        "rationale": gold.rationale,
        "clause": gold.clause,
        "decision": gold.decision,
        "cites": list(gold.cites),
        "adjudicator": gold.adjudicator,
        "adjudicator_class": gold.adjudicator_class,
        "dissent": [{"annotator": one.annotator, "value": one.value} for one in gold.dissent],
        "soft": None
        if soft is None
        else {
            "distribution": [[value, share] for value, share in soft.distribution],
            "reliabilities": dict(soft.reliabilities),
        },
    }


def _annotation(one: ReleasedAnnotation) -> dict[str, Any]:
    return {
        "annotator": one.annotator,
        "credential_class": one.credential_class,
        "submitted_at": one.submitted_at,
        "seconds": one.seconds,
        "values": dict(one.values),
        "result": list(one.result),
        "schema_version": one.schema_version,
        "guideline_version": one.guideline_version,
    }


def decode(line: bytes, number: int, schema: Schema) -> ReleaseRow:
    """The row that a line says, `number` from 0 over the whole release. The inverse of `encode`."""
    said = json.loads(line)
    return ReleaseRow(
        item=said["id"],
        data=said["data"],
        fields=schema.data_keys,
        gold=[_gold_of(question, gold) for question, gold in said["gold"].items()],
        annotations=[ReleasedAnnotation(**one) for one in said["annotations"]],
        language=said["language"],
        source=said["source"],
        licence=said["licence"],
        group=said["group"],
        split=said["split"],
        number=number,
        schema=schema,
    )


def _gold_of(question: str, said: dict[str, Any]) -> GoldAnswer:
    soft = said.pop("soft")
    dissent = [Dissent(**one) for one in said.pop("dissent")]
    told = (
        Soft([(value, share) for value, share in soft["distribution"]], soft["reliabilities"])
        if soft
        else None
    )
    return GoldAnswer(question=question, dissent=dissent, soft=told, **said)
