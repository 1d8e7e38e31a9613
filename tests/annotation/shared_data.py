"""Where the public data sets are that tests may read but the repository does not hold."""

import csv
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("ASSAY_SHARED") or Path(__file__).resolve().parents[3] / "shared")


def shared(relative: str) -> Path:
    """A file or folder of the shared data; skips the test when it is not there."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"shared data is not here: {relative} (set ASSAY_SHARED to its folder)")
    return path


def reference_cases(*metrics: str) -> list[Any]:
    """The worked examples of some metrics (of all without names), one parameter each, named after their publication."""
    path = SHARED / "reference" / "values.json"
    if not path.exists():
        reason = "shared data is not here: reference/values.json (set ASSAY_SHARED to its folder)"
        return [pytest.param({}, id="absent", marks=pytest.mark.skip(reason=reason))]
    cases = json.loads(path.read_text(encoding="utf-8"))["agreement"]
    return [
        pytest.param(case, id=f"{case['source']} [{case['id']}]")
        for case in cases
        if not metrics or case["metric"] in metrics
    ]


def judgements(folder: str) -> list[tuple[str, str, str]]:
    """(item, worker, label) of one set under `labels/`, in its original order."""
    path = next(shared(f"data/{folder}").glob("labels.csv*"))
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [(row["item"], row["worker"], row["label"]) for row in csv.DictReader(file)]
