"""Every block of `docs/api.md` runs against a whole Assay, in order, and prints what stands under it."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:^```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
CONFIG = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices></View>'


def as_told(told: str) -> re.Pattern[str]:
    """What is shown, with `…` for anything within a line."""
    return re.compile(".*?".join(re.escape(part) for part in told.split("…")))


@pytest.fixture
def names(stack: Stack) -> dict[str, Any]:
    """What the page takes for granted: where Assay is, and four people's keys."""
    people = {"lea": "lead", "ann": "annotator", "ben": "annotator", "cora": "adjudicator"}
    effort = Effort(stack, Founding(title="The API by example", sector="legal", people=people, config=CONFIG))
    keys = {name: effort.quick_person(name).get("/api/current-user/token").json()["token"] for name in people}
    return {"BASE": stack.url, "KEYS": keys}


def test_every_example_of_the_page_is_true(names: dict[str, Any]) -> None:
    page = PAGE.read_text("utf-8")
    blocks = [
        (page[: found.start()].count("\n") + 2, found[1], found[2] or "") for found in BLOCK.finditer(page)
    ]
    assert len(blocks) == page.count("```python") >= 12
    for line, code, told in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * (line - 1) + code, str(PAGE), "exec"), names)
        said = printed.getvalue()
        assert as_told(told).fullmatch(said), f"docs/api.md:{line} prints\n{said}instead of\n{told}"
