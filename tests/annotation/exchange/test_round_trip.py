"""Every export that there is comes in and goes out again without loss."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from annotation.management.round_trip import REASONS, Trip, compare, exports_in, round_trip, table
from core.models import Organisation, User
from core.organisations import create_organisation
from tests.annotation.shared_data import SHARED, shared
from tests.cast import person

EXPORTS = exports_in(SHARED / "data/labelstudio/exports")
PEOPLE = 40


@pytest.fixture
def owner(db: None) -> User:
    return person("olga")


@pytest.fixture
def home(owner: User) -> Organisation:
    return create_organisation(name="Olga's", by=owner, default_licence="CC0-1.0")


def fine(trip: Trip) -> None:
    assert trip.losses == []
    assert set(trip.reasons) <= set(REASONS)
    assert trip.counts["task"]


@pytest.mark.skipif(not EXPORTS, reason="shared data is not here: exports (set ASSAY_SHARED)")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_an_export_comes_back(path: Path, home: Organisation, owner: User) -> None:
    trip = round_trip(path.name, path.read_bytes(), home, owner)
    fine(trip)
    assert f"`{path.name}`" in next(line for line in table([trip]) if path.name in line)


def test_spans_by_many_people_come_back(home: Organisation, owner: User) -> None:
    path = shared("data/labels/spans_pico/pico_acl17_test.jsonl.gz")
    with gzip.open(path, "rt") as lines:
        tasks = [_task(at, json.loads(line)) for at, line in enumerate(lines, 1)]
    trip = round_trip("spans_pico.json", json.dumps(tasks).encode(), home, owner)
    fine(trip)
    assert (trip.counts["task"], trip.counts["annotation"]) == (191, 1165 + 191)
    assert trip.counts["prediction"] == sum(len(task["predictions"]) for task in tasks) > 500


def test_a_loss_is_seen() -> None:
    task = {"data": {"text": "x"}, "annotations": [{"result": []}]}
    trip = Trip("made up")
    after = {"data": {"text": "y"}, "meta": {}, "predictions": [], "drafts": [], "annotations": []}
    compare(trip, "[0]", task, after)
    assert trip.losses == ["[0].data", "[0].annotations"]


def _task(number: int, row: dict[str, Any]) -> dict[str, Any]:
    text = str(row["text"])
    told: dict[str, list[list[int]]] = {**row["crowd"], **row["expert"]}
    return {
        "id": number,
        "data": {"text": text, "pmid": row["id"]},
        "meta": {"from": "spans_pico"},
        "annotations": [
            {
                "id": number * 1000 + at,
                "completed_by": {"email": f"{who}@crowd.example"},
                "result": [_span(text, at, span) for at, span in enumerate(spans or [])],
                "was_cancelled": False,
                "ground_truth": who == "medical_student",
                "lead_time": 12.5 + at,
                "created_at": "2017-02-03T04:05:06.789000Z",
                "updated_at": "2018-02-03T04:05:06.789000Z",
                "unique_id": f"00000000-0000-4000-8000-{number:06d}{at:06d}",
                "parent_annotation": number * 1000 if at else None,
            }
            for at, (who, spans) in enumerate(told.items())
        ],
        "predictions": [
            {
                "id": number * 1000 + at,
                "model_version": who,
                "score": 0.5,
                "created_at": "2017-02-03T04:05:06.789000Z",
                "result": [_span(text, at, span) for at, span in enumerate(spans or [])],
            }
            for at, (who, spans) in enumerate(row["reference_aggregations"].items())
        ],
    }


def _span(text: str, at: int, span: list[int]) -> dict[str, object]:
    start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in span)
    value = {"start": start, "end": end, "text": text[span[0] : span[1]], "labels": ["Participants"]}
    return {"id": f"r{at}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
