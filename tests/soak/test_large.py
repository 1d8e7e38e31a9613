"""A large file comes in with bounded memory, and 32 experts work on the long queue at once."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.soak import invariants
from tests.stories.effort import Effort, choice
from tests.stories.founding import Founding
from tests.support.stack import Stack

ROWS, EXPERTS, EACH = 100_000, 32, 25
MEMORY = 400  # megabytes that a worker process may have taken at its peak
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/>
  </Choices>
</View>"""


@pytest.fixture(scope="module")
def effort(stack: Stack) -> Effort:
    """A hundred thousand items, brought in as one file."""
    made = Effort(
        stack,
        Founding(
            title="Large",
            sector="finance",
            people=dict.fromkeys((f"expert{at}" for at in range(EXPERTS)), "annotator"),
            config=CONFIG,
            settings={"overlap": 2},
        ),
    )
    batch = made.upload(
        "large.jsonl",
        ({"text": f"Row {at}. " + "利率风险 interest rate risk. " * 10} for at in range(ROWS)),
        seconds=900,
    )
    assert (batch["items_stored"], batch["rows_bad"]) == (ROWS, 0)
    return made


def test_a_large_file_needs_no_large_memory(effort: Effort) -> None:
    peaks = _peaks(effort.stack.pid("worker") or 0)
    print(json.dumps({"peak memory of the worker's processes, MB": peaks}))
    assert max(peaks) < MEMORY


def _peaks(group: int) -> list[int]:
    """The peak resident memory of the worker's processes, in megabytes."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:  # it has ended meanwhile
            continue
        if group in {int(fields["Pid"]), int(fields["PPid"])} and "VmHWM" in fields:
            found.append(int(fields["VmHWM"].split()[0]) // 1024)
    return found


def test_32_experts_label_a_long_queue(effort: Effort) -> None:
    start = threading.Barrier(EXPERTS)

    def work(name: str) -> list[str]:
        client = effort.quick_person(name)
        start.wait()
        queue = effort.label(client, lambda _: choice("verdict", "yes"))
        return [next(queue)["item"]["id"] for _ in range(EACH)]

    with ThreadPoolExecutor(EXPERTS) as pool:
        answered = list(pool.map(work, effort.founding.people))
    assert all(len(set(items)) == EACH for items in answered)
    invariants.settle(effort.stack)
    assert invariants.broken(effort.stack) == {}
