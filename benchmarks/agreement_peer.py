"""Agreement by `krippendorff` and `irrCAC` on one table of labels: run in the peers' environment, without Assay.

    python agreement_peer.py table.npz {krippendorff|irrcac|all} times

`table.npz` holds `table` (raters, items) of codes from 0, -1 for no label, and `labels`, how many there are. Prints
JSON: for each package, its version, seconds (the shortest of `times`, with the table already in the form it takes) and
the value; and the seconds of one np.bincount over the labels in the same process.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any


def main() -> None:
    """Load, time, print."""
    import numpy as np

    warnings.simplefilter("ignore")
    with np.load(sys.argv[1]) as loaded:
        table, labels = loaded["table"], int(loaded["labels"])
    wanted, times = sys.argv[2], int(sys.argv[3])
    given = table[table >= 0].astype(np.int64)
    found = {"bincount": {"seconds": _timed(lambda: np.bincount(given, minlength=labels), 5)[0]}}
    if wanted in {"krippendorff", "all"}:
        found["krippendorff"] = _krippendorff(table, labels, times)
        found["krippendorff, from counts"] = _from_counts(table, labels, times)
    if wanted in {"irrcac", "all"}:
        found["irrcac"] = _irrcac(table, times)
    print(json.dumps(found))


def _krippendorff(table: Any, labels: int, times: int) -> dict[str, Any]:
    import numpy as np

    package: Any = importlib.import_module("krippendorff")
    data = np.where(table < 0, np.nan, table.astype(float))
    domain = list(range(labels))
    seconds, value = _timed(
        lambda: package.alpha(reliability_data=data, value_domain=domain, level_of_measurement="nominal"),
        times,
    )
    return {"version": version("krippendorff"), "seconds": seconds, "value": float(value)}


def _from_counts(table: Any, labels: int, times: int) -> dict[str, Any]:
    """The package's other form, items x labels already counted: the counting is not timed."""
    import numpy as np

    package: Any = importlib.import_module("krippendorff")
    counts = np.stack([(table == label).sum(axis=0) for label in range(labels)], axis=1)
    domain = list(range(labels))
    seconds, value = _timed(
        lambda: package.alpha(value_counts=counts, value_domain=domain, level_of_measurement="nominal"), times
    )
    return {"version": version("krippendorff"), "seconds": seconds, "value": float(value)}


def _irrcac(table: Any, times: int) -> dict[str, Any]:
    """The package wants a data frame, items x raters; making it is not timed."""
    import numpy as np

    pd: Any = importlib.import_module("pandas")
    raw: Any = importlib.import_module("irrCAC.raw")
    frame = pd.DataFrame(np.where(table < 0, np.nan, table.astype(float)).T)
    seconds, found = _timed(lambda: raw.CAC(frame).krippendorff(), times)
    value = float(found["est"]["coefficient_value"])
    return {"version": version("irrCAC"), "seconds": seconds, "value": value}


def _timed(call: Callable[[], Any], times: int) -> tuple[float, Any]:
    best, answer = float("inf"), None
    for _ in range(times):
        begun = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - begun)
    return best, answer


if __name__ == "__main__":
    main()
