"""Writes `texts/*.jsonl` (what is imported) and `truth/*.jsonl` (what is right) from `source/*.txt`.

Run `python -m demo.build` after editing a source; a test checks that the files are what it writes.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from demo.source_file import HERE, SourceItem, read_source

KEYS = ("legal-en", "legal-zh", "healthcare-en", "healthcare-zh", "finance-en", "finance-zh")
LICENCE = "CC-BY-4.0"
_SOURCE = {
    "en": "Assay example texts, written for the project",
    "zh": "Assay 示例文本，为本项目编写",
}
_LANGUAGE = {"en": "en", "zh": "zh-hans"}


def text_row(item: SourceItem) -> dict[str, object]:
    """The row to import: the text and where it comes from, without any answer."""
    tag = item.ref.split("-")[1]
    return {
        "text": item.text,
        "ref": item.ref,
        "_source": _SOURCE[tag],
        "_licence": LICENCE,
        "_language": _LANGUAGE[tag],
        "_group": item.group,
    }


def truth_row(item: SourceItem) -> dict[str, object]:
    """The right answer to every question, how hard it is and what it is confused with; keyed by `ref`."""
    return {
        "ref": item.ref,
        "text_sha256": hashlib.sha256(item.text.encode()).hexdigest(),
        "answers": {**item.answers, "mentions": [list(span) for span in item.mentions]},
        "difficulty": item.difficulty,
        "confusable": item.confusable,
    }


def outputs() -> dict[Path, str]:
    """Every file this script writes, with its content."""
    files: dict[Path, str] = {}
    for key in KEYS:
        items = read_source(key)
        files[HERE / "texts" / f"{key}.jsonl"] = "".join(_line(text_row(item)) for item in items)
        files[HERE / "truth" / f"{key}.jsonl"] = "".join(_line(truth_row(item)) for item in items)
    return files


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, content in outputs().items():
        path.write_text(content, "utf-8")
