"""A release as JSON Lines: one item a line, for training code.

`labels` holds the gold values by question, for those who want nothing else; `gold` says how each was settled.
Offsets are Unicode code points.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release_rows import GoldAnswer, ReleaseRow


class JsonLines:
    """The `jsonl` writer."""

    name = "jsonl"
    filename = "gold.jsonl"
    begin = between = end = b""

    def encode(self, row: ReleaseRow, _number: int) -> bytes:
        """One line."""
        return canonical_json(
            {
                "id": row.item,
                "data": dict(row.data),
                "labels": {gold.question: gold.value for gold in row.gold},
                "gold": {gold.question: _gold(gold) for gold in row.gold},
                "annotations": [asdict(annotation) for annotation in row.annotations],
                "language": row.language,
                "source": row.source,
                "licence": row.licence,
                "group": row.group,
            }
        ) + (b"\n")


def _gold(gold: GoldAnswer) -> dict[str, Any]:
    found = asdict(gold)
    del found["question"]
    return found
