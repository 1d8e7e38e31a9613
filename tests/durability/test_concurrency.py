"""32 experts at once over HTTP: no item gets more answers than its overlap, and none is left over."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.soak import invariants
from tests.stories.effort import Effort, choice
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

EXPERTS, ITEMS, OVERLAP = 32, 60, 2
CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="yes"/><Choice value="no"/>
  </Choices>
</View>"""


@pytest.fixture(scope="module")
def effort(stack: Stack) -> Effort:
    """A project with more hands than work."""
    names = [f"expert{at}" for at in range(EXPERTS)]
    made = Effort(
        stack,
        Founding(
            title="Crowd",
            sector="finance",
            people=dict.fromkeys(names, "annotator"),
            config=CONFIG,
            settings={"overlap": OVERLAP},
        ),
    )
    made.upload("crowd.jsonl", ({"text": f"Sentence {at}."} for at in range(ITEMS)))
    return made


def test_32_experts_give_each_item_exactly_its_overlap(effort: Effort) -> None:
    start = threading.Barrier(EXPERTS)

    def work(name: str) -> list[str]:
        client = effort.quick_person(name)
        start.wait()
        return [work["item"]["id"] for work in effort.label(client, lambda _: choice("verdict", "yes"))]

    with ThreadPoolExecutor(EXPERTS) as pool:
        answered = list(pool.map(work, effort.founding.people))
    assert all(len(items) == len(set(items)) for items in answered), "an expert got an item twice"
    times = Counter(item for items in answered for item in items)
    assert Counter(times.values()) == {OVERLAP: ITEMS}
    effort.settle()
    assert invariants.broken(effort.stack) == {}
