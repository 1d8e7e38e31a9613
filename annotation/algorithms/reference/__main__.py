"""`python -m annotation.algorithms.reference FILE [--data DIR]`: run worked examples, print failures and totals."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotation.algorithms.reference.answers import Answer, answer
from annotation.algorithms.reference.cases import Case, Unusable, read


def failure(case: Case, folders: Sequence[Path]) -> str | None:
    """Why a case fails, in one line; None when it passes."""
    try:
        got = answer(case, folders)
    except Unusable as problem:
        return f"{case.id}: {problem} [{case.source}]"
    except Exception as problem:  # noqa: BLE001 - one broken case must not hide the others
        return f"{case.id}: {case.metric!r} failed with {type(problem).__name__}: {problem} [{case.source}]"
    if _equal(got, case.expected, case.tolerance):
        return None
    return (
        f"{case.id}: {case.metric}: expected {case.expected}, got {_written(got)}, "
        f"tolerance {case.tolerance} [{case.source}]"
    )


def folders_of(file: Path, given: Path | None) -> list[Path]:
    """Where folders of labels may lie: the named one, beside the file, or in the shared data of the tests."""
    if given is not None:
        return [given]
    here = file.resolve().parent
    shared = os.environ.get("ASSAY_SHARED")
    beside = Path(__file__).resolve().parents[4] / "shared"
    return [here.parent / "data", here / "data", here, (Path(shared) if shared else beside) / "data"]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every case passes, 1 when one fails, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m annotation.algorithms.reference", description=__doc__)
    parser.add_argument(
        "file", type=Path, help="JSON: a list of cases, or an object with the list `agreement`"
    )
    parser.add_argument("--data", type=Path, help="the folder that data of layout `folder` are relative to")
    asked = parser.parse_args(arguments)
    try:
        cases = read(asked.file)
    except Unusable as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    failures = [line for case in cases if (line := failure(case, folders_of(asked.file, asked.data)))]
    for line in failures:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(cases) - len(failures)} passed, {len(failures)} failed\n")
    return 1 if failures else 0


def _equal(got: Answer, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, list | tuple) and isinstance(got, tuple):
        return len(expected) == len(got) and all(
            _equal(one, other, tolerance) for one, other in zip(got, expected, strict=True)
        )
    if not isinstance(expected, int | float) or expected != expected:
        return got is None
    return isinstance(got, int | float) and abs(got - expected) <= tolerance * (1 + 1e-9)


def _written(got: Answer) -> str:
    return "no value" if got is None else f"{got:.8g}" if isinstance(got, float) else str(got)


if __name__ == "__main__":
    sys.exit(main())
