"""Label Studio and Assay under the same workload over the same API, one after the other on the same machine.

python -m benchmarks.label_studio [--tasks N] [--labels N] [--database postgres|sqlite] [--large N]

The workload is `bench/labelstudio_workload.py` of ASSAY_SHARED: it speaks only Label Studio's API. Both sides have as
many web processes and threads, a fresh database of the same kind, and every commit is on disk before it is answered.
`--large`: then Assay alone, with that many tasks beside ten thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from benchmarks import label_studio_sides as sides
from benchmarks.rubric import Table
from tools.conformance import SHARED

WORKLOAD = SHARED / "bench" / "labelstudio_workload.py"
SMALL = 10_000
CHOICE = """<View><Text name="t" value="$text"/>
  <Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>"""
Measured = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A line of the table: how it is read off a run, and how many times better it should be."""

    what: str
    name: str
    unit: str
    wanted: float
    more_is_better: bool = False

    def line(self, table: Table, kind: str, ours: Measured, theirs: Measured) -> None:
        """Print it with the ratio."""
        mine, other = ours[self.name], theirs[self.name]
        ratio = mine / other if self.more_is_better else other / mine
        beside = f"{ratio:.1f} x (wanted {self.wanted:g}); Label Studio {other:,.1f} {self.unit}"
        table.line(f"{kind}: {self.what}", f"{mine:,.1f} {self.unit}", beside)


FIGURES = (
    Figure("next, median", "next_ms_p50", "ms", 20),
    Figure("submit, median", "submit_ms_p50", "ms", 15),
    Figure("labels with 8 clients", "concurrent_labels_per_s", "/s", 30, more_is_better=True),
    Figure("import until answered", "import_per_s", "tasks/s", 10, more_is_better=True),
    Figure("a page of 100 tasks", "list_100_ms", "ms", 10),
    Figure("export as JSON", "export_per_s", "tasks/s", 20, more_is_better=True),
    Figure("memory (PSS)", "memory", "MB", 4),
)


def workload(side: sides.Side, tasks: int, labels: int) -> dict[str, Any]:
    """What the workload measures of a server, and its memory afterwards."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command: list[str] = [sys.executable, str(WORKLOAD), side.url, side.keys, "--json", out.name]
        subprocess.run(
            [*command, "--tasks", str(tasks), "--labels", str(labels)], check=True, stdout=subprocess.DEVNULL
        )
        found: dict[str, Any] = json.loads(Path(out.name).read_text(encoding="utf-8"))
    return {**found, "memory": side.memory()}


def compare(table: Table, kind: str, tasks: int, labels: int) -> None:
    """Both sides, one after the other: they would take the processors from one another."""
    with sides.assay(kind) as side:
        ours = workload(side, tasks, labels)
    with sides.label_studio(kind) as side:
        theirs = workload(side, tasks, labels)
    for figure in FIGURES:
        figure.line(table, f"{kind}, {tasks:,} tasks", ours, theirs)
    for name in ("concurrent_errors", "duplicate_tasks"):
        table.line(f"{kind}: {name.replace('_', ' ')}", str(ours[name]), f"Label Studio {theirs[name]}")


def at_scale(table: Table, kind: str, many: int, labels: int) -> None:
    """Next and submit with ten thousand tasks and with many, once all of them are open for work."""
    with sides.assay(kind) as side:
        call = _caller(side)
        few = [_labels(call, _filled(call, count), labels) for count in (SMALL, many)]
    for at, what in enumerate(("next", "submit")):
        small, large = (statistics.median(times[at]) * 1000 for times in few)
        beside = f"{large / small:.2f} x that at {SMALL:,} (wanted 1.5): {small:.1f} ms"
        table.line(f"{kind}, {many:,} tasks: {what}, median", f"{large:.1f} ms", beside)


Call = Callable[..., Any]


def _caller(side: sides.Side) -> Call:
    session = requests.Session()
    session.headers["Authorization"] = f"Token {side.keys.split(',')[0]}"

    def call(method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = session.request(method, f"{side.url}/api/{path}", json=body, params=query, timeout=600)
        answer.raise_for_status()
        return answer.json()

    return call


def _filled(call: Call, count: int) -> int:
    """A project with so many tasks, all of them stored and open."""
    project = int(call("post", "projects/", {"title": f"bench {count}", "label_config": CHOICE})["id"])
    for start in range(0, count, 5000):
        end = min(count, start + 5000)
        body = [{"data": {"text": f"clause {at} " * 30}} for at in range(start, end)]
        call("post", f"projects/{project}/import", body)
    while _waiting(call):
        time.sleep(2)
    return project


def _waiting(call: Call) -> bool:
    """Whether any batch is still read, looked at or opened."""
    for project in call("get", "v1/projects")["results"]:
        batches = call("get", f"v1/projects/{project['id']}/batches")["results"]
        if any(batch["routed_at"] is None for batch in batches):
            return True
    return False


def _labels(call: Call, project: int, count: int) -> tuple[Sequence[float], Sequence[float]]:
    answer = [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]
    nexts, submits = [], []
    for _turn in range(count):
        begun = time.perf_counter()
        task = call("get", f"projects/{project}/next")["id"]
        given = time.perf_counter()
        call("post", f"tasks/{task}/annotations/", {"result": answer, "lead_time": 2})
        nexts.append(given - begun)
        submits.append(time.perf_counter() - given)
    return nexts, submits


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.label_studio")
    asked.add_argument("--tasks", type=int, default=20_000)
    asked.add_argument("--labels", type=int, default=200)
    asked.add_argument("--database", choices=("postgres", "sqlite"))
    asked.add_argument("--large", type=int, default=0)
    asked.add_argument("--only-large", action="store_true")
    options = asked.parse_args()
    if not WORKLOAD.exists():
        sys.exit(f"{WORKLOAD} is not there; ASSAY_SHARED names the folder.")
    os.environ.setdefault("SECRET_KEY", "bench" * 10)
    table = Table(sys.stdout)
    for kind in [options.database] if options.database else ["postgres", "sqlite"]:
        if not options.only_large:
            sides.prepare()
            compare(table, kind, options.tasks, options.labels)
        if options.large:
            at_scale(table, kind, options.large, options.labels)


if __name__ == "__main__":
    main()
