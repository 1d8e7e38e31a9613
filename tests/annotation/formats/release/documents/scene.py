"""Facts of a small release, and its folder as the pipeline leaves it, with hostile and foreign words in both."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents import facts as told
from annotation.formats.release.documents import written
from annotation.formats.release.record import encode
from annotation.formats.release.rows import GoldAnswer, ReleasedAnnotation, ReleaseRow

ROWS = {"train": 6, "validation": 2, "test": 2}
FACTS = told.Facts(
    project="p123",
    name="Leases: 租约 😀",
    key="leases",
    version="2.3.10+0123456789ab",
    organisation_uid="o1",
    organisation="Bär & Partners",
    sector="legal",
    sector_names={"en": "Legal", "zh-hans": "法律"},
    licence="CC-BY-4.0",
    software="0.7.0",
    items=10,
    first_day="2026-01-02",
    last_day="2026-03-04",
    description="Clauses of leases.",
    languages={"en": 8, "zh-hans": 2},
    language_names={"en": {"en": "English", "zh-hans": "英语"}},
    fields=(told.Shown("text", "text", "text"), told.Shown("turns", "turns", "dialogue")),
    questions=(
        told.Asked(
            "verdict",
            "choice",
            "Is it a breach?",
            labels=(
                told.GoldLabelCount("breach", "Breach", 7),
                told.GoldLabelCount("no breach", "No breach", 3),
            ),
            carried=10,
            settled={"unanimous": 8, "adjudicated": 2},
            dissent=2,
        ),
        told.Asked("spans here", "spans", "Parties", settled={"single": 10}),
        told.Asked("问题.一", "choices", settled={"majority": 10}),
        told.Asked("amount", "number", settled={"unanimous": 10}),
    ),
    sources=(told.Source("a register", "CC-BY-4.0", 8), told.Source("", "", 2)),
    licences={"CC-BY-4.0": 8, "": 2},
    rights=(told.Right("CC-BY-4.0", "Ours", "people", "Names were removed.", 10),),
    people=told.People(
        5, 1, {"attorney": 5}, {"CN": 3, "others": 2}, {"over_10": 5}, {"attorney": {"en": "attorney"}}
    ),
    guideline=told.GuidelineFacts(3, "ab" * 32, {"2": 4, "3": 16}, (("1.1", "changed"),)),
    process=told.Process("fixed", 2, 5, "any_difference", 20, 19, {"2": 10}),
    agreement=(
        told.Figure("verdict", "alpha", value=0.8, low=0.6, high=0.9, items=10),
        told.Figure("amount", "alpha_interval", reason="no_variation"),
    ),
    splits={"by": "group", "seed": 7, "shares": {"train": 0.6, "validation": 0.2, "test": 0.2}, "rows": ROWS},
    checks=(
        told.Check("alpha", False, True, 0.6, {"en": "Agreement"}, {"en": "0.6; 0.8 is asked."}),
        told.Check("licences", True, True),
        told.Check("overlap", True, False),
    ),
    waivers=(told.Waiver("alpha", "Bob", "A pilot: only ten items."),),
    limits="Only leases.\n\nOnly of one town.",
    use="To train classifiers.",
    contact="data@example.org",
    personal=told.Personal(3, 0),
    formats={"record": 10, "parquet": 10},
)


def row(number: int, split: str) -> ReleaseRow:
    """A row of the record that fits the facts."""
    values: dict[str, Any] = {
        "verdict": "breach" if number % 3 else "no breach",
        "spans here": [[0, 6, "Party"]],
        "问题.一": ["甲", "乙"],
        "amount": None if number == 4 else 12.5,
    }
    said = ReleasedAnnotation("a" * 16, "attorney", "2026-01-02T00:00:00+00:00", 3.0, values, [], 2, 3)
    return ReleaseRow(
        item=f"i{number}",
        data={"text": f"Clause {number}: 张三\u2028 owes 😀 rent.", "turns": [{"author": "A", "text": "Hi"}]},
        fields={"text": "text"},
        gold=[
            GoldAnswer(key, value, [], "unanimous", "2026-01-02T00:00:00+00:00")
            for key, value in values.items()
        ],
        annotations=[said],
        language="en",
        source="a register",
        licence="CC-BY-4.0",
        split=split,
        number=number,
    )


def entry(folder: Path, path: str, rows: int | None = None) -> FileEntry:
    """What a manifest says of a file."""
    content = (folder / path).read_bytes()
    return FileEntry(path, hashlib.sha256(content).hexdigest(), len(content), rows)


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file of the release."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def lay(folder: Path, facts: told.Facts = FACTS, *, parquet: bool = True) -> list[FileEntry]:
    """A release's folder: the record, Parquet shards (two of train), a picture of an item, and the documents."""
    files = []
    start = 0
    for split, count in ROWS.items():
        rows = [row(start + at, split) for at in range(count)]
        put(folder, f"gold/{split}.jsonl", b"".join(encode(one) + b"\n" for one in rows))
        files.append(entry(folder, f"gold/{split}.jsonl", count))
        if parquet:
            files += _shards(folder, split, rows)
        start += count
    put(folder, "files/abc.png", b"\x89PNG")
    files.append(entry(folder, "files/abc.png"))
    for path, content in written(facts, files).items():
        put(folder, path, content)
    return files


def _shards(folder: Path, split: str, rows: list[ReleaseRow]) -> list[FileEntry]:
    import pyarrow as pa
    from pyarrow import parquet

    pieces = [rows[:3], rows[3:]] if split == "train" else [rows]
    found = []
    for number, piece in enumerate(pieces):
        stem = split if len(pieces) == 1 else f"{split}-{number:05d}-of-{len(pieces):05d}"
        table = pa.table(
            {
                "id": [one.item for one in piece],
                "text": [one.data["text"] for one in piece],
                "verdict": pa.array([["breach", "no breach"].index(one.labels["verdict"]) for one in piece]),
                "topics": [one.labels["问题.一"] for one in piece],
            }
        )
        (folder / "data").mkdir(exist_ok=True)
        parquet.write_table(table, folder / f"data/{stem}.parquet")
        found.append(entry(folder, f"data/{stem}.parquet", len(piece)))
    return found


INFO: dict[str, Any] = {
    "features": [
        {"name": "id", "dtype": "string"},
        {"name": "text", "dtype": "string"},
        {
            "name": "verdict",
            "dtype": {"class_label": {"names": {"0": "breach", "1": "no: breach\n---\n“😀”"}}},
        },
        {"name": "topics", "list": "string"},
    ]
}
WITH_INFO = replace(FACTS, dataset_info=INFO)


def record(folder: Path, split: str) -> list[dict[str, Any]]:
    """The rows of the record."""
    lines = (folder / f"gold/{split}.jsonl").read_bytes().split(b"\n")
    return [json.loads(line) for line in lines if line]
