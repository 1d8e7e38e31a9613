"""The right answers of the example's texts, kept apart from what is imported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Truth:
    """What is right for one item.

    `answers`: question key -> judgement value (`[start, end, label]` for spans, offsets in code points);
    a question without a right answer is absent. `difficulty`: 0 (plain) to 1. `confusable`: question key ->
    the label an unsure expert takes instead.
    """

    ref: str
    text_sha256: str
    answers: Mapping[str, Any]
    difficulty: float
    confusable: Mapping[str, str]


def load_truths(key: str) -> dict[str, Truth]:
    """The truths of the project `key` (a key of `demo.projects`), by the `ref` in the item's data."""
    lines = (HERE / "truth" / f"{key}.jsonl").read_text("utf-8").splitlines()
    truths = [Truth(**json.loads(line)) for line in lines]
    return {truth.ref: truth for truth in truths}
