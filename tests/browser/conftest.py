"""The projects that the browser tests work on."""

from collections.abc import Callable

import pytest

from tests.stories.effort import Effort, Result, Work, choice, spans
from tests.stories.founding import Founding
from tests.support.stack import Stack

ANNOTATORS = ("keys", "mouse", "drafts", "skipper", "reader", "watched")
CONFIG = """<View>
  <Header value="Is it a complaint?"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="Complaint" alias="complaint"/><Choice value="Notice" alias="notice"/>
  </Choices>
  <Labels name="mention" toName="text">
    <Label value="Place" alias="place" hotkey="p"/><Label value="Time" alias="time" hotkey="t"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>"""
GUIDELINE = "# 1. What it is\n\n1.1 A complaint asks for redress.\n\n# 2. Marks\n\n2.1 Mark places and times."


def text(number: int) -> str:
    """What trips offsets: Chinese, a joined emoji, a character outside the BMP, CRLF."""
    return f"Letter {number}. The ward 病房 sent 👩‍⚕️ away.\r\nThe bill 账单 came 𠮷 late at night."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here runs in a browser against a whole Assay."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(scope="session")
def letters(stack: Stack) -> Effort:
    """Items that every annotator may have, with a choice and spans to answer."""
    effort = Effort(
        stack,
        Founding(
            title="Letters",
            sector="legal",
            people={**dict.fromkeys(ANNOTATORS, "annotator"), "judge": "adjudicator", "auditor": "auditor"},
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": len(ANNOTATORS), "lease_minutes": 30},
        ),
    )
    effort.upload(
        "letters.jsonl", ({"text": text(at)} for at in range(1, 13)), source="Written for the tests"
    )
    return effort


@pytest.fixture(scope="session")
def settled(stack: Stack) -> Effort:
    """Four items answered by two people, who differ on the first three."""
    effort = Effort(
        stack,
        Founding(
            title="Settled letters",
            sector="legal",
            people={"ann": "annotator", "ben": "annotator", "judge": "adjudicator"},
            config=CONFIG,
            guideline=GUIDELINE,
            settings={"overlap": 2},
            policy={"disputes_settled": False, "shares": {"train": 1}},  # disputes may still be open
        ),
    )
    effort.upload("letters.jsonl", ({"text": text(at)} for at in range(1, 5)))
    for name, kinds in (("ann", ["complaint"] * 4), ("ben", [*["notice"] * 3, "complaint"])):
        given = list(effort.label(effort.quick_person(name), _answers(kinds)))
        assert len(given) == 4
    effort.settle()
    return effort


def _answers(kinds: list[str]) -> Callable[[Work], Result]:
    """One kind after another, and the same place in each."""
    following = iter(kinds)

    def answer(work: Work) -> Result:
        words = work["item"]["data"]["text"]
        at = words.index("病房")
        return [*choice("verdict", next(following)), *spans("mention", words, [(at, at + 2, "place")])]

    return answer
