"""`python -m annotation.algorithms.reference FILE [--data DIR]`: run worked examples, print failures and totals."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from annotation.algorithms.reference.cases import Unusable, read
from annotation.algorithms.reference.run import folders_of, run


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
    folders = folders_of(asked.file, asked.data)
    failed = [found for case in cases if not (found := run(case, folders)).passed]
    sys.stdout.writelines(f"{outcome}\n" for outcome in failed)
    sys.stdout.write(f"{len(cases) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
