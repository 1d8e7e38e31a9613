"""The labelling editor in a real Chromium: medians of five runs, each in a page of its own.

.venv/bin/python -m benchmarks.editor [documents | pages]
"""

import statistics
import sys
from collections.abc import Iterable

from benchmarks.editor import document, documents, pages
from benchmarks.editor.page import chromium, served
from benchmarks.rubric import Table

RUNS = 5
SIZES = (
    ("120,000 characters, 2,000 spans", "book", 120_000, 2_000, False, 120),
    ("the same on one line", "line", 120_000, 2_000, True, 120),
    ("1,000,000 characters, 20,000 spans", "archive", 1_000_000, 20_000, False, 1000),
)
SCRIPT = 5


def main() -> None:
    """Everything, printed as it comes."""
    table = Table(sys.stdout)
    with chromium() as browser:
        if sys.argv[1:] != ["documents"]:
            pages.measure(browser, table)
        if sys.argv[1:] == ["pages"]:
            return
        works = {name: documents.work(size, spans, one_line=flat) for _, name, size, spans, flat, _ in SIZES}
        with served(works) as address:
            for title, name, size, _, _, limit in SIZES:
                runs = [document.run(browser, address, name, size) for _ in range(RUNS)]
                _tell(table, title, runs, limit)


def _tell(table: Table, title: str, runs: list[document.Seen], limit: int) -> None:
    ready = [run.ready for run in runs]
    table.line(f"{title}: ready", _ms(ready), _beside(ready, limit))
    script = [statistics.median(run.script) for run in runs]
    worst = max(one for run in runs for one in run.script)
    table.line(
        f"{title}: adding a span, script", _ms(script), f"{_beside(script, SCRIPT)}; worst {worst:.1f} ms"
    )
    table.line(f"{title}: adding a span, painted", _ms([statistics.median(run.painted) for run in runs]))
    for activity in runs[0].longest:
        longest = [run.longest[activity] for run in runs]
        table.line(f"{title}: longest task while {activity}", _task(longest), "wanted: none over 50 ms")


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


def _ms(values: Iterable[float]) -> str:
    return f"{_median(values):.1f} ms"


def _task(values: list[float]) -> str:
    worst = max(values)
    return "none" if worst == 0 else f"{_median(values):.0f} (worst {worst:.0f}) ms"


def _beside(values: Iterable[float], limit: float) -> str:
    return f"wanted: at most {limit} ms" + ("" if _median(values) <= limit else ": MISSED")


if __name__ == "__main__":
    main()
